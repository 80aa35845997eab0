import { describe, expect, it } from 'vitest';
import { EvaluationFailure, explore, LayoutChanged, Search } from '../../src/explore/index.js';
import { clockToy, countersToy, drawnToy, failingToy, toyModel } from './toyModels.js';

const values = (result: ReturnType<typeof explore>, states: readonly number[]): number[][] =>
  states.map((state) => [...result.stateAt(state)]);

describe('counting', () => {
  it('goes round a clock once', () => {
    // 1 initial state, then 12 steps, of which the last one comes back to 0.
    const result = explore(toyModel(clockToy(12)));
    expect(result).toMatchObject({ outcome: 'ok', complete: true });
    expect(result).toMatchObject({ generated: 13, distinct: 12, depth: 12 });
  });

  it('counts two counters: a square of states, an edge for each step', () => {
    // 4 × 4 states; 2 × 3 × 4 steps and 1 initial state; 6 steps to the far corner.
    const result = explore(toyModel(countersToy(3)), { checkDeadlock: false });
    expect(result).toMatchObject({ outcome: 'ok', generated: 25, distinct: 16, depth: 7 });
  });

  it('counts duplicate initial states and duplicate successors as generated', () => {
    const result = explore(
      toyModel({
        initial: [[0], [1], [0]],
        next: () => [
          [0, [1]],
          [1, [1]],
          [2, [2]],
        ],
      }),
    );
    // 3 initial states, and 3 successors of each of the states 0, 1 and 2.
    expect(result).toMatchObject({ generated: 12, distinct: 3, depth: 2 });
  });

  it('has depth 1 if nothing but initial states is reached', () => {
    const result = explore(toyModel({ initial: [[0], [1]], next: ([n]) => [[0, [n as number]]] }));
    expect(result).toMatchObject({ outcome: 'ok', generated: 4, distinct: 2, depth: 1 });
  });

  it('finds nothing where there is no initial state', () => {
    const result = explore(toyModel({ initial: [], next: () => [] }));
    expect(result).toMatchObject({ outcome: 'ok', generated: 0, distinct: 0, depth: 0 });
    expect(result.complete).toBe(true);
  });

  it('numbers states by depth', () => {
    const result = explore(toyModel(countersToy(2)), { checkDeadlock: false });
    const depths = Array.from({ length: result.distinct }, (_, index) => result.depthOf(index));
    expect(depths).toEqual([1, 2, 2, 3, 3, 3, 4, 4, 5]);
    expect(result.level(3)).toEqual({ start: 3, end: 6 });
    expect(result.level(9)).toEqual({ start: 9, end: 9 });
  });
});

describe('counterexamples', () => {
  it('are shortest', () => {
    const toy = drawnToy(['1 2 3 4 9', '1 5 9', '1 6 7 9'], {
      invariants: { NotNine: ([n]) => n !== 9 },
    });
    const result = explore(toyModel(toy));
    expect(result).toMatchObject({ outcome: 'invariant', complete: false });
    const [violation] = result.violations;
    expect(violation).toMatchObject({ kind: 'invariant', property: 'NotNine', failure: null });
    const path = result.pathTo(violation?.state as number);
    expect(values(result, path.states)).toEqual([[1], [5], [9]]);
    expect(path.actions).toEqual([0, 0]);
  });

  it('may be an initial state', () => {
    const toy = drawnToy(['1 2', '3 4'], { invariants: { NotThree: ([n]) => n !== 3 } });
    const result = explore(toyModel(toy));
    expect(result.violations).toHaveLength(1);
    expect(result.pathTo(result.violations[0]?.state as number)).toEqual({
      states: [1],
      actions: [],
    });
    expect(result.predecessor(1)).toBe(-1);
  });

  it('name the actions that lead there', () => {
    const toy = countersToy(5, { invariants: { Inv: ([a, b]) => a !== 2 || b !== 1 } });
    const result = explore(toyModel(toy));
    const path = result.pathTo(result.violations[0]?.state as number);
    expect([...path.actions].sort()).toEqual([0, 0, 1]);
  });

  it('are reported for the first invariant that is violated, in the order given', () => {
    const invariants = { Holds: () => true, A: () => false, B: () => false };
    const result = explore(toyModel({ ...clockToy(3), invariants }));
    expect(result.violations.map((one) => one.property)).toEqual(['A']);
  });

  it('are found for every property, each at its own shortest depth, and the rest is explored', () => {
    const toy = countersToy(3, {
      invariants: {
        Late: ([a, b]) => a !== 3 || b !== 3,
        Fine: () => true,
        Early: ([a]) => a !== 1,
      },
    });
    const result = explore(toyModel(toy), { everyProperty: true });
    expect(result).toMatchObject({ outcome: 'invariant', complete: true, distinct: 16, depth: 7 });
    expect(
      result.violations.map((one) => [one.kind, one.property, result.depthOf(one.state as number)]),
    ).toEqual([
      ['invariant', 'Early', 2],
      ['invariant', 'Late', 7],
      ['deadlock', null, 7],
    ]);
  });
});

