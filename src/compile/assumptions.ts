/** What a specification says of constants and of the search as a whole, and not of any state. */
import type { Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import { asBoolean } from './code.js';
import type { CompiledSpec } from './compiledSpec.js';
import { unboundContext } from './context.js';
import { compile } from './expressions/index.js';
import type { FittedEngine } from './fittedEngine.js';
import type { Sources } from './sources.js';
import { noStorage } from './storage.js';
import { Unit } from './unit.js';

export function falseAssumptions(
  { assumptions }: Specification,
  sources: Sources,
  fitted: FittedEngine,
): ReturnType<CompiledSpec['falseAssumptions']> {
  return assumptions
    .filter(({ body }) => !isTrue(body, 'ASSUME', sources, fitted))
    .map(({ name, span }) => ({ name: name?.name ?? null, span }));
}

export function postconditionHolds(
  { postcondition }: Specification,
  sources: Sources,
  fitted: FittedEngine,
): boolean {
  return postcondition === null || isTrue(postcondition.expr, 'POSTCONDITION', sources, fitted);
}

function isTrue(expr: Expr, statement: string, sources: Sources, fitted: FittedEngine): boolean {
  const unit = new Unit(sources, noStorage);
  const context = unboundContext(unit);
  const code = asBoolean(unit, compile(expr, context), statement, expr.span);
  return fitted.guarded(unit, null, () => unit.instantiate(unit.text('', code.js)) as boolean);
}
