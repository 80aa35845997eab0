/** The tokens of a module → its tree, unit by unit; a mistake in one leaves the others. */
import { type Diagnostic, DiagnosticError, diagnose, fail } from '../source/diagnostic.js';
import { type SourceText, span } from '../source/text.js';
import type { Module, Unit } from './ast.js';
import { treeActions } from './buildTree.js';
import type { ModuleHead } from './buildUnits.js';
import { explainFailure } from './expect.js';
import { Tla } from './grammars.generated.js';
import { type Layout, markJunctions } from './junctions.js';
import { TreeBuilder } from './match.js';
import type { Token } from './tokens.js';
import { UnitFinder } from './units.js';

const builder = new TreeBuilder(Tla, {
  actions: treeActions,
  explain: explainFailure,
  endsExpressions: () => false,
  hasBlocks: false,
});

/** Matches the text with a rule of TLA+. Throws a DiagnosticError. */
export function matchTla<T>(layout: Layout, rule: string): T {
  return builder.build<T>(layout, rule);
}

/** The mistakes of units without a module around them; `end` is where what follows begins. */
export function mistakesOfUnits(
  source: SourceText,
  tokens: readonly Token[],
  end: number,
): readonly Diagnostic[] {
  return new ModuleParser(source, tokens, end).mistakesOfUnits();
}

/** A tree, or all the mistakes. */
export type ReadModule =
  | { readonly module: Module; readonly mistakes: null }
  | { readonly module: null; readonly mistakes: readonly Diagnostic[] };

/** More would be of no help: most of them are likely to come from the first. */
const mostMistakes = 20;
/** Of modules inside modules. */
const deepestModule = 100;

export class ModuleParser {
  private readonly finder: UnitFinder;
  private readonly mistakes: Diagnostic[] = [];
  /** The index of the next token to read. */
  private at = 0;

  constructor(
    private readonly source: SourceText,
    private readonly tokens: readonly Token[],
    private readonly end: number = source.text.length,
  ) {
    this.finder = new UnitFinder(tokens);
  }

  /** The tokens are those of one module. */
  parse(): ReadModule {
    const module = this.module();
    const { mistakes } = this;
    if (module && mistakes.length === 0) return { module, mistakes: null };
    if (mistakes.length === 0) throw new Error('no module, and no mistake either');
    return { module: null, mistakes };
  }

  mistakesOfUnits(): readonly Diagnostic[] {
    while (this.at < this.tokens.length && this.mistakes.length < mostMistakes) {
      this.unit(this.tokens[this.at] as Token, 0);
    }
    return this.mistakes;
  }

  private module(depth = 0): Module | null {
    const first = this.tokens[this.at] as Token;
    const head = this.match<ModuleHead>('ModuleHead', this.finder.endOfHead(this.at));
    const units: Unit[] = [];
    while (this.at < this.tokens.length && this.mistakes.length < mostMistakes) {
      const token = this.tokens[this.at] as Token;
      if (token.kind === 'moduleEnd') break;
      const unit = this.unit(token, depth);
      if (unit) units.push(unit);
    }
    const last = this.tokens[this.at++];
    if (!head) return null;
    if (last?.kind !== 'moduleEnd') return this.missingEnd(head);
    return { ...head, units, span: span(this.source, first.start, last.end) };
  }

  private unit(token: Token, depth: number): Unit | null {
    const isModule = token.kind === 'dashes' && this.tokens[this.at + 1]?.text === 'MODULE';
    if (!isModule) return this.match<Unit>('Unit', this.finder.endOfUnit(this.at));
    if (depth === deepestModule) fail('SYN016', span(this.source, token.start, token.end));
    const module = this.module(depth + 1);
    return module && { kind: 'submodule', module, span: module.span };
  }

  /** Matches the tokens up to `end`, and goes on after them. Null if there is a mistake. */
  private match<T>(rule: string, end: number): T | null {
    const start = this.at;
    this.at = end;
    const found = this.tryMatch<T>(rule, start, end);
    if (!Array.isArray(found)) return found as T;
    this.goOnAfter(found, rule, start, end);
    return null;
  }

  private tryMatch<T>(rule: string, start: number, end: number): T | Diagnostic[] {
    const { tokens, source } = this;
    const textEnd = tokens[end]?.start ?? this.end;
    const following = (): readonly Token[] => tokens.slice(start);
    const layout = markJunctions(source, tokens.slice(start, end), textEnd, { following });
    try {
      return matchTla<T>(layout, rule);
    } catch (error) {
      if (error instanceof DiagnosticError) return [...error.diagnostics];
      throw error;
    }
  }

  /** A mistake may have hidden where the unit ends. */
  private goOnAfter(found: readonly Diagnostic[], rule: string, start: number, end: number): void {
    const { column } = this.tokens[start] as Token;
    const margin = this.finder.nextAfterMistake(start + 1, column);
    const isOpen = this.hasOpenLet(start, end);
    // Definitions at the margin after a LET without IN were taken for its own.
    const again = isOpen && margin < end ? this.tryMatch(rule, start, margin) : null;
    this.mistakes.push(...(Array.isArray(again) ? again : found));
    if (isOpen) this.at = Math.min(margin, end);
    // What follows a head that is wrong is no unit before the next one begins.
    else this.at = this.finder.nextAfterMistake(end, Number.POSITIVE_INFINITY);
  }

  private hasOpenLet(start: number, end: number): boolean {
    let open = 0;
    for (const { text } of this.tokens.slice(start, end)) {
      if (text === 'LET') open++;
      if (text === 'IN' && open > 0) open--;
    }
    return open > 0;
  }

  private missingEnd({ name }: ModuleHead): null {
    // What is missing may have been taken for a part of what is wrong.
    if (this.mistakes.length > 0) return null;
    const { length } = this.source.text;
    this.mistakes.push(diagnose('SYN008', span(this.source, length, length), { name: name.name }));
    return null;
  }
}
