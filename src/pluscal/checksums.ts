/**
 * The checksums that the official translator writes behind `BEGIN TRANSLATION`; by them TLC warns
 * when the algorithm or its translation has been edited. Each is a CRC-32 in hexadecimal digits
 * without leading zeros. That of the translation is of its lines without line breaks. That of the
 * algorithm is of the official translator's own data structure, printed after its passes have
 * changed it (macros expanded, steps exploded, names changed), which cannot be had here; only of a
 * `--fair algorithm` is it always the same, since there the word `fair` stands for all of it. Where it is not known, `\in STRING` takes its place,
 * which the official tools read as: not to be compared.
 */

const part = String.raw`(=\s*"[0-9A-Fa-f]*"|\\in\s*STRING)`;
const written = new RegExp(
  String.raw`\s*\(\s*ch(?:ec)?ksum\(p(?:lus)?cal\)\s*${part}` +
    String.raw`\s*/\\\s*ch(?:ec)?ksum\(tla\+?\)\s*${part}\s*\)`,
  'gi',
);
const marker = 'BEGIN TRANSLATION';
const notCompared = '\\in STRING';

export interface ChecksumInput {
  readonly isFair: boolean;
  /** What stands between the markers. */
  readonly translation: string;
}

/** The first marker's line with the checksums; who has turned a comparison off keeps it off. */
export function withChecksums(header: string, { isFair, translation }: ChecksumInput): string {
  const old = [...header.matchAll(written)][0] ?? [];
  const plain = header.replace(written, '');
  const lines = translation.split(/\r?\n/);
  const tla = old[2]?.startsWith('\\') ? notCompared : `= "${crc32(lines.join(''))}"`;
  const pcal = isFair && !old[1]?.startsWith('\\') ? `= "${crc32('fair')}"` : notCompared;
  const end = plain.indexOf(marker) + marker.length;
  const checksums = ` (chksum(pcal) ${pcal} /\\ chksum(tla) ${tla})`;
  return plain.slice(0, end) + checksums + plain.slice(end);
}

function crc32(text: string): string {
  let sum = 0xffffffff;
  for (const byte of new TextEncoder().encode(text)) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (~sum >>> 0).toString(16);
}
