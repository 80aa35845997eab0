/** Constant, state, action, temporal: what may stand where. */
import { describe, expect, it } from 'vitest';
import { mistakes, places, resolve } from './fromText.js';

const behavior = 'EXTENDS Naturals\nVARIABLE s\nInit == s = 0\nNext == UNCHANGED s\n';
const found = (text: string, config?: string): readonly string[] =>
  places({ spec: behavior + text, ...(config === undefined ? {} : { config }) });

describe('levels', () => {
  const wrong: readonly (readonly [string, string, readonly string[]])[] = [
    ['a prime on a primed expression', "A == s' + 1\nB == A'", ['7:6 SEM101']],
    [
      'a prime on an argument of an operator that has one',
      "A(x) == x'\nB == A(s')",
      ['7:8 SEM105'],
    ],
    ['[] of an action without a subscript', 'A == []Next', ['6:6 SEM102']],
    ['<> of an action without a subscript', 'A == <>Next', ['6:6 SEM106']],
    ['an action beside a temporal formula', 'A == Init /\\ [][Next]_s /\\ Next', ['6:28 SEM106']],
    ['an action that leads to something', "A == s' = 1 ~> s = 2", ['6:6 SEM106']],
    ['UNCHANGED of a primed variable', "A == UNCHANGED (s')", ['6:16 SEM105']],
    ['ENABLED of a temporal formula', 'A == ENABLED []Init', ['6:14 SEM105']],
    ['a subscript with a prime', "A == [][Next]_(s')", ['6:15 SEM105']],
    ['an ASSUME about a variable', 'ASSUME 1 = 1 /\\ s = 0', ['6:17 SEM103']],
  ];
  for (const [title, text, expected] of wrong) {
    it(`refuses ${title}`, () => {
      expect(found(text)).toEqual(expected.map((place) => `Root.tla:${place}`));
    });
  }

  it('accepts what TLA+ allows', () => {
    const text =
      "A(x) == x'\nB == A(s) /\\ ENABLED Next\nC == []<>(s = 0) /\\ WF_s(Next)\nD == [][B]_s\n" +
      "E == \\A i \\in 0..1 : WF_s(B /\\ i = s)\nF == LET n == s + 1 IN n' > n\nG == <><<B>>_s\n" +
      'H == (s = 0) ~> []Init\nI == IF s = 0 THEN UNCHANGED s ELSE A(s) = 1\nASSUME 2 > 1';
    expect(resolve({ spec: behavior + text }).definitions.size).toBe(11);
  });

  it('reaches through definitions and their parameters', () => {
    const text = "A(x, y) == x = 1\nB == A(s, s')\nP == A(s, 1)";
    const config = 'INIT Init NEXT Next INVARIANT P B';
    // B does not depend on the argument with the prime: TLA+ ignores y.
    expect(resolve({ spec: behavior + text, config }).invariants.length).toBe(2);
  });
});

describe('levels that the configuration needs', () => {
  it('an invariant is a state predicate, and its exit code is that of an evaluation', () => {
    const [one] = mistakes({
      spec: `${behavior}Grow == s >= 0 /\\ s' >= 0`,
      config: 'INIT Init NEXT Next INVARIANT Grow',
    });
    expect(one).toMatchObject({ code: 'SEM104', kind: 'evaluation' });
    expect(one?.notes[0]?.span?.source.file).toBe('Root.cfg');
    expect(found("Grow == s >= 0 /\\ s' >= 0", 'INIT Init NEXT Next INVARIANT Grow')).toEqual([
      'Root.tla:6:19 SEM104',
    ]);
  });

  it('INIT and a constraint have no prime, NEXT nothing temporal', () => {
    const text = "A == s' = 1\nB == []Init";
    expect(found(text, 'INIT A NEXT Next')).toEqual(['Root.cfg:1:6 CFG112']);
    expect(found(text, 'INIT Init NEXT Next CONSTRAINT A')).toEqual(['Root.cfg:1:32 CFG112']);
    expect(found(text, 'INIT Init NEXT B')).toEqual(['Root.cfg:1:16 CFG112']);
  });
});
