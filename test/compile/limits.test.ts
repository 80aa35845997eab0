/** Deep recursion, large sets and infinite ones: an answer or an error with a place, soon. */
import { describe, expect, it } from 'vitest';
import { compileConstant, type FailureDetail } from '../../src/compile/index.js';
import { EvaluationFailure, explore } from '../../src/explore/index.js';
import { SourceText, spanText } from '../../src/source/text.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { formatValue } from '../../src/values/index.js';
import { compileText } from './fromText.js';

/** The value, or the code of the error and the text that it is about. */
function evaluated(text: string): string {
  try {
    return formatValue(compileConstant(parseExpression(new SourceText('text', text))));
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    const { code, span } = error.detail as FailureDetail;
    return `${code} ${span === null ? 'nowhere' : spanText(span)}`;
  }
}

describe('recursion', () => {
  it.each([
    ['an operator', 'LET RECURSIVE F(_) F(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1) IN F(500)'],
    ['a function', 'LET f[n \\in 0..500] == IF n = 0 THEN 0 ELSE 1 + f[n - 1] IN f[500]'],
    ['a function on Nat', 'LET f[n \\in Nat] == IF n = 0 THEN 0 ELSE 1 + f[n - 1] IN f[500]'],
    [
      'an operator that takes a set apart',
      'LET RECURSIVE F(_) F(S) == IF S = {} THEN 0 ELSE LET x == CHOOSE x \\in S : TRUE IN 1 + F(S \\ {x}) IN F(1..500)',
    ],
  ])('of %s, 500 deep', (_, text) => {
    expect(evaluated(text)).toBe('500');
  });

  it.each([
    [
      'an operator',
      'LET RECURSIVE F(_) F(n) == IF n = 0 THEN 0 ELSE 1 + F(n - 1) IN F(10000)',
      'F(n - 1)',
    ],
    [
      'a function',
      'LET f[n \\in Nat] == IF n = 0 THEN 0 ELSE 1 + f[n - 1] IN f[10000]',
      'f[n - 1]',
    ],
    [
      'an operator inside of quantifiers',
      'LET RECURSIVE F(_) F(n) == IF n = 0 THEN 10000 ELSE CHOOSE x \\in {F(n - 1)} : TRUE IN F(10000)',
      'F(n - 1)',
    ],
  ])('of %s, 10,000 deep, is answered or refused', (_, text, place) => {
    expect(['10000', `EVL023 ${place}`]).toContain(evaluated(text));
  });

  it('without an end is refused, and the search can go on', () => {
    const body = `EXTENDS Integers RECURSIVE Down(_) Down(n) == 1 + Down(n - 1)
      VARIABLE x Init == x = 0 Next == x < 3 /\\ x' = x + 1
      Endless == x = 1 => Down(x) = 0
      Small == x < 3`;
    const spec = compileText(body, 'INIT Init NEXT Next INVARIANTS Endless Small');
    const result = explore(spec, { everyProperty: true, checkDeadlock: false });
    expect(result.distinct).toBe(4);
    expect(result.violations.map((one) => one.kind)).toEqual(['evaluation-error', 'invariant']);
    expect(result.violations[0]?.failure?.message).toBe('the recursion is too deep');
  });
});

describe('large sets', () => {
  it.each([
    ['Cardinality(SUBSET (1..16))', '65536'],
    ['Cardinality(SUBSET (1..30))', '1073741824'],
    ['Cardinality([1..8 -> 1..4])', '65536'],
    ['Cardinality([1..30 -> {1, 2}])', '1073741824'],
    ['Cardinality((1..40000) \\X (1..40000))', '1600000000'],
    ['Cardinality([a : 1..1000, b : 1..1000])', '1000000'],
    ['Cardinality(1..2147483647)', '2147483647'],
    // Only as many elements are made as are looked at.
    ['\\E S \\in SUBSET (1..200) : Cardinality(S) = 2', 'TRUE'],
    ['\\A f \\in [1..40 -> 1..9] : f[1] > 1', 'FALSE'],
    ['\\E x \\in 1..2147483647 : x = 5', 'TRUE'],
    ['CHOOSE S \\in SUBSET (1..100) : 7 \\in S', '{7}'],
    // Membership needs no elements at all.
    ['{3, 70} \\in SUBSET (1..100)', 'TRUE'],
    ['[i \\in 1..50 |-> i] \\in [1..50 -> 1..50]', 'TRUE'],
    ['Cardinality({S \\in SUBSET (1..12) : Cardinality(S) = 3})', '220'],
  ])('%s = %s', (text, value) => {
    expect(evaluated(text)).toBe(value);
  });

  it.each([
    'SUBSET (1..30)',
    '[1..30 -> {1, 2}]',
    '1..2147483647',
    'Cardinality(SUBSET (1..31))',
    'Cardinality([1..31 -> {1, 2}])',
    '{x \\in SUBSET (1..30) : TRUE}',
  ])('%s is refused', (text) => {
    expect(evaluated(text)).toMatch(/^EVL022 /);
  });
});

