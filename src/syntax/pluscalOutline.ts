/**
 * The pieces of an algorithm by its tokens alone, for a text that the grammar does not match: which
 * braces enclose statements, and where each simple statement, condition and declaration stands.
 * The words of PlusCal and `;` end a piece whatever is open in it, so a mistake stays in its piece.
 */
import { endsOperand, isClosingBracket, isOpeningBracket } from './openConstructs.js';
import { layoutKeywords, statementWords } from './pluscalWords.js';
import type { Token } from './tokens.js';

export type PieceKind = 'statement' | 'condition' | 'binding' | 'declaration' | 'parameters';

/** A half-open range of tokens, with what can stand in its place. */
export interface Piece {
  readonly kind: PieceKind;
  readonly start: number;
  readonly end: number;
  /** What must stand after it and does not: `)`, `then` or `do`. */
  readonly lacks: string;
}

const heads: Readonly<Record<string, PieceKind>> = {
  ...{ if: 'condition', elsif: 'condition', while: 'condition', with: 'binding' },
  ...{ process: 'binding', procedure: 'parameters', macro: 'parameters' },
};
const declaring = new Set(['variable', 'variables']);
const beforeBlock = new Set([';', 'else', 'either', 'or', 'do', 'then', 'begin']);

export class Outline {
  readonly pieces: Piece[] = [];
  private readonly blocks = new Set<number>();

  constructor(
    readonly tokens: readonly Token[],
    private readonly usesBraces: boolean,
  ) {
    tokens.forEach((_, i) => {
      if (this.opensBlock(i)) this.blocks.add(i);
    });
    for (let i = 0; i < tokens.length; ) i = Math.max(i + 1, this.read(i));
  }

  /** The piece with the token, or the one that ends before it. */
  pieceAt(i: number): Piece | null {
    const inside = this.pieces.find(({ start, end }) => start <= i && i < end);
    return inside ?? this.pieces.find(({ start, end }) => start < end && end === i) ?? null;
  }

  isInPiece(i: number): boolean {
    return this.pieces.some(({ start, end }) => start <= i && i < end);
  }

  /** Whether the token is a brace that opens a block of statements. */
  isBlock(i: number): boolean {
    return this.blocks.has(i);
  }

  /** A word of PlusCal, and not the name of a field. */
  isWord(i: number): boolean {
    const { tokens } = this;
    const token = tokens[i];
    if (token?.kind !== 'name' || !layoutKeywords.has(token.text)) return false;
    const next = tokens[i + 1]?.text;
    const isField = next === '|->' || (next === ':' && /^[[,]$/.test(tokens[i - 1]?.text ?? ''));
    return tokens[i - 1]?.text !== '.' && !isField;
  }

  /** Reads what begins at `i` outside all pieces, and returns where to go on. */
  private read(i: number): number {
    const { text } = this.tokens[i] as Token;
    if (this.isLabel(i)) return /^[+-]$/.test(this.tokens[i + 2]?.text ?? '') ? i + 3 : i + 2;
    if (text === ';' || text === '{' || text === '}' || text === '(') return i + 1;
    if (!this.isWord(i)) return this.add('statement', i, this.endOf(i));
    if (text === 'end') return i + 2;
    if (declaring.has(text)) return this.declarations(i + 1);
    const kind = heads[text];
    if (kind) return this.head(kind, i);
    return statementWords.has(text) && text !== 'either'
      ? this.add('statement', i, this.endOf(i + 1))
      : i + 1;
  }

  private isLabel(i: number): boolean {
    return this.tokens[i]?.kind === 'name' && this.tokens[i + 1]?.text === ':' && !this.isWord(i);
  }

  /** What stands between a word such as `if` and the `then`, or in parentheses after the word. */
  private head(kind: PieceKind, word: number): number {
    const open = kind === 'parameters' ? word + 2 : word + 1;
    const isInParentheses = this.usesBraces || kind === 'parameters';
    if (!isInParentheses) return this.headOfWords(kind, word);
    if (this.tokens[open]?.text !== '(') return this.add('statement', word, this.endOf(word + 1));
    const end = this.closeOf(open);
    const lacks = this.tokens[end]?.text === ')' ? '' : ')';
    return this.add(kind, open + 1, end, lacks) + (lacks ? 0 : 1);
  }

  private headOfWords(kind: PieceKind, word: number): number {
    const end = this.endOf(word + 1);
    const { text } = this.tokens[word] as Token;
    const closer = text === 'if' || text === 'elsif' ? 'then' : text === 'process' ? '' : 'do';
    return this.add(kind, word + 1, end, this.tokens[end]?.text === closer ? '' : closer);
  }

  private declarations(start: number): number {
    for (let i = start; i < this.tokens.length; ) {
      if (this.isWord(i) || this.blocks.has(i) || this.tokens[i]?.text === '}') return i;
      const end = this.endOf(i, ',');
      const isSeparator = /^[,;]$/.test(this.tokens[end]?.text ?? '');
      this.add('declaration', i, end);
      i = isSeparator ? end + 1 : Math.max(end, i + 1);
    }
    return this.tokens.length;
  }

  private add(kind: PieceKind, start: number, end: number, lacks = ''): number {
    this.pieces.push({ kind, start, end, lacks });
    return end;
  }

  /** Where a piece from `start` on ends: at `;`, a word, a block, a label, or `separator`. */
  private endOf(start: number, separator = ';'): number {
    let depth = 0;
    for (let i = start; i < this.tokens.length; i++) {
      const { text } = this.tokens[i] as Token;
      if (text === ';' || this.isWord(i) || this.blocks.has(i)) return i;
      if (depth === 0 && (text === separator || text === '}')) return i;
      if (isOpeningBracket(text)) depth++;
      if (isClosingBracket(text)) depth = Math.max(0, depth - 1);
    }
    return this.tokens.length;
  }

  /** The `)` of the `(` at `open`, or where it should have been. */
  private closeOf(open: number): number {
    let depth = 0;
    const isWith = this.tokens[open - 1]?.text === 'with';
    for (let i = open; i < this.tokens.length; i++) {
      const { text } = this.tokens[i] as Token;
      if (this.isWord(i) || this.blocks.has(i) || (text === ';' && !isWith)) return i;
      if (isOpeningBracket(text)) depth++;
      if (isClosingBracket(text) && --depth <= 0) return i;
    }
    return this.tokens.length;
  }

  private opensBlock(i: number): boolean {
    const { tokens } = this;
    if (!this.usesBraces || tokens[i]?.text !== '{') return false;
    const before = tokens[i - 1];
    if (!before || beforeBlock.has(before.text)) return true;
    if (before.text === '{') return this.blocks.has(i - 1);
    const sign = /^[+-]$/.test(before.text) ? 1 : 0;
    if (tokens[i - 1 - sign]?.text === ':') return this.isLabelOf(i - 2 - sign);
    return endsOperand(before);
  }

  private isLabelOf(name: number): boolean {
    const before = this.tokens[name - 1]?.text ?? ';';
    return this.tokens[name]?.kind === 'name' && (/^[;{})]$/.test(before) || this.isWord(name - 1));
  }
}
