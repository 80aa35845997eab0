import { describe, expect, test } from 'vitest';
import { explore, modelOfWitnesses, type StatePredicate } from '../../src/explore/index.js';
import { clockToy, countersToy, drawnToy, type Toy, toyModel } from './toyModels.js';

const wanted = (test: (state: readonly number[]) => boolean): StatePredicate => ({
  name: 'wanted',
  holds: (state) => test([...state]),
});

const search = (toy: Toy, ...witnesses: StatePredicate[]) =>
  explore(modelOfWitnesses(toyModel(toy), witnesses), {
    everyProperty: true,
    checkDeadlock: false,
  });

describe('the search for witnesses', () => {
  test('finds a nearest state', () => {
    const result = search(
      drawnToy(['1 2 3 4 9', '1 5 9']),
      wanted(([n]) => n === 9),
    );
    const [found] = result.violations;
    expect(found).toMatchObject({ kind: 'invariant', property: '0', predicate: 0 });
    const { states } = result.pathTo(found?.state as number);
    expect(states.map((state) => result.stateAt(state)[0])).toEqual([1, 5, 9]);
  });

  test('tells of several, each by its number', () => {
    const result = search(
      countersToy(3),
      wanted(([a, b]) => a === 3 && b === 3),
      wanted(([a]) => a === 4),
      wanted(([, b]) => b === 1),
    );
    expect(result.violations.map(({ property }) => property)).toEqual(['2', '0']);
    expect(result).toMatchObject({ complete: true, distinct: 16 });
  });

  test('is stopped by nothing that a check would report', () => {
    const toy = drawnToy(['1 2 3'], {
      invariants: { Never: () => false },
      steps: { None: () => false },
      initially: { Zero: ([n]) => n === 0 },
    });
    const result = search(
      toy,
      wanted(([n]) => n === 3),
    );
    expect(result.violations.map(({ property }) => property)).toEqual(['0']);
    expect(result.complete).toBe(true);
  });

  test('stays inside the constraint, and asks of the states just outside', () => {
    const toy: Toy = { ...clockToy(12), constraint: ([n]) => (n as number) < 4 };
    const result = search(
      toy,
      wanted(([n]) => n === 4),
      wanted(([n]) => n === 5),
    );
    expect(result.violations.map(({ property }) => property)).toEqual(['0']);
  });
});
