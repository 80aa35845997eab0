/** Bytes for a person to read, in the shape of `hexdump -C`: equal rows are printed once. */

const ROW = 16;

export function hexdump(bytes: Uint8Array): string[] {
  const lines: string[] = [];
  let previous = '';
  let repeated = false;
  for (let offset = 0; offset < bytes.length; offset += ROW) {
    const row = bytes.subarray(offset, offset + ROW);
    const text = formatRow(row);
    if (text === previous) {
      if (!repeated) lines.push('*');
      repeated = true;
      continue;
    }
    previous = text;
    repeated = false;
    lines.push(`${offset.toString(16).padStart(8, '0')}  ${text}`);
  }
  if (repeated) lines.push(bytes.length.toString(16).padStart(8, '0'));
  return lines;
}

function formatRow(row: Uint8Array): string {
  const hex = Array.from(row, (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  const isPrintable = (byte: number) => byte >= 0x20 && byte < 0x7f;
  const text = Array.from(row, (byte) => (isPrintable(byte) ? String.fromCharCode(byte) : '.'));
  return `${hex.padEnd(ROW * 3 - 1)}  |${text.join('')}|`;
}
