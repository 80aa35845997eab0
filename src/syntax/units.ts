/**
 * Where the units of a module begin, by its tokens alone: with a word such as VARIABLE, or with the
 * head of a definition outside every bracket and LET. The grammar then matches one unit at a time,
 * so a mistake in one of them does not hide those in the others.
 */
import { canonicalOperator, operatorFixity } from './operators.js';
import type { Token } from './tokens.js';
import { startsDeclaration } from './words.js';

/** A half-open range of tokens. */
export interface TokenRange {
  readonly start: number;
  readonly end: number;
}

const openers = new Set(['(', '[', '{', '<<', '⟨', 'LET']);
const openerOf: Readonly<Record<string, string>> = {
  ')': '(',
  ']': '[',
  '}': '{',
  '>>': '<<',
  '⟩': '⟨',
  IN: 'LET',
};
const theoremWords = new Set(['THEOREM', 'LEMMA', 'PROPOSITION', 'COROLLARY']);
const factWords = new Set([...theoremWords, 'ASSUME', 'ASSUMPTION', 'AXIOM']);
/** Words that declare a unit, and inside `ASSUME … PROVE` a symbol or an assumption. */
const assumptionWords = new Set(['ASSUME', 'CONSTANT', 'CONSTANTS', 'VARIABLE', 'VARIABLES']);

/** Finds the ends of units, one after the other. */
export class UnitFinder {
  private readonly closers: ReadonlyMap<number, number>;

  constructor(private readonly tokens: readonly Token[]) {
    this.closers = matchBrackets(tokens);
  }

  /** The index after `---- MODULE M ----` and what is EXTENDED; `start` is that of the dashes. */
  endOfHead(start: number): number {
    const { tokens } = this;
    let end = Math.min(start + 4, tokens.length);
    if (tokens[end]?.text !== 'EXTENDS') return end;
    end++;
    while (tokens[end]?.kind === 'name' && !this.beginsUnit(end, [])) {
      if (tokens[end + 1]?.text !== ',') return end + 1;
      end += 2;
    }
    return end;
  }

  /**
   * The index where to go on after a mistake: the first unit from `start` on. Inside a LET without
   * IN that is a definition no further to the right than `column`.
   */
  nextAfterMistake(start: number, column: number): number {
    for (let i = start; i < this.tokens.length; i++) {
      const open = (this.tokens[i] as Token).column > column ? ['LET'] : [];
      if (this.beginsUnit(i, open)) return i;
    }
    return this.tokens.length;
  }

  /** The index of the first token of the unit that follows the one at `start`. */
  endOfUnit(start: number): number {
    const first = this.tokens[start];
    if (first?.kind === 'dashes') return start + 1;
    const open: string[] = [];
    let proving = 0;
    for (let i = start; i < this.tokens.length; i++) {
      const { text } = this.tokens[i] as Token;
      const isAssumption = assumptionWords.has(text) && (proving > 0 || this.isStatement(i));
      if (i > start && !isAssumption && this.beginsUnit(i, open)) return i;
      if (text === 'ASSUME' && isAssumption) proving++;
      if (text === 'PROVE') proving--;
      // A bracket that is open where a definition begins inside LET will never be closed.
      const head = this.headEnd(i);
      if (head > 0) open.splice(open.lastIndexOf('LET') + 1);
      if (openers.has(text)) open.push(text);
      const opener = openerOf[text];
      const index = opener === undefined ? -1 : open.lastIndexOf(opener);
      if (index >= 0) open.splice(index);
      i = Math.max(i, head);
    }
    return this.tokens.length;
  }

  /** Whether the ASSUME at `i` begins the statement of a theorem. */
  private isStatement(i: number): boolean {
    const word = this.isDefinedAs(i - 1) ? i - 3 : i - 1;
    return theoremWords.has(this.tokens[word]?.text ?? '');
  }

  private beginsUnit(i: number, open: readonly string[]): boolean {
    const { kind, text } = this.tokens[i] as Token;
    const before = this.tokens[i - 1]?.text ?? '';
    if (kind === 'dashes' || kind === 'moduleEnd') return true;
    const isLocalWord = text === 'RECURSIVE' || text === 'INSTANCE';
    if (isLocalWord && open.includes('LET')) return false;
    if (text === 'INSTANCE' && (before === 'LOCAL' || this.isDefinedAs(i - 1))) return false;
    if (kind === 'name' && startsDeclaration(text)) return before !== 'LOCAL';
    // The name of a fact, or what is LOCAL, begins no unit of its own.
    if (before === 'LOCAL' || factWords.has(before)) return false;
    return this.headEnd(i) > 0 && !open.includes('LET');
  }

  /** The index of the `==` if the head of a definition begins at `i`; else 0. */
  private headEnd(i: number): number {
    const token = this.tokens[i];
    const text = (offset: number): string => this.tokens[i + offset]?.text ?? '';
    const isName = (offset: number): boolean => this.tokens[i + offset]?.kind === 'name';
    if (token?.text === '-.') return isName(1) && this.isDefinedAs(i + 2) ? i + 2 : 0;
    if (token?.kind !== 'name') return 0;
    if (this.isDefinedAs(i + 1)) return i + 1;
    if (text(1) === '(' || text(1) === '[') return this.headWithBrackets(i + 1);
    if (operatorFixity(text(1), 1) === 'postfix' && this.isDefinedAs(i + 2)) return i + 2;
    const isInfix = isOperatorSymbol(this.tokens[i + 1]) && isName(2);
    return isInfix && this.isDefinedAs(i + 3) ? i + 3 : 0;
  }

  /** `(x, F(_)) ==` or `[x \in S] ==` */
  private headWithBrackets(open: number): number {
    const close = this.closers.get(open);
    return close !== undefined && this.isDefinedAs(close + 1) ? close + 1 : 0;
  }

  private isDefinedAs(i: number): boolean {
    const text = this.tokens[i]?.text;
    return text === '==' || text === '≜';
  }
}

/** True for symbols that can be defined as an infix operator, whether TLA+ has them or not. */
function isOperatorSymbol(token: Token | undefined): boolean {
  return token?.kind === 'symbol' && operatorFixity(canonicalOperator(token.text), 2) === 'infix';
}

/** By the index of an opening bracket, that of the one which closes it. */
function matchBrackets(tokens: readonly Token[]): Map<number, number> {
  const closers = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ text }, i) => {
    if (text !== 'LET' && openers.has(text)) open.push(i);
    const opener = text === 'IN' ? undefined : openerOf[text];
    if (opener === undefined) return;
    const index = open.findLastIndex((one) => tokens[one]?.text === opener);
    if (index < 0) return;
    closers.set(open[index] as number, i);
    open.length = index;
  });
  return closers;
}