describe('deadlock', () => {
  it('is a state that nothing follows', () => {
    const result = explore(toyModel(drawnToy(['1 2 1', '1 3 4'])));
    expect(result.outcome).toBe('deadlock');
    expect(values(result, result.pathTo(result.violations[0]?.state as number).states)).toEqual([
      [1],
      [3],
      [4],
    ]);
  });

  it('is not looked for when it is not wanted', () => {
    const result = explore(toyModel(drawnToy(['1 2 1', '1 3 4'])), { checkDeadlock: false });
    expect(result).toMatchObject({ outcome: 'ok', complete: true, distinct: 4 });
  });

  it('at a smaller depth is found before a violated invariant at a greater one', () => {
    // As TLC does on test/oracle/specs/verdicts/DoubleCheck: deadlock at depth 3, x = 4 at 5.
    const toy = {
      initial: [[0, 0]],
      *next([x, y]: readonly number[]) {
        if ((x as number) < 5 && y === 0) yield [0, [(x as number) + 1, 0]] as const;
        if (x === 1 && y === 0) yield [1, [1, 1]] as const;
      },
      invariants: { Inv: ([x]: readonly number[]) => x !== 4 },
    };
    const found = explore(toyModel(toy));
    expect(found.outcome).toBe('deadlock');
    expect(found.pathTo(found.violations[0]?.state as number).states).toHaveLength(3);
    const without = explore(toyModel(toy), { checkDeadlock: false });
    expect(without.pathTo(without.violations[0]?.state as number).states).toHaveLength(5);
    const { invariants: _, ...free } = toy;
    expect(explore(toyModel(free), { checkDeadlock: false })).toMatchObject({
      distinct: 7,
      generated: 7,
      depth: 6,
    });
  });
});

