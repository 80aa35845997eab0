/**
 * Where the PlusCal algorithm stands in its module: inside a block comment, from `--algorithm` (or
 * `--fair algorithm`) to the matching brace or `end algorithm`; and where its translation belongs.
 */
import type { SourceText } from '../source/text.js';
import { type Comment, scanTokens, type Token } from './tokens.js';

export interface AlgorithmText {
  readonly source: SourceText;
  /** The offset of `--algorithm` or `--fair algorithm`. */
  readonly start: number;
  /** The offset after the algorithm's last token, or of the comment's end if it does not end. */
  readonly end: number;
  /** The text inside `PlusCal options (…)`, if the file has such a line. */
  readonly options: string | null;
  /** Where the translation belongs: between the markers, else after the comment. */
  readonly insertAt: number;
}

/** The text between `\* BEGIN TRANSLATION` and `\* END TRANSLATION`. */
export interface TranslationText {
  /** The offset after the line of the first marker. */
  readonly begin: number;
  /** The offset of the second marker. */
  readonly end: number;
  /** The first marker's line, which may hold checksums. */
  readonly header: string;
}

export function findTranslation(
  source: SourceText,
  comments: readonly Comment[],
): TranslationText | null {
  const text = ({ start, end }: Comment) => source.text.slice(start, end);
  const first = comments.findIndex((one) => /^\\\*+\s*BEGIN TRANSLATION/.test(text(one)));
  const last = comments.findIndex(
    (one, i) => i > first && /^\\\*+\s*END TRANSLATION/.test(text(one)),
  );
  const begin = comments[first];
  const end = comments[last];
  if (!begin || !end) return null;
  return { begin: Math.min(begin.end + 1, end.start), end: end.start, header: text(begin) };
}

export function findAlgorithm(
  source: SourceText,
  comments: readonly Comment[],
  translation: TranslationText | null,
): AlgorithmText | null {
  const options = /PlusCal\s+options\s*\(([^)]*)\)/i.exec(source.text)?.[1] ?? null;
  for (const comment of comments) {
    if (!comment.block) continue;
    const body = source.text.slice(comment.start, comment.end - 2);
    const found = /--(?:fair\s+)?algorithm\b/.exec(body);
    if (!found) continue;
    const start = comment.start + found.index;
    const end = algorithmEnd(source, start, comment.end - 2);
    return { source, start, end, options, insertAt: translation?.begin ?? comment.end };
  }
  return null;
}

/** The end of the algorithm that begins at `start`; `limit` if it does not end before that. */
function algorithmEnd(source: SourceText, start: number, limit: number): number {
  let depth = 0;
  let hasBraces = false;
  let index = 0;
  let previous: Token | null = null;
  const isLast = (token: Token): boolean => {
    // `--algorithm Name {` is C-syntax; the name is the third or, with `fair`, fourth token.
    if (token.text === '{' && index <= 4) hasBraces = true;
    if (token.text === '{') depth++;
    if (token.text === '}') depth--;
    const isEnd = token.text === 'algorithm' && previous?.text === 'end';
    index++;
    previous = token;
    return hasBraces ? token.text === '}' && depth === 0 : isEnd;
  };
  const { tokens } = scanTokens(source, start, limit, isLast);
  const last = tokens.at(-1);
  return last && (last.text === '}' || last.text === 'algorithm') ? last.end : limit;
}
