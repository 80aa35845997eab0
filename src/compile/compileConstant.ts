/** The value of a constant expression: the same compiled evaluator as for states. */
import type { Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import type { Value } from '../values/index.js';
import type { CompileOptions } from './compiledSpec.js';
import { compile } from './expressions/index.js';
import { failureOf } from './failure.js';
import { Host } from './runtime/host.js';
import { type RuntimeValue, value } from './runtime/lazy.js';
import { printed } from './runtime/printed.js';
import { sourcesOf } from './sources.js';
import { noStorage } from './storage.js';
import { Unit } from './unit.js';

/** What of a specification gives names a meaning; all of it may be left out. */
export type ConstantScope = Partial<Pick<Specification, 'constants' | 'definitions' | 'overrides'>>;

/** Throws an `EvaluationFailure` where the expression has no value. */
export function compileConstant(
  expr: Expr,
  scope: ConstantScope = {},
  options: CompileOptions = {},
): Value {
  return evaluateConstant(expr, scope, options, value);
}

/** As `compileConstant`, printed; `Nat` and `1..3` are printed as they are, not enumerated. */
export function showConstant(
  expr: Expr,
  scope: ConstantScope = {},
  options: CompileOptions = {},
): string {
  return evaluateConstant(expr, scope, options, printed);
}

function evaluateConstant<T>(
  expr: Expr,
  scope: ConstantScope,
  options: CompileOptions,
  finish: (result: RuntimeValue, site: number) => T,
): T {
  const unit = new Unit(sourcesOf({ ...emptyScope, ...scope }, new Host(options)), noStorage);
  const site = unit.site(expr.span);
  const code = compile(expr, {
    unit,
    bindings: new Map(),
    primed: false,
    assigned: new Map(),
    at: null,
  });
  try {
    return finish(unit.instantiate(unit.text('', code.js)) as RuntimeValue, site);
  } catch (error) {
    throw failureOf(error, unit.sites);
  }
}

const emptyScope = {
  variables: [],
  constants: new Map(),
  definitions: new Map(),
  overrides: new Map(),
} as const;
