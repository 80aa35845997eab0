/**
 * Where the PlusCal algorithm stands in its module: inside a block comment, from `--algorithm` (or
 * `--fair algorithm`) to the matching brace or `end algorithm`; and where its translation belongs.
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import { type Comment, scanTokens, type Token } from './tokens.js';

export interface AlgorithmText {
  readonly source: SourceText;
  /** The offset of `--algorithm` or `--fair algorithm`. */
  readonly start: number;
  /** The offset after the algorithm's last token, or of the comment's end if it does not end. */
  readonly end: number;
  /** The text inside `PlusCal options (…)`, if the file has such a line. */
  readonly options: string | null;
  /** What is not read although it looks like a part of an algorithm, or like another one. */
  readonly ignored: readonly Diagnostic[];
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
  for (const [k, comment] of comments.entries()) {
    if (!comment.block) continue;
    const body = source.text.slice(comment.start, comment.end - 2);
    const found = /--(?:fair\s+)?algorithm\b/.exec(body);
    if (!found) continue;
    const start = comment.start + found.index;
    const end = algorithmEnd(source, start, comment.end - 2);
    const ignored = [
      ...restOfComment(source, end, comment.end - 2),
      ...otherAlgorithm(source, comments.slice(k + 1)),
    ];
    return { source, start, end, options, ignored, insertAt: translation?.begin ?? comment.end };
  }
  return null;
}

/** A marker without the other one: what is between them cannot be known. Null if all is well. */
export function loneMarker(source: SourceText, comments: readonly Comment[]): Diagnostic | null {
  const isMarker = (one: Comment, word: string): boolean =>
    new RegExp(String.raw`^\\\*+\s*${word} TRANSLATION`).test(
      source.text.slice(one.start, one.end),
    );
  const begin = comments.find((one) => isMarker(one, 'BEGIN'));
  const end = comments.findLast((one) => isMarker(one, 'END'));
  if (begin && end && begin.start < end.start) return null;
  const lone = begin ?? end;
  if (!lone) return null;
  const holes = begin
    ? { found: 'BEGIN', missing: 'END', where: 'after' }
    : { found: 'END', missing: 'BEGIN', where: 'before' };
  return diagnose('PCL044', span(source, lone.start, lone.end), holes);
}

/** Statements behind the end of the algorithm: a brace or an `end` too many. */
function restOfComment(source: SourceText, start: number, limit: number): Diagnostic[] {
  const found = /:=|\b(?:process|procedure|macro)\s*\(/.exec(source.text.slice(start, limit));
  if (!found) return [];
  const last = source.text.slice(0, start).trimEnd().length;
  return [diagnose('PCL046', span(source, last - 1, last))];
}

function otherAlgorithm(source: SourceText, comments: readonly Comment[]): Diagnostic[] {
  for (const { block, start, end } of comments) {
    const found = block && /--(?:fair\s+)?algorithm\s+\w+/.exec(source.text.slice(start, end));
    if (!found) continue;
    const at = start + found.index;
    return [diagnose('PCL045', span(source, at, at + found[0].length))];
  }
  return [];
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
