/** What TLC prints of a value that may not be enumerated yet. */
import { formatValue } from '../../values/index.js';
import { describe, type Site } from './fault.js';
import { LazyFunction, LazySet, type RuntimeValue, value } from './lazy.js';
import { Interval, TestedSet } from './lazySets.js';

/**
 * Finite sets and functions are enumerated, but for an interval, and so infinite ones stand as they
 * were written. One that has only a test for its elements is an error.
 * Limit: inside of other values an interval is an enumerated set like any other.
 */
export function printed(given: RuntimeValue, site: Site): string {
  if (given instanceof Interval) return given.size() === 0 ? '{}' : given.describe();
  const isSet = given instanceof LazySet;
  if (isSet && !given.isFinite() && !(given instanceof TestedSet)) return describe(given);
  if (given instanceof LazyFunction && given.isInfinite()) return describe(given);
  return formatValue(value(given, site));
}
