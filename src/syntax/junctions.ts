/**
 * Bulleted lists by column. TLA+ gives meaning to the column of `/\` and `\/`: a bullet where an
 * operand could begin opens a list at its column, a further bullet below it is the next item, and
 * any token at or left of that column ends the list (Lamport, Specifying Systems, 15.2.2). A
 * grammar cannot see columns, so this pass marks the lists with private-use characters before the
 * grammar runs. A bullet after an operand is an infix operator and gets no mark.
 *
 * The pass also drops comments and shortens white space; offsets of the marked text map back to
 * offsets of the source.
 */
import type { SourceText } from '../source/text.js';
import type { Expr } from './ast.js';
import type { Token } from './tokens.js';
import { isReserved, startsDeclaration } from './words.js';

export const listBegin = '\uE000';
export const listNext = '\uE001';
export const listEnd = '\uE002';
/** Stands for a part of the text that was matched before (nesting.ts). */
export const nestedPart = '\uE003';

/** What a surrounding language adds to the tokens that end lists. */
export interface LayoutOptions {
  /** Symbols that end every list since the innermost bracket: `;`, `:=` and the like. */
  readonly separators?: ReadonlySet<string>;
  /** Words that do the same, and that are never operands: `do`, `then` and the like. */
  readonly keywords?: ReadonlySet<string>;
  /** The tokens with those that follow, where the text is a part of a module; for messages. */
  readonly following?: () => readonly Token[];
}

/** A text for the grammar, and where its characters come from. */
export class Layout {
  constructor(
    readonly source: SourceText,
    readonly text: string,
    readonly tokens: readonly Token[],
    /** For every token of the text, its offset there. */
    readonly starts: readonly number[],
    /** For every character of the text, its offset in the source. */
    private readonly offsets: readonly number[],
    /** The source offset where what follows the text begins. */
    private readonly end: number,
    /** By offset in the text: the trees of parts that were matched before. */
    readonly nested: ReadonlyMap<number, Expr> = new Map(),
    private readonly following: () => readonly Token[] = () => tokens,
  ) {}

  /** The tokens, and those of the module that follow. */
  get tokensToEnd(): readonly Token[] {
    return this.following();
  }

  /** The source offset of the character at an offset of the text; past the end, of what follows. */
  startInSource(offset: number): number {
    return this.offsets[offset] ?? this.end;
  }

  /** The source offset after the character before an offset of the text. */
  endInSource(offset: number): number {
    if (offset <= 0) return this.offsets[0] ?? this.end;
    const part = this.nested.get(offset - 1);
    if (part) return part.span.end;
    const last = this.offsets[offset - 1] ?? this.end;
    return isMark(this.text.charCodeAt(offset - 1)) ? last : last + 1;
  }

  /** The part `[start, end)`, in which each hole stands for a part with a tree. */
  part(start: number, end: number, holes: readonly Hole[]): Layout {
    const texts: string[] = [];
    const offsets: number[] = [];
    const nested = new Map<number, Expr>();
    let at = start;
    const copyTo = (limit: number): void => {
      texts.push(this.text.slice(at, limit));
      for (; at < limit; at++) offsets.push(this.startInSource(at));
    };
    for (const hole of holes) {
      copyTo(hole.start);
      nested.set(offsets.length, hole.expr);
      texts.push(nestedPart);
      offsets.push(hole.expr.span.start);
      at = hole.end;
    }
    copyTo(end);
    return new Layout(
      this.source,
      texts.join(''),
      this.tokens,
      [],
      offsets,
      this.startInSource(end),
      nested,
      this.following,
    );
  }
}

/** A range of the text whose tree is known. */
export interface Hole {
  readonly start: number;
  readonly end: number;
  readonly expr: Expr;
}

type Bullet = '/\\' | '\\/';
type Frame =
  | { readonly kind: 'list'; readonly bullet: Bullet; readonly column: number }
  | { readonly kind: 'open'; readonly opener: string };

