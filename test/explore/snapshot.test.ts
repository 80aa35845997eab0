/** A search that is taken up again, at every possible place, finds what one in one go finds. */
import { describe, expect, it } from 'vitest';
import {
  explore,
  type Model,
  Search,
  type SearchOptions,
  type SearchResult,
  type SearchSnapshot,
  SnapshotMismatch,
} from '../../src/explore/index.js';
import { countersToy, type Toy, toyModel } from './toyModels.js';

/** Everything that a result says, but for what it takes in memory. */
function contents(result: SearchResult): unknown {
  const { outcome, complete, generated, distinct, depth, violations, expanded, states } = result;
  const indices = Array.from({ length: states.size }, (_, index) => index);
  const paths = indices.map((index) => ({
    state: [...result.stateAt(index)],
    path: result.pathTo(index),
    depth: result.depthOf(index),
    isOutside: result.isOutsideConstraint(index),
  }));
  const told = violations.map(({ failure, next, ...rest }) => ({
    ...rest,
    failure: failure?.message,
    next: next && [next.action, ...next.state],
  }));
  return { outcome, complete, generated, distinct, depth, violations: told, expanded, paths };
}

/** What was read is in arrays of its own, as it is when it comes from a file. */
function copied(snapshot: SearchSnapshot): SearchSnapshot {
  const states: (readonly [Int32Array, number, number])[] = [];
  snapshot.eachState((state, predecessor, action) => {
    states.push([state.slice(), predecessor, action]);
  });
  return {
    ...snapshot,
    levelStarts: [...snapshot.levelStarts],
    violations: [...snapshot.violations],
    eachState(sink) {
      for (const one of states) sink(...one);
    },
  };
}

/** After `count` states (or at a limit before them) in a new search of a new model. */
function resumedAfter(count: number, make: () => Model, first: SearchOptions, then: SearchOptions) {
  const search = new Search(make(), first);
  search.advance(count);
  const snapshot = search.snapshot();
  if (snapshot === null) return null;
  const again = new Search(make(), { ...then, from: copied(snapshot) });
  while (again.advance(3));
  return again.result();
}

const square = countersToy(4);
const toys: Readonly<Record<string, readonly [Toy, SearchOptions]>> = {
  'two counters': [square, { checkDeadlock: false }],
  'a deadlock': [square, {}],
  'every property': [
    {
      ...square,
      invariants: {
        NotThree: ([x]) => x !== 3,
        NotFour: ([, y]) => y !== 4,
        NotFive: ([x = 0, y = 0]) => x + y !== 5,
      },
      steps: { Small: ([x = 0]) => x < 2 },
    },
    { everyProperty: true },
  ],
  'a constraint, and violations outside of it': [
    {
      ...square,
      invariants: { Near: ([x = 0, y = 0]) => x + y < 4 },
      constraint: ([x = 0, y = 0]) => x + y < 4,
    },
    { everyProperty: true },
  ],
  'states that stand for others': [
    { ...square, key: ([x = 0, y = 0]) => [Math.min(x, y), Math.max(x, y)] },
    { checkDeadlock: false },
  ],
};

describe.each(Object.entries(toys))('%s', (_, [toy, options]) => {
  const make = () => toyModel(toy);
  const whole = explore(make(), options);

  it('is taken up after every number of states', () => {
    let taken = 0;
    for (let count = 0; count < whole.expanded; count++) {
      const result = resumedAfter(count, make, options, options);
      // An answer is all that there is to find, so there is nothing to take up.
      if (result === null) continue;
      expect(contents(result)).toEqual(contents(whole));
      taken++;
    }
    expect(taken).toBeGreaterThan(8);
  });

  it('is taken up where a limit has stopped it in the middle of a state', () => {
    let taken = 0;
    for (let maxStates = 1; maxStates < whole.distinct; maxStates++) {
      const result = resumedAfter(1000, make, { ...options, maxStates }, options);
      if (result === null) continue;
      expect(contents(result)).toMatchObject({
        outcome: whole.outcome,
        complete: whole.complete,
        generated: whole.generated,
        distinct: whole.distinct,
        depth: whole.depth,
      });
      expect(result.violations).toHaveLength(whole.violations.length);
      taken++;
    }
    expect(taken).toBeGreaterThan(4);
  });
});

describe('there is nothing to go on from', () => {
  it('before the initial states, or where a limit has cut them short', () => {
    const toy: Toy = { initial: [[0], [1], [2]], next: () => [] };
    expect(new Search(toyModel(toy)).snapshot()).toBeNull();
    const search = new Search(toyModel(toy), { maxStates: 2 });
    search.advance(5);
    expect(search.result()).toMatchObject({ outcome: 'limit', complete: false, distinct: 2 });
    expect(search.snapshot()).toBeNull();
  });

  it('at the end, and after a violation that ends the search', () => {
    const over = new Search(toyModel(square), { checkDeadlock: false });
    while (over.advance(100));
    expect(over.snapshot()).toBeNull();
    const violated = new Search(toyModel({ ...square, invariants: { No: ([x]) => x !== 2 } }));
    while (violated.advance(100));
    expect(violated.snapshot()).toBeNull();
  });
});

it('an interrupted search is taken up where it was', () => {
  const search = new Search(toyModel(square), { checkDeadlock: false });
  search.advance(7);
  search.interrupt();
  const snapshot = search.snapshot() as SearchSnapshot;
  expect(snapshot.expanded).toBe(7);
  const again = new Search(toyModel(square), { checkDeadlock: false, from: snapshot });
  while (again.advance(100));
  // 25 states, 2 × 4 × 5 steps and the initial state.
  expect(again.result()).toMatchObject({ outcome: 'ok', generated: 41, distinct: 25, depth: 9 });
});

describe('what no search has made is refused', () => {
  const snapshot = (): SearchSnapshot => {
    const search = new Search(toyModel(square));
    search.advance(5);
    return copied(search.snapshot() as SearchSnapshot);
  };
  const take = (from: SearchSnapshot) => () => new Search(toyModel(square), { from });

  it('a state twice, a state before its predecessor, states that are missing', () => {
    const good = snapshot();
    expect(take(good)).not.toThrow();
    const twice = (sink: Parameters<SearchSnapshot['eachState']>[0]) => {
      good.eachState((_state, predecessor, action) =>
        sink(Int32Array.of(0, 0), predecessor, action),
      );
    };
    const before = (sink: Parameters<SearchSnapshot['eachState']>[0]) => {
      good.eachState((state, _predecessor, action) => sink(state, good.size, action));
    };
    expect(take({ ...good, eachState: twice })).toThrow(SnapshotMismatch);
    expect(take({ ...good, eachState: before })).toThrow(SnapshotMismatch);
    expect(take({ ...good, size: good.size + 1 })).toThrow(SnapshotMismatch);
  });
});
