import { describe, expect, test } from 'vitest';
import {
  explore,
  LayoutChanged,
  type Model,
  recordOf,
  type SimulatedViolation,
  Simulation,
  type SimulationOptions,
  type SimulationResult,
} from '../../src/explore/index.js';
import { clockToy, countersToy, drawnToy, failingToy, type Toy, toyModel } from './toyModels.js';

const actions = Int32Array.from({ length: 100 }, (_, number) => number);
const steps = new Int32Array(100);

const options = (some: Partial<SimulationOptions> = {}): SimulationOptions => ({
  seed: 1,
  depth: 10,
  first: 1,
  last: 20,
  groups: actions,
  ...some,
});

function run(model: Model, some: Partial<SimulationOptions> = {}): SimulationResult {
  const simulation = new Simulation(model, options(some));
  while (simulation.advance(7));
  return simulation.result();
}

const simulate = (toy: Toy, some: Partial<SimulationOptions> = {}) => run(toyModel(toy), some);

/** The codes of a behavior's states, up to the state of this number. */
function codes(model: Model, behavior: number, state: number, some = {}): number[][] {
  const place = { behavior, state, successor: null };
  return recordOf(place, model, options(some)).map((step) => [...step.state]);
}

const hours = (mark: number) => ({ Below: ([hour]: readonly number[]) => (hour as number) < mark });

describe('random behaviors', () => {
  test('have as many states as the depth says', () => {
    const { behaviors, steps: taken, shortest, longest, ends } = simulate(clockToy(12));
    expect([behaviors, shortest, longest, taken]).toEqual([20, 10, 10, 180]);
    expect(ends.depth).toBe(20);
  });

  test('of depth 1 are initial states', () => {
    const result = simulate(clockToy(12), { depth: 1 });
    // The initial states are generated once for all behaviors.
    expect(result).toMatchObject({ behaviors: 20, steps: 0, generated: 1, longest: 1 });
  });

  test('count every successor as generated, chosen or not', () => {
    // Of the two counters both can go on until one has reached 3: a state has 2, 2, 2 successors,
    // then 2 or 1. With depth 4 the first three states are expanded.
    const result = simulate(countersToy(3), { depth: 4, last: 5 });
    expect(result).toMatchObject({ behaviors: 5, steps: 15, generated: 1 + 5 * 6 });
  });

  test('end where they can only stay', () => {
    const result = simulate(drawnToy(['1 2 3 3']), { last: 4 });
    expect(result).toMatchObject({ behaviors: 4, longest: 3, steps: 8, violations: [] });
    expect(result.ends.stuttering).toBe(4);
  });

  test('are the same for the same seed, and others for another', () => {
    const toy = countersToy(50);
    const path = (seed: number) => codes(toyModel(toy), 3, 9, { seed });
    expect(path(5)).toEqual(path(5));
    expect(path(5)).toHaveLength(10);
    expect(path(5)).not.toEqual(path(6));
  });

  test('are the same whatever came before them', () => {
    const used = toyModel(countersToy(50));
    run(used, { last: 200 });
    expect(codes(used, 17, 9)).toEqual(codes(toyModel(countersToy(50)), 17, 9));
  });

  test('are behaviors of the graph that the search finds', () => {
    const toy = drawnToy(['1 2 3 1', '1 4 5 2', '4 4 1', '6 3']);
    const model = toyModel(toy);
    const found = explore(model);
    const edges = new Set<string>();
    for (let state = 0; state < found.distinct; state++) {
      const from = found.stateAt(state);
      model.successors(from, (to) => edges.add(`${from} ${to}`) !== null);
    }
    expect(edges.size).toBe(9);
    const seen = new Set<string>();
    for (let behavior = 1; behavior <= 40; behavior++) {
      const path = codes(model, behavior, 9);
      expect([[1], [6]]).toContainEqual(path[0]);
      for (let i = 1; i < path.length; i++) seen.add(`${path[i - 1]} ${path[i]}`);
    }
    // Nothing but edges of the graph, and with 40 behaviors all of them.
    expect([...seen].sort()).toEqual([...edges].sort());
  });
});

