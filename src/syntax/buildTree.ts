/**
 * The semantic actions that turn a match of the grammar into a tree, and the context that they
 * need. The context knows a layout only while a match is turned into a tree; the PlusCal grammar
 * spreads the dictionary into its own: `{ ...treeActions(context), Assign(…) {…} }`.
 */
import type { ActionDict, Node as OhmNode } from 'ohm-js';
import { type Span, span } from '../source/text.js';
import type { Expr, Identifier } from './ast.js';
import { expressionActions } from './buildExpressions.js';
import { unitActions } from './buildUnits.js';
import type { Layout } from './junctions.js';
import { canonicalOperator } from './operators.js';

/** The name of the operation that all actions belong to. */
export const treeOperation = 'tree';

export class TreeContext {
  private current: Layout | null = null;

  /** Runs the actions over a match of the layout's text. */
  during<T>(layout: Layout, run: () => T): T {
    this.current = layout;
    try {
      return run();
    } finally {
      this.current = null;
    }
  }

  /** The source span of a node, without white space around it. */
  span(node: OhmNode): Span {
    const { text, source } = this.layout;
    let { startIdx: start, endIdx: end } = node.source;
    while (start < end && text.charCodeAt(start) === 32) start++;
    while (start < end && text.charCodeAt(end - 1) === 32) end--;
    return span(source, this.layout.startInSource(start), this.layout.endInSource(end));
  }

  /** The tree of a part that was matched before. */
  nested(node: OhmNode): Expr {
    const expr = this.layout.nested.get(node.source.startIdx);
    if (!expr) throw new Error('a nested part that was not matched');
    return expr;
  }

  identifier(node: OhmNode): Identifier {
    return { name: canonicalOperator(node.sourceString), span: this.span(node) };
  }

  private get layout(): Layout {
    if (!this.current) throw new Error('a semantic action outside a parse');
    return this.current;
  }
}

export function treeActions(context: TreeContext): ActionDict<unknown> {
  return { ...expressionActions(context), ...unitActions(context) };
}

/** The trees of a `ListOf<…>` or `NonemptyListOf<…>`. */
export function listItems<T>(list: OhmNode): T[] {
  return list.asIteration().children.map((child) => child[treeOperation]() as T);
}

/** The trees of a repetition. */
export function repeated<T>(iteration: OhmNode): T[] {
  return iteration.children.map((child) => child[treeOperation]() as T);
}

/** The tree of an optional part, or null. */
export function optional<T>(option: OhmNode): T | null {
  const child = option.children[0];
  return child ? (child[treeOperation]() as T) : null;
}
