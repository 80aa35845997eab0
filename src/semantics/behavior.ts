/**
 * What SPECIFICATION, or INIT and NEXT, say: the initial predicate, the next-state action and the
 * fairness conditions. A specification is a conjunction in any layout, through any definitions:
 * state predicates, one [][Next]_vars, and temporal formulas (as TLC's processConfigSpec).
 */
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { cover, type Span } from '../source/text.js';
import type { Expr } from '../syntax/ast.js';
import { stripParens } from '../syntax/walk.js';
import { Level, type LevelChecker } from './levels.js';
import type { Definition, NamedFormula } from './specification.js';
import { unfold } from './unfold.js';

export interface Behavior {
  readonly init: NamedFormula;
  readonly next: NamedFormula;
  readonly fairness: readonly Expr[];
}

export interface BehaviorContext {
  readonly levels: LevelChecker;
  /** The definition that a name stands for after the configuration's replacements. */
  definition(name: string): Definition | undefined;
  report(one: Diagnostic): void;
}

interface Conjuncts {
  readonly init: Expr[];
  readonly next: Expr[];
  readonly fairness: Expr[];
}

/** Null where the formula has another shape, which is reported. */
export function splitSpecification(spec: NamedFormula, context: BehaviorContext): Behavior | null {
  const found: Conjuncts = { init: [], next: [], fairness: [] };
  sort(spec.expr, found, context, new Set());
  const [next, second] = found.next;
  const problem = (at: Span, message: string): null => {
    const notes = [{ message, span: at }];
    context.report(diagnose('CFG111', spec.span, { name: spec.name }, { notes }));
    return null;
  };
  if (!next) return problem(spec.expr.span, 'it has no conjunct [][Next]_vars');
  if (second) return problem(second.span, 'this is a second next-state action');
  if (found.init.length === 0) return problem(spec.expr.span, 'it has no initial predicate');
  return {
    init: asFormula(conjunction(found.init), 'Init', context),
    next: asFormula(next, 'Next', context),
    fairness: found.fairness,
  };
}

/** Puts the conjuncts of `expr` where they belong. */
function sort(expr: Expr, found: Conjuncts, context: BehaviorContext, open: Set<string>): void {
  const inner = stripParens(expr);
  if (inner.kind === 'junction' && inner.op === '/\\') {
    for (const item of inner.items) sort(item, found, context, open);
    return;
  }
  if (inner.kind === 'infix' && inner.op === '/\\') {
    sort(inner.left, found, context, open);
    sort(inner.right, found, context, open);
    return;
  }
  const level = context.levels.expression(inner);
  if (level <= Level.state) {
    found.init.push(inner);
    return;
  }
  const further = unfold(inner, context.definition);
  if (further && !open.has(further.name ?? '')) {
    const opened = further.name === null ? open : new Set([...open, further.name]);
    sort(further.expr, found, context, opened);
    return;
  }
  const boxed = inner.kind === 'prefix' && inner.op === '[]' ? stripParens(inner.operand) : inner;
  if (inner !== boxed && boxed.kind === 'boxAction') found.next.push(boxed.action);
  else found.fairness.push(inner);
}

function conjunction(items: readonly Expr[]): Expr {
  const [first, ...rest] = items as readonly [Expr, ...Expr[]];
  const last = rest.at(-1);
  if (!last) return first;
  const isOneText = items.every((item) => item.span.source === first.span.source);
  const span = isOneText ? cover(first.span, last.span) : first.span;
  return { kind: 'junction', op: '/\\', items, span };
}

/** A name as its definition; anything else under the given name. */
function asFormula(expr: Expr, name: string, context: BehaviorContext): NamedFormula {
  const inner = stripParens(expr);
  if (inner.kind === 'name') {
    const definition = context.definition(inner.name);
    if (definition?.kind === 'operator' && definition.params.length === 0) {
      return { name: inner.name, expr: definition.body, span: definition.name.span };
    }
  }
  return { name, expr: inner, span: inner.span };
}
