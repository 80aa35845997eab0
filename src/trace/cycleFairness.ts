/** Why the cycle of a lasso is fair, or which fairness would exclude it, in words. */
import type { CycleFairness } from './trace.js';

/** One sentence; `length` is how many states the cycle has. */
export function fairnessSentence(one: CycleFairness, length: number): string {
  const { strength, subject, enabledIn, takenFrom } = one;
  const isAlways = enabledIn.length === length;
  if (strength === null) {
    const where =
      length === 1 ? 'there' : `in ${isAlways ? 'every state of the cycle' : statesOf(enabledIn)}`;
    const kind = isAlways ? 'weak' : 'strong';
    return (
      `${subject} could take a step ${where}, and no fairness is asked of it: ` +
      `${kind} fairness would exclude this behavior`
    );
  }
  const name = `${strength === 'weak' ? 'WF' : 'SF'} of ${subject}`;
  if (takenFrom.length > 0) return `${name}: it takes a step from ${statesOf(takenFrom)}`;
  if (enabledIn.length === 0) {
    return `${name}: it is never enabled ${length === 1 ? 'there' : 'in the cycle'}`;
  }
  return (
    `${name}: it is enabled again and again, in ${statesOf(enabledIn)}, but not all the time, and ` +
    'only weakly fair: strong fairness would exclude this behavior'
  );
}

const shownMax = 8;

/** `state 5`, `states 5 and 9`, `20 states of the cycle`; counted from 1. */
function statesOf(places: readonly number[]): string {
  const numbers = places.map((place) => `${place + 1}`);
  if (numbers.length > shownMax) return `${numbers.length} states of the cycle`;
  const last = numbers.pop();
  return numbers.length === 0 ? `state ${last}` : `states ${numbers.join(', ')} and ${last}`;
}

/** Of all that is known of a lasso; none where the trace is no lasso. */
export function fairnessSentences(trace: {
  readonly fairness?: readonly CycleFairness[];
  readonly loop: number | null;
  readonly steps: readonly unknown[];
}): string[] {
  const { fairness = [], loop, steps } = trace;
  return loop === null ? [] : fairness.map((one) => fairnessSentence(one, steps.length - loop));
}
