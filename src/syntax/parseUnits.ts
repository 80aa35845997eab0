/** The tokens of a module → its tree, unit by unit; a mistake in one leaves the others. */
import { type Diagnostic, DiagnosticError, diagnose } from '../source/diagnostic.js';
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

/** More would be of no help: most of them are likely to come from the first. */
const mostMistakes = 20;

export class ModuleParser {
  private readonly finder: UnitFinder;
  private readonly mistakes: Diagnostic[] = [];
  /** The index of the next token to read. */
  private at = 0;

  constructor(
    private readonly source: SourceText,
    private readonly tokens: readonly Token[],
  ) {
    this.finder = new UnitFinder(tokens);
  }

  /** The tokens are those of one module. Throws a DiagnosticError with all mistakes. */
  parse(): Module {
    const module = this.module();
    if (this.mistakes.length > 0) throw new DiagnosticError(this.mistakes);
    if (!module) throw new Error('no module, and no mistake either');
    return module;
  }

  private module(): Module | null {
    const first = this.tokens[this.at] as Token;
    const head = this.match<ModuleHead>('ModuleHead', this.finder.endOfHead(this.at));
    const units: Unit[] = [];
    while (this.at < this.tokens.length && this.mistakes.length < mostMistakes) {
      const token = this.tokens[this.at] as Token;
      if (token.kind === 'moduleEnd') break;
      const unit = this.unit(token);
      if (unit) units.push(unit);
    }
    const last = this.tokens[this.at++];
    if (!head) return null;
    if (last?.kind !== 'moduleEnd') return this.missingEnd(head);
    return { ...head, units, span: span(this.source, first.start, last.end) };
  }

  private unit(token: Token): Unit | null {
    const isModule = token.kind === 'dashes' && this.tokens[this.at + 1]?.text === 'MODULE';
    if (!isModule) return this.match<Unit>('Unit', this.finder.endOfUnit(this.at));
    const module = this.module();
    return module && { kind: 'submodule', module, span: module.span };
  }

  /** Matches the tokens up to `end`, and goes on after them. */
  private match<T>(rule: string, end: number): T | null {
    const { at: start, tokens, source } = this;
    const textEnd = tokens[end]?.start ?? source.text.length;
    const following = (): readonly Token[] => tokens.slice(start);
    const layout = markJunctions(source, tokens.slice(start, end), textEnd, { following });
    this.at = end;
    try {
      return matchTla<T>(layout, rule);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      this.mistakes.push(...error.diagnostics);
      this.goOnAfter(error.diagnostics[0], start, end);
      return null;
    }
  }

  /** A mistake may have hidden where the unit ends. */
  private goOnAfter(mistake: Diagnostic | undefined, start: number, end: number): void {
    const place = mistake?.span?.start ?? 0;
    const index = this.tokens.findIndex((token) => token.start >= place);
    const from = Math.max(start + 1, index < 0 ? end : index);
    const { column } = this.tokens[start] as Token;
    this.at = Math.min(end, this.finder.nextAfterMistake(from, column));
    // What follows a head that is wrong is no unit before the next one begins.
    if (this.at === end) this.at = this.finder.nextAfterMistake(end, Number.POSITIVE_INFINITY);
  }

  private missingEnd({ name }: ModuleHead): null {
    // What is missing may have been taken for a part of what is wrong.
    if (this.mistakes.length > 0) return null;
    const { length } = this.source.text;
    this.mistakes.push(diagnose('SYN008', span(this.source, length, length), { name: name.name }));
    return null;
  }
}
