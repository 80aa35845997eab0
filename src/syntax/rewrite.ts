/**
 * Rewriting of expression trees, the counterpart of `walk.ts`: a node whose parts stay the same
 * is returned as it is, so what is untouched is shared and keeps its identity.
 */
import {
  type Bound,
  type ExceptUpdate,
  type Expr,
  type Identifier,
  type InstanceClause,
  type InstancePrefix,
  type Parameter,
  type RecordField,
  type Unit,
  unreachable,
} from './ast.js';

export interface Rewriter {
  /** For each expression directly inside; a full rewrite calls `mapChildren` again in there. */
  expr(expr: Expr): Expr;
  /** For each name that is bound inside, LET definitions and their parameters included. */
  binder?(name: Identifier): Identifier;
}

/** `expr` with its direct parts rewritten. */
export function mapChildren(expr: Expr, by: Rewriter): Expr {
  const on = (inner: Expr): Expr => by.expr(inner);
  switch (expr.kind) {
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return expr;
    case 'name':
      return changed(expr, { prefix: mapPrefix(expr.prefix, by) });
    case 'apply':
      return changed(expr, { prefix: mapPrefix(expr.prefix, by), args: list(expr.args, on) });
    case 'paren':
      return changed(expr, { inner: on(expr.inner) });
    case 'prefix':
    case 'postfix':
      return changed(expr, { operand: on(expr.operand) });
    case 'infix':
      return changed(expr, { left: on(expr.left), right: on(expr.right) });
    case 'product':
      return changed(expr, { factors: list(expr.factors, on) });
    case 'junction':
      return changed(expr, { items: list(expr.items, on) });
    case 'quantifier':
    case 'function':
      return changed(expr, { bounds: mapBounds(expr.bounds, by), body: on(expr.body) });
    case 'choose':
      return changed(expr, { bound: mapBound(expr.bound, by), body: on(expr.body) });
    case 'setEnumeration':
    case 'tuple':
      return changed(expr, { elements: list(expr.elements, on) });
    case 'setFilter':
      return changed(expr, { bound: mapBound(expr.bound, by), predicate: on(expr.predicate) });
    case 'setMap':
      return changed(expr, { value: on(expr.value), bounds: mapBounds(expr.bounds, by) });
    case 'index':
      return changed(expr, { function: on(expr.function), args: list(expr.args, on) });
    case 'functionSet':
      return changed(expr, { domain: on(expr.domain), range: on(expr.range) });
    case 'record':
    case 'recordSet':
      return changed(expr, { fields: mapFields(expr.fields, by) });
    case 'field':
      return changed(expr, { record: on(expr.record) });
    case 'except':
      return changed(expr, {
        function: on(expr.function),
        updates: list(expr.updates, (update) => mapUpdate(update, by)),
      });
    case 'if':
      return changed(expr, {
        condition: on(expr.condition),
        // biome-ignore lint/suspicious/noThenProperty: the tree's own name for the branch.
        then: on(expr.then),
        else: on(expr.else),
      });
    case 'case':
      return changed(expr, {
        arms: list(expr.arms, (arm) =>
          changed(arm, { guard: on(arm.guard), value: on(arm.value) }),
        ),
        other: expr.other && on(expr.other),
      });
    case 'let':
      return changed(expr, {
        definitions: list(expr.definitions, (unit) => mapUnit(unit, by)),
        body: on(expr.body),
      });
    case 'lambda':
      return changed(expr, { params: mapNames(expr.params, by), body: on(expr.body) });
    case 'boxAction':
    case 'angleAction':
    case 'fairness':
      return changed(expr, { action: on(expr.action), subscript: on(expr.subscript) });
    default:
      return unreachable(expr);
  }
}

/** A definition with its parts rewritten; its name and parameters count as binders. */
export function mapUnit<U extends Unit>(unit: U, by: Rewriter): U;
export function mapUnit(unit: Unit, by: Rewriter): Unit {
  switch (unit.kind) {
    case 'operator':
      return changed(unit, {
        name: mapName(unit.name, by),
        params: mapParameters(unit.params, by),
        body: by.expr(unit.body),
      });
    case 'functionDefinition':
      return changed(unit, {
        name: mapName(unit.name, by),
        bounds: mapBounds(unit.bounds, by),
        body: by.expr(unit.body),
      });
    case 'recursive':
      return changed(unit, { declarations: mapParameters(unit.declarations, by) });
    case 'assume':
    case 'theorem':
      return changed(unit, { body: by.expr(unit.body) });
    case 'instance':
      return changed(unit, { instance: mapInstance(unit.instance, by) });
    case 'moduleDefinition':
      return changed(unit, {
        params: mapParameters(unit.params, by),
        instance: mapInstance(unit.instance, by),
      });
    case 'variables':
    case 'constants':
    case 'submodule':
    case 'separator':
      return unit;
    default:
      return unreachable(unit);
  }
}

function changed<T extends object>(node: T, parts: Partial<T>): T {
  for (const key of Object.keys(parts) as (keyof T)[]) {
    if (node[key] !== parts[key]) return { ...node, ...parts };
  }
  return node;
}

function list<T>(items: readonly T[], on: (item: T) => T): readonly T[] {
  const mapped = items.map(on);
  return mapped.some((item, i) => item !== items[i]) ? mapped : items;
}

function mapName(name: Identifier, by: Rewriter): Identifier {
  return by.binder ? by.binder(name) : name;
}

function mapNames(names: readonly Identifier[], by: Rewriter): readonly Identifier[] {
  return list(names, (name) => mapName(name, by));
}

function mapBound(bound: Bound, by: Rewriter): Bound {
  return changed(bound, { names: mapNames(bound.names, by), set: bound.set && by.expr(bound.set) });
}

function mapBounds(bounds: readonly Bound[], by: Rewriter): readonly Bound[] {
  return list(bounds, (bound) => mapBound(bound, by));
}

function mapParameters(params: readonly Parameter[], by: Rewriter): readonly Parameter[] {
  return list(params, (param) => changed(param, { name: mapName(param.name, by) }));
}

function mapPrefix(prefix: readonly InstancePrefix[], by: Rewriter): readonly InstancePrefix[] {
  return list(prefix, (one) => changed(one, { args: list(one.args, (arg) => by.expr(arg)) }));
}

function mapFields(fields: readonly RecordField[], by: Rewriter): readonly RecordField[] {
  return list(fields, (field) => changed(field, { value: by.expr(field.value) }));
}

function mapInstance(instance: InstanceClause, by: Rewriter): InstanceClause {
  return changed(instance, { substitutions: mapFields(instance.substitutions, by) });
}

function mapUpdate(update: ExceptUpdate, by: Rewriter): ExceptUpdate {
  const path = list(update.path, (step) =>
    step.kind === 'index' ? changed(step, { args: list(step.args, (arg) => by.expr(arg)) }) : step,
  );
  return changed(update, { path, value: by.expr(update.value) });
}
