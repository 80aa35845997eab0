/** Graphs, properties, limits and teams drawn at random: one worker finds the same. */
import { expect, it } from 'vitest';
import {
  EvaluationFailure,
  explore,
  type Model,
  type SearchOptions,
} from '../../../src/explore/index.js';
import { hashWords } from '../../../src/explore/stateHash.js';
import { type Toy, toyModel } from '../toyModels.js';
import { contents } from './contents.js';
import { ObjectTeam } from './objectTeam.js';

/** A number from 0 below `count` that depends on nothing but the others. */
function drawn(count: number, ...from: readonly number[]): number {
  return (hashWords(Int32Array.from(from), 0, from.length) >>> 0) % count;
}

interface Case {
  readonly toy: Toy;
  readonly options: SearchOptions;
  readonly size: number;
  readonly successorsMax: number;
  readonly largeTable: number;
}

/** Some states have very many successors, some none; about a third of the cases is violated. */
function caseOf(seed: number): Case {
  let count = 0;
  const next = (below: number) => drawn(below, seed, count++);
  const states = 2 ** (3 + next(10));
  const most = 2 ** (1 + next(9));
  const actions = 1 + next(30);
  const [fails, violates, cuts, isStepFalse] = [next(6), next(6), next(8), next(8)];
  const rare = (state: readonly number[], salt: number) => drawn(states, ...state, seed, salt) < 3;
  const rareFailure = (state: readonly number[], salt: number) => {
    if (rare(state, salt)) throw new EvaluationFailure('evaluation-error', 'no value');
    return true;
  };
  const Odd = (state: readonly number[]) => drawn(states, ...state, seed, 8) > 0;
  const split = (n: number) => [n % 7, (n * 5) >> 3, n % 3];
  const toy: Toy = {
    initial: Array.from({ length: 1 + next(5) }, (_, i) => split(drawn(states, seed, i))),
    *next(state) {
      const wide = drawn(20, ...state, seed, 1) === 0 ? most : Math.min(most, 12);
      const steps = drawn(wide + 1, ...state, seed, 2);
      for (let i = 0; i < steps; i++) {
        if (fails === 0 && i === 3 && rare(state, 3)) {
          throw new EvaluationFailure('evaluation-error', 'no value');
        }
        yield [drawn(actions, seed, i), split(drawn(states, ...state, seed, i))];
      }
    },
    ...(violates === 0 ? { invariants: { Rare: (state) => !rare(state, 4) } } : {}),
    ...(violates === 1 ? { invariants: { Rare: (state) => rareFailure(state, 4), Odd } } : {}),
    ...(cuts === 0 ? { constraint: ([, b = 0]) => drawn(9, b, seed, 5) > 0 } : {}),
    ...(cuts === 1 ? { constraint: (state) => rareFailure(state, 7) } : {}),
    ...(cuts === 2 ? { stepConstraint: ([a = 0], [b = 0]) => drawn(9, a, b, seed) > 0 } : {}),
    ...(isStepFalse === 0 ? { steps: { Rare: (from, to) => !rare([...from, ...to], 6) } } : {}),
  };
  return {
    toy,
    options: {
      checkDeadlock: next(2) === 0,
      everyProperty: next(3) > 0,
      isTight: next(4) === 0,
      ...(next(5) === 0 ? { maxStates: 1 + next(states) } : {}),
    },
    size: 1 + next(5),
    successorsMax: 2 ** (1 + next(16)),
    largeTable: 2 ** next(14),
  };
}

function shareable(toy: Toy): Model {
  const none = { agreeIn() {}, catchUp() {}, standAlone() {}, publish() {} };
  return { ...toyModel(toy), sharing: { codes: () => null, adopt: () => true, ...none } };
}

const { COUNTERPLAY_CASES = '150', COUNTERPLAY_SEED = '0' } = process.env;

it(`the result is always that of one worker: ${COUNTERPLAY_CASES} cases`, () => {
  let [rounds, ends] = [0, new Set<unknown>()];
  for (let i = 0; i < Number(COUNTERPLAY_CASES); i++) {
    const seed = Number(COUNTERPLAY_SEED) + i;
    const { toy, options, size, ...sizes } = caseOf(seed);
    const team = new ObjectTeam(() => shareable(toy), { size, seed: seed + 1 });
    const shared = { team, statesMin: 2, startAt: 1, ...sizes };
    const found = explore(shareable(toy), { ...options, team: shared });
    const one = explore(toyModel(toy), options);
    expect({ seed, found: contents(found) }).toEqual({ seed, found: contents(one) });
    for (const orders of team.orders.values()) rounds += orders;
    ends.add(one.outcome);
  }
  expect(rounds).toBeGreaterThan(Number(COUNTERPLAY_CASES));
  const all = ['action-property', 'deadlock', 'evaluation-error', 'invariant', 'limit', 'ok'];
  expect([...ends].sort()).toEqual(all);
});
