/** Paths such as `io[k].stage` from a variable to its slots, where some keys are not known. */
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import type { Value } from '../../values/index.js';
import { nameOf } from '../analysis.js';
import { type Closure, type Context, enter } from '../context.js';
import { isVariable } from '../expressions/access.js';
import { outermost } from '../expressions/names.js';
import { type Layout, Leaf, type Slots } from '../layout.js';

/** A name, or the expression of a key with the names that it was written among. */
export type Key = { readonly name: string } | Closure;

export interface Access {
  readonly variable: string;
  readonly keys: readonly Key[];
  /** The variable's next value is meant. */
  readonly primed: boolean;
}

/** A variable or a part of it, also by way of parameters and definitions; null for all else. */
export function accessOf(from: Expr, at: Context): Access | null {
  const keys: Key[] = [];
  let expr = stripParens(from);
  let context = at;
  for (;;) {
    if (expr.kind === 'field') {
      keys.unshift({ name: expr.name.name });
      expr = stripParens(expr.record);
    } else if (expr.kind === 'index') {
      const { args, span } = expr;
      const [first] = args;
      const key = args.length === 1 ? first : ({ kind: 'tuple', elements: args, span } as const);
      keys.unshift({ expr: key as Expr, context });
      expr = stripParens(expr.function);
    } else if (expr.kind === 'postfix' && expr.op === "'") {
      context = { ...context, primed: true };
      expr = stripParens(expr.operand);
    } else if (expr.kind === 'name') {
      const name = nameOf(expr) as string;
      if (isVariable(name, context)) return { variable: name, keys, primed: context.primed };
      const next = meaningOf(name, context);
      if (next === null) return null;
      expr = stripParens(next.expr);
      context = next.context;
    } else return null;
  }
}

/** What a name without arguments stands for, if that is an expression. */
export function meaningOf(name: string, context: Context): Closure | null {
  const binding = context.bindings.get(name);
  if (binding?.kind === 'closure') {
    return { expr: binding.closure.expr, context: enter(binding.closure, context) };
  }
  if (binding !== undefined) return null;
  const { analysis } = context.unit.sources;
  const definition = analysis.definition(name);
  if (definition?.kind !== 'operator' || definition.params.length > 0) return null;
  if (analysis.isRecursive(definition)) return null;
  return { expr: definition.body, context: { ...outermost(context), primed: context.primed } };
}

/**
 * The slots that the path may lead to: all children where a key is not known. `isWhole` where no
 * key is left over, so that it is the slots' values that are meant and not parts of them. A key
 * outside the domain leads to nothing, and the slots before it are given, to be on the safe side.
 */
export function leavesAt(
  layout: Layout,
  { variable, keys }: Pick<Access, 'variable' | 'keys'>,
  keyOf: (key: Closure) => Value | undefined,
): { readonly slots: readonly Slots[]; readonly isWhole: boolean } {
  const root = layout.variables.get(variable);
  if (root === undefined) throw new Error(`no slots for ${variable}`);
  let slots: readonly Slots[] = [root];
  let isWhole = true;
  for (const key of keys) {
    const known = 'name' in key ? key.name : keyOf(key);
    slots = slots.flatMap((one): readonly Slots[] => {
      if (one instanceof Leaf) {
        isWhole = false;
        return [one];
      }
      if (known === undefined) return one.children;
      const child = one.child(known);
      if (child !== undefined) return [child];
      isWhole = false;
      return [one];
    });
  }
  return { slots, isWhole };
}
