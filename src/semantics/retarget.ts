/**
 * Makes references plain: what the name checker found to mean a definition under another name is
 * written under that name, with the arguments of its instance prefixes first. After this pass no
 * tree has a prefix (`A(4)!Ok(x)` is `A!Ok(4, x)`), and names of LOCAL definitions are unique.
 */
import type { Expr, Let, Unit } from '../syntax/ast.js';
import { mapChildren, mapUnit, type Rewriter } from '../syntax/rewrite.js';
import { unitParts, walk } from '../syntax/walk.js';

/** What the name checker has found out about nodes of the tree. */
export interface Findings {
  /** For each name node whose definition is kept under another name: that name. */
  readonly targets: ReadonlyMap<Expr, string>;
  /** For each LET with an INSTANCE: its units, with the copied definitions in their places. */
  readonly expanded: ReadonlyMap<Expr, readonly Unit[]>;
}

export function retargeting({ targets, expanded }: Findings): Rewriter {
  const by: Rewriter = {
    expr(expr) {
      const target = targets.get(expr);
      if (expr.kind === 'let') return withoutInstances(expr, expanded.get(expr), by);
      const inner = mapChildren(expr, by);
      return target === undefined ? inner : reference(inner, target, []);
    },
  };
  return by;
}

/** A LET whose instances are copied definitions: those that are used, which are flat already. */
function withoutInstances(expr: Let, units: readonly Unit[] | undefined, by: Rewriter): Expr {
  if (!units) return mapChildren(expr, by);
  const own = new Set(expr.definitions);
  const body = by.expr(expr.body);
  const needed: Expr[] = [body];
  const copies = new Map<string, Unit>();
  const all = units.map((unit) => {
    if (own.has(unit)) {
      const mapped = mapUnit(unit, by);
      needed.push(...unitParts(mapped).map((part) => part.expr));
      return mapped;
    }
    if (unit.kind === 'operator' || unit.kind === 'functionDefinition') {
      copies.set(unit.name.name, unit);
    }
    return unit;
  });
  const used = new Set<Unit>();
  for (const one of needed) {
    walk(one, (inner) => {
      const copy = copies.get(referredName(inner) ?? '');
      if (!copy || used.has(copy)) return;
      used.add(copy);
      needed.push(...unitParts(copy).map((part) => part.expr));
    });
  }
  const isCopy = new Set(copies.values());
  const definitions = all.filter((unit) => !isCopy.has(unit) || used.has(unit));
  return definitions.length === 0 ? body : { ...expr, definitions, body };
}

/** A name, application or operator as a reference to `target`, with more arguments in front. */
export function reference(expr: Expr, target: string, first: readonly Expr[]): Expr {
  const args = [...first, ...argumentsOf(expr)];
  const at = expr.kind === 'apply' ? expr.name.span : expr.span;
  if (args.length === 0) return { kind: 'name', prefix: [], name: target, span: expr.span };
  return { kind: 'apply', prefix: [], name: { name: target, span: at }, args, span: expr.span };
}

/** The name that a name, application or operator refers to; null for any other expression. */
export function referredName(expr: Expr): string | null {
  switch (expr.kind) {
    case 'name':
      return expr.name;
    case 'apply':
      return expr.name.name;
    case 'infix':
    case 'prefix':
    case 'postfix':
      return expr.op;
    default:
      return null;
  }
}

function argumentsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'name':
      return expr.prefix.flatMap((one) => one.args);
    case 'apply':
      return [...expr.prefix.flatMap((one) => one.args), ...expr.args];
    case 'prefix':
    case 'postfix':
      return [expr.operand];
    case 'infix':
      return [expr.left, expr.right];
    default:
      throw new Error(`a ${expr.kind} does not refer to a definition`);
  }
}
