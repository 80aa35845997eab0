import { describe, expect, test } from 'vitest';
import { explore } from '../../src/explore/index.js';
import { compileText } from './fromText.js';

const covered = (body: string, config?: string) => {
  const compiled = compileText(body, config, () => {}, { coverage: true });
  const result = explore(compiled, { checkDeadlock: false });
  const coverage = compiled.coverage();
  if (coverage === null) throw new Error('nothing was counted');
  const textOf = ({ source, start, end }: (typeof coverage.tests)[0]['span']) =>
    source.text.slice(start, end);
  return {
    compiled,
    result,
    initial: coverage.initial,
    steps: compiled.actions.map(({ name }, i) => [name, coverage.steps[i]]),
    tests: coverage.tests.map(({ span, isTrue, isFalse }) => [textOf(span), isTrue, isFalse]),
    branches: coverage.branches.map(({ branch, steps }) => [branch, steps]),
  };
};

const counter = `
VARIABLE n
Init == n \\in 0..1
Up == n < 3 /\\ n' = n + 1
Down == n > 5 /\\ n' = n - 1
Next == Up \\/ Down`;

describe('counters', () => {
  test('count initial states, steps and tests', () => {
    const { initial, steps, tests, result } = covered(counter);
    expect([result.generated, result.distinct, initial]).toEqual([5, 4, 2]);
    // 0, 1 and 2 go up; each of the four states is asked both.
    expect(steps).toEqual([
      ['Up', 3],
      ['Down', 0],
    ]);
    expect(tests).toEqual([
      ['n < 3', 3, 1],
      ['n > 5', 0, 4],
    ]);
  });

  test('are not there unless they are asked for', () => {
    const plain = compileText(counter);
    expect(plain.coverage()).toBeNull();
    expect(plain.text).not.toContain('counts');
    expect(covered(counter).compiled.text).toContain('counts');
  });

  test('begin anew with the search', () => {
    const { compiled, steps } = covered(counter);
    explore(compiled, { checkDeadlock: false });
    expect(compiled.coverage()?.steps).toEqual(steps.map(([, times]) => times));
  });

  test('change neither states nor steps', () => {
    const body = `
VARIABLES a, b
Init == a = 0 /\\ b = {}
Next == /\\ a < 3 \\/ b = {1}
        /\\ IF a = 2 THEN a' = 0 ELSE a' \\in {a + 1, a + 2}
        /\\ \\E i \\in 1..2 : i \\notin b /\\ b' = b \\cup {i}`;
    const numbers = (options: { readonly coverage: boolean }) => {
      const compiled = compileText(body, undefined, () => {}, options);
      const { generated, distinct, depth } = explore(compiled, { checkDeadlock: false });
      return [generated, distinct, depth];
    };
    expect(numbers({ coverage: true })).toEqual(numbers({ coverage: false }));
  });

  test('are one for each place, however often it is compiled', () => {
    const { tests } = covered(`
VARIABLE x
Init == x = [i \\in 1..2 |-> 0]
Step(i) == x[i] < 1 /\\ x' = [x EXCEPT ![i] = 1]
Next == \\E i \\in 1..2 : Step(i)`);
    // Four states; each process has not stepped yet in two of them.
    expect(tests).toEqual([['x[i] < 1', 4, 4]]);
  });

  test('count conditions, and conditions that constants decide', () => {
    const { tests } = covered(`
VARIABLE n
Init == n = 0
Next == /\\ 1 < 2
        /\\ IF n = 0 THEN n' = 1 ELSE n' = 0`);
    expect(tests).toEqual([
      ['1 < 2', 2, 0],
      ['n = 0', 1, 1],
    ]);
  });

  test('leave out what nobody wrote', () => {
    const { tests, steps, branches } = covered(
      `---- MODULE Root ----
EXTENDS Integers, TLC
(* --algorithm Root {
  variables n = 0;
  {
    A: while (n < 2) {
         either { n := n + 1; } or { n := n + 2; } or { await FALSE; };
         assert n > 0;
       }
  }
} *)
====`,
      'SPECIFICATION Spec',
    );
    // 0 leads to 1 and 2, 1 to 2 and 3; from 2 and 3 the loop ends.
    expect(tests).toEqual([['n < 2', 2, 2]]);
    expect(branches).toEqual([
      [1, 2],
      [2, 2],
      [3, 0],
    ]);
    expect(steps).toEqual([
      ['A', 6],
      ['Terminating', 2],
    ]);
  });
});