/** An opener that is not a bracket: its closer is a keyword or `:`, or there is none (CASE). */
const binders = new Set(['\\A', '\\E', '\\AA', '\\EE', '∀', '∃', 'CHOOSE', 'LAMBDA']);
const openerOf: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '>>': '<<' };
const fold: Readonly<Record<string, string>> = {
  '∧': '/\\',
  '∨': '\\/',
  '⟨': '<<',
  '⟩': '>>',
  '□': '[]',
  '→': '->',
  '↦': '|->',
};
const operandEnds = new Set([')', ']', '}', '>>', "'", '^+', '^*', '^#', '⁺', '@']);
const operandWords = new Set(
  'CASE CHOOSE DOMAIN ENABLED IF LET SUBSET UNCHANGED UNION RECURSIVE LAMBDA'.split(' '),
);

export function markJunctions(
  source: SourceText,
  tokens: readonly Token[],
  end: number,
  options: LayoutOptions = {},
): Layout {
  const pass = new MarkingPass(tokens, options);
  pass.run();
  return new Layout(
    source,
    pass.parts.join(''),
    tokens,
    pass.starts,
    pass.offsets,
    end,
    new Map(),
    options.following,
  );
}

/** Of words, only those that stand for others (pluscalRecovery.ts) have nothing between them. */
function isApart(previous: Token, { start, kind }: Token): boolean {
  return start > previous.end || (previous.kind === 'name' && kind === 'name');
}

function isMark(code: number): boolean {
  return code >= 0xe000 && code <= 0xe003;
}

class MarkingPass {
  readonly parts: string[] = [];
  /** For every character of the text, its offset in the source. */
  readonly offsets: number[] = [];
  readonly starts: number[] = [];
  private readonly frames: Frame[] = [];
  private previous: Token | null = null;
  private afterSeparator = false;
  /** Those of the open lists. */
  private readonly columns: number[] = [];

  constructor(
    private readonly tokens: readonly Token[],
    private readonly options: LayoutOptions,
  ) {}

  run(): void {
    this.tokens.forEach((token, index) => {
      const symbol = fold[token.text] ?? token.text;
      const isItem = this.closeByColumn(token, symbol);
      if (!isItem) this.closeBySymbol(token, symbol);
      if (this.previous && isApart(this.previous, token)) this.emit(' ', this.previous.end);
      if (isItem) this.emit(listNext, token.start);
      else if (this.opensList(symbol, this.tokens[index + 1])) {
        this.frames.push({ kind: 'list', bullet: symbol as Bullet, column: token.column });
        this.columns.push(token.column);
        this.emit(listBegin, token.start);
      }
      this.starts.push(this.offsets.length);
      this.emit(token.text, token.start);
      this.openFrame(token, symbol);
      this.afterSeparator = this.isSeparator(token);
      this.previous = token;
    });
    this.popTo(0);
  }

  /** Ends the lists that the token stands left of. True if it is the next bullet of a list. */
  private closeByColumn(token: Token, symbol: string): boolean {
    // The innermost list is the one furthest to the right.
    const innermost = this.columns.at(-1) ?? 0;
    if (token.column > innermost) return false;
    const index = this.frames.findIndex(
      (frame) => frame.kind === 'list' && token.column <= frame.column,
    );
    if (index < 0) return false;
    const frame = this.frames[index] as Frame & { kind: 'list' };
    const isItem = frame.bullet === symbol && frame.column === token.column;
    this.popTo(isItem ? index + 1 : index);
    return isItem;
  }

  /** Ends the lists that the token itself ends: brackets, commas, THEN, the next definition. */
  private closeBySymbol(token: Token, symbol: string): void {
    const opener = openerOf[symbol];
    if (opener) this.popThrough((open) => open === opener);
    else if (symbol === ',') this.popListsTo((open) => open !== 'CASE');
    else if (symbol === ':') this.closeBound();
    else if (symbol === 'THEN') this.popListsTo((open) => open === 'IF');
    else if (symbol === 'ELSE') this.popThrough((open) => open === 'IF');
    else if (symbol === 'IN') this.popThrough((open) => open === 'LET');
    else if (symbol === '->') this.popListsTo((open) => open === 'CASE' || open === '[');
    else if (symbol === '[]' && this.endsOperand()) this.popListsTo((open) => open === 'CASE');
    else if (symbol === 'EXCEPT' || symbol === '|->') this.popListsTo((open) => open === '[');
    else if (token.kind === 'dashes' || token.kind === 'moduleEnd') this.popTo(0);
    else if (this.isSeparator(token) || symbol === 'PROVE') this.popListsTo(isBracket);
    else if (this.startsOperand(token, symbol) && this.endsOperand()) this.closeJuxtaposed(token);
  }

