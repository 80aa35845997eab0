/** From a Fault with the number of a place to the failure that the search hands on. */
import { EvaluationFailure } from '../explore/model.js';
import { diagnose } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Places } from './callSites.js';
import type { FailureDetail } from './compiledSpec.js';
import { Fault } from './runtime/fault.js';
import { UnfinishedStepFault } from './unfinishedStep.js';

/** So many places are enough to see where an error comes from. */
const callCountMax = 12;

/** The error to throw for what generated code threw: ours if it was a Fault, else as it was. */
export function failureOf(error: unknown, places: Places): unknown {
  const fault = isTooDeep(error) ? new Fault('EVL023', -1) : error;
  if (!(fault instanceof Fault)) return error;
  const under = places.callsOf(error as Error);
  const span = places.sites[fault.site] ?? under[0] ?? null;
  const code = fault.code as keyof typeof import('../source/catalogue/evaluation.js').evaluation;
  const { message } = diagnose(code, span, fault.holes);
  const step = fault instanceof UnfinishedStepFault ? fault : null;
  const calls = withoutRepetition(under.filter((call) => call !== span));
  const detail: FailureDetail = { span, code, calls, ...(step === null ? {} : { step }) };
  const kind = code === 'EVL014' ? 'assertion' : 'evaluation-error';
  return new EvaluationFailure(kind, message, detail);
}

/** A recursion calls from the same places again and again: each is told once. */
function withoutRepetition(calls: readonly Span[]): readonly Span[] {
  return [...new Set(calls)].slice(0, callCountMax);
}

/** The stack of JavaScript overflowed: a recursion of the specification does not end. */
function isTooDeep(error: unknown): boolean {
  return error instanceof RangeError && /call stack/i.test(error.message);
}
