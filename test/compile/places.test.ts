/** Where an error of evaluation is, the definitions that led there, and warnings of steps. */
import { describe, expect, it } from 'vitest';
import type { FailureDetail } from '../../src/compile/index.js';
import { EvaluationFailure, explore } from '../../src/explore/index.js';
import type { Diagnostic } from '../../src/source/diagnostic.js';
import { locate, type Span, spanText } from '../../src/source/text.js';
import { compileText } from './fromText.js';

/** The texts of the failed expression and of the calls, innermost first. */
function pathTo(body: string, config = 'INIT Init NEXT Next'): string[] {
  const { violations } = explore(compileText(`EXTENDS Integers, Sequences ${body}`, config));
  const failure = violations[0]?.failure;
  if (!(failure instanceof EvaluationFailure)) throw new Error('nothing failed');
  const { span, calls } = failure.detail as FailureDetail;
  return [span as Span, ...calls].map(spanText);
}

const counter = "VARIABLE x Init == x = 0 Next == x < 5 /\\ x' = x + 1";
const invariant = 'INIT Init NEXT Next INVARIANT Inv';

describe('the definitions that led to an error', () => {
  it('are told by the places where they are used, innermost first', () => {
    const body = `${counter}
      At(i) == <<1, 2>>[i]
      Twice(i) == At(i) + At(i)
      Inv == \\A i \\in 1..2 : Twice(x + i) > 0`;
    expect(pathTo(body, invariant)).toEqual(['<<1, 2>>[i]', 'At(i)', 'Twice(x + i)']);
  });

  it('include LET operators, and a recursion once', () => {
    const body = `${counter}
      Inv == LET RECURSIVE Down(_)
                 Down(n) == IF n = 0 THEN Head(<<>>) ELSE Down(n - 1)
             IN Down(x + 3) = 0`;
    expect(pathTo(body, invariant)).toEqual(['Head(<<>>)', 'Down(n - 1)', 'Down(x + 3)']);
  });

  it('are there in steps, in initial states and through loops over sets', () => {
    const bad = 'Bad(n) == {Len(n) : i \\in 1..n} ';
    const step = "VARIABLE x Init == x = 1 Next == x' \\in Bad(x)";
    expect(pathTo(step.replace('Init', `${bad} Init`))).toEqual(['Len(n)', 'Bad(x)']);
    const initial = 'VARIABLE x Init == x \\in Bad(1) Next == UNCHANGED x';
    expect(pathTo(initial.replace('Init', `${bad} Init`))).toEqual(['Len(n)', 'Bad(1)']);
  });

  it('are none for an error that stands in the formula itself', () => {
    expect(pathTo(`${counter} Inv == x + "a" = 1`, invariant)).toEqual(['x + "a"']);
  });
});

describe('EXCEPT outside of a domain', () => {
  function warningsOf(next: string): Diagnostic[] {
    const warnings: Diagnostic[] = [];
    const body = `EXTENDS Integers VARIABLE x Init == x = [i \\in 1..2 |-> [a |-> 0]] Next == ${next}`;
    const options = { warn: (one: Diagnostic) => void warnings.push(one) };
    const result = explore(compileText(body, undefined, undefined, options));
    expect(result.outcome).toBe('ok');
    return warnings;
  }

  it.each([
    ["x' = [x EXCEPT ![3] = 0]", '3 is not in the domain of <<[a |-> 0], [a |-> 0]>>'],
    ["x' = [x EXCEPT ![3].a = 0]", '3 is not in the domain of <<[a |-> 0], [a |-> 0]>>'],
    ["x' = [x EXCEPT ![1].b = 0]", '"b" is not in the domain of [a |-> 0]'],
    ["\\E i \\in 2..3 : x' = [x EXCEPT ![i].a = 0]", '3 is not in the domain of <<'],
    ["x' = [y \\in 1..2 |-> [x[y] EXCEPT !.c = 1]]", '"c" is not in the domain of [a |-> 0]'],
  ])('is a warning: %s', (next, words) => {
    const warnings = warningsOf(next);
    expect(warnings.map((one) => [one.code, one.severity])).toEqual([['EVL028', 'warning']]);
    expect(warnings[0]?.message).toContain(words);
    expect(locate(warnings[0]?.span as Span).line).toBe(2);
  });

  it('is none inside of the domain', () => {
    expect(warningsOf("x' = [x EXCEPT ![1].a = 1 - @]")).toEqual([]);
  });
});