/** TLC keeps a set in a value as it is until the value is normalized. */
describe('infinite sets as parts of values', () => {
  it.each([
    ['<<Nat, 1>>[2]', '1'],
    ['5 \\in [ids |-> Nat, names |-> STRING].ids', 'TRUE'],
    ['"a" \\in [x \\in {"n", "s"} |-> IF x = "n" THEN Nat ELSE STRING]["s"]', 'TRUE'],
    ['\\A s \\in {Nat} : 5 \\in s', 'TRUE'],
    ['-1 \\in CHOOSE s \\in {Int} : -2 \\in s', 'TRUE'],
    ['3 \\in UNION {Nat}', 'TRUE'],
    ['-1 \\in UNION {Nat}', 'FALSE'],
    ['Cardinality({Nat})', '1'],
    ['Nat \\in {Nat}', 'TRUE'],
    ['{<<Nat, 1>>} = {<<Nat, 1>>}', 'TRUE'],
    ['<<[n \\in Nat |-> n + 1]>>[1][3]', '4'],
    ['LET f == [[n \\in Nat |-> n] EXCEPT ![1] = @ + 6] IN <<f[1], f[2]>>', '<<7, 2>>'],
    ['{1} \\in <<SUBSET (1..100)>>[1]', 'TRUE'],
    // Nothing tells two of them apart.
    ['{Nat, Int}', 'EVL029 {Nat, Int}'],
    ['{1, 2} \\in {Nat}', 'EVL029 {1, 2} \\in {Nat}'],
    ['<<Nat>> = <<Int>>', 'EVL029 <<Nat>> = <<Int>>'],
    ['Nat = 1', 'EVL002 Nat = 1'],
  ])('%s: %s', (text, answer) => {
    expect(evaluated(text)).toBe(answer);
  });
});

describe('infinite sets', () => {
  it.each([
    ['3 \\in {x \\in Nat : x > 2}', 'TRUE'],
    ['{x \\in Nat : x > 3} \\cap 1..5', '{4, 5}'],
    ['1..5 \\ Nat', '{}'],
    ['<<1, 2>> \\in Seq(Nat)', 'TRUE'],
    ['[a |-> {1}] \\in [a : SUBSET Nat]', 'TRUE'],
    ['<<1, "a">> \\in Nat \\X STRING', 'TRUE'],
    ['[x \\in Nat |-> x + 1][41]', '42'],
    ['[Nat -> {}] = [Nat -> {}] \\/ TRUE', 'EVL029 [Nat -> {}] = [Nat -> {}]'],
    ['\\E x \\in Nat : x = 1', 'EVL009 \\E x \\in Nat : x = 1'],
    ['CHOOSE x \\in Int : x > 3', 'EVL009 CHOOSE x \\in Int : x > 3'],
    ['{x + 1 : x \\in Nat}', 'EVL009 {x + 1 : x \\in Nat}'],
    ['Cardinality(STRING)', 'EVL009 Cardinality(STRING)'],
    ['SUBSET Nat', 'EVL009 SUBSET Nat'],
    ['UNION {Nat}', 'EVL009 UNION {Nat}'],
    ['[x \\in Nat |-> x] = <<1>>', 'EVL029 [x \\in Nat |-> x] = <<1>>'],
    ['Len(Nat)', 'EVL001 Len(Nat)'],
  ])('%s: %s', (text, answer) => {
    expect(evaluated(text)).toBe(answer);
  });
});
