/**
 * INSTANCE by copy: the definitions of the instanced module under prefixed names, with what the
 * WITH clause says put in place of its constants and variables. A name is put in directly (so an
 * assignment to an instanced variable stays one); any other expression, and a definition in the
 * place of a variable, becomes a definition of its own, `A!val == …`, so that no variable is
 * captured and every expression keeps its place. ENABLED gives such a name next values of its own
 * ("Specifying Systems", 17.8).
 * Limit: where two variables of the instanced module are put in as one, ENABLED takes them for one.
 */
import type { Expr, Identifier, OperatorDefinition, Parameter } from '../syntax/ast.js';
import { mapChildren, mapUnit, type Rewriter } from '../syntax/rewrite.js';
import { boundNames, stripParens, unitParts, walk } from '../syntax/walk.js';
import { reference, referredName } from './retarget.js';
import type { Definition } from './specification.js';

export interface Substitution {
  /** The constant or variable of the instanced module. */
  readonly declared: Parameter;
  /** In the terms of the instancing module. */
  readonly value: Expr;
  /** A variable is declared, and the name of a definition is put in its place. */
  readonly isStateFunction: boolean;
}

export interface InstanceRequest {
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly substitutions: readonly Substitution[];
  /** Parameters of `A(p, q) == INSTANCE …`; every copy takes them first. */
  readonly params: readonly Parameter[];
  /** The name that a definition, or a substituted declaration, has in the copy. */
  rename(name: string): string;
}

/**
 * Whether the definition is what INSTANCE has put in place of a constant or variable. No other one
 * has its own expression for a name.
 */
export function isSubstituted({ name, span, local }: Definition): boolean {
  return local && name.name.includes('!') && name.span === span;
}

/** The copies by name, those of substituted expressions included. */
export function instantiate(request: InstanceRequest): Map<string, Definition> {
  const copies = new Map<string, Definition>();
  const direct = new Map<string, string>();
  const defined = new Map<string, number>();
  for (const { declared, value, isStateFunction } of request.substitutions) {
    const name = declared.name.name;
    const plain = stripParens(value);
    // An INSTANCE without a name has no other name for it.
    const keeps = isStateFunction && plain.kind === 'name' && request.rename(name) !== plain.name;
    if (plain.kind === 'name' && !keeps) {
      direct.set(name, plain.name);
    } else {
      defined.set(name, declared.arity);
      copies.set(request.rename(name), substituted(request, declared, plain));
    }
  }
  for (const [name, unit] of request.definitions) {
    defined.set(name, unit.kind === 'operator' ? unit.params.length : 0);
  }
  for (const [name, unit] of request.definitions) {
    const copy = copyDefinition(request, unit, substituting(request, direct, defined, unit));
    copies.set(request.rename(name), copy);
  }
  return copies;
}

/** `A!val(p) == e`, or `A!Op(p, x) == e` for a LAMBDA. */
function substituted(
  request: InstanceRequest,
  declared: Parameter,
  value: Expr,
): OperatorDefinition {
  const own = value.kind === 'lambda' ? value.params : [];
  const params = own.map((name) => ({ name, arity: 0, span: name.span }));
  return {
    kind: 'operator',
    name: { name: request.rename(declared.name.name), span: value.span },
    fixity: 'named',
    params: [...request.params, ...params],
    body: value.kind === 'lambda' ? value.body : value,
    local: true,
    span: value.span,
  };
}

function copyDefinition(request: InstanceRequest, unit: Definition, by: Rewriter): Definition {
  const name = { name: request.rename(unit.name.name), span: unit.name.span };
  if (unit.kind === 'functionDefinition' && request.params.length === 0) {
    return { ...mapUnit(unit, by), name };
  }
  if (unit.kind === 'operator') {
    const copy = mapUnit(unit, by);
    return { ...copy, name, fixity: 'named', params: [...request.params, ...copy.params] };
  }
  // A function with parameters of the instance: an operator whose value is the function.
  const { body, bounds, span } = mapUnit(unit, by);
  const value: Expr = { kind: 'function', bounds, body, span };
  return {
    kind: 'operator',
    name,
    fixity: 'named',
    params: request.params,
    body: value,
    local: unit.local,
    span,
  };
}

/** How the trees of one definition are changed. */
function substituting(
  request: InstanceRequest,
  direct: ReadonlyMap<string, string>,
  defined: ReadonlyMap<string, number>,
  unit: Definition,
): Rewriter {
  const first = request.params.map((param) => nameNode(param.name));
  const fresh = freshNames(unit, new Set([...direct.values(), ...first.map((one) => one.name)]));
  const by: Rewriter = {
    binder: (name) => ({ ...name, name: fresh.get(name.name) ?? name.name }),
    expr(expr) {
      const inner = mapChildren(expr, by);
      const name = referredName(expr);
      if (name === null) return inner;
      const other = direct.get(name) ?? fresh.get(name);
      if (other !== undefined) return reference(inner, other, []);
      const arity = defined.get(name);
      if (arity === undefined) return inner;
      const target = request.rename(name);
      if (inner.kind === 'name' && arity > 0 && first.length > 0) {
        return partial(inner, target, first, arity);
      }
      return reference(inner, target, first);
    },
  };
  return by;
}

/** An operator passed as an argument, whose copy takes more arguments in front. */
function partial(expr: Expr, target: string, first: readonly Expr[], arity: number): Expr {
  const params = Array.from({ length: arity }, (_, i) => ({ name: `_${i + 1}`, span: expr.span }));
  const name = { name: target, span: expr.span };
  const args = [...first, ...params.map(nameNode)];
  const body: Expr = { kind: 'apply', prefix: [], name, args, span: expr.span };
  return { kind: 'lambda', params, body, span: expr.span };
}

/** New names for what the definition binds under a name that a substitution brings in. */
function freshNames(unit: Definition, taken: ReadonlySet<string>): ReadonlyMap<string, string> {
  const fresh = new Map<string, string>();
  const bind = (name: Identifier): void => {
    if (taken.has(name.name)) fresh.set(name.name, `${name.name}_`);
  };
  for (const part of unitParts(unit)) {
    part.names.forEach(bind);
    walk(part.expr, (expr) => {
      boundNames(expr).forEach(bind);
      if (expr.kind !== 'let') return;
      for (const inner of expr.definitions) {
        if (inner.kind !== 'operator' && inner.kind !== 'functionDefinition') continue;
        bind(inner.name);
        for (const { names } of unitParts(inner)) names.forEach(bind);
      }
    });
  }
  return fresh;
}

function nameNode(name: Identifier): Expr & { readonly kind: 'name' } {
  return { kind: 'name', prefix: [], name: name.name, span: name.span };
}
