/** Properties of initial states and of steps, on toys whose steps can be counted by hand. */
import { describe, expect, it } from 'vitest';
import { EvaluationFailure, explore } from '../../src/explore/index.js';
import { clockToy, countersToy, drawnToy, toyModel } from './toyModels.js';

describe('an action property', () => {
  it('that every step satisfies costs nothing and changes nothing', () => {
    const steps = {
      Grows: ([a = 0, b = 0]: readonly number[], [c = 0, d = 0]: readonly number[]) =>
        c >= a && d >= b,
    };
    const result = explore(toyModel(countersToy(3, { steps })), { checkDeadlock: false });
    expect(result).toMatchObject({ outcome: 'ok', complete: true, generated: 25, distinct: 16 });
  });

  it('is violated by a step to a state that was found long before', () => {
    // The clock goes back from 4 to 0, which is the initial state.
    const steps = { Grows: ([a = 0]: readonly number[], [b = 0]: readonly number[]) => b > a };
    const result = explore(toyModel({ ...clockToy(5), steps }));
    expect(result).toMatchObject({ outcome: 'action-property', distinct: 5, complete: false });
    const [violation] = result.violations;
    expect(violation).toMatchObject({ kind: 'action-property', property: 'Grows', predicate: 0 });
    expect(result.depthOf(violation?.state as number)).toBe(5);
    expect([...(violation?.next?.state ?? [])]).toEqual([0]);
  });

  it('is checked for each of several steps between the same two states', () => {
    let asked = 0;
    const steps = { Counted: () => ++asked > 0 };
    const model = toyModel(drawnToy(['1 2:3', '1 2:4 1'], { steps }));
    expect(explore(model).outcome).toBe('ok');
    expect(asked).toBe(3);
  });

  it('is violated at most once, and the others go on, where every property is asked for', () => {
    const steps = {
      NoTwo: (_: readonly number[], [b]: readonly number[]) => b !== 2,
      NoBack: ([a = 0]: readonly number[], [b = 0]: readonly number[]) => b > a,
      True: () => true,
    };
    const result = explore(toyModel({ ...clockToy(4), steps }), { everyProperty: true });
    expect(result).toMatchObject({ complete: true, generated: 5 });
    expect(result.violations.map((one) => [one.property, one.state, one.next?.state[0]])).toEqual([
      ['NoTwo', 1, 2],
      ['NoBack', 3, 0],
    ]);
  });

  it('is checked of a step out of the constraint, too', () => {
    const toy = drawnToy(['1 2 3'], {
      constraint: ([n]) => n !== 3,
      steps: { NoThree: (_, [b]) => b !== 3 },
    });
    const result = explore(toyModel(toy), { checkDeadlock: false });
    expect(result).toMatchObject({ outcome: 'action-property', distinct: 2 });
    expect(result.violations[0]?.next?.state[0]).toBe(3);
  });

  it('comes after the invariants of the state that the step leads to', () => {
    const toy = drawnToy(['1 2'], {
      invariants: { One: ([n]) => n === 1 },
      steps: { No: () => false },
    });
    const all = explore(toyModel(toy), { everyProperty: true, checkDeadlock: false });
    expect(all.violations.map(({ kind }) => kind)).toEqual(['invariant', 'action-property']);
  });

  it('without a value is an evaluation error after the step', () => {
    const steps = {
      Odd: ([a]: readonly number[]): boolean => {
        if (a === 2) throw new EvaluationFailure('evaluation-error', 'no value');
        return true;
      },
    };
    const result = explore(toyModel({ ...clockToy(4), steps }));
    expect(result.outcome).toBe('evaluation-error');
    expect(result.violations[0]).toMatchObject({ phase: 'property', property: 'Odd', state: 2 });
    expect(result.violations[0]?.next?.state[0]).toBe(3);
  });
});

describe('a property of initial states', () => {
  it('is violated by the first that is none', () => {
    const toy = {
      ...drawnToy(['1 2', '3 2']),
      initially: { One: ([n]: readonly number[]) => n === 1 },
    };
    const result = explore(toyModel(toy));
    expect(result).toMatchObject({ outcome: 'initial-property' });
    expect(result.violations).toMatchObject([{ property: 'One', state: 1 }]);
    expect(result.stateAt(1)[0]).toBe(3);
  });

  it('says nothing of other states', () => {
    const toy = { ...clockToy(4), initially: { Zero: ([n]: readonly number[]) => n === 0 } };
    expect(explore(toyModel(toy)).outcome).toBe('ok');
  });
});

