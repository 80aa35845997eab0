/** A search by several workers is told apart by nothing from a search by one: toy models. */
import { describe, expect, it } from 'vitest';
import {
  EvaluationFailure,
  explore,
  type Model,
  type SearchOptions,
} from '../../../src/explore/index.js';
import { phase } from '../../../src/explore/parallel/phases.js';
import { countersToy, type Toy, toyModel } from '../toyModels.js';
import { contents } from './contents.js';
import { ObjectTeam, type ObjectTeamOptions } from './objectTeam.js';

/** The codes of toys are the numbers themselves, so there is nothing to agree on. */
function shareable(toy: Toy): Model {
  const none = { agreeIn() {}, catchUp() {}, standAlone() {}, publish() {} };
  const sharing = { codes: () => null, adopt: () => true, ...none };
  return { ...toyModel(toy), sharing };
}

/** Rounds so small that there are many of them, with several blocks in each. */
const small = { statesMin: 2, startAt: 1, successorsMax: 16, largeTable: 1 };

function together(toy: Toy, options: SearchOptions, team: ObjectTeamOptions) {
  const others = new ObjectTeam(() => shareable(toy), team);
  const result = explore(shareable(toy), { ...options, team: { team: others, ...small } });
  return { found: contents(result), orders: others.orders };
}

const alone = (toy: Toy, options: SearchOptions) => contents(explore(toyModel(toy), options));

const square = countersToy(40);
const isAt = (x: number, y: number) => (state: readonly number[]) =>
  state[0] === x && state[1] === y;

/** Every state is reached from many others, by several actions. */
const dense: Toy = {
  initial: [[0, 0, 0]],
  next: function* ([a = 0, b = 0, c = 0]) {
    yield [0, [(a * 7 + b + 1) % 13, c, b]];
    yield [1, [b, (a + c * 5 + 2) % 17, c]];
    yield [2, [c, b, (a + b + c + 3) % 11]];
    yield [3, [(a * 7 + b + 1) % 13, c, b]];
    if (a % 3 === 0) yield [4, [a, (b + 1) % 17, (c + 1) % 11]];
  },
};

const toys: Readonly<Record<string, readonly [Toy, SearchOptions]>> = {
  'two counters': [square, { checkDeadlock: false }],
  'a deadlock': [square, {}],
  'a dense graph': [dense, {}],
  'an invariant that is false in one state': [
    { ...square, invariants: { Away: (state) => !isAt(7, 15)(state) } },
    {},
  ],
  'every property': [
    {
      ...square,
      invariants: {
        NotThirty: ([x]) => x !== 30,
        Near: ([x = 0, y = 0]) => x + y < 50,
        NotTwenty: ([, y]) => y !== 20,
      },
      steps: { Small: ([x = 0]) => x < 21, Other: ([, y = 0]) => y < 35 },
    },
    { everyProperty: true },
  ],
  'a step that fails': [
    {
      ...square,
      *next(state) {
        yield* square.next(state);
        if (isAt(16, 6)(state)) throw new EvaluationFailure('evaluation-error', 'no value');
      },
    },
    {},
  ],
  'steps that fail, and every property': [
    {
      ...square,
      *next(state) {
        if ((state[0] as number) % 7 === 6) throw new EvaluationFailure('assertion', 'false');
        yield* square.next(state);
        if ((state[1] as number) > 25) throw new EvaluationFailure('evaluation-error', 'no');
      },
    },
    { everyProperty: true },
  ],
  'an invariant without a value in many states': [
    {
      ...square,
      invariants: {
        Failing: ([x = 0]) => {
          if (x > 20) throw new EvaluationFailure('evaluation-error', 'no value');
          return true;
        },
      },
    },
    { everyProperty: true },
  ],
  'a constraint': [
    { ...square, constraint: ([x = 0, y = 0]) => x + y < 55 && (x * y) % 11 !== 10 },
    { checkDeadlock: false },
  ],
  'a constraint, and violations outside of it': [
    {
      ...square,
      constraint: ([x = 0, y = 0]) => x + y < 45 && x !== 13,
      invariants: { NotThirteen: ([x, y]) => x !== 13 || y !== 19, Sum: ([x, y]) => x !== y },
    },
    { everyProperty: true },
  ],
  'a step outside the action constraint': [
    {
      ...dense,
      stepConstraint: ([a], [b]) => ((a as number) * (b as number)) % 5 !== 1,
      steps: { Low: ([a = 0], [b = 0]) => a * b < 400 },
    },
    { everyProperty: true },
  ],
  'many successors of some states': [
    {
      initial: [[0, 0]],
      *next([x = 0, y = 0]) {
        const count = x % 10 === 9 ? 60 : 2;
        for (let i = 0; i < count; i++) yield [i % 100, [(x + 1) % 50, (y + i) % 60]];
      },
    },
    {},
  ],
};

describe.each(Object.entries(toys))('%s', (_, [toy, options]) => {
  const expected = alone(toy, options);

  it.each([1, 2, 3, 5])('%i workers', (size) => {
    for (let seed = 1; seed <= 3; seed++) {
      const { found, orders } = together(toy, options, { size, seed });
      expect(found).toEqual(expected);
      expect(orders.get(phase.sort)).toBeGreaterThan(5);
    }
  });

  it('slots that widen bit by bit', () => {
    const tight = { ...options, isTight: true };
    expect(together(toy, tight, { size: 2 }).found).toEqual(expected);
  });

  it('a limit of states', () => {
    for (const maxStates of [10, 57, 101, 230, 555]) {
      const limited = { ...options, maxStates };
      const one = alone(toy, limited);
      expect(together(toy, limited, { size: 3, seed: maxStates }).found).toEqual(one);
    }
  });

  it('members that are gone after some orders', () => {
    for (let diesAfter = 0; diesAfter < 12; diesAfter++) {
      expect(together(toy, options, { size: 2, diesAfter }).found).toEqual(expected);
    }
  });
});

describe('a table that must grow', () => {
  it('is filled by all workers, and by the leader if they are gone', () => {
    const expected = alone(dense, {});
    const { found, orders } = together(dense, {}, { size: 3 });
    expect(found).toEqual(expected);
    // From 1,024 places to those for all states, a quarter of them free, each time twice as many.
    const { size } = explore(toyModel(dense)).states;
    expect(orders.get(phase.scatter)).toBe(Math.ceil(Math.log2((size * 4) / 3 / 1024)));
    let total = 0;
    for (const count of orders.values()) total += count;
    for (let diesAfter = 0; diesAfter < total; diesAfter += 97) {
      expect(together(dense, {}, { size: 2, diesAfter }).found).toEqual(expected);
    }
  });
});
