/** The text of a module with its translation in place; everything else stays as it is. */
import { withChecksums } from '../pluscal/index.js';
import type { SourceText } from '../source/text.js';
import type { ParsedModule } from '../syntax/index.js';

/** `block` is what stands between the markers; they are added where the module has none. */
export function spliceText(parsed: ParsedModule, { text }: SourceText, block: string): string {
  const { algorithm, translation } = parsed;
  if (algorithm === null) throw new Error('a module without an algorithm has no translation');
  const isFair = text.startsWith('--fair', algorithm.start);
  const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
  const lines = block.trimEnd().split(/\r?\n/).concat('').join(lineBreak);
  const header = (old: string): string => withChecksums(old, { isFair, translation: lines });
  if (translation !== null) {
    const { begin, end, header: old } = translation;
    const start = text.lastIndexOf(old, begin - 1);
    if (start < 0) throw new Error('the marker is not where it was found');
    const gap = text.slice(0, begin).endsWith('\n') ? '' : lineBreak;
    const between = text.slice(start + old.length, begin) + gap;
    return text.slice(0, start) + header(old) + between + lines + text.slice(end);
  }
  const after = text.slice(algorithm.insertAt);
  // What follows on the line must not become a part of the marker's comment.
  const gap = /^[ \t]*(?:\r?\n|$)/.test(after) ? '' : lineBreak;
  const begin = lineBreak + header('\\* BEGIN TRANSLATION') + lineBreak;
  const end = `\\* END TRANSLATION${gap}`;
  return text.slice(0, algorithm.insertAt) + begin + lines + end + after;
}
