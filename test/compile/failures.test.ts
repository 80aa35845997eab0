/** Every code of the evaluation stage: an expression, or a specification, that has no value. */
import { describe, expect, it } from 'vitest';
import { compileConstant, type FailureDetail } from '../../src/compile/index.js';
import { EvaluationFailure } from '../../src/explore/index.js';
import { evaluation } from '../../src/source/catalogue/evaluation.js';
import { SourceText } from '../../src/source/text.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { compileText, initialStates, steps } from './fromText.js';

const evaluate = (text: string) => compileConstant(parseExpression(new SourceText('text', text)));
const run = (body: string) => {
  const spec = compileText(body);
  for (const state of initialStates(spec)) steps(spec, state);
};

/** Code, what fails, and the words that must be in the message. */
const expressions: readonly (readonly [string, string, string])[] = [
  ['EVL001', '1 + "a"', '+ needs an integer, but got "a"'],
  ['EVL002', '<<1, 2>> = <<1, "a">>', '2 and "a" are of different kinds'],
  ['EVL003', 'IF "a" THEN 1 ELSE 2', 'the condition of IF needs TRUE or FALSE, but got "a"'],
  ['EVL004', '<<5>>[2]', 'the function <<5>> is applied to 2, which is not in its domain 1..1'],
  ['EVL005', '[a |-> 1].b', 'the record [a |-> 1] has no field "b"'],
  ['EVL006', '5[1]', '5 is applied as a function'],
  ['EVL007', 'CHOOSE x \\in 1..3 : x > 3', 'no element of 1..3 satisfies'],
  ['EVL008', '\\E x : x = 1', '\\E without a set'],
  ['EVL009', '\\A x \\in Nat : x >= 0', 'the elements of Nat cannot be enumerated'],
  ['EVL010', '2147483647 + 1', '2147483647 + 1 overflows'],
  ['EVL011', '7 % (0 - 2)', '7 % -2: the divisor must be positive'],
  ['EVL012', '0 ^ 0', '0 ^ 0 has no value'],
  ['EVL013', 'CASE 1 > 2 -> 3', 'no guard of the CASE is TRUE'],
  ['EVL014', 'Assert(1 > 2, "as said")', 'as said'],
  ['EVL015', 'Head(<<>>)', 'Head of the empty sequence'],
  ['EVL016', 'SubSeq(<<1, 2>>, 1, 3)', 'SubSeq(<<1, 2>>, 1, 3) reaches outside'],
  ['EVL017', '"a" \\in Nat', 'whether "a" is an element of Nat cannot be decided'],
  ['EVL021', '<>TRUE', '<> cannot be evaluated here'],
  ['EVL022', 'Cardinality(SUBSET (1..40))', 'SUBSET 1..40 has too many elements to count'],
  ['EVL022', 'SUBSET (1..30) = {}', 'SUBSET 1..30 has too many elements to enumerate'],
  ['EVL029', '[a |-> Nat] = [a |-> STRING]', 'Nat and STRING cannot be compared'],
  ['EVL030', '<<{Nat}, 1>>', 'a state cannot have Nat in it'],
  ['EVL023', 'LET RECURSIVE F(_) F(n) == 1 + F(n + 1) IN F(0)', 'the recursion is too deep'],
  ['EVL024', 'TLCGet(3)', 'TLCGet(3) has no value here'],
];

/** Of the community's modules (`standard/`), a warning (`places.test.ts`), liveness (`cli/`). */
const elsewhere = ['EVL025', 'EVL026', 'EVL027', 'EVL028', 'EVL032', 'EVL033'];

const specifications: readonly (readonly [string, string, string])[] = [
  ['EVL018', "VARIABLES x, y Init == x = 0 /\\ y = 0 Next == x' = 1", 'the next value of y open'],
  ['EVL019', 'VARIABLES x, y Init == y = 0 Next == UNCHANGED <<x, y>>', 'the value of x open'],
  ['EVL020', "VARIABLES x, y Init == x = y /\\ y = 0 Next == x' = 1", 'y is read before it has'],
];

function failureOf(attempt: () => unknown): EvaluationFailure {
  try {
    attempt();
  } catch (error) {
    if (error instanceof EvaluationFailure) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

describe('has no value', () => {
  it.each(expressions)('%s: %s', (code, text, words) => {
    const failure = failureOf(() => evaluate(text));
    expect((failure.detail as FailureDetail).code).toBe(code);
    expect(failure.message).toContain(words);
    expect(failure.kind).toBe(code === 'EVL014' ? 'assertion' : 'evaluation-error');
  });

  it.each(specifications)('%s: %s', (code, body, words) => {
    const failure = failureOf(() => run(body));
    expect((failure.detail as FailureDetail).code).toBe(code);
    expect(failure.message).toContain(words);
  });

  it('has a case here for every code of the stage', () => {
    const tested = [...expressions, ...specifications].map(([code]) => code);
    expect([...new Set([...tested, ...elsewhere])].sort()).toEqual(Object.keys(evaluation));
  });
});
