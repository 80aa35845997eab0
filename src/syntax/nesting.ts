/**
 * Which parts of a text to match first, so that an expression nested a thousand levels deep does
 * not need a stack a thousand grammar rules deep. Ohm's matcher recurses; this pass does not. It
 * looks for parts whose ends are certain without the grammar (what stands between parentheses, in
 * an item of a list, between IF and THEN …) and cuts one out whenever it is a few dozen levels
 * deep. An ordinary text has no such part and is matched as a whole.
 */
import { fail } from '../source/diagnostic.js';
import { span } from '../source/text.js';
import { type Layout, listBegin, listEnd, listNext } from './junctions.js';
import { endsOperand } from './openConstructs.js';
import type { Token } from './tokens.js';

/** A range of the layout's text that the rule matches alone. */
export interface Cut {
  readonly start: number;
  readonly end: number;
  readonly rule: 'Expr' | 'Argument';
}

export interface NestingOptions {
  /** Whether a token surely ends every expression before it; the words of PlusCal do. */
  readonly endsExpressions: (token: Token) => boolean;
  /** Whether braces may enclose statements, too. */
  readonly hasBlocks: boolean;
}

/** A part this deep is cut out. About 200 levels fit on the stack of Node's main thread. */
const cutDepth = 40;
/**
 * The passes after the parser recurse over the tree. They take about 1,500 levels on the usual
 * stack, and this many on the large one that a run is given when it needs it (cli/deepStack.ts).
 */
export const maxDepth = 30_000;

/**
 * `tail` is what follows ELSE, IN or the `:` of a binder, up to the end of what is around it;
 * `bound` stands between a binder and its `:`.
 */
type Soft = 'if' | 'let' | 'case' | 'bound' | 'tail';
type Kind = Soft | 'top' | '(' | '[' | '{' | '<<' | 'item';

interface Frame {
  readonly kind: Kind;
  readonly rule: Cut['rule'];
  /** Where the current part begins. */
  start: number;
  /** Whether the current part is surely an expression. */
  certain: boolean;
  /** How deep the current part is, without what was cut out of it, and the deepest part. */
  depth: number;
  deepest: number;
  /** What is known of the brackets, by their beginning or by the symbols in them so far. */
  form: Form;
}

/**
 * `index` of `f[i, j]`; `filter` of `{x \in S : …}`; `arrow` where a `:`, `->` or `|->` has stood;
 * `path` and `value` of the two sides of an update after EXCEPT.
 */
type Form = 'plain' | 'index' | 'filter' | 'arrow' | 'path' | 'value';

const closers: Readonly<Record<string, Kind>> = { ')': '(', ']': '[', '}': '{', '>>': '<<' };
const fold: Readonly<Record<string, string>> = {
  ...{ '⟨': '<<', '⟩': '>>', '□': '[]', '→': '->', '↦': '|->', '∈': '\\in', '≜': '==' },
};
const binders = new Set(['\\A', '\\E', '\\AA', '\\EE', '∀', '∃', 'CHOOSE', 'LAMBDA']);
const soft: ReadonlySet<Kind> = new Set<Kind>(['if', 'let', 'case', 'bound', 'tail']);
/** What stands in parentheses after these words of PlusCal is no expression. */
const bindingWords = new Set(['with', 'process', 'macro', 'procedure']);

/** In the order in which they are to be matched: inner ones before those around them. */
export function findCuts(layout: Layout, options: NestingOptions): readonly Cut[] {
  const pass = new NestingPass(layout, options);
  pass.run();
  return pass.cuts;
}

class NestingPass {
  readonly cuts: Cut[] = [];
  private readonly frames: Frame[] = [];
  /** Where the current token or mark begins and ends. */
  private at = 0;
  private next = 0;
  private previous: Token | null = null;
  private isBullet = false;

  constructor(
    private readonly layout: Layout,
    private readonly options: NestingOptions,
  ) {
    this.push('top', false);
  }

  run(): void {
    const { starts, text, tokens, source } = this.layout;
    for (const [k, start] of starts.entries()) {
      const token = tokens[k] as Token;
      this.readMarks(start);
      [this.at, this.next] = [start, start + token.text.length];
      this.read(token, fold[token.text] ?? token.text);
      if (this.isBullet) this.beginPart(true);
      this.isBullet = false;
      if (this.frames.length > maxDepth) {
        fail('SYN016', span(source, token.start, token.end), { depth: maxDepth });
      }
      this.previous = token;
    }
    this.readMarks(text.length);
    this.at = text.length;
    this.popTo('top');
  }

  private readMarks(end: number): void {
    for (this.at = this.next; this.at < end; this.at++) {
      const mark = this.layout.text[this.at];
      if (mark === listBegin) this.push('item', false);
      else if (mark === listNext) {
        this.popTo('item');
        this.endPart();
      } else if (mark === listEnd) this.popThrough('item');
      this.isBullet = mark === listBegin || mark === listNext;
    }
  }

  private read(token: Token, symbol: string): void {
    const closed = closers[symbol];
    if (closed) this.popThrough(closed);
    else if (symbol === '(' || symbol === '[' || symbol === '{' || symbol === '<<') {
      this.open(symbol);
    } else if (this.previous?.text === '.') return;
    else if (binders.has(symbol)) this.push('bound', false);
    else if (symbol === 'IF') this.push('if', true);
    else if (symbol === 'CASE') this.push('case', this.endsWithPart());
    else if (symbol === 'LET') this.push('let', false);
    else if (this.options.endsExpressions(token) || symbol === 'PROVE') this.popSoft();
    else this.split(symbol);
  }