describe('a state constraint', () => {
  /** The plane of test/oracle/specs/config/Constrained, moved so that codes are not negative. */
  const plane = (tall: boolean) => ({
    initial: [[10, 0]],
    *next([x, y]: readonly number[]) {
      yield [0, [(x as number) - 1, y as number]] as const;
      yield [1, [(x as number) + 1, y as number]] as const;
      yield [2, [x as number, (y as number) + 1]] as const;
    },
    constraint: ([x, y]: readonly number[]) =>
      (x as number) >= 5 && (x as number) <= 15 && (y as number) <= 4,
    ...(tall ? { invariants: { Tall: ([, y]: readonly number[]) => (y as number) <= 4 } } : {}),
  });

  it('leaves states outside generated, but neither distinct nor explored, as TLC counts', () => {
    const result = explore(toyModel(plane(false)));
    expect(result).toMatchObject({ outcome: 'ok', complete: true });
    expect(result).toMatchObject({ distinct: 55, generated: 166, depth: 10 });
  });

  it('does not keep states outside from being checked, and their trace ends in them', () => {
    const result = explore(toyModel(plane(true)));
    expect(result.violations[0]).toMatchObject({ kind: 'invariant', property: 'Tall' });
    const state = result.violations[0]?.state as number;
    expect(result.isOutsideConstraint(state)).toBe(true);
    expect(result.pathTo(state).states).toHaveLength(6);
    expect([...result.stateAt(state)]).toEqual([10, 5]);
  });

  it('keeps the same counts when violating states outside are kept', () => {
    const result = explore(toyModel(plane(true)), { everyProperty: true });
    expect(result).toMatchObject({ outcome: 'invariant', complete: true });
    expect(result).toMatchObject({ distinct: 55, generated: 166, depth: 10 });
    // One state above each of the eleven columns.
    expect(result.states.size).toBe(66);
  });

  it('drops initial states outside, and checks them all the same', () => {
    const toy = {
      ...clockToy(4),
      initial: [[0], [3]],
      constraint: ([n]: readonly number[]) => n !== 3,
    };
    // Initial states 0 and 3 generated; 0, 1 and 2 expanded, and 3 generated again.
    expect(explore(toyModel(toy))).toMatchObject({ generated: 5, distinct: 3, depth: 3 });
    const checked = explore(toyModel({ ...toy, invariants: { Inv: ([n]) => n !== 3 } }));
    expect(checked.pathTo(checked.violations[0]?.state as number).states).toHaveLength(1);
  });

  it('that removes all successors makes no deadlock', () => {
    const toy = drawnToy(['1 2 3'], { constraint: ([n]) => (n as number) < 2 });
    expect(explore(toyModel(toy))).toMatchObject({ outcome: 'ok', distinct: 1, generated: 2 });
  });

  it('that has no value is an evaluation error in that state', () => {
    const toy = drawnToy(['1 2 3'], {
      constraint: ([n]) => {
        if (n === 2) throw new EvaluationFailure('evaluation-error', 'no value');
        return true;
      },
    });
    const result = explore(toyModel(toy));
    expect(result.violations[0]).toMatchObject({ kind: 'evaluation-error', phase: 'constraint' });
    expect([...result.stateAt(result.violations[0]?.state as number)]).toEqual([2]);
  });
});

describe('what has no value', () => {
  it('ends the trace in the state before the step that fails', () => {
    const result = explore(toyModel(failingToy(2, 'assertion')));
    expect(result).toMatchObject({ outcome: 'assertion', complete: false });
    expect(result.violations[0]).toMatchObject({ property: null, phase: 'step' });
    expect(result.violations[0]?.failure?.message).toBe('nothing follows 2');
    expect(values(result, result.pathTo(result.violations[0]?.state as number).states)).toEqual([
      [0],
      [1],
      [2],
    ]);
  });

  it('is no deadlock, and never complete, even if everything else is explored', () => {
    const result = explore(toyModel(failingToy(2, 'evaluation-error')), { everyProperty: true });
    expect(result).toMatchObject({ outcome: 'evaluation-error', complete: false, distinct: 3 });
    expect(result.violations).toHaveLength(1);
  });

  it('has no state when it is an initial one that cannot be computed', () => {
    const model = toyModel(clockToy(3));
    const result = explore({
      ...model,
      initialStates() {
        throw new EvaluationFailure('evaluation-error', 'Init has no value');
      },
    });
    expect(result.violations[0]).toMatchObject({ phase: 'initial-states', state: null });
    expect(result).toMatchObject({ complete: false, distinct: 0 });
  });

  it('may be an invariant: the trace ends in its state, and its name is told', () => {
    const toy = {
      ...clockToy(5),
      invariants: {
        Odd: ([n]: readonly number[]) => {
          if (n === 3) throw new EvaluationFailure('evaluation-error', 'three');
          return true;
        },
      },
    };
    const result = explore(toyModel(toy));
    expect(result.violations[0]).toMatchObject({ property: 'Odd', phase: 'invariant' });
    expect(result.pathTo(result.violations[0]?.state as number).states).toHaveLength(4);
  });

  it('does not hide an error of the program itself', () => {
    const model = toyModel(clockToy(3));
    const broken = {
      ...model,
      successors: () => {
        throw new TypeError('broken');
      },
    };
    expect(() => explore(broken)).toThrow(TypeError);
  });
});

