/** The values of each variable in the initial states: the layout of the slots follows from them. */
import type { Value } from '../values/index.js';
import type { InitialPredicate } from './initialStates.js';
import { Fault } from './runtime/fault.js';
import type { Host } from './runtime/host.js';

/** So many are looked at; one that does not fit later is no harm. */
const stateMax = 10_000;

/** What goes wrong here will go wrong again when it matters. */
export function sampleInitialStates(
  initial: InitialPredicate,
  variables: readonly string[],
  host: Host,
): ReadonlyMap<string, ReadonlySet<Value>> {
  const sampled = new Map(variables.map((name) => [name, new Set<Value>()] as const));
  let count = 0;
  const sample = (values: readonly Value[]): boolean => {
    variables.forEach((name, i) => {
      sampled.get(name)?.add(values[i] as Value);
    });
    return ++count < stateMax;
  };
  try {
    host.rehearse(() => initial.solve(sample));
  } catch (error) {
    if (!(error instanceof Fault || error instanceof RangeError)) throw error;
  }
  return sampled;
}
