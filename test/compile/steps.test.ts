/** What counts as a step, what it is called, what it chose, and what makes it fail. */
import { describe, expect, it } from 'vitest';
import type { FailureDetail } from '../../src/compile/compiledSpec.js';
import { EvaluationFailure } from '../../src/explore/index.js';
import { compileText, firstSteps, initialStates, show, steps } from './fromText.js';

const states = (body: string, config?: string) => firstSteps(body, config).map((one) => one.state);

function failureOf(run: () => unknown): EvaluationFailure {
  try {
    run();
  } catch (error) {
    if (error instanceof EvaluationFailure) return error;
    throw error;
  }
  throw new Error('nothing failed');
}

describe('an action at conjunct position', () => {
  it('goes on once per disjunct, even if the successors are equal', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == (TRUE \\/ TRUE) /\\ x' = 1";
    expect(states(body)).toEqual(['x=1', 'x=1']);
  });

  it('does not branch once every variable has its next value', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == x' = 1 /\\ (TRUE \\/ TRUE)";
    expect(states(body)).toEqual(['x=1']);
  });

  it('goes on once per way in which what an implication demands can hold', () => {
    const next = (test: string) =>
      states(`VARIABLE x\nInit == x = 0\nNext == (${test}) /\\ x' = 1`);
    expect(next('x = 0 => (TRUE \\/ \\E i \\in 1..2 : i > x)')).toEqual(['x=1', 'x=1', 'x=1']);
    expect(next('x = 1 => (TRUE \\/ TRUE)')).toEqual(['x=1']);
    expect(next('(TRUE \\/ TRUE) => x = 0')).toEqual(['x=1']);
  });

  it('assigns what an implication demands', () => {
    const body =
      "VARIABLE x\nInit == x = 0\nNext == (x = 0 => x' \\in {5, 6}) /\\ (x = 1 => x' = 7)";
    expect(states(body)).toEqual(['x=5', 'x=6']);
  });

  it('goes on in all ways in which all instances of \\A hold', () => {
    const next = (test: string) =>
      states(
        `VARIABLE x, s\nInit == x = 0 /\\ s = {1, 2}\nNext == /\\ ${test}\n        /\\ x' = 1 /\\ s' = {}`,
      );
    const ways = (count: number) => new Array<string>(count).fill('x=1 s={}');
    // Two ways for each of the elements of s: 2 * 2; and 1 + 2 and 1 ways for 1 and 2.
    expect(next('\\A i \\in s : (x = 0 \\/ i > 0)')).toEqual(ways(4));
    expect(next('\\A i \\in s : (i > 0 \\/ \\E k \\in s : k > i)')).toEqual(ways(2));
    expect(next('\\A i, k \\in s : (x = 0 \\/ i = k)')).toEqual(ways(4));
    expect(next('\\A i \\in s : (x = 0 \\/ i = 1) /\\ i < 2')).toEqual([]);
    expect(next('\\A i \\in {} : (x = 0 \\/ i = 1)')).toEqual(ways(1));
    expect(next('\\A i \\in s : i > 0')).toEqual(ways(1));
  });

  it('assigns in the instances of \\A over a constant set', () => {
    const body =
      "VARIABLE x\nInit == x = 0\nNext == \\A i \\in {5, 6} : x' \\in {i, 6, 5} \\/ x' = 7";
    // By the first instance 5, 6 or 7; the second is a test then.
    expect(states(body)).toEqual(['x=5', 'x=6', 'x=7']);
  });

  it('does not branch inside a test', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == (TRUE \\/ TRUE) = TRUE /\\ x' = 1";
    expect(states(body)).toEqual(['x=1']);
  });

  it('takes each element of a set, in the canonical order', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == x' \\in {3, 1, 2}";
    expect(states(body)).toEqual(['x=1', 'x=2', 'x=3']);
  });

  it('reads the next value that an earlier conjunct gave', () => {
    const body = "VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = 5 /\\ y' = x' + x";
    expect(states(body)).toEqual(['x=5 y=5']);
  });

  it('tests a variable that has its next value already', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == x' \\in 1..3 /\\ x' = 2";
    expect(states(body)).toEqual(['x=2']);
  });

  it('gives each branch its own assignments', () => {
    const body = `VARIABLES x, y
Init == x = 0 /\\ y = 0
Next == /\\ \\/ x' = 1
           \\/ y' = 2
        /\\ IF x = 0 THEN TRUE ELSE FALSE
        /\\ \\/ x' = 1 /\\ y' = 2
           \\/ UNCHANGED x /\\ y' = 2`;
    // After x' = 1 only the first of the last two holds; after y' = 2 both do.
    expect(states(body)).toEqual(['x=1 y=2', 'x=1 y=2', 'x=0 y=2']);
  });

  it('applies EXCEPT clauses one after the other, on old values and on @', () => {
    const body = `VARIABLE f
Init == f = <<1, 2>>
Next == f' = [f EXCEPT ![1] = @ + 10, ![2] = f[1], ![1] = @ + 1, ![7] = 0]`;
    expect(states(body)).toEqual(['f=<<12, 1>>']);
  });

  it('writes to an element that is known only at run time', () => {
    const body = `VARIABLES f, i
Init == f = [a |-> <<0, 0>>, b |-> <<0, 0>>] /\\ i = 2
Next == f' = [f EXCEPT !.b[i] = i] /\\ UNCHANGED i`;
    expect(states(body)).toEqual(['f=[a |-> <<0, 0>>, b |-> <<0, 2>>] i=2']);
  });
});

