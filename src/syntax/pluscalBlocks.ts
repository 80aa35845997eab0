/**
 * Whether the blocks of an algorithm close: braces in the C syntax, `end while` and its like in the
 * P syntax. Run when the grammar has failed, because an open block is noticed only at the end of
 * the algorithm, and the mistake is where it was opened.
 */
import { fail } from '../source/diagnostic.js';
import { type SourceText, type Span, span } from '../source/text.js';
import type { Token } from './tokens.js';

/** Throws a diagnostic for the first block that is closed wrongly or not at all. */
export function checkBlocks(source: SourceText, tokens: readonly Token[]): void {
  if (hasBraces(tokens)) checkBraces(source, tokens);
  else checkEnds(source, tokens);
}

/** True for the C syntax: `--algorithm Name {`, `--fair algorithm Name {`. */
export function hasBraces(tokens: readonly Token[]): boolean {
  return tokens.slice(0, 5).some((token) => token.text === '{');
}

function spanOf(source: SourceText, token: Token): Span {
  return span(source, token.start, token.end);
}

function checkBraces(source: SourceText, tokens: readonly Token[]): void {
  const open: { readonly token: Token; readonly indent: number }[] = [];
  let suspect: Token | null = null;
  let indent = 0;
  let line = 0;
  for (const token of tokens) {
    const at = source.position(token.start);
    const isFirst = at.line !== line;
    if (isFirst) indent = token.column;
    line = at.line;
    if (token.text === '{') open.push({ token, indent });
    if (token.text !== '}') continue;
    const closed = open.pop();
    // A brace left of the line it closes most likely belongs to a block further out.
    if (isFirst && closed && token.column < closed.indent) suspect ??= closed.token;
  }
  const unclosed = suspect ?? open.at(-1)?.token;
  if (open.length > 0 && unclosed) {
    fail('PCL004', spanOf(source, unclosed), { open: '{', close: '}' });
  }
}

/** The blocks that `end` closes by name; the rest ends at one of these. */
const blocks = new Set(['while', 'if', 'either', 'with', 'macro', 'procedure', 'process']);

function checkEnds(source: SourceText, tokens: readonly Token[]): void {
  const open: Token[] = [];
  for (const [i, token] of tokens.entries()) {
    const previous = tokens[i - 1];
    // A field such as `r.end` or `[end |-> 1]` is no word of PlusCal.
    if (token.kind !== 'name' || previous?.text === '.' || tokens[i + 1]?.text === '|->') continue;
    if (previous?.text === 'end') {
      const block = open.pop();
      const expected = block?.text ?? 'algorithm';
      if (token.text === expected) continue;
      const notes = block
        ? [{ message: `the \`${expected}\` is opened here`, span: spanOf(source, block) }]
        : [];
      fail('PCL005', spanOf(source, token), { found: token.text, expected }, { notes });
    } else if (blocks.has(token.text) || token.text === 'define') open.push(token);
  }
  const unclosed = open.at(-1);
  if (unclosed) {
    const close = `end ${unclosed.text}`;
    fail('PCL004', spanOf(source, unclosed), { open: unclosed.text, close });
  }
}
