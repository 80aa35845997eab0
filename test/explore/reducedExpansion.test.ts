/** The search's part of a reduction: that there is a step, that none is put off, and the numbers. */
import { describe, expect, it } from 'vitest';
import {
  EvaluationFailure,
  explore,
  type Model,
  Search,
  type SearchOptions,
  type SearchSnapshot,
} from '../../src/explore/index.js';
import { countersToy, type Toy, toyModel } from './toyModels.js';

/** Action n is a step of process n; the processes of `ample` may move alone everywhere. */
function reduced(toy: Toy, ample: readonly number[], rest: Partial<Model> = {}): Model {
  const model = toyModel(toy);
  return {
    ...model,
    ...rest,
    reduction: {
      processCount: 2,
      isAmple: (process) => ample.includes(process),
      successors: (process, state, sink) =>
        model.successors(state, (successor, action, choices) =>
          action === process ? sink(successor, action, choices) : true,
        ),
    },
  };
}

/** A clock of three hours, and a counter that goes from 0 to 1. */
const clockAndCounter: Toy = {
  initial: [[0, 0]],
  *next([hour, x]) {
    yield [0, [((hour as number) + 1) % 3, x as number]];
    if (x === 0) yield [1, [hour as number, 1]];
  },
  invariants: { Zero: ([, x]) => x === 0 },
};

describe('a search with a reduction', () => {
  it('takes the first process alone as long as it has steps, then the second', () => {
    const result = explore(reduced(countersToy(4), [0, 1]), { everyProperty: true });
    // (0, 0) to (4, 0), and from there to (4, 4), which is a deadlock.
    expect(result).toMatchObject({ distinct: 9, generated: 9, depth: 9, reducedCount: 8 });
    expect(result.violations).toMatchObject([{ kind: 'deadlock', state: 8 }]);
    expect([...result.stateAt(8)]).toEqual([4, 4]);
  });

  it('expands a state fully where no process may move alone', () => {
    const result = explore(reduced(countersToy(4), []), { everyProperty: true });
    expect(result).toMatchObject({ distinct: 25, generated: 41, reducedCount: 0 });
  });

  it('and where all steps of the process lead back', () => {
    const result = explore(reduced(clockAndCounter, [0]), { everyProperty: true });
    expect(result.violations).toMatchObject([{ kind: 'invariant', property: 'Zero' }]);
    // The third hour leads back to the first one, so that the counter has its step there; with the
    // counter at 1 the same holds after another round.
    expect(result).toMatchObject({ distinct: 6, reducedCount: 4 });
    expect(result.violations[0]?.state).toBe(3);
  });

  it('also where the process stays where it is', () => {
    const staying: Toy = {
      initial: [[0]],
      next: ([x]) => [
        [0, [x as number]],
        [1, [1]],
      ],
      invariants: { Zero: ([x]) => x === 0 },
    };
    const { outcome, reducedCount } = explore(reduced(staying, [0]));
    expect({ outcome, reducedCount }).toEqual({ outcome: 'invariant', reducedCount: 0 });
  });

  it('has another process move alone where the first one only leads back', () => {
    const result = explore(reduced(clockAndCounter, [0, 1]), { everyProperty: true });
    // Only the last state, from which the clock leads back and the counter has no step, is full.
    expect(result).toMatchObject({ distinct: 6, reducedCount: 5 });
  });

  it('finds the step that fails', () => {
    const failing: Toy = {
      initial: [[0, 0]],
      *next([a, b]) {
        if (a === 2) throw new EvaluationFailure('assertion', 'two');
        yield [0, [(a as number) + 1, b as number]];
        if ((b as number) < 3) yield [1, [a as number, (b as number) + 1]];
      },
    };
    const result = explore(reduced(failing, [0, 1]));
    expect(result).toMatchObject({ outcome: 'assertion', distinct: 3, reducedCount: 2 });
  });

  it('is the same whether successors are gathered or taken one by one', () => {
    for (const ample of [[], [0], [1], [0, 1]]) {
      for (const toy of [countersToy(5), clockAndCounter]) {
        const results = [false, true].map((hasEffects) => {
          const options = { everyProperty: true };
          const { distinct, generated, depth, reducedCount, violations } = explore(
            reduced(toy, ample, { hasEffects }),
            options,
          );
          return { distinct, generated, depth, reducedCount, violations };
        });
        expect(results[1]).toEqual(results[0]);
      }
    }
  });
});

describe('a reduced search that is cut short', () => {
  const make = () => reduced(clockAndCounter, [0]);
  const wide = () => reduced(countersToy(6), [1]);

  it.each([
    ['clock', make],
    ['counters', wide],
  ] as const)('goes on to the same numbers: %s', (_, model) => {
    const options: SearchOptions = { everyProperty: true };
    const whole = explore(model(), options);
    for (let maxStates = 1; maxStates < whole.states.size; maxStates++) {
      const first = new Search(model(), { ...options, maxStates });
      while (first.advance(2));
      expect(first.result().reducedCount).toBeLessThanOrEqual(first.result().expanded);
      const from = first.snapshot() as SearchSnapshot;
      if (from === null) continue;
      const again = new Search(model(), { ...options, from });
      while (again.advance(1));
      const { distinct, generated, depth, reducedCount } = again.result();
      expect({ distinct, generated, depth, reducedCount }, `cut at ${maxStates}`).toEqual({
        distinct: whole.distinct,
        generated: whole.generated,
        depth: whole.depth,
        reducedCount: whole.reducedCount,
      });
    }
  });
});
