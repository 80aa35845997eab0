/** Exit codes of the program (`commands.md`); where TLC has one, it is TLC's. */
import { catalogue } from '../source/catalogue/index.js';
import type { Diagnostic } from '../source/diagnostic.js';

export const exitCodes = {
  ok: 0,
  /** `check --witness`: there is no such state. */
  noWitness: 1,
  usage: 2,
  assumption: 10,
  deadlock: 11,
  invariant: 12,
  liveness: 13,
  assertion: 14,
  /** `replay`: some replay was not confirmed. */
  unconfirmed: 20,
  /** `hunt`: something is not as expected. */
  unexpected: 12,
  /** A fault of this program (EX_SOFTWARE). */
  internal: 70,
  evaluation: 75,
  invariantEvaluation: 76,
  propertyEvaluation: 77,
  interrupted: 130,
  parse: 150,
  config: 151,
  limit: 152,
} as const;

/** The first error decides; `check` knows the evaluation errors more precisely. */
export function exitCodeOf(diagnostics: readonly Diagnostic[]): number {
  const first = diagnostics.find((it) => it.severity === 'error');
  if (first === undefined) return exitCodes.ok;
  const own = catalogue[first.code].exitCode;
  return own ?? (first.kind === 'replay' ? exitCodes.unconfirmed : exitCodes[first.kind]);
}
