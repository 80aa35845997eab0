/** The text of a module with its translation in place; everything else stays as it is. */
import type { SourceText } from '../source/text.js';
import type { ParsedModule } from '../syntax/index.js';

/** `block` is what stands between the markers; they are added where the module has none. */
export function spliceText(parsed: ParsedModule, source: SourceText, block: string): string {
  const { text } = source;
  const lines = block.endsWith('\n') ? block : `${block}\n`;
  const { algorithm, translation } = parsed;
  if (translation !== null) {
    const before = withoutChecksums(text.slice(0, translation.begin), translation.header);
    const gap = before.endsWith('\n') ? '' : '\n';
    return `${before}${gap}${lines}${text.slice(translation.end)}`;
  }
  if (algorithm === null) throw new Error('a module without an algorithm has no translation');
  const [before, after] = [text.slice(0, algorithm.insertAt), text.slice(algorithm.insertAt)];
  return `${before}\n\\* BEGIN TRANSLATION\n${lines}\\* END TRANSLATION${after}`;
}

/** Checksums of the official translator belong to the text that is being replaced. */
function withoutChecksums(before: string, header: string): string {
  const at = before.lastIndexOf(header);
  if (at < 0) throw new Error('the marker is not where it was found');
  const plain = header.replace(/\s*\(.*chksum.*\)/, '');
  return before.slice(0, at) + plain + before.slice(at + header.length);
}
