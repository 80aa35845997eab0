/** A run that could not begin or go on, as JSON: the fields of `check --json` that have a value. */
import type { Diagnostic } from '../source/diagnostic.js';
import { type Location, locate } from '../source/text.js';

export interface FailureDocument {
  readonly result: string;
  readonly message: string;
  readonly location: Location | null;
  /** Every diagnostic of the run, warnings included. */
  readonly diagnostics: readonly {
    readonly code: string;
    readonly severity: string;
    readonly message: string;
    readonly location: Location | null;
    readonly hint: string | null;
  }[];
}

const results: Readonly<Record<Diagnostic['kind'], string>> = {
  parse: 'parse-error',
  config: 'config-error',
  usage: 'usage-error',
  evaluation: 'evaluation-error',
  limit: 'limit',
  replay: 'replay-error',
};

export function describeFailure(diagnostics: readonly Diagnostic[]): FailureDocument {
  const first = diagnostics.find((it) => it.severity === 'error') ?? diagnostics[0];
  if (first === undefined) throw new Error('a failure without a diagnostic');
  return {
    result: results[first.kind],
    message: first.message,
    location: first.span && locate(first.span),
    diagnostics: diagnostics.map(({ code, severity, message, span, hint }) => ({
      code,
      severity,
      message,
      location: span && locate(span),
      hint,
    })),
  };
}
