/**
 * What a PROPERTY says, sorted by how it is checked (as TLC's processConfigProps): a conjunction,
 * through any definitions, of predicates about the initial states, invariants `[]P`, action
 * properties `[][A]_v`, and temporal formulas. `PROPERTY Abs!Spec` falls apart the same way.
 */
import type { Expr } from '../syntax/ast.js';
import { stripParens } from '../syntax/walk.js';
import { Level, type LevelChecker } from './levels.js';
import type { Definition, NamedFormula, Property } from './specification.js';
import { unfold } from './unfold.js';

export interface PropertyContext {
  readonly levels: LevelChecker;
  /** The definition that a name stands for after the configuration's replacements. */
  definition(name: string): Definition | undefined;
}

interface Parts {
  readonly initial: NamedFormula[];
  readonly always: NamedFormula[];
  readonly steps: NamedFormula[];
  readonly temporal: Expr[];
}

export function splitProperty(formula: NamedFormula, context: PropertyContext): Property {
  const parts: Parts = { initial: [], always: [], steps: [], temporal: [] };
  sort(formula.expr, formula.name, parts, context, new Set());
  return { ...formula, ...parts };
}

function sort(
  expr: Expr,
  name: string,
  parts: Parts,
  context: PropertyContext,
  open: ReadonlySet<string>,
): void {
  const inner = stripParens(expr);
  const within = (one: Expr, opened = open): void => sort(one, name, parts, context, opened);
  if (inner.kind === 'junction' && inner.op === '/\\') {
    for (const item of inner.items) within(item);
    return;
  }
  if (inner.kind === 'infix' && inner.op === '/\\') {
    within(inner.left);
    within(inner.right);
    return;
  }
  const { span } = inner;
  if (context.levels.expression(inner) <= Level.state) {
    parts.initial.push({ name, expr: inner, span });
    return;
  }
  const further = unfold(inner, context.definition);
  if (further && !open.has(further.name ?? '')) {
    within(further.expr, further.name === null ? open : new Set([...open, further.name]));
    return;
  }
  if (inner.kind === 'prefix' && inner.op === '[]') {
    const boxed = stripParens(inner.operand);
    if (boxed.kind === 'boxAction') {
      parts.steps.push({ name, expr: boxed, span });
      return;
    }
    if (context.levels.expression(boxed) <= Level.state) {
      parts.always.push({ name, expr: inner.operand, span });
      return;
    }
  }
  parts.temporal.push(inner);
}