describe('an action constraint', () => {
  const upOnly = ([a = 0]: readonly number[], [b = 0]: readonly number[]) => b > a;

  it('takes steps away; what they lead to is generated and not distinct', () => {
    // 0, 3 and 9 are initial; the steps from 3 to 0 and 1, and from 9 to 8, go down.
    const toy = drawnToy(['0 1 2', '3 0', '3 1', '3 7', '9 8'], { stepConstraint: upOnly });
    const result = explore(toyModel(toy), { checkDeadlock: false });
    // Six steps and three initial states; 8 is reached by a step down only.
    expect(result).toMatchObject({ outcome: 'ok', generated: 9, distinct: 6, depth: 3 });
  });

  it('makes no deadlock: a step is possible, though it is not taken', () => {
    const toy = drawnToy(['2 1'], { stepConstraint: upOnly });
    expect(explore(toyModel(toy))).toMatchObject({ outcome: 'ok', distinct: 1, generated: 2 });
  });

  it('leaves a state to be explored that another step reaches', () => {
    // 5 is violating; found first by the step down from 9, which is not taken, then from 4.
    const toy = drawnToy(['9 5', '4 5 6'], {
      stepConstraint: upOnly,
      invariants: { NoFive: ([n]) => n !== 5, NoSix: ([n]) => n !== 6 },
    });
    const result = explore(toyModel(toy), { everyProperty: true, checkDeadlock: false });
    expect(result).toMatchObject({ distinct: 4, depth: 3 });
    expect(result.violations.map(({ property, next }) => [property, next?.state[0]])).toEqual([
      ['NoFive', 5],
      ['NoSix', undefined],
    ]);
    expect(result.violations[0]?.state).toBe(0);
  });
});

describe('keys', () => {
  /** Two counters whose order does not matter: pairs with a ≤ b stand for all. */
  const unordered = countersToy(3, { key: (pair) => [...pair].sort((x, y) => x - y) });

  it('make one of the states that share one', () => {
    const result = explore(toyModel(unordered), { checkDeadlock: false });
    // Unordered pairs of 0..3 are 10 of 16; each has as many steps as the state that stands for it:
    // 2 from each of the 6 below 3, 1 from each of the 3 with one 3, none from (3, 3); 1 initial.
    expect(result).toMatchObject({ outcome: 'ok', distinct: 10, generated: 16, depth: 7 });
    expect(result.isReduced).toBe(true);
  });

  it('keep the state that was found first, so that a trace is one of real steps', () => {
    const far = { Far: ([a = 0, b = 0]: readonly number[]) => a + b < 5 };
    const model = toyModel({ ...unordered, invariants: far });
    const result = explore(model);
    const { states, actions } = result.pathTo(result.violations[0]?.state as number);
    const path = states.map((state) => [...result.stateAt(state)]);
    actions.forEach((action, i) => {
      const counted = [...(path[i] as number[])];
      counted[action] = (counted[action] as number) + 1;
      expect(path[i + 1]).toEqual(counted);
    });
    expect(path).toHaveLength(6);
  });

  it('find the state that stands for another', () => {
    const { states } = explore(toyModel(unordered), { checkDeadlock: false });
    expect(states.find(Int32Array.of(3, 1))).toBe(states.find(Int32Array.of(1, 3)));
    expect(states.find(Int32Array.of(4, 1))).toBe(-1);
  });

  it('do not hide a state inside the constraint behind one outside', () => {
    // Both 11 and 21 have the key 1; 21 is outside and found first, and violates the invariant.
    const toy = drawnToy(['0 21', '0 11 12'], {
      key: ([n = 0]) => [n % 10],
      constraint: ([n = 0]) => n < 20,
      invariants: { Small: ([n = 0]) => n < 20 },
    });
    const result = explore(toyModel(toy), { everyProperty: true, checkDeadlock: false });
    expect(result).toMatchObject({ distinct: 3, depth: 3 });
    expect(result.violations.map(({ next }) => next?.state[0])).toEqual([21]);
  });

  it('count towards the limit of states as one', () => {
    const result = explore(toyModel(unordered), { checkDeadlock: false, maxStates: 10 });
    expect(result).toMatchObject({ outcome: 'ok', complete: true });
    expect(explore(toyModel(unordered), { maxStates: 9 })).toMatchObject({ outcome: 'limit' });
  });
});
