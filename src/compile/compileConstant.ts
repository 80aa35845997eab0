/** The value of a constant expression: the same compiled evaluator as for states. */
import type { Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import type { Value } from '../values/index.js';
import type { CompileOptions } from './compiledSpec.js';
import { unboundContext } from './context.js';
import { compile } from './expressions/index.js';
import { failureOf } from './failure.js';
import { Fault } from './runtime/fault.js';
import { Host } from './runtime/host.js';
import { enumerated, type RuntimeValue } from './runtime/lazy.js';
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
  return evaluated(expr, scope, options, enumerated);
}

export interface ConstantValue {
  /** As TLC prints it: `Nat` and `1..3` as they are, not enumerated. */
  readonly text: string;
  /** Null where it cannot be enumerated. */
  readonly value: Value | null;
}

/** As `compileConstant`, for people; evaluated once, so that what it prints is printed once. */
export function evaluateConstant(
  expr: Expr,
  scope: ConstantScope = {},
  options: CompileOptions = {},
): ConstantValue {
  return evaluated(expr, scope, options, (result, site) => {
    return { text: printed(result, site), value: enumeratedOrNull(result, site) };
  });
}

function enumeratedOrNull(result: RuntimeValue, site: number): Value | null {
  try {
    return enumerated(result, site);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

function evaluated<T>(
  expr: Expr,
  scope: ConstantScope,
  options: CompileOptions,
  finish: (result: RuntimeValue, site: number) => T,
): T {
  const unit = new Unit(sourcesOf({ ...emptyScope, ...scope }, new Host(options)), noStorage);
  const site = unit.site(expr.span);
  const code = compile(expr, unboundContext(unit));
  try {
    return finish(unit.instantiate(unit.text('', code.js)) as RuntimeValue, site);
  } catch (error) {
    throw failureOf(error, unit);
  }
}

const emptyScope = {
  variables: [],
  constants: new Map(),
  definitions: new Map(),
  overrides: new Map(),
} as const;
