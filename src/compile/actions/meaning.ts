/**
 * What a name in an action stands for. TLC looks through parameters, LET names and definitions
 * without parameters for the variable that `=`, `\\in` and UNCHANGED assign (Tool.getVar,
 * Tool.getPrimedVar, Tool.processUnchanged).
 */
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { nameOf } from '../analysis.js';
import { type Context, enter } from '../context.js';
import { outermost } from '../expressions/names.js';

/** An expression, and the names at the place where it is written. */
export interface Meaning {
  readonly expr: Expr;
  readonly context: Context;
}

export function isVariableName(
  expr: Expr,
  context: Context,
): expr is Extract<Expr, { kind: 'name' }> {
  if (expr.kind !== 'name' || context.bindings.has(expr.name)) return false;
  const { variables } = context.unit.sources.specification;
  return variables.some((variable) => variable.name === expr.name);
}

/** Looks no further than where `isEnd` says so. */
export function meaningOf(
  expr: Expr,
  context: Context,
  isEnd: (meaning: Meaning) => boolean = () => false,
): Meaning {
  let meaning: Meaning = { expr: stripParens(expr), context };
  // A definition that is nothing but its own name is a mistake that is told of elsewhere.
  for (const seen = new Set<Expr>(); !seen.has(meaning.expr) && !isEnd(meaning); ) {
    seen.add(meaning.expr);
    const next = oneStep(meaning);
    if (next === null) break;
    meaning = { expr: stripParens(next.expr), context: next.context };
  }
  return meaning;
}

/** Null for what is no name, or the name of something else. */
function oneStep({ expr, context }: Meaning): Meaning | null {
  if (expr.kind !== 'name' || isVariableName(expr, context)) return null;
  const name = nameOf(expr) as string;
  const binding = context.bindings.get(name);
  if (binding?.kind === 'closure') {
    const { closure } = binding;
    return { expr: closure.expr, context: enter(closure, context) };
  }
  if (binding !== undefined && binding.kind !== 'operator') return null;
  const definition = binding?.definition ?? context.unit.sources.analysis.definition(name);
  if (definition?.kind !== 'operator' || definition.params.length > 0) return null;
  const home = binding?.context() ?? outermost(context);
  const { unit, assigned } = context;
  const primed = home.primed || context.primed;
  return { expr: definition.body, context: { ...home, unit, assigned, primed } };
}