describe('a variable behind a name (Tool.getVar) gets its next value', () => {
  const variables = 'VARIABLES x, y\nInit == x = 5 /\\ y = 0\n';

  const forms: readonly (readonly [string, string])[] = [
    ['a parameter', "Drop(q) == q > 0 /\\ q' = q - 1\nNext == Drop(x) /\\ UNCHANGED y"],
    [
      'a parameter handed on',
      "Set(q, to) == q' = to\nDrop(q) == Set(q, q - 1)\nNext == Drop(x) /\\ y' = y",
    ],
    [
      'a parameter that is primed already',
      "Set(new, to) == new = to\nNext == Set(x', x - 1) /\\ UNCHANGED <<y>>",
    ],
    ['a definition', "Alias == x\nNext == Alias' = x - 1 /\\ UNCHANGED y"],
    ['a definition of the next value', "After == x'\nNext == After = x - 1 /\\ UNCHANGED y"],
    ['LET', "Next == LET q == x IN q' \\in {q - 1} /\\ UNCHANGED y"],
    [
      'UNCHANGED of a parameter that is a tuple',
      "Keep(v) == UNCHANGED v\nvars == <<y>>\nNext == x' = x - 1 /\\ Keep(vars)",
    ],
  ];
  for (const [title, text] of forms) {
    it(`as ${title}`, () => expect(states(variables + text)).toEqual(['x=4 y=0']));
  }

  it('and an initial one', () => {
    const body =
      'VARIABLES x, y\nZero(v) == v = 0\nAlias == y\n' +
      'Init == Zero(x) /\\ Alias \\in {7} \nNext == UNCHANGED <<x, y>>';
    const spec = compileText(body);
    expect(initialStates(spec).map((one) => show(spec, one))).toEqual(['x=0 y=7']);
  });

  it('but not what a bound variable hides', () => {
    const body =
      "VARIABLE x\nInit == x = 0\nIs(v) == v = 1\nNext == \\E v \\in {1, 2} : Is(v) /\\ x' = v";
    expect(states(body)).toEqual(['x=1']);
  });
});

describe('elements that a key chooses while the step runs', () => {
  // Both begin at the variable's first slot: f[1][k] chooses below f[1], f[k] below f itself.
  it('are told apart from those of a part that begins at the same slot', () => {
    const body = `VARIABLES f, k
Init == f = <<<<1, 2>>, <<3, 4>>>> /\\ k \\in {2}
Next == \\/ f[1][k] = 2 /\\ f' = [i \\in 1..2 |-> [f[k] EXCEPT ![1] = 9]] /\\ UNCHANGED k
        \\/ f' = [f EXCEPT ![1][k] = 7, ![k][1] = 8] /\\ UNCHANGED k`;
    expect(states(body)).toEqual(['f=<<<<9, 4>>, <<9, 4>>>> k=2', 'f=<<<<1, 7>>, <<8, 4>>>> k=2']);
  });

  it('are told apart where each is all that there is', () => {
    const body = `VARIABLES f, k
Init == f = <<<<5>>>> /\\ k \\in {1}
Next == f[1][k] = 5 /\\ f[k] = <<5>> /\\ f' = <<<<f[1][k] + 1>>>> /\\ UNCHANGED k`;
    expect(states(body)).toEqual(['f=<<<<6>>>> k=1']);
  });
});

