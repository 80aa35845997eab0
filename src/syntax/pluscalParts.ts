/**
 * The parts of an algorithm that can be matched one by one: its head with the global variables, the
 * define block, each macro, procedure and process, and the body. Each begins with a word that is
 * reserved, so a mistake in one of them cannot hide where the next begins.
 */
import { Outline } from './pluscalOutline.js';
import type { Token } from './tokens.js';

export interface Part {
  readonly kind: 'head' | 'define' | 'definition' | 'process' | 'body';
  readonly tokens: readonly Token[];
  /** What makes an algorithm of it, before and after. */
  readonly around: readonly [readonly Token[], readonly Token[]];
}

const units = new Set(['macro', 'procedure', 'process', 'fair', 'define']);

/** The tokens of an algorithm, from `--algorithm` on. */
export function partsOf(tokens: readonly Token[], usesBraces: boolean): readonly Part[] {
  const open = tokens.findIndex(({ text }) => text === (usesBraces ? '{' : 'algorithm'));
  const first = Math.max(open, 0) + (usesBraces ? 1 : 2);
  const last = endOfParts(tokens, usesBraces);
  const outline = new Outline(tokens, usesBraces);
  const isBody = (i: number): boolean =>
    usesBraces ? outline.isBlock(i) : tokens[i]?.text === 'begin';
  const starts = startsOf(tokens, first, last, outline, isBody);
  const parts: Part[] = [];
  for (const [k, start] of [0, ...starts].entries()) {
    const end = starts[k] ?? last;
    const kind = kindOf(tokens, start, isBody);
    if (end > start) parts.push(makePart(kind, tokens.slice(start, end), usesBraces));
  }
  return parts;
}

function kindOf(
  tokens: readonly Token[],
  start: number,
  isBody: (i: number) => boolean,
): Part['kind'] {
  if (start === 0) return 'head';
  if (tokens[start]?.text === 'define') return 'define';
  if (isBody(start)) return 'body';
  return /^(process|fair)$/.test(tokens[start]?.text ?? '') ? 'process' : 'definition';
}

/** The index of what ends the algorithm. */
function endOfParts(tokens: readonly Token[], usesBraces: boolean): number {
  const end = tokens.at(-1)?.text === ';' ? tokens.length - 1 : tokens.length;
  if (usesBraces) return tokens[end - 1]?.text === '}' ? end - 1 : end;
  const isEnd = tokens[end - 1]?.text === 'algorithm' && tokens[end - 2]?.text === 'end';
  return isEnd ? end - 2 : end;
}

function startsOf(
  tokens: readonly Token[],
  first: number,
  last: number,
  outline: Outline,
  isBody: (i: number) => boolean,
): readonly number[] {
  const starts: number[] = [];
  let isInUnit = false;
  let depth = 0;
  for (let i = first; i < last; i++) {
    const text = tokens[i]?.text ?? '';
    if (beginsUnit(outline, i)) {
      starts.push(i);
      isInUnit = true;
      depth = 0;
    } else if (!isInUnit && isBody(i)) return [...starts, i];
    if (outline.isBlock(i)) depth++;
    // A uniprocess body follows a macro or procedure without a word of its own.
    const closes = text === '}' && !outline.isInPiece(i) && --depth === 0;
    if (closes || (tokens[i - 1]?.text === 'end' && units.has(text))) isInUnit = false;
  }
  return starts;
}

function beginsUnit(outline: Outline, i: number): boolean {
  const text = (k: number): string => outline.tokens[k]?.text ?? '';
  if (!outline.isWord(i) || !units.has(text(i)) || text(i - 1) === 'end') return false;
  return text(i - 1) !== 'fair' && !(text(i - 1) === '+' && text(i - 2) === 'fair');
}

function makePart(kind: Part['kind'], tokens: readonly Token[], usesBraces: boolean): Part {
  const [first, last] = [tokens[0] as Token, tokens.at(-1) as Token];
  const before = kind === 'head' ? '' : `--algorithm A ${usesBraces ? '{' : ''}`;
  const body = kind === 'body' || kind === 'process' ? '' : usesBraces ? '{ skip }' : 'begin skip';
  const after = `${body} ${usesBraces ? '}' : 'end algorithm'}`;
  const around = [standIns(before, first.start), standIns(after, last.end)] as const;
  return { kind, tokens, around };
}

/** Tokens that stand for nothing in the text, all at one place. */
export function standIns(words: string, at: number, end = at): Token[] {
  const texts = words.split(' ').filter((word) => word !== '');
  return texts.map((text, i) => ({
    kind: /^\d/.test(text) ? 'number' : /\w$/.test(text) ? 'name' : 'symbol',
    text,
    start: at,
    end: i === texts.length - 1 ? end : at,
    column: 1,
  }));
}
