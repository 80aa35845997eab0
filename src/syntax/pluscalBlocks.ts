/**
 * Whether the blocks of an algorithm close: braces in the C syntax, `end while` and its like in the
 * P syntax. Run when the grammar has failed, because an open block is noticed only at the end of
 * the algorithm, and the mistake is where it was opened.
 */
import { type Diagnostic, DiagnosticError, diagnose } from '../source/diagnostic.js';
import { type SourceText, type Span, span } from '../source/text.js';
import { Outline } from './pluscalOutline.js';
import { standIns } from './pluscalParts.js';
import type { Token } from './tokens.js';

export interface Mended {
  readonly mistakes: readonly Diagnostic[];
  /** With what is missing added and what is wrong replaced. */
  readonly tokens: readonly Token[];
}

/** Throws a diagnostic for the first block that is closed wrongly or not at all. */
export function checkBlocks(source: SourceText, tokens: readonly Token[]): void {
  const [first] = mendBlocks(source, tokens, hasBraces(tokens)).mistakes;
  if (first) throw new DiagnosticError(first);
}

/** True for the C syntax: `--algorithm Name {`, `--fair algorithm Name {`. */
export function hasBraces(tokens: readonly Token[]): boolean {
  return tokens.slice(0, 5).some((token) => token.text === '{');
}

/** All the blocks that are closed wrongly or not at all. */
export function mendBlocks(
  source: SourceText,
  tokens: readonly Token[],
  usesBraces: boolean,
): Mended {
  return usesBraces ? mendBraces(source, tokens) : mendEnds(source, tokens);
}

function spanOf(source: SourceText, token: Token): Span {
  return span(source, token.start, token.end);
}

interface OpenBrace {
  readonly token: Token;
  /** The column where its line begins. */
  readonly indent: number;
  /** Of `if` and `either`, those that have stood in the block. */
  readonly words: Set<string>;
}

function mendBraces(source: SourceText, tokens: readonly Token[]): Mended {
  const mended: Token[] = [];
  const mistakes: Diagnostic[] = [];
  const open: OpenBrace[] = [];
  const outline = new Outline(tokens, true);
  let missing = surplus(tokens, outline);
  let indent = 0;
  let line = 0;
  const close = (at: number): void => {
    const { token } = open.pop() as OpenBrace;
    mistakes.push(diagnose('PCL004', spanOf(source, token), { open: '{', close: '}' }));
    mended.push(...standIns('}', at));
    missing--;
  };
  for (const [i, token] of tokens.entries()) {
    const at = source.position(token.start);
    const isFirst = at.line !== line;
    if (isFirst) indent = token.column;
    line = at.line;
    const closes = token.text === '}' && !outline.isInPiece(i);
    const inner = open.at(-1);
    if (isFirst && missing > 0 && inner && isBeyond(inner, token, closes)) {
      close(tokens[i - 1]?.end ?? token.start);
    }
    open.at(-1)?.words.add(token.text);
    if (outline.isBlock(i)) open.push({ token, indent, words: new Set() });
    if (closes && open.length === 0) {
      mistakes.push(diagnose('SYN012', spanOf(source, token), { close: '}' }));
      continue;
    }
    if (closes) open.pop();
    mended.push(token);
  }
  while (open.length > 0) close(tokens.at(-1)?.end ?? 0);
  return { mistakes, tokens: mended };
}

/**
 * Whether the token belongs to a block further out: it stands left of the line with the brace, or
 * is an `else` or `or` of no statement in the block.
 */
function isBeyond({ indent, words }: OpenBrace, token: Token, closes: boolean): boolean {
  if (token.text === 'else') return !words.has('if');
  if (token.text === 'or') return !words.has('either');
  return closes && token.column < indent;
}

/** How many braces more are opened than closed. */
function surplus(tokens: readonly Token[], outline: Outline): number {
  let depth = 0;
  for (const [i, { text }] of tokens.entries()) {
    if (outline.isBlock(i)) depth++;
    else if (text === '}' && !outline.isInPiece(i)) depth--;
  }
  return depth;
}

/** The blocks that `end` closes by name; the rest ends at one of these. */
const blocks = new Set(['while', 'if', 'either', 'with', 'macro', 'procedure', 'process']);

function mendEnds(source: SourceText, tokens: readonly Token[]): Mended {
  const outline = new Outline(tokens, false);
  const mended: Token[] = [];
  const mistakes: Diagnostic[] = [];
  const open: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    mended.push(token);
    if (!outline.isWord(i) && token.text !== 'algorithm') continue;
    if (tokens[i - 1]?.text !== 'end') {
      if (blocks.has(token.text) || token.text === 'define') open.push(token);
      continue;
    }
    const block = open.at(-1);
    const meant = open.findLastIndex(({ text }) => text === token.text);
    if (meant >= 0) {
      // The blocks inside the one that is meant are open.
      const inner = open.splice(meant).slice(1).reverse();
      mistakes.push(...inner.map((one) => neverClosed(source, one)));
      const at = tokens[i - 1]?.start ?? token.start;
      mended.splice(-2, 0, ...inner.flatMap(({ text }) => standIns(`end ${text} ;`, at)));
    } else if (block || token.text !== 'algorithm') {
      mistakes.push(wrongEnd(source, token, block));
      const instead = block ? standIns(`end ${block.text}`, token.start, token.end) : [];
      mended.splice(-2, 2, ...instead);
      open.pop();
    }
  }
  for (const block of open.reverse()) {
    mistakes.push(neverClosed(source, block));
    mended.push(...standIns(`end ${block.text}`, tokens.at(-1)?.end ?? 0));
  }
  return { mistakes, tokens: mended };
}

function neverClosed(source: SourceText, block: Token): Diagnostic {
  const holes = { open: block.text, close: `end ${block.text}` };
  return diagnose('PCL004', spanOf(source, block), holes);
}

function wrongEnd(source: SourceText, found: Token, block: Token | undefined): Diagnostic {
  const expected = block?.text ?? 'algorithm';
  const notes = block
    ? [{ message: `the \`${expected}\` is opened here`, span: spanOf(source, block) }]
    : [];
  const holes = { found: found.text, expected };
  return diagnose('PCL005', spanOf(source, found), holes, { notes });
}
