/** Why the cycle of a lasso is fair, or which fairness would exclude it, in words. */
import type { CycleFairness, Trace } from '../trace/trace.js';
import { counted } from './quantity.js';

/** One sentence for each; none where the trace is no lasso or nothing is known. */
export function fairnessLines({ fairness = [], loop, steps }: Trace): string[] {
  if (loop === null) return [];
  const length = steps.length - loop;
  if (fairness.length === 0) return [];
  return fairness.map((one) => sentence(one, length));
}

function sentence(one: CycleFairness, length: number): string {
  const { strength, subject, enabledIn, takenFrom } = one;
  const where = length === 1 ? 'there' : 'in the cycle';
  const places = statesOf(enabledIn);
  const isAlways = enabledIn.length === length;
  if (strength === null) {
    const could =
      length === 1
        ? 'could take a step there'
        : `could take a step in ${isAlways ? 'every state of the cycle' : places}`;
    const kind = isAlways ? 'weak' : 'strong';
    return `${subject} ${could}, and no fairness is asked of it: ${kind} fairness would exclude this behavior`;
  }
  const name = `${strength === 'weak' ? 'WF' : 'SF'} of ${subject}`;
  if (takenFrom.length > 0) return `${name}: it takes a step from ${statesOf(takenFrom)}`;
  if (enabledIn.length === 0) return `${name}: it is never enabled ${where}`;
  return (
    `${name}: it is enabled again and again, in ${places}, but not all the time, and only weakly ` +
    'fair: strong fairness would exclude this behavior'
  );
}

const shownMax = 8;

/** `state 5`, `states 5 and 9`, `20 states of the cycle`; counted from 1. */
function statesOf(places: readonly number[]): string {
  const numbers = places.map((place) => `${place + 1}`);
  if (numbers.length > shownMax) return `${counted(numbers.length, 'state')} of the cycle`;
  const last = numbers.pop();
  return numbers.length === 0 ? `state ${last}` : `states ${numbers.join(', ')} and ${last}`;
}