describe('limits and interruption', () => {
  it('a limit stops the search when one more state is found', () => {
    const result = explore(toyModel(clockToy(100)), { maxStates: 10 });
    expect(result).toMatchObject({
      outcome: 'limit',
      stopped: 'limit',
      complete: false,
      distinct: 10,
    });
  });

  it('a limit that is just enough is none', () => {
    const result = explore(toyModel(clockToy(100)), { maxStates: 100 });
    expect(result).toMatchObject({ outcome: 'ok', stopped: null, complete: true, distinct: 100 });
  });

  it('a violation that was found before the limit remains the outcome', () => {
    const toy = { ...clockToy(100), invariants: { Low: ([n]: readonly number[]) => n !== 3 } };
    const result = explore(toyModel(toy), { maxStates: 10, everyProperty: true });
    expect(result).toMatchObject({ outcome: 'invariant', stopped: 'limit', complete: false });
  });

  it('can be interrupted, and tells how far it came', () => {
    let asked = 0;
    const result = explore(toyModel(clockToy(100)), {
      progressEvery: 10,
      shouldStop: () => ++asked === 3,
    });
    expect(result).toMatchObject({ outcome: 'interrupted', complete: false, expanded: 30 });
  });

  it('reports progress every so many states', () => {
    const seen: number[] = [];
    explore(toyModel(clockToy(25)), {
      progressEvery: 10,
      onProgress: ({ distinct, frontier }) => seen.push(distinct, frontier),
    });
    expect(seen).toEqual([11, 1, 21, 1]);
  });

  it('can be advanced piece by piece, to the same end', () => {
    const search = new Search(toyModel(countersToy(9)), { checkDeadlock: false });
    let pieces = 1;
    while (search.advance(7)) pieces++;
    expect(pieces).toBe(Math.ceil(100 / 7));
    const atOnce = explore(toyModel(countersToy(9)), { checkDeadlock: false });
    expect(search.result()).toMatchObject({
      generated: atOnce.generated,
      distinct: atOnce.distinct,
      depth: atOnce.depth,
    });
  });
});

it('begins again, unseen, when the model changes its slots', () => {
  // A clock that holds its hour in one slot until it is to show 5, and then in two.
  let slots = 1;
  const write = (hour: number): Int32Array => {
    if (slots === 1 && hour === 5) {
      slots = 2;
      throw new LayoutChanged('hour needs two slots');
    }
    return slots === 1 ? Int32Array.of(hour) : Int32Array.of(hour >> 2, hour & 3);
  };
  const readHour = (state: Int32Array): number =>
    slots === 1 ? (state[0] as number) : (state[0] as number) * 4 + (state[1] as number);
  const result = explore({
    get slotCount() {
      return slots;
    },
    slotSize: () => 8,
    actionCount: 1,
    initialStates: (sink) => void sink(write(0)),
    successors: (state, sink) => void sink(write((readHour(state) + 1) % 12), 0, () => []),
    invariants: [],
    constraint: null,
  });
  expect(result).toMatchObject({ outcome: 'ok', generated: 13, distinct: 12, depth: 12 });
  expect(result.slotCount).toBe(2);
});

it('gives the same result every time', () => {
  const run = () => {
    const result = explore(toyModel(countersToy(6)), { everyProperty: true });
    return Array.from({ length: result.states.size }, (_, index) => [
      ...result.stateAt(index),
      result.predecessor(index),
      result.action(index),
    ]);
  };
  expect(run()).toEqual(run());
});
