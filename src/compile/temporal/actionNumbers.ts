/**
 * An action as a choice among those of the next-state action: `WF_vars(p(self))` is about the
 * actions of a process, whose steps the search has told apart already. The action is taken apart as
 * the next-state action was, and each part must be one of its parts, with the same arguments.
 */
import type { LabelInfo } from '../../semantics/specification.js';
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { type ActionInstance, actionInstances } from '../actions/instances.js';
import { nameOf } from '../analysis.js';
import { type Binding, type Closure, type Context, enter } from '../context.js';

export interface DecidedAction {
  readonly actions: readonly number[];
  /** State predicates that the action begins with, as in `(pc[self] # "a") /\ p(self)`. */
  readonly guards: readonly Closure[];
}

export class ActionNumbers {
  readonly all: readonly number[];

  constructor(
    /** Those of the next-state action, compiled for the same unit. */
    readonly instances: readonly ActionInstance[],
    private readonly labels: ReadonlyMap<string, LabelInfo>,
  ) {
    this.all = instances.map((_, number) => number);
  }

  /** Null where some part of the action is no part of the next-state action. */
  of(action: Expr, context: Context): DecidedAction | null {
    const { guards, rest } = withoutGuards(action, context);
    const { span } = rest;
    const parts = actionInstances({ name: '', expr: rest, span }, this.labels, context);
    const actions: number[] = [];
    for (const part of parts) {
      const number = this.instances.findIndex((one) => isSame(one, part));
      if (number < 0) return null;
      if (!actions.includes(number)) actions.push(number);
    }
    return { actions: actions.sort((a, b) => a - b), guards };
  }

  /** The variables of a tuple of variables, through definitions; null if it is something else. */
  variablesIn(expr: Expr, context: Context): ReadonlySet<string> | null {
    const { specification, analysis } = context.unit.sources;
    const found = new Set<string>();
    const visit = (one: Expr, depth: number): boolean => {
      const inner = stripParens(one);
      if (inner.kind === 'tuple') return inner.elements.every((part) => visit(part, depth));
      if (inner.kind !== 'name' || context.bindings.has(inner.name)) return false;
      if (specification.variables.some(({ name }) => name === inner.name)) {
        found.add(inner.name);
        return true;
      }
      const definition = analysis.definition(inner.name);
      if (definition?.kind !== 'operator' || definition.params.length > 0) return false;
      return depth > 0 && visit(definition.body, depth - 1);
    };
    return visit(expr, 20) ? found : null;
  }
}

/** What comes first in a conjunction and is no action. What follows an action stays where it is. */
function withoutGuards(
  action: Expr,
  context: Context,
): { readonly guards: readonly Closure[]; readonly rest: Expr } {
  const { analysis } = context.unit.sources;
  const items = conjuncts(action);
  const last = items.at(-1) as Expr;
  const first = items.slice(0, -1);
  if (first.some((one) => analysis.isAction(one, context))) return { guards: [], rest: action };
  return { guards: first.map((expr) => ({ expr, context })), rest: last };
}

export function conjuncts(expr: Expr): readonly Expr[] {
  const inner = stripParens(expr);
  if (inner.kind === 'junction' && inner.op === '/\\') return inner.items.flatMap(conjuncts);
  if (inner.kind === 'infix' && inner.op === '/\\') {
    return [...conjuncts(inner.left), ...conjuncts(inner.right)];
  }
  return [inner];
}

function isSame(one: ActionInstance, other: ActionInstance): boolean {
  return isSameClosure(one, other);
}

/** The same expression, with the same meaning of the names in it. */
function isSameClosure(one: Closure, other: Closure): boolean {
  if (one.expr !== other.expr) return false;
  if (one.context === other.context) return true;
  const [mine, others] = [one.context.bindings, other.context.bindings];
  if (mine.size !== others.size) return false;
  return [...mine].every(([name, binding]) => {
    const counterpart = others.get(name);
    return counterpart !== undefined && isSameBinding(binding, counterpart);
  });
}

function isSameBinding(one: Binding, other: Binding): boolean {
  if (one === other) return true;
  if (one.kind === 'code' && other.kind === 'code') {
    return one.code.known !== undefined && one.code.known === other.code.known;
  }
  if (one.kind === 'closure' && other.kind === 'closure') {
    return isSameClosure(one.closure, other.closure);
  }
  return (
    one.kind === 'alias' && other.kind === 'alias' && isSameClosure(one.closure, other.closure)
  );
}

/** The definition that an action is the name of, with its arguments, through parameters. */
export function namedAction(expr: Expr, context: Context): Closure | null {
  const inner = stripParens(expr);
  const name = nameOf(inner);
  if (name === null || (inner.kind !== 'name' && inner.kind !== 'apply')) return null;
  const binding = context.bindings.get(name);
  if (binding?.kind === 'closure') {
    return namedAction(binding.closure.expr, enter(binding.closure, context));
  }
  return binding === undefined ? { expr: inner, context } : null;
}