describe('a step is chosen', () => {
  /** Action 0 has three steps, action 1 has one: to 1, 2, 3 and to 4. */
  const fork = drawnToy(['0 1:0', '0 2:0', '0 3:0', '0 4:1']);
  const share = (groups: Int32Array): number => {
    const all = 4000;
    const { taken } = simulate(fork, { groups, depth: 2, last: all, seed: 9 });
    expect((taken[0] ?? 0) + (taken[1] ?? 0)).toBe(all);
    return (taken[1] ?? 0) / all;
  };
  /** Five standard deviations of a share of 4000. */
  const bound = (p: number) => 5 * Math.sqrt((p * (1 - p)) / 4000);

  test('uniformly over actions', () => {
    expect(Math.abs(share(actions) - 1 / 2)).toBeLessThan(bound(1 / 2));
  });

  test('uniformly over steps', () => {
    expect(Math.abs(share(steps) - 1 / 4)).toBeLessThan(bound(1 / 4));
  });

  test('equally likely among those of its action', () => {
    const times = [0, 0, 0, 0, 0];
    for (let behavior = 1; behavior <= 4000; behavior++) {
      const last = codes(toyModel(fork), behavior, 1, { groups: actions })[1] as number[];
      times[last[0] as number] = (times[last[0] as number] as number) + 1;
    }
    for (const target of [1, 2, 3]) {
      expect(Math.abs((times[target] as number) / 4000 - 1 / 6)).toBeLessThan(bound(1 / 6));
    }
  });

  test('and an initial state is', () => {
    const toy: Toy = { initial: [[0], [1], [2]], next: () => [] };
    const times = [0, 0, 0];
    for (let i = 1; i <= 3000; i++) {
      const start = (codes(toyModel(toy), i, 0)[0] as number[])[0] as number;
      times[start] = (times[start] as number) + 1;
    }
    for (const n of times) expect(Math.abs(n / 3000 - 1 / 3)).toBeLessThan(bound(1 / 3) * 1.2);
  });
});

describe('what is violated is found', () => {
  const place = ({ violations: [first] }: SimulationResult) => [
    first?.violation.kind,
    first?.violation.property,
    first?.behavior,
    first?.violation.state,
    first?.successor,
  ];

  test('an invariant, in the successor that is generated', () => {
    const toy = { ...clockToy(12), invariants: hours(4) };
    const result = simulate(toy);
    expect(place(result)).toEqual(['invariant', 'Below', 1, 3, 0]);
    const [found] = result.violations;
    const trace = recordOf(
      { ...(found as SimulatedViolation), state: 3 },
      toyModel(toy),
      options(),
    );
    expect(trace.map(({ state }) => [...state])).toEqual([[0], [1], [2], [3], [4]]);
    expect(trace.map(({ action }) => action)).toEqual([-1, 0, 0, 0, 0]);
  });

  test('also in a successor that is not chosen', () => {
    const toy = drawnToy(['0 1 1', '0 9'], { invariants: hours(9) });
    for (let seed = 0; seed < 5; seed++) {
      expect(place(simulate(toy, { seed }))).toEqual(['invariant', 'Below', 1, 0, 1]);
    }
  });

  test('in an initial state, before any behavior', () => {
    const toy: Toy = { initial: [[1], [7]], next: () => [], invariants: hours(5) };
    const result = simulate(toy);
    expect(place(result)).toEqual(['invariant', 'Below', null, null, 1]);
    expect(result.behaviors).toBe(0);
    const trace = recordOf({ behavior: null, state: null, successor: 1 }, toyModel(toy), options());
    expect(trace.map(({ state }) => [...state])).toEqual([[7]]);
  });

  test('an action property', () => {
    const back = ([from = 0]: readonly number[], [to = 0]: readonly number[]) => from < to;
    const result = simulate({ ...clockToy(3), steps: { Forward: back } });
    expect(place(result)).toEqual(['action-property', 'Forward', 1, 2, 0]);
  });

  test('a deadlock, unless it is no error', () => {
    const toy = drawnToy(['1 2 3']);
    expect(place(simulate(toy))).toEqual(['deadlock', null, 1, 2, null]);
    const result = simulate(toy, { checkDeadlock: false });
    expect(result.violations).toEqual([]);
    expect(result.ends.deadlock).toBe(20);
  });

  test.each(['assertion', 'evaluation-error'] as const)('a step that fails: %s', (kind) => {
    expect(place(simulate(failingToy(4, kind)))).toEqual([kind, null, 1, 4, null]);
  });

  test('and the first of each kind where all are asked for', () => {
    const toy = drawnToy(['0 1 2 0', '2 9'], {
      invariants: { ...hours(9), NotOne: ([n]) => n !== 1 },
    });
    const { violations, behaviors } = simulate(toy, { everyProperty: true });
    expect(behaviors).toBe(20);
    expect(violations.map(({ violation }) => violation.property ?? 'stuck').sort()).toEqual([
      'Below',
      'NotOne',
      'stuck',
    ]);
  });

  test('in the behavior that is asked for alone', () => {
    const toy = countersToy(20, { invariants: { Apart: ([a = 0, b = 0]) => Math.abs(a - b) < 8 } });
    const some = { depth: 30, last: 1000 };
    const whole = simulate(toy, some);
    const number = whole.violations[0]?.behavior as number;
    expect(number).toBeGreaterThan(1);
    const alone = simulate(toy, { ...some, first: number, last: number });
    expect(place(alone)).toEqual(place(whole));
    expect(alone.behaviors).toBe(1);
    const before = simulate(toy, { ...some, last: number - 1 });
    expect(before.violations).toEqual([]);
  });
});

