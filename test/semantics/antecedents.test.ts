import { describe, expect, test } from 'vitest';
import { printExpression } from '../../src/syntax/print.js';
import { resolve } from './fromText.js';

const antecedents = (invariant: string, definitions = '', constants = '') =>
  resolve({
    spec: [
      'EXTENDS Naturals',
      ...(constants === '' ? [] : ['CONSTANT N']),
      'VARIABLES x, q',
      definitions,
      'Init == x = 0 /\\ q = {}',
      'Next == UNCHANGED <<x, q>>',
      `Inv == ${invariant}`,
    ].join('\n'),
    config: `INIT Init NEXT Next INVARIANT Inv\n${constants}`,
  }).antecedents;

/** What is asked of a state, and the text that is blamed. */
const asked = (invariant: string, definitions = '', constants = '') =>
  antecedents(invariant, definitions, constants).map(({ kind, formula }) => {
    const { source, start, end } = formula.span;
    return [kind, printExpression(formula.expr), source.text.slice(start, end)];
  });

describe('what must happen for an invariant to say anything', () => {
  test('is the left side of an implication', () => {
    expect(asked('x > 1 => x < 9')).toEqual([['premise', 'x > 1', 'x > 1']]);
  });

  test('is nothing where there is none', () => {
    expect(asked('x > 1 \\/ x < 9')).toEqual([]);
    expect(asked('x \\in Nat')).toEqual([]);
  });

  test('is found in conjunctions, and in definitions', () => {
    const definitions = 'Small == x > 1 => x < 9\nAll == Small /\\ (x = 0 => q = {})';
    expect(asked('All /\\ (q = {1} => x = 2)', definitions).map(([, text]) => text)).toEqual([
      'x > 1',
      'x = 0',
      'q = {1}',
    ]);
  });

  test('below a quantifier it must happen for some value', () => {
    expect(asked('\\A i \\in 1..3 : x = i => x < 9')).toEqual([
      ['premise', '\\E i \\in 1..3 : x = i', 'x = i'],
    ]);
  });

  test('is an element of a set that depends on the state', () => {
    expect(asked('\\A i \\in q : i < 9')).toEqual([['element', '\\E i \\in q : TRUE', 'q']]);
    const within = antecedents('\\A i \\in q : i > x => i < 9');
    expect(within.map(({ kind, outer }) => [kind, outer])).toEqual([
      ['element', null],
      ['premise', 0],
    ]);
  });

  test('includes what stands around it', () => {
    const found = asked('x > 1 => (q = {} => x < 9)');
    expect(found.map(([, text]) => text)).toEqual(['x > 1', 'x > 1 /\\ q = {}']);
    expect(asked('LET y == x + 1 IN y > 1 => x < 9')).toHaveLength(1);
  });

  test('is not what only constants decide', () => {
    expect(asked('N = 1 => x < 9', '', 'CONSTANT N = 2')).toEqual([]);
    const inner = antecedents('N = 1 => (x = 1 => x < 9)', '', 'CONSTANT N = 2');
    expect(inner.map(({ outer }) => outer)).toEqual([null]);
  });

  test('numbers go on from invariant to invariant', () => {
    const { antecedents: all } = resolve({
      spec: [
        'VARIABLES x, y',
        'Init == x = 0 /\\ y = 0',
        'Next == UNCHANGED <<x, y>>',
        'A == x = 1 => y = 1',
        'B == x = 2 => (y = 2 => x = y)',
      ].join('\n'),
      config: 'INIT Init NEXT Next INVARIANTS A B',
    });
    expect(all.map(({ invariant, outer }) => [invariant, outer])).toEqual([
      ['A', null],
      ['B', null],
      ['B', 1],
    ]);
  });
});