  /** What stands in the brackets that open here: surely an expression? */
  private open(symbol: '(' | '[' | '{' | '<<'): void {
    const { previous } = this;
    const isApplied = previous !== null && endsOperand(previous);
    const isBinding = symbol === '(' && bindingWords.has(previous?.text ?? '');
    const isCertain = symbol === '{' ? !this.options.hasBlocks : !isBinding;
    const rule = symbol === '(' && isApplied ? 'Argument' : 'Expr';
    this.push(symbol, isCertain, rule, symbol === '[' && isApplied ? 'index' : 'plain');
  }

  /** A symbol that ends a part and begins another one. */
  private split(symbol: string): void {
    if (symbol === 'THEN') this.splitSoft('if');
    else if (symbol === 'ELSE') this.turnToTail('if');
    else if (symbol === 'IN') this.turnToTail('let');
    else if (symbol === ':') this.turnToTail('bound') || this.splitAtColon();
    else if (symbol === ',') this.splitAtComma();
    else if (symbol === '->') this.splitSoft('case') || this.splitBracket('arrow', true);
    else if (symbol === '[]' && this.isAfterOperand()) this.splitSoft('case');
    else if (symbol === '|->') this.splitBracket('arrow', false);
    else if (symbol === 'EXCEPT') this.splitBracket('path', true);
    else if (symbol === '==') this.popSoft('let');
    else this.specify(symbol);
  }

  /** A symbol that says what kind of brackets these are, or on which side of an update this is. */
  private specify(symbol: string): void {
    const top = this.top();
    if (symbol === '=' && top.form === 'path') {
      top.form = 'value';
      this.beginPart(true);
    } else if (symbol === '\\in' && top.form === 'index') top.certain = false;
    else if (symbol === '\\in' && top.kind === '{' && this.isFirstName(top)) top.form = 'filter';
  }

  private isFirstName({ start }: Frame): boolean {
    const { layout, previous } = this;
    return previous?.kind === 'name' && layout.text.slice(start, this.at).trim() === previous.text;
  }

  private isAfterOperand(): boolean {
    return this.previous !== null && endsOperand(this.previous);
  }

  /** Whether what reaches as far as it can ends where this part ends, not at a definition. */
  private endsWithPart(): boolean {
    const around = this.frames.findLast(({ kind }) => kind !== 'tail' && kind !== 'case');
    return around?.kind !== 'let';
  }

  /** THEN; the arrow and the box of CASE. */
  private splitSoft(meant: Soft): boolean {
    this.popSoft(meant);
    const { kind, certain } = this.top();
    if (kind === meant) this.nextPart(meant === 'if' || certain);
    return kind === meant;
  }

  /** The end of IF … THEN …, of LET … or of a binder: what follows is its last part. */
  private turnToTail(meant: Soft): boolean {
    this.popSoft(meant);
    if (this.top().kind !== meant) return false;
    this.pop();
    this.push('tail', this.endsWithPart());
    return true;
  }

  private splitAtColon(): void {
    const top = this.top();
    if (top.kind === '[') this.splitBracket('arrow', false);
    else if (top.form === 'filter') this.nextPart(top.certain);
    else {
      // `{e : x \in S, …}`
      top.certain = false;
      top.form = 'arrow';
    }
  }

  private splitAtComma(): void {
    this.popSoft('bound');
    const top = this.top();
    if (top.kind === '[') {
      // Of `[x \in S, y \in T |-> e]` and `[a |-> e, b |-> f]`, only `e` and `f` are expressions.
      if (top.form === 'plain') top.certain = false;
      if (top.form === 'value') top.form = 'path';
      this.nextPart(top.form === 'index');
    } else if (!soft.has(top.kind)) this.nextPart(top.certain && top.form === 'plain');
  }

  /** `|->`, `->`, EXCEPT and the `:` of `[a : S]`. */
  private splitBracket(form: 'arrow' | 'path', isBeforeCertain: boolean): void {
    this.popSoft();
    const top = this.top();
    if (top.kind !== '[') return;
    top.certain &&= isBeforeCertain;
    top.form = form;
    this.nextPart(form === 'arrow');
  }

  private top(): Frame {
    return this.frames.at(-1) as Frame;
  }

  private push(
    kind: Kind,
    certain: boolean,
    rule: Cut['rule'] = 'Expr',
    form: Form = 'plain',
  ): void {
    this.frames.push({ kind, rule, start: this.next, certain, depth: 0, deepest: 0, form });
  }

  private pop(): void {
    this.endPart();
    const { deepest } = this.frames.pop() as Frame;
    const around = this.top();
    around.depth = Math.max(around.depth, deepest + 1);
  }

  private nextPart(certain: boolean): void {
    this.endPart();
    this.beginPart(certain);
  }

  private beginPart(certain: boolean): void {
    const top = this.top();
    top.start = this.next;
    top.certain = certain;
  }

  private endPart(): void {
    const top = this.top();
    if (top.certain && top.depth >= cutDepth) {
      this.cuts.push({ start: top.start, end: this.at, rule: top.rule });
      top.depth = 0;
    }
    top.deepest = Math.max(top.deepest, top.depth);
    top.depth = 0;
  }

  /** Ends IFs, quantifiers and the like, up to one that is meant or the next brackets. */
  private popSoft(meant?: Soft): void {
    for (let { kind } = this.top(); soft.has(kind) && kind !== meant; { kind } = this.top()) {
      this.pop();
    }
  }

  /** Ends what is inside the innermost brackets or item that is meant, if there is one. */
  private popTo(meant: Kind): boolean {
    const index = this.frames.findLastIndex(({ kind }) => kind === meant);
    if (index < 0) return false;
    while (this.frames.length > index + 1) this.pop();
    return true;
  }

  private popThrough(meant: Kind): void {
    if (this.popTo(meant)) this.pop();
  }
}
