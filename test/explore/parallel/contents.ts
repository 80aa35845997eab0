/** Everything that a result says, but for what it takes in memory. */
import type { SearchResult, StateVector } from '../../../src/explore/index.js';

export function contents(
  result: SearchResult,
  decode: (state: StateVector) => unknown = (state) => [...state].join(),
): unknown {
  const { outcome, complete, stopped, generated, distinct, depth, violations } = result;
  const { expanded, states, partlyExpanded } = result;
  const rows = Array.from({ length: states.size }, (_, index) => {
    const state = decode(result.stateAt(index));
    const { predecessor, action, isOutsideConstraint } = result;
    return [state, predecessor(index), action(index), isOutsideConstraint(index)].join(' ');
  });
  const told = violations.map(({ failure, next, ...rest }) => ({
    ...rest,
    failure: failure?.message,
    next: next && [next.action, decode(next.state)],
  }));
  const levels = Array.from({ length: depth }, (_, d) => result.level(d + 1));
  const numbers = { outcome, complete, stopped, generated, distinct, depth, expanded };
  return { ...numbers, partlyExpanded, violations: told, levels, rows };
}