describe('a definition that the configuration gives a value', () => {
  it('is that value, and is not evaluated', () => {
    const body =
      "VARIABLE x\nNone == CHOOSE v : v \\notin {1}\nInit == x = None\nNext == x # 1 /\\ x' = 1";
    const spec = compileText(body, 'INIT Init NEXT Next CONSTANT None = None');
    const [initial] = initialStates(spec);
    expect(show(spec, initial as Int32Array)).toBe('x=None');
    expect(steps(spec, initial as Int32Array).map((one) => one.state)).toEqual(['x=1']);
  });
});

describe('the name of a step', () => {
  const body = `CONSTANT P
VARIABLES x, y
Init == x = 0 /\\ y = 0
Put(p, q) == p # q /\\ x' = p /\\ y' = q
Twice == x = 0 /\\ x' = 2 /\\ UNCHANGED y
Next == (\\E p, q \\in P : Put(p, q)) \\/ (x = 0 /\\ UNCHANGED <<x, y>>) \\/ Twice`;

  it('is the innermost definition, with its arguments', () => {
    const found = firstSteps(body, 'INIT Init NEXT Next CONSTANT P = {1, 2}');
    expect(found.map((one) => one.action)).toEqual(['Put(1, 2)', 'Put(2, 1)', 'Next', 'Twice']);
  });

  it('has a span inside the definition', () => {
    const spec = compileText(body, 'INIT Init NEXT Next CONSTANT P = {1}');
    const put = spec.actions.find((one) => one.name === 'Put');
    expect(put?.span?.source.position(put.span.start).line).toBe(5);
  });
});

describe('the choices of a step', () => {
  it('are the bound variables of \\E, expanded or not', () => {
    const body = `VARIABLES x, s
Init == x = 0 /\\ s = {7, 8}
Next == \\E a \\in {1} : \\E b \\in s : x' = a + b /\\ UNCHANGED s`;
    const found = firstSteps(body);
    expect(found.map((one) => one.choices)).toEqual([
      ['a=1', 'b=7'],
      ['a=1', 'b=8'],
    ]);
    expect(found.map((one) => one.state)).toEqual(['x=8 s={7, 8}', 'x=9 s={7, 8}']);
  });

  it('name `with` variables and branches of `either`, and the process', () => {
    const body = `---- MODULE Root ----
EXTENDS Integers
(* --algorithm A {
  variables x = 0;
  process (P \\in {4}) {
    l: with (v \\in {x + 1, x + 2}) { either { x := v } or { x := -v } }
  }
} *)
====`;
    const spec = compileText(body, 'SPECIFICATION Spec');
    const [initial] = initialStates(spec);
    const found = steps(spec, initial as Int32Array);
    expect(found.map((one) => [one.action, ...one.choices])).toEqual([
      ['l(4)', 'v=1', 'either=1'],
      ['l(4)', 'v=1', 'either=2'],
      ['l(4)', 'v=2', 'either=1'],
      ['l(4)', 'v=2', 'either=2'],
    ]);
    expect(spec.actions[0]?.process).toBe(4);
    const { span } = spec.actions[0] ?? {};
    expect(span?.source.position(span.start).line).toBe(6);
  });
});

describe('a step fails', () => {
  const detail = (failure: EvaluationFailure) => failure.detail as FailureDetail;

  it('when it leaves a variable without a next value, which is named', () => {
    const body = "VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = 1";
    const failure = failureOf(() => states(body));
    expect(failure.message).toBe('action Next leaves the next value of y open');
    expect(detail(failure).code).toBe('EVL018');
  });

  it('when a next value is read before it is given', () => {
    const body = "VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == y' = x' /\\ x' = 1";
    const failure = failureOf(() => states(body));
    expect(failure.message).toBe("x' is read before it has a value");
    expect(detail(failure).code).toBe('EVL020');
  });

  it('by an assertion before a guard that is false', () => {
    const body = `EXTENDS TLC
VARIABLE x
Init == x = 0
Next == Assert(x = 1, "x is not one") /\\ FALSE /\\ x' = 1`;
    const failure = failureOf(() => states(body));
    expect(failure.kind).toBe('assertion');
    expect(failure.message).toBe('x is not one');
  });

  it('not by an assertion after a guard that is false', () => {
    const body = `EXTENDS TLC
VARIABLE x
Init == x = 0
Next == FALSE /\\ Assert(x = 1, "x is not one") /\\ x' = 1`;
    expect(states(body)).toEqual([]);
  });

  it('where the mistake stands', () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == x' = x[1]";
    const { span } = detail(failureOf(() => states(body)));
    expect(span?.source.text.slice(span.start, span.end)).toBe('x[1]');
  });
});

