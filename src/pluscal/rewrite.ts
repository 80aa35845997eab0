/**
 * Rewriting of names in TLA+ trees. Bound names, parameters and LET definitions hide an outer name;
 * record fields are not names. Nothing is mutated: what does not change is shared. Inside a LET its
 * parameters count as hidden everywhere, which TLA+ allows us: it forbids to reuse a name in scope.
 */
import type { Bound, Expr, Name, Unit } from '../syntax/ast.js';
import { mapChildren } from '../syntax/rewrite.js';

export interface NameRewriting {
  /** What stands for the name, which is free here; the same node if it stays. */
  readonly name: (name: Name) => Expr;
  /** Another name for an operator that is applied: `F(a)`. */
  readonly operator?: (name: string) => string;
  /** Names that are bound around the expression. */
  readonly hidden?: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

export function rewriteNames(expr: Expr, rewriting: NameRewriting): Expr {
  return rewrite(expr, rewriting, rewriting.hidden ?? NOTHING);
}

function rewrite(expr: Expr, by: NameRewriting, hidden: ReadonlySet<string>): Expr {
  if (expr.kind === 'name' && expr.prefix.length === 0) {
    return hidden.has(expr.name) ? expr : by.name(expr);
  }
  const scope = scopeOf(expr);
  const inner = scope.names.length > 0 ? new Set([...hidden, ...scope.names]) : hidden;
  const changed = mapChildren(expr, {
    expr: (child) => rewrite(child, by, scope.outside.includes(child) ? hidden : inner),
  });
  if (changed.kind !== 'apply' || changed.prefix.length > 0 || !by.operator) return changed;
  const { name } = changed;
  const operator = hidden.has(name.name) ? name.name : by.operator(name.name);
  return operator === name.name ? changed : { ...changed, name: { ...name, name: operator } };
}

/** The names that the expression binds, and its parts outside their scope. */
function scopeOf(expr: Expr): { names: readonly string[]; outside: readonly Expr[] } {
  switch (expr.kind) {
    case 'quantifier':
    case 'function':
    case 'setMap':
      return ofBounds(expr.bounds);
    case 'choose':
    case 'setFilter':
      return ofBounds([expr.bound]);
    case 'lambda':
      return { names: expr.params.map((one) => one.name), outside: [] };
    case 'let':
      return { names: expr.definitions.flatMap(namesOf), outside: [] };
    default:
      return { names: [], outside: [] };
  }
}

function ofBounds(bounds: readonly Bound[]): { names: string[]; outside: Expr[] } {
  return {
    names: bounds.flatMap((one) => one.names.map((name) => name.name)),
    outside: bounds.flatMap((one) => (one.set ? [one.set] : [])),
  };
}

function namesOf(unit: Unit): string[] {
  switch (unit.kind) {
    case 'operator':
      return [unit.name.name, ...unit.params.map((one) => one.name.name)];
    case 'functionDefinition':
      return [unit.name.name, ...ofBounds(unit.bounds).names];
    case 'moduleDefinition':
      return [unit.name.name];
    default:
      return [];
  }
}
