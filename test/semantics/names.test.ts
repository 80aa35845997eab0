/** Names, arguments and scopes: what SANY's semantic analysis accepts and refuses. */
import { describe, expect, it } from 'vitest';
import { mistakes, places, resolve } from './fromText.js';

const behavior = 'VARIABLE s\nInit == s = 0\nNext == UNCHANGED s\n';

/** Places in a text whose first line is line 2 of the module. */
const found = (text: string): readonly string[] => places({ spec: text });

describe('names', () => {
  it('needs no EXTENDS for what the language defines', () => {
    const spec =
      'VARIABLE s\nInit == s \\in SUBSET BOOLEAN /\\ DOMAIN <<s>> # {} /\\ UNION {s} \\subseteq s\n' +
      'Next == ENABLED (s # s) \\/ ~(s = s) => UNCHANGED s <=> s \\cup s \\cap s \\ s \\notin STRING';
    expect(resolve({ spec: spec.replace('s \\cup s \\cap s \\ s', 's') }).variables.length).toBe(1);
  });

  it('names the module that brings an arithmetic operator', () => {
    const [one] = mistakes({ spec: 'VARIABLE s\nInit == s = 1 + 1\nNext == s = s' });
    expect(one).toMatchObject({ code: 'SEM001', message: 'unknown operator `+`' });
    expect(one?.hint).toMatch(/^Add `Naturals`/);
  });

  it('wants Integers for a negative number', () => {
    const [one] = mistakes({ spec: 'EXTENDS Naturals\nVARIABLE s\nInit == s = -1\nNext == s = s' });
    expect(one?.message).toBe('unknown operator `-`');
    expect(one?.hint).toMatch(/^Add `Integers`/);
  });

  it('suggests a name that differs by a slip', () => {
    const [one] = mistakes({ spec: `VARIABLE total\nInit == totl = 0\nNext == total = 1` });
    expect(one?.hint).toBe('Did you mean `total`?');
  });

  it('tells of a definition that comes later', () => {
    const [one] = mistakes({ spec: `VARIABLE s\nInit == s = Start\nStart == 0\nNext == s = 1` });
    expect(one).toMatchObject({ code: 'SEM007', notes: [{ message: 'it is defined here' }] });
  });

  it('reports all mistakes of a module, each unknown name once', () => {
    const spec = 'VARIABLE s\nInit == a = b\nNext == a = s\nF(x) == x\nG == F(s, s)';
    expect(found(spec)).toEqual([
      'Root.tla:3:9 SEM001',
      'Root.tla:3:13 SEM001',
      'Root.tla:6:6 SEM004',
    ]);
  });

  const clashes: readonly (readonly [string, string, string])[] = [
    ['a definition made twice', 'B == 1\nB == 2', '6:1 SEM002'],
    ['a variable declared twice', 'VARIABLE s', '5:10 SEM002'],
    ['a bound name that hides a variable', 'B == \\A s \\in {} : TRUE', '5:9 SEM003'],
    [
      'a bound name inside one of the same name',
      'B == \\A x \\in {} : {x \\in {} : TRUE}',
      '5:21 SEM003',
    ],
    ['a parameter that hides a definition', 'B == 1\nC(B) == 2', '6:3 SEM003'],
    ['a LET definition that hides one', 'B == LET Init == 1 IN 2', '5:10 SEM002'],
    ['a name that the language defines', 'A == [x \\in {}, x \\in {} |-> 1]', '5:17 SEM003'],
    ['two record fields of one name', 'A == [a |-> 1, a |-> 2]', '5:16 SEM017'],
  ];
  for (const [title, text, place] of clashes) {
    it(`refuses ${title}`, () => expect(found(behavior + text)).toEqual([`Root.tla:${place}`]));
  }

  it('lets a name be bound again beside its first scope', () => {
    const spec = `${behavior}A == \\A x \\in {} : TRUE\nB == \\E x \\in {} : TRUE\nx == 1\nC == x`;
    expect(resolve({ spec }).definitions.has('C')).toBe(true);
  });

  it('keeps the set of a bound outside its scope', () => {
    expect(found(`${behavior}A == \\A x \\in {}, y \\in {x} : TRUE`)).toEqual([
      'Root.tla:5:26 SEM001',
    ]);
  });

  it('knows @ only in the value of an EXCEPT', () => {
    const spec = `${behavior}A == [s EXCEPT ![1] = {@}]\nB == @`;
    expect(found(spec)).toEqual(['Root.tla:6:6 SEM008']);
  });
});

describe('arguments', () => {
  it('counts those of operators and of names without any', () => {
    const spec = `${behavior}F(x, y) == x\nA == F(1)\nB == F\nC == Init(3)`;
    expect(found(spec)).toEqual([
      'Root.tla:6:6 SEM004',
      'Root.tla:7:6 SEM004',
      'Root.tla:8:6 SEM004',
    ]);
  });

  it('takes an operator, a LAMBDA or a symbol where an operator is expected', () => {
    const spec =
      `EXTENDS Naturals, Sequences\n${behavior}Fold(Op(_, _), x) == Op(x, x)\nAdd(a, b) == a\n` +
      'A == <<Fold(Add, 1), Fold(LAMBDA p, q : p, 1), SelectSeq(<<>>, LAMBDA p : TRUE)>>';
    expect(resolve({ spec }).definitions.has('A')).toBe(true);
  });

  it('refuses a value or an operator of other arity there, and a LAMBDA elsewhere', () => {
    const spec =
      `${behavior}App(Op(_)) == Op(1)\nAdd(a, b) == a\nA == App(Add)\nB == App(1)\n` +
      'C == Add(LAMBDA p : p, 1)';
    expect(found(spec)).toEqual([
      'Root.tla:7:10 SEM009',
      'Root.tla:8:10 SEM009',
      'Root.tla:9:10 SEM010',
    ]);
  });
});

describe('RECURSIVE', () => {
  it('lets operators use themselves and each other', () => {
    const spec =
      `${behavior}RECURSIVE Even(_), Odd(_)\nEven(n) == Odd(n)\nOdd(n) == Even(n)\n` +
      'f[n \\in {}] == f[n]';
    expect([...resolve({ spec }).definitions.keys()]).toEqual(['Init', 'Next', 'Even', 'Odd', 'f']);
  });

  it('asks for it where an operator uses itself', () => {
    expect(found(`${behavior}F(n) == F(n)`)).toEqual(['Root.tla:5:9 SEM007']);
  });

  it('keeps its promise of a definition, with as many parameters', () => {
    const spec = `${behavior}RECURSIVE F(_), G\nF(a, b) == 1`;
    expect(found(spec)).toEqual(['Root.tla:6:1 SEM012', 'Root.tla:5:17 SEM011']);
  });

  it('works inside LET', () => {
    const spec = `${behavior}A == LET RECURSIVE F(_)\n         F(n) == F(n)\n     IN F(1)`;
    expect(resolve({ spec }).definitions.has('A')).toBe(true);
  });
});
