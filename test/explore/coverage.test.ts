import { describe, expect, test } from 'vitest';
import {
  EvaluationFailure,
  explore,
  neverTrue,
  newStatesByAction,
  type StatePredicate,
  stepsOfActions,
} from '../../src/explore/index.js';
import { countersToy, drawnToy, type Toy, toyModel } from './toyModels.js';

const explored = (toy: Toy) => explore(toyModel(toy), { checkDeadlock: false });

describe('new states', () => {
  test('belong to the action that found them first; initial ones to none', () => {
    // 1 is found from 0 by action 4, 2 from 1 by action 5; the other ways there come later.
    const result = explored(drawnToy(['0 1:4 2:5', '0 1:6', '2 0:7']));
    const found = newStatesByAction(result, 8);
    expect([...found]).toEqual([0, 0, 0, 0, 1, 1, 0, 0]);
  });

  test('do not stand outside the constraint', () => {
    const toy = countersToy(3, {
      constraint: ([a]) => (a as number) < 2,
      invariants: { Below: ([a]) => (a as number) < 2 },
    });
    const result = explore(toyModel(toy), { checkDeadlock: false, everyProperty: true });
    expect(result.states.size).toBeGreaterThan(result.distinct);
    const found = newStatesByAction(result, 2);
    expect((found[0] as number) + (found[1] as number) + 1).toBe(result.distinct);
  });
});

describe('actions that found no new state', () => {
  const toy = drawnToy(['0 1:4 2:5', '0 1:6', '2 0:7']);
  const of = (mayStep: (action: number, state: number) => boolean, most = 100) => {
    const model = toyModel(toy);
    const test = (action: number, state: Int32Array) => mayStep(action, state[0] as number);
    const actions = [6, 7, 8, 9];
    return stepsOfActions(actions, { ...model, mayStep: test }, explored(toy), most);
  };

  test('had steps, or were blocked, or were never reached', () => {
    // 8 might be taken in state 1, and never is; 9 might be taken nowhere.
    const became = of((action, state) => action < 8 || (action === 8 && state === 1));
    expect([...became]).toEqual([
      [6, 'some'],
      [7, 'some'],
      [8, 'blocked'],
      [9, 'unreached'],
    ]);
  });

  test('of which too many states must be expanded are not known', () => {
    const became = of(() => true, 1);
    expect([...became]).toEqual([
      [6, 'some'],
      [7, 'unknown'],
      [8, 'unknown'],
      [9, 'unknown'],
    ]);
  });
});

describe('predicates that are never true', () => {
  const predicate = (holds: (n: number) => boolean): StatePredicate => ({
    name: 'P',
    holds: (state) => holds(state[0] as number),
  });

  test('are told by their numbers', () => {
    const result = explored(drawnToy(['0 1 2 3']));
    const all = [3, 4, 0, 5].map((wanted) => predicate((n) => n === wanted));
    expect(neverTrue(all, result)).toEqual([1, 3]);
  });

  test('are not those that have no value somewhere', () => {
    const result = explored(drawnToy(['0 1 2']));
    const failing = predicate((n) => {
      if (n === 2) throw new EvaluationFailure('evaluation-error', 'no value');
      return false;
    });
    expect(neverTrue([failing], result)).toEqual([]);
  });
});
