/**
 * What a name, an application or a LET stands for, one definition further: parameters are replaced
 * by their arguments. So the parts of `A(4)!Spec` or of `LET v == … IN P /\ Q` are seen. Names that
 * the body binds, and that an argument mentions, get other names first.
 */
import type { Expr, Identifier, Let, OperatorDefinition } from '../syntax/ast.js';
import { mapChildren, type Rewriter } from '../syntax/rewrite.js';
import { boundNames, stripParens, unitParts, walk } from '../syntax/walk.js';
import { reference, referredName } from './retarget.js';
import type { Definition } from './specification.js';

export interface Unfolded {
  readonly expr: Expr;
  /** The definition that was followed; null for a LET. */
  readonly name: string | null;
}

/** Null where there is nothing to follow: no such operator, or a recursive one in a LET. */
export function unfold(
  expr: Expr,
  definition: (name: string) => Definition | undefined,
): Unfolded | null {
  if (expr.kind === 'let') {
    const body = withoutLet(expr);
    return body && { expr: body, name: null };
  }
  if (expr.kind !== 'name' && expr.kind !== 'apply') return null;
  const name = expr.kind === 'name' ? expr.name : expr.name.name;
  const unit = definition(name);
  if (unit?.kind !== 'operator') return null;
  const args = expr.kind === 'apply' ? expr.args : [];
  if (args.length !== unit.params.length) return null;
  const body = applied(unit, args);
  return body && { expr: body, name };
}

/** The body with the arguments in it; null where an operator that is passed is no plain name. */
function applied({ params, body }: OperatorDefinition, args: readonly Expr[]): Expr | null {
  if (params.length === 0) return body;
  const values = new Map<string, Expr>();
  for (const [i, { name, arity }] of params.entries()) {
    const arg = stripParens(args[i] as Expr);
    if (arity > 0 && arg.kind !== 'name') return null;
    values.set(name.name, arity > 0 ? arg : (args[i] as Expr));
  }
  return substitute(
    body,
    (expr) => {
      const value = values.get(referredName(expr) ?? '');
      if (value === undefined) return undefined;
      return expr.kind === 'name' || value.kind !== 'name'
        ? value
        : reference(expr, value.name, []);
    },
    [...values.values()],
  );
}

/** The body of a LET with its definitions put in; null if there are others than of operators. */
function withoutLet({ definitions, body }: Let): Expr | null {
  let inner = body;
  for (const unit of [...definitions].reverse()) {
    if (unit.kind !== 'operator') return null;
    const { name } = unit.name;
    let isWhole = true;
    inner = substitute(
      inner,
      (expr) => {
        if (referredName(expr) !== name) return undefined;
        const args = argumentsOf(expr);
        const value = args.length === unit.params.length ? applied(unit, args) : null;
        if (value === null) isWhole = false;
        return value ?? undefined;
      },
      [unit.body],
    );
    if (!isWhole) return null;
  }
  return inner;
}

function argumentsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'apply':
      return expr.args;
    case 'infix':
      return [expr.left, expr.right];
    case 'prefix':
    case 'postfix':
      return [expr.operand];
    default:
      return [];
  }
}

/** Replaces references; `sources` is what the replacements are made from. */
function substitute(
  expr: Expr,
  replacement: (reference: Expr) => Expr | undefined,
  sources: readonly Expr[],
): Expr {
  const fresh = freshNames(expr, sources);
  const by: Rewriter = {
    binder: (name) => ({ ...name, name: fresh.get(name.name) ?? name.name }),
    expr(one) {
      const inner = mapChildren(one, by);
      const other = fresh.get(referredName(inner) ?? '');
      if (other !== undefined) return reference(inner, other, []);
      return replacement(inner) ?? inner;
    },
  };
  return by.expr(expr);
}

/** New names for what `expr` binds and one of the sources mentions or binds. */
function freshNames(expr: Expr, sources: readonly Expr[]): ReadonlyMap<string, string> {
  const taken = new Set<string>();
  for (const source of sources) {
    walk(source, (one) => {
      const name = referredName(one);
      if (name !== null) taken.add(name);
    });
  }
  const bound = new Set<string>();
  const bind = ({ name }: Identifier): void => {
    bound.add(name);
  };
  walk(expr, (one) => {
    boundNames(one).forEach(bind);
    if (one.kind !== 'let') return;
    for (const unit of one.definitions) {
      if (unit.kind === 'operator' || unit.kind === 'functionDefinition') bind(unit.name);
      for (const { names } of unitParts(unit)) names.forEach(bind);
    }
  });
  const fresh = new Map<string, string>();
  for (const name of bound) {
    if (!taken.has(name)) continue;
    let other = `${name}_`;
    while (taken.has(other) || bound.has(other)) other += '_';
    fresh.set(name, other);
  }
  return fresh;
}