  /** `:` ends a binder's bounds, or the left part of `{x \in S : …}` and `[a : …]`. */
  private closeBound(): void {
    const index = this.frames.findLastIndex(
      (frame) => frame.kind === 'open' && (frame.opener === 'bound' || isBracket(frame.opener)),
    );
    if (index < 0) return;
    const frame = this.frames[index] as Frame & { kind: 'open' };
    this.popTo(frame.opener === 'bound' ? index : index + 1);
  }

  /** Two operands in a row: the second begins the next definition (or is a mistake). */
  private closeJuxtaposed(token: Token): void {
    if (token.text.startsWith('_') && token.start === this.previous?.end) return;
    // RECURSIVE stands among the definitions of a LET, too.
    if (startsDeclaration(token.text) && token.text !== 'RECURSIVE') this.popTo(0);
    else this.popListsTo((open) => isBracket(open) || open === 'LET');
  }

  private opensList(symbol: string, next: Token | undefined): boolean {
    if (symbol !== '/\\' && symbol !== '\\/') return false;
    // `Fold(/\, …)`: an operator as an argument.
    return !this.endsOperand() && next?.text !== ',' && next?.text !== ')';
  }

  private openFrame(token: Token, symbol: string): void {
    const isOpener = isBracket(symbol) || symbol === 'LET' || symbol === 'IF' || symbol === 'CASE';
    if (isOpener) this.frames.push({ kind: 'open', opener: symbol });
    else if (binders.has(token.text)) this.frames.push({ kind: 'open', opener: 'bound' });
  }

  private endsOperand(): boolean {
    const token = this.previous;
    if (!token) return false;
    if (token.kind === 'number' || token.kind === 'string') return true;
    if (token.kind === 'name') {
      return token.text !== '_' && !isReserved(token.text) && !this.afterSeparator;
    }
    return operandEnds.has(fold[token.text] ?? token.text);
  }

  private startsOperand(token: Token, symbol: string): boolean {
    if (token.kind === 'number' || token.kind === 'string') return true;
    if (token.kind !== 'name') return symbol === '{' || symbol === '<<' || binders.has(symbol);
    return !isReserved(token.text) || operandWords.has(token.text) || startsDeclaration(token.text);
  }

  private isSeparator(token: Token): boolean {
    const { separators, keywords } = this.options;
    // `r.end`: any word may name a field.
    if (this.previous?.text === '.' && token.kind === 'name') return false;
    return (separators?.has(token.text) ?? false) || (keywords?.has(token.text) ?? false);
  }

  /** Ends everything inside the innermost opener that is meant, and the opener, too. */
  private popThrough(isMeant: (opener: string) => boolean): void {
    const index = this.findOpener(isMeant);
    if (index >= 0) this.popTo(index);
  }

  /** Ends everything inside the innermost opener that is meant; all, if there is none. */
  private popListsTo(isMeant: (opener: string) => boolean): void {
    this.popTo(this.findOpener(isMeant) + 1);
  }

  private findOpener(isMeant: (opener: string) => boolean): number {
    return this.frames.findLastIndex((frame) => frame.kind === 'open' && isMeant(frame.opener));
  }

  private popTo(size: number): void {
    while (this.frames.length > size) {
      const frame = this.frames.pop();
      if (frame?.kind !== 'list') continue;
      this.columns.pop();
      this.emit(listEnd, this.previous?.end ?? 0);
    }
  }

  private emit(text: string, offset: number): void {
    this.parts.push(text);
    const isMarkOrSpace = text === ' ' || isMark(text.charCodeAt(0));
    for (let i = 0; i < text.length; i++) this.offsets.push(isMarkOrSpace ? offset : offset + i);
  }
}

function isBracket(symbol: string): boolean {
  return symbol === '(' || symbol === '[' || symbol === '{' || symbol === '<<';
}
