/**
 * Compares a state of the specification with a driver's view of the implementation. Model values
 * cross to a driver as strings, so the specification's side is seen through the same coding.
 */
import { type Change, changes, processNames } from '../src/trace/difference.js';
import type { TraceState } from '../src/trace/trace.js';
import { decodeItf, encodeItf, formatValue, ItfError, type Value } from '../src/values/index.js';
import type { Data } from './driver.js';
import type { Difference } from './verdict.js';

/** What makes a replay impossible or meaningless; a person caused it. `kind` picks the words. */
export class ReplayError extends Error {
  constructor(
    readonly kind: 'empty-trace' | 'unknown-ghost' | 'not-a-value' | 'protocol' | 'silent',
    readonly holes: Readonly<Record<string, string>>,
  ) {
    super(`${kind}: ${Object.values(holes).join(', ')}`);
    this.name = 'ReplayError';
  }
}

/**
 * The first and smallest place where the two differ, or null. Ghosts are left out; any other
 * variable that only one side has is a difference.
 */
export function compareStates(
  specification: TraceState,
  implementation: Readonly<Record<string, Data>>,
  ghosts: Readonly<Record<string, string>>,
  driver: string,
): Difference | null {
  const expected = [...specification].filter(([name]) => !Object.hasOwn(ghosts, name));
  const actual = Object.entries(implementation).filter(([name]) => !Object.hasOwn(ghosts, name));
  const [first] = changes(
    new Map(expected.map(([name, value]) => [name, decodeItf(encodeItf(value))])),
    new Map(actual.map(([name, data]) => [name, decode(data, name, driver)])),
    processNames(specification),
  );
  return first === undefined ? null : describe(first);
}

function decode(data: Data, path: string, driver: string): Value {
  try {
    return decodeItf(data, undefined, path);
  } catch (error) {
    if (!(error instanceof ItfError)) throw error;
    throw new ReplayError('not-a-value', { driver, path: error.path, cause: error.message });
  }
}

function describe(change: Change): Difference {
  const show = (value: Value | null) =>
    value === null ? '(no such variable)' : formatValue(value);
  return {
    path: change.path,
    specification: show(change.before),
    implementation: show(change.after),
  };
}
