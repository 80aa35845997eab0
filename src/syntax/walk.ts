/**
 * The one place that knows the parts of every kind of expression: which expressions stand inside
 * another one, and which names it binds where. Passes use it instead of recursing by themselves,
 * and look only at the kinds that mean something to them.
 */
import {
  type Bound,
  type Expr,
  type Identifier,
  type InstancePrefix,
  type Unit,
  unreachable,
} from './ast.js';

/** An expression inside another, with the names that the outer one binds in it. */
export interface ScopedPart {
  readonly expr: Expr;
  readonly names: readonly Identifier[];
}

const none: readonly Identifier[] = [];

/** The expressions directly inside `expr`, in the order of the text; LET definitions included. */
export function children(expr: Expr): readonly Expr[] {
  return parts(expr).map((part) => part.expr);
}

/**
 * As `children`, with the names bound in each part. The sets of bounds are outside the scope of
 * all of them. Names of LET definitions are not given here: a definition is in scope in those
 * after it and in the body, and has parameters, so LET needs a look at its units anyway.
 */
export function parts(expr: Expr): readonly ScopedPart[] {
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return [];
    case 'name':
      return plain(prefixArguments(expr.prefix));
    case 'apply':
      return plain([...prefixArguments(expr.prefix), ...expr.args]);
    case 'paren':
      return plain([expr.inner]);
    case 'prefix':
    case 'postfix':
      return plain([expr.operand]);
    case 'infix':
      return plain([expr.left, expr.right]);
    case 'product':
      return plain(expr.factors);
    case 'junction':
      return plain(expr.items);
    case 'quantifier':
      return [...plain(boundSets(expr.bounds)), inScope(expr.body, expr.bounds)];
    case 'choose':
      return [...plain(boundSets([expr.bound])), inScope(expr.body, [expr.bound])];
    case 'setEnumeration':
    case 'tuple':
      return plain(expr.elements);
    case 'setFilter':
      return [...plain(boundSets([expr.bound])), inScope(expr.predicate, [expr.bound])];
    case 'setMap':
      return [inScope(expr.value, expr.bounds), ...plain(boundSets(expr.bounds))];
    case 'index':
      return plain([expr.function, ...expr.args]);
    case 'function':
      return [...plain(boundSets(expr.bounds)), inScope(expr.body, expr.bounds)];
    case 'functionSet':
      return plain([expr.domain, expr.range]);
    case 'record':
    case 'recordSet':
      return plain(expr.fields.map((field) => field.value));
    case 'field':
      return plain([expr.record]);
    case 'except':
      return plain([expr.function, ...expr.updates.flatMap(updateParts)]);
    case 'if':
      return plain([expr.condition, expr.then, expr.else]);
    case 'case':
      return plain([
        ...expr.arms.flatMap((arm) => [arm.guard, arm.value]),
        ...(expr.other ? [expr.other] : []),
      ]);
    case 'let':
      return [...expr.definitions.flatMap(unitParts), { expr: expr.body, names: none }];
    case 'lambda':
      return [{ expr: expr.body, names: expr.params }];
    case 'boxAction':
    case 'angleAction':
      return plain([expr.action, expr.subscript]);
    case 'fairness':
      return plain([expr.subscript, expr.action]);
    default:
      return unreachable(expr);
  }
}

/** The expressions directly inside a unit, with the parameters or bounds they are under. */
export function unitParts(unit: Unit): readonly ScopedPart[] {
  switch (unit.kind) {
    case 'operator':
      return [{ expr: unit.body, names: unit.params.map((param) => param.name) }];
    case 'functionDefinition':
      return [...plain(boundSets(unit.bounds)), inScope(unit.body, unit.bounds)];
    case 'assume':
    case 'theorem':
      return plain([unit.body]);
    case 'instance':
      return plain(unit.instance.substitutions.map((one) => one.value));
    case 'moduleDefinition':
      return unit.instance.substitutions.map((one) => ({
        expr: one.value,
        names: unit.params.map((param) => param.name),
      }));
    case 'submodule':
      return unit.module.units.flatMap(unitParts);
    case 'variables':
    case 'constants':
    case 'recursive':
    case 'separator':
      return [];
    default:
      return unreachable(unit);
  }
}

/** The names that `expr` itself binds in some of its parts (LET definitions not included). */
export function boundNames(expr: Expr): readonly Identifier[] {
  switch (expr.kind) {
    case 'quantifier':
    case 'setMap':
    case 'function':
      return expr.bounds.flatMap((bound) => bound.names);
    case 'choose':
    case 'setFilter':
      return expr.bound.names;
    case 'lambda':
      return expr.params;
    default:
      return none;
  }
}

/** Visits `expr` and all inside it, outer before inner; `false` leaves out what is inside. */
// biome-ignore lint/suspicious/noConfusingVoidType: a visitor that never prunes returns nothing.
export function walk(expr: Expr, visit: (expr: Expr) => boolean | void): void {
  if (visit(expr) === false) return;
  for (const child of children(expr)) walk(child, visit);
}

/** The expression inside any parentheses. */
export function stripParens(expr: Expr): Expr {
  let inner = expr;
  while (inner.kind === 'paren') inner = inner.inner;
  return inner;
}

function plain(exprs: readonly Expr[]): readonly ScopedPart[] {
  return exprs.map((expr) => ({ expr, names: none }));
}

function inScope(expr: Expr, bounds: readonly Bound[]): ScopedPart {
  return { expr, names: bounds.flatMap((bound) => bound.names) };
}

function boundSets(bounds: readonly Bound[]): readonly Expr[] {
  return bounds.flatMap((bound) => (bound.set ? [bound.set] : []));
}

function prefixArguments(prefix: readonly InstancePrefix[]): readonly Expr[] {
  return prefix.flatMap((one) => one.args);
}

function updateParts(update: {
  readonly path: readonly { readonly kind: string; readonly args?: readonly Expr[] }[];
  readonly value: Expr;
}): readonly Expr[] {
  return [...update.path.flatMap((step) => step.args ?? []), update.value];
}
