/** What a name means at a place of the tree, and how variables are read there. */
import type { Expr, OperatorDefinition } from '../syntax/ast.js';
import type { Value } from '../values/index.js';
import type { Code } from './code.js';
import type { Unit } from './unit.js';

/** An expression together with the names it was written among. */
export interface Closure {
  readonly expr: Expr;
  readonly context: Context;
}

/** An argument: not compiled yet, or code that is already there. */
export type Argument = Closure | { readonly code: Code };

export type Binding =
  /** A bound variable, or a parameter that was evaluated. */
  | { readonly kind: 'code'; readonly code: Code }
  /** A LET definition or parameter that is compiled where it is used. `code`, if there is one,
   *  has its value with unprimed variables; primed, the expression is compiled anew. */
  | { readonly kind: 'closure'; readonly closure: Closure; readonly code: Code | null }
  /** A LET operator; without a JavaScript function it is expanded where it is used. */
  | {
      readonly kind: 'operator';
      readonly definition: OperatorDefinition;
      readonly context: () => Context;
      readonly compiled: CompiledOperator | null;
    }
  /** An operator parameter whose argument is a JavaScript function of values. */
  | { readonly kind: 'function'; readonly js: string }
  /** An operator parameter whose argument is the name of an operator, or a LAMBDA. */
  | { readonly kind: 'alias'; readonly closure: Closure };

/** How a JavaScript function of an operator wants its arguments. */
export type ParameterMode = 'value' | 'lazy' | { readonly arity: number };

export interface CompiledOperator {
  readonly js: string;
  readonly modes: readonly ParameterMode[];
  readonly free: ReadonlySet<string>;
  readonly type: Code['type'];
  /** Of a constant one without parameters, if it is known. */
  readonly known?: Value;
}

/** Where the next value of a variable is, once a step has assigned it. */
export type Assigned =
  /** It equals the old one. */
  | { readonly kind: 'unchanged' }
  /** In the successor's slots. */
  | { readonly kind: 'packed' }
  /** In a JavaScript local. */
  | { readonly kind: 'local'; readonly code: Code };

export interface Context {
  readonly unit: Unit;
  readonly bindings: ReadonlyMap<string, Binding>;
  /** Inside a primed expression, or a definition that is evaluated primed. */
  readonly primed: boolean;
  /** Which variables have a next value; null where that is not known (shared definitions). */
  readonly assigned: ReadonlyMap<string, Assigned> | null;
  /** `@` */
  readonly at: Code | null;
}

/** Outside of everything that binds a name. */
export function unboundContext(unit: Unit, assigned: Context['assigned'] = new Map()): Context {
  return { unit, bindings: new Map(), primed: false, assigned, at: null };
}

export function bind(context: Context, added: Iterable<readonly [string, Binding]>): Context {
  return { ...context, bindings: new Map([...context.bindings, ...added]) };
}

/** The closure's own names, seen from where it is used. */
export function enter(closure: Closure, from: Context): Context {
  return {
    ...closure.context,
    unit: from.unit,
    primed: closure.context.primed || from.primed,
    assigned: from.assigned,
  };
}
