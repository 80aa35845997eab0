/**
 * A search that gathers successors is told apart by nothing from one that takes each at once, which
 * it does for a model with effects: wherever a limit, a violation or a failure ends it.
 */
import { describe, expect, it } from 'vitest';
import {
  EvaluationFailure,
  explore,
  type Model,
  type SearchOptions,
} from '../../src/explore/index.js';
import { countersToy, type Toy, toyModel } from './toyModels.js';

const base = countersToy(30);
const isAt = (x: number, y: number) => (state: readonly number[]) =>
  state[0] === x && state[1] === y;

const toys: Readonly<Record<string, Toy>> = {
  'without violations': base,
  'with an invariant that is false in one state': {
    ...base,
    invariants: { Away: (state) => !isAt(7, 5)(state) },
  },
  'with a step that fails, after other steps of its state': {
    ...base,
    next: function* (state) {
      yield* base.next(state);
      if (isAt(6, 6)(state)) throw new EvaluationFailure('evaluation-error', 'no value');
    },
    invariants: { Away: (state) => !isAt(6, 7)(state) },
  },
  'with invariants that are false in many': {
    ...base,
    invariants: { Low: ([x = 0]) => x < 9, Near: ([x = 0, y = 0]) => x + y < 20 },
  },
};

function summary(model: Model, options: SearchOptions) {
  const result = explore(model, options);
  const { outcome, complete, stopped, generated, distinct, depth, expanded } = result;
  const { partlyExpanded, violations } = result;
  const states = Array.from({ length: result.states.size }, (_, index) => [
    ...result.stateAt(index),
    result.predecessor(index),
    result.action(index),
  ]);
  const found = violations.map(({ kind, property, state }) => ({ kind, property, state }));
  const numbers = { outcome, complete, stopped, generated, distinct, depth, expanded };
  return { ...numbers, partlyExpanded, found, states };
}

function both(toy: Toy, options: SearchOptions) {
  const gathering = summary(toyModel(toy), options);
  const atOnce = summary({ ...toyModel(toy), hasEffects: true }, options);
  return { gathering, atOnce };
}

describe.each(Object.entries(toys))('a search %s', (_, toy) => {
  it.each([true, false])('goes to its end, everyProperty %s', (everyProperty) => {
    const { gathering, atOnce } = both(toy, { everyProperty });
    expect(gathering).toEqual(atOnce);
    expect(gathering.distinct).toBeGreaterThan(20);
  });

  it('stops at a number of states, whichever it is', () => {
    for (let maxStates = 1; maxStates < 120; maxStates += 7) {
      const { gathering, atOnce } = both(toy, { maxStates });
      expect(gathering).toEqual(atOnce);
      expect(gathering.distinct).toBeLessThanOrEqual(maxStates);
    }
  });
});