describe('initial states', () => {
  it('come from every way to satisfy the predicate', () => {
    const spec = compileText(`EXTENDS Integers
VARIABLES x, y
Init == /\\ \\/ x = 1
           \\/ x \\in {5, 6} /\\ x # 5
        /\\ \\E k \\in {0, 1} : y = x + k
Next == UNCHANGED <<x, y>>`);
    const found = initialStates(spec).map((one) => show(spec, one));
    expect(found).toEqual(['x=1 y=1', 'x=1 y=2', 'x=6 y=6', 'x=6 y=7']);
  });

  it('fail when a variable has no value', () => {
    const spec = compileText('VARIABLES x, y\nInit == x = 0\nNext == UNCHANGED <<x, y>>');
    const failure = failureOf(() => initialStates(spec));
    expect(failure.message).toBe('the initial predicate leaves the value of y open');
  });
});

describe('a predicate', () => {
  const body = `VARIABLES x, y
Init == x = 0 /\\ y = 0
Up == x < 2 /\\ x' = x + 1 /\\ UNCHANGED y
Next == Up \\/ (y' = 1 - y /\\ UNCHANGED x)
CanGoUp == ENABLED Up`;

  it('can ask whether an action is enabled', () => {
    const spec = compileText(body, 'INIT Init NEXT Next INVARIANT CanGoUp');
    const [invariant] = spec.invariants;
    const holdsAfter = (ups: number): boolean | undefined => {
      let state = initialStates(spec)[0] as Int32Array;
      for (let i = 0; i < ups; i++) state = steps(spec, state)[0]?.vector as Int32Array;
      return invariant?.holds(state);
    };
    expect([0, 1, 2].map(holdsAfter)).toEqual([true, true, false]);
  });

  it('may be asked of a successor while it is handed out', () => {
    const spec = compileText(body, 'INIT Init NEXT Next INVARIANT CanGoUp');
    const [initial] = initialStates(spec);
    const found: (readonly [string, boolean | undefined])[] = [];
    const first = steps(spec, initial as Int32Array)[0]?.vector as Int32Array;
    spec.successors(first, (successor) => {
      found.push([show(spec, successor), spec.invariants[0]?.holds(successor)]);
      return true;
    });
    expect(found).toEqual([
      ['x=2 y=0', false],
      ['x=1 y=1', true],
    ]);
  });
});

it('walks through a large set at run time, and says what it chose', () => {
  const found = firstSteps(`VARIABLE x
Init == x = 0
Next == \\E i \\in 1..600 : i > 598 /\\ x' = i`);
  expect(found.map((one) => [one.state, ...one.choices])).toEqual([
    ['x=599', 'i=599'],
    ['x=600', 'i=600'],
  ]);
});

it('stops when the search has seen enough', () => {
  const spec = compileText("VARIABLE x\nInit == x = 0\nNext == x' \\in 1..9");
  let count = 0;
  spec.successors(initialStates(spec)[0] as Int32Array, () => ++count < 3);
  expect(count).toBe(3);
});

it('prints what the specification prints, and nothing while it is compiled', () => {
  const lines: string[] = [];
  const body = `EXTENDS TLC
VARIABLE x
Init == x = 0
Next == PrintT(<<"x", x>>) /\\ x' = 1`;
  const spec = compileText(body, undefined, (line) => lines.push(line));
  const [initial] = initialStates(spec);
  expect(lines).toEqual([]);
  steps(spec, initial as Int32Array);
  expect(lines).toEqual(['<<"x", 0>>']);
});

it('names the assumptions that are false', () => {
  const spec = compileText(
    `EXTENDS Integers
CONSTANT N
VARIABLE x
ASSUME Big == N > 5
ASSUME N > 1
Init == x = 0
Next == x' = x`,
    'INIT Init NEXT Next CONSTANT N = 3',
  );
  expect(spec.falseAssumptions().map(({ name }) => name)).toEqual(['Big']);
});
