/** An expression that has no value, in the form of all other mistakes. */
import type { FailureDetail } from '../compile/index.js';
import type { EvaluationFailure } from '../explore/index.js';
import { type Code, catalogue } from '../source/catalogue/index.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { expectEnoughStack } from './deepStack.js';

export function failureDiagnostic(failure: EvaluationFailure): Diagnostic {
  const detail = failure.detail as FailureDetail;
  const code = detail.code as Code;
  expectEnoughStack(code);
  return {
    code,
    severity: 'error',
    kind: 'evaluation',
    message: failure.message,
    span: detail.span,
    notes: detail.calls.map((span) => ({ message: 'called from here', span })),
    hint: catalogue[code].hint ?? null,
  };
}