describe('constraints', () => {
  const below =
    (n: number) =>
    ([hour]: readonly number[]) =>
      (hour as number) < n;

  test('end a behavior in the state that leaves them, as in TLC', () => {
    const result = simulate({ ...clockToy(12), constraint: below(4) }, { last: 3 });
    expect(result).toMatchObject({ behaviors: 3, longest: 5, violations: [] });
    expect(result.ends.constraint).toBe(3);
  });

  test('do not keep states outside from being checked', () => {
    const result = simulate({ ...clockToy(12), constraint: below(4), invariants: hours(4) });
    expect(result.violations).toHaveLength(1);
  });

  test('drop initial states; without any there is no behavior', () => {
    const toy: Toy = { initial: [[3], [8]], next: () => [], constraint: below(5) };
    for (let i = 1; i < 9; i++) expect(codes(toyModel(toy), i, 0)).toEqual([[3]]);
    expect(simulate({ ...toy, constraint: below(2) })).toMatchObject({
      behaviors: 0,
      generated: 2,
    });
  });

  test('on steps end behaviors, too', () => {
    const notToThree = (_: readonly number[], to: readonly number[]) => to[0] !== 3;
    const result = simulate({ ...clockToy(12), stepConstraint: notToThree }, { last: 2 });
    expect(result.ends.constraint).toBe(2);
    expect(result.longest).toBe(4);
  });
});

describe('a layout that changes on the way', () => {
  /** The counters; the model asks for a new beginning now and then, as a compiled spec may. */
  function changing(every: number): Model {
    const model = toyModel(
      countersToy(20, { invariants: { Apart: ([a = 0, b = 0]) => a - b < 7 } }),
    );
    let calls = 0;
    return {
      ...model,
      successors(state, sink) {
        if (++calls % every === 0 && calls < 1000) throw new LayoutChanged('again');
        model.successors(state, sink);
      },
    };
  }

  test('changes neither behaviors nor numbers', () => {
    const some = { depth: 20, last: 300 };
    const plain = simulate(
      countersToy(20, { invariants: { Apart: ([a = 0, b = 0]) => a - b < 7 } }),
      some,
    );
    expect(plain.violations).toHaveLength(1);
    for (const every of [1, 5, 23, 333]) expect(run(changing(every), some)).toEqual(plain);
  });
});

test('an interrupt ends it, with the behaviors that are complete', () => {
  const simulation = new Simulation(toyModel(clockToy(5)), options({ last: 1e9 }));
  simulation.advance(25);
  simulation.interrupt();
  expect(simulation.advance(100)).toBe(false);
  expect(simulation.result()).toMatchObject({ behaviors: 2, steps: 18, isInterrupted: true });
});
