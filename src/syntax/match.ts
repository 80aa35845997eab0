/**
 * A layout and a rule → a tree: match the grammar, run the semantic actions. Parts that are nested
 * deeply are matched first and stand in the text as one character (nesting.ts).
 */
import type { ActionDict, FailedMatchResult, Grammar, MatchResult, Semantics } from 'ohm-js';
import { type DiagnosticError, fail } from '../source/diagnostic.js';
import { span } from '../source/text.js';
import type { Expr } from './ast.js';
import { TreeContext, treeOperation } from './buildTree.js';
import type { Hole, Layout } from './junctions.js';
import { findCuts, type NestingOptions } from './nesting.js';

export interface TreeBuilderOptions extends NestingOptions {
  readonly actions: (context: TreeContext) => ActionDict<unknown>;
  /** Why the text does not match. */
  readonly explain: (layout: Layout, match: FailedMatchResult) => DiagnosticError;
}

/** Ohm remembers every rule at every character: this many take about 1.5 GB. */
const longestText = 400_000;

/** One for each grammar; making the semantics costs more than matching a definition. */
export class TreeBuilder {
  private semantics: Semantics | null = null;
  private readonly context = new TreeContext();

  constructor(
    private readonly grammar: Grammar,
    private readonly options: TreeBuilderOptions,
  ) {}

  /** Throws a DiagnosticError. */
  build<T>(layout: Layout, rule: string): T {
    const holes: Hole[] = [];
    for (const cut of findCuts(layout, this.options)) {
      // Parts inside this one are the last that were matched.
      const inner = holes.findLastIndex(({ start }) => start < cut.start) + 1;
      const part = layout.part(cut.start, cut.end, holes.splice(inner));
      holes.push({ start: cut.start, end: cut.end, expr: this.match<Expr>(part, cut.rule) });
    }
    const whole = holes.length === 0 ? layout : layout.part(0, layout.text.length, holes);
    return this.match<T>(whole, rule);
  }

  private match<T>(layout: Layout, rule: string): T {
    const { length } = layout.text;
    const start = layout.startInSource(0);
    if (length > longestText) {
      fail('SYN017', span(layout.source, start, start + 1), { length, longest: longestText });
    }
    const match = this.matchWithin(layout, rule);
    if (match.failed()) throw this.options.explain(layout, match as FailedMatchResult);
    this.semantics ??= this.makeSemantics();
    const { semantics } = this;
    return this.context.during(layout, () => semantics(match)[treeOperation]() as T);
  }

  /** Matches; what is nested deeper than the stack allows is the text's fault. */
  private matchWithin(layout: Layout, rule: string): MatchResult {
    try {
      return this.grammar.match(layout.text, rule);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const start = layout.startInSource(0);
      return fail('SYN016', span(layout.source, start, start));
    }
  }

  private makeSemantics(): Semantics {
    const semantics = this.grammar.createSemantics();
    semantics.addOperation(treeOperation, this.options.actions(this.context));
    return semantics;
  }
}
