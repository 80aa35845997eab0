/**
 * A scanner of TLA+ tokens, with comments and strings told apart, for the passes that work before
 * the grammar: junction lists by column, the search for algorithms, and the words of errors.
 * It knows no syntax; what an identifier or an operator may be followed by is the grammar's to say.
 */
import { type Diagnostic, diagnose, fail, inOrder } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';

export type TokenKind = 'name' | 'number' | 'string' | 'symbol' | 'dashes' | 'moduleEnd';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** From 1; tabs advance to the next multiple of 8, as in SANY's reader. */
  readonly column: number;
}

export interface Comment {
  readonly start: number;
  readonly end: number;
  readonly block: boolean;
}

export interface Tokens {
  readonly tokens: readonly Token[];
  readonly comments: readonly Comment[];
  /** Strings without an end; a token stands for each, so that what follows can be read. */
  readonly mistakes: readonly Diagnostic[];
}

const symbols = [
  ...['-+->', '(\\X)'],
  ...['<=>', '::=', '...', '|->', '(+)', '(-)', '(.)', '(/)'],
  ...[
    '/\\',
    '\\/',
    '=>',
    '=<',
    '=|',
    '==',
    '..',
    '++',
    '->',
    '--',
    '-|',
    '-.',
    '<-',
    '<<',
    '<=',
    '<:',
  ],
  ...[
    '<>',
    '>=',
    '>>',
    '/=',
    '//',
    '**',
    '::',
    ':>',
    ':=',
    '@@',
    '%%',
    '~>',
    '^^',
    '^+',
    '^*',
    '^#',
  ],
  ...['||', '|-', '|=', '&&', '$$', '!!', '##', '??', '[]'],
];
const symbolPattern = symbols.map((one) => one.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('|');
const numberPattern = String.raw`\\[bB][01]+(?!\w)|\\[oO][0-7]+(?!\w)|\\[hH][0-9a-fA-F]+(?!\w)`;
const scanner = new RegExp(
  [
    String.raw`(?<space>\s+)`,
    String.raw`(?<line>\\\*[^\n]*)`,
    String.raw`(?<block>\(\*)`,
    '(?<string>")',
    String.raw`(?<name>[\p{L}\p{N}_]+)`,
    '(?<dashes>-{4,})',
    '(?<moduleEnd>={4,})',
    `(?<number>${numberPattern})`,
    String.raw`(?<symbol>\\[A-Za-z]+|${symbolPattern}|.)`,
  ].join('|'),
  'uys',
);

/**
 * The tokens of `[start, end)`, up to and with the first for which `isLast` holds. Throws on a
 * comment that does not end.
 */
export function scanTokens(
  source: SourceText,
  start: number,
  end: number,
  isLast: (token: Token) => boolean = () => false,
): Tokens {
  const tokens: Token[] = [];
  const comments: Comment[] = [];
  const mistakes: Diagnostic[] = [];
  const columns = columnCounter(source.text, start);
  let at = start;
  while (at < end) {
    scanner.lastIndex = at;
    const groups = scanner.exec(source.text)?.groups;
    if (!groups) throw new Error(`the scanner does not move at offset ${at}`);
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) as string;
    const text = groups[kind] as string;
    let next = Math.min(at + text.length, end);
    if (kind === 'block') next = commentEnd(source, at, end);
    const isOpen = kind === 'string' && stringEnd(source, at, end) < 0;
    if (isOpen) mistakes.push(openString(source, at));
    if (kind === 'string') next = isOpen ? likelyEnd(source, at, end) : stringEnd(source, at, end);
    if (kind === 'block' || kind === 'line') {
      comments.push({ start: at, end: next, block: kind === 'block' });
    } else if (kind !== 'space') {
      const text = isOpen ? '""' : source.text.slice(at, next);
      const token = makeToken(kind as TokenKind, text, at, next, columns(at));
      tokens.push(token);
      if (isLast(token)) break;
    }
    at = next;
  }
  return { tokens, comments, mistakes };
}

function makeToken(
  kind: TokenKind,
  text: string,
  start: number,
  end: number,
  column: number,
): Token {
  const isNumber = kind === 'name' && /^\d+$/.test(text);
  return { kind: isNumber ? 'number' : kind, text, start, end, column };
}

/** The end of the block comment that begins at `start`; comments nest. */
function commentEnd(source: SourceText, start: number, limit: number): number {
  const marks = /\(\*|\*\)/g;
  marks.lastIndex = start;
  let depth = 0;
  for (let mark = marks.exec(source.text); mark; mark = marks.exec(source.text)) {
    depth += mark[0] === '(*' ? 1 : -1;
    if (marks.lastIndex > limit) break;
    if (depth === 0) return marks.lastIndex;
  }
  return fail('SYN002', span(source, start, start + 2));
}

/** The end of the string that begins at `start`, on its line; -1 if it has none. */
function stringEnd(source: SourceText, start: number, limit: number): number {
  const { text } = source;
  const last = Math.min(limit, lineEnd(text, start));
  for (let i = start + 1; i < last; i++) {
    if (text[i] === '"') return i + 1;
    if (text[i] === '\\') i++;
  }
  return -1;
}

function openString(source: SourceText, start: number): Diagnostic {
  return diagnose('SYN003', span(source, start, lineEnd(source.text, start)));
}

/** Strings without an end, and the mistakes that do not come from them. */
export function besideOpenStrings(
  strings: readonly Diagnostic[],
  others: readonly Diagnostic[],
): readonly Diagnostic[] {
  const isAfter = ({ span: at }: Diagnostic, { span: string }: Diagnostic): boolean =>
    at !== null && string !== null && at.start >= string.start && at.start <= string.end;
  const own = others.filter((one) => !strings.some((string) => isAfter(one, string)));
  return inOrder([...strings, ...own]);
}

/** Before the brackets and separators that end the line. */
function likelyEnd({ text }: SourceText, start: number, limit: number): number {
  const rest = text.slice(start, Math.min(limit, lineEnd(text, start)));
  return start + Math.max(1, rest.search(/[\s;,)\]}>]*$/));
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}

/** A function from offsets, asked in rising order, to columns. */
function columnCounter(text: string, start: number): (offset: number) => number {
  let at = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  let column = 1;
  return (offset) => {
    for (; at < offset; at++) {
      const code = text.charCodeAt(at);
      if (code === 10) column = 1;
      else if (code === 9) column += 8 - ((column - 1) % 8);
      else column++;
    }
    return column;
  };
}
