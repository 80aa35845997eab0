/** What is still open before a token: the words of an error message come from it. */
import type { Token } from './tokens.js';
import { isReserved, startsDeclaration } from './words.js';

/** A construct that was begun and what would continue it. */
export interface OpenConstruct {
  readonly token: Token;
  /** The token that it waits for: `)`, `THEN`, `:` … */
  readonly awaits: string;
}

const closers: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '<<': '>>',
  '⟨': '⟩',
};
const firstAwaited: Readonly<Record<string, string>> = {
  ...closers,
  IF: 'THEN',
  LET: 'IN',
  CASE: '->',
  CHOOSE: ':',
  LAMBDA: ':',
  '\\A': ':',
  '\\E': ':',
  '\\AA': ':',
  '\\EE': ':',
  '∀': ':',
  '∃': ':',
};

const operandEnds = new Set([...Object.values(closers), "'", '^+', '^*', '^#', '⁺', '@']);
export function isClosingBracket(text: string): boolean {
  return Object.values(closers).includes(text);
}

export function isOpeningBracket(text: string): boolean {
  return text in closers;
}

/** True if an operand may end with this token. */
export function endsOperand(token: Token): boolean {
  if (token.kind === 'number' || token.kind === 'string') return true;
  if (token.kind === 'name') return token.text !== '_' && !isReserved(token.text);
  return operandEnds.has(token.text);
}

/** True if the token begins a declaration or definition of a module. */
export function startsUnit(tokens: readonly Token[], i: number): boolean {
  const token = tokens[i];
  if (!token || token.kind === 'dashes' || token.kind === 'moduleEnd') return true;
  return startsDeclaration(token.text) || startsDefinition(tokens, i);
}

/** True for `name ==`, `name(…) ==`, `name[…] ==`, `a ++ b ==` and `a ^+ ==`. */
export function startsDefinition(tokens: readonly Token[], i: number): boolean {
  if (tokens[i]?.kind !== 'name') return false;
  let next = i + 1;
  if (tokens[next]?.text === '(' || tokens[next]?.text === '[') {
    next = closingIndex(tokens, next) + 1;
  } else if (isOperator(tokens[next])) {
    // An infix or a postfix operator is defined.
    next += tokens[next + 1]?.kind === 'name' ? 2 : 1;
  }
  return isDefinedAs(tokens[next]);
}

function isOperator(token: Token | undefined): boolean {
  if (token?.kind !== 'symbol' || isDefinedAs(token)) return false;
  return token.text !== ',' && !isOpeningBracket(token.text) && !isClosingBracket(token.text);
}

function isDefinedAs(token: Token | undefined): boolean {
  return token?.text === '==' || token?.text === '≜';
}

/** The index of the bracket that closes the one at `open`; past the end if none does. */
function closingIndex(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const text = tokens[i]?.text ?? '';
    if (isOpeningBracket(text)) depth++;
    if (isClosingBracket(text) && --depth === 0) return i;
  }
  return tokens.length;
}

/** The constructs open before token `index`, outermost first; what precedes must be well formed. */
export function openConstructs(tokens: readonly Token[], index: number): OpenConstruct[] {
  let open: OpenConstruct[] = [];
  for (let i = 0; i < index; i++) {
    const token = tokens[i] as Token;
    const text = token.text;
    const hasBracket = open.some((one) => isOpeningBracket(one.token.text));
    if (!hasBracket && startsUnit(tokens, i)) {
      open = open.slice(0, open.findLastIndex((one) => one.token.text === 'LET') + 1);
    }
    const awaiting = open.findLastIndex((one) => one.awaits === text);
    const awaited = firstAwaited[text];
    if (awaiting >= 0) {
      const { token: opener } = open[awaiting] as OpenConstruct;
      open = open.slice(0, awaiting);
      if (text === 'THEN') open.push({ token: opener, awaits: 'ELSE' });
    }
    if (awaited) open.push({ token, awaits: awaited });
  }
  return open;
}
