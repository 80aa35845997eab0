/**
 * What a reduction must not lose, one small model for each of its conditions: whoever drops the
 * condition takes a process alone where he must not, and misses the violation. (Each was tried.)
 */
import { describe, expect, it } from 'vitest';
import { explore } from '../../../src/explore/index.js';
import { compileText } from '../fromText.js';

function algorithm(variables: string, ...processes: readonly string[]): string {
  const all = processes.map((body, i) => `process (p${i + 1} = ${i + 1}) ${body}`);
  return `---- MODULE Root ---- EXTENDS Integers, TLC
(* --algorithm Root { variables ${variables}; ${all.join('\n')} } *)
\\* BEGIN TRANSLATION
\\* END TRANSLATION
`;
}

function search(body: string, config: string) {
  const found = [false, true].map((reduces) => {
    const compiled = compileText(`${body}\n====\n`, config, () => {}, { reduces });
    expect(compiled.reduction != null).toBe(reduces);
    const checkDeadlock = !config.includes('CHECK_DEADLOCK FALSE');
    return explore(compiled, { everyProperty: true, checkDeadlock });
  });
  const [full, reduced] = found as [(typeof found)[0], (typeof found)[0]];
  const kinds = found.map(({ violations }) => violations.map(({ kind }) => kind));
  return { full, reduced, kinds };
}

const withInvariant = 'SPECIFICATION Spec INVARIANT Inv';

describe('what the reduced search does not lose', () => {
  it('C1: a step that reads what the process writes', () => {
    const body = algorithm('x = 0, y = 2', '{ A: x := 1; }', '{ B: y := x; }');
    const { kinds } = search(`${body}Inv == y # 0`, withInvariant);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C1: a step that writes what the process reads', () => {
    const body = algorithm('x = 0', '{ A: assert x = 0; }', '{ B: x := 1; }');
    const { kinds } = search(body, 'SPECIFICATION Spec');
    expect(kinds).toEqual([['assertion'], ['assertion']]);
  });

  it('C1: a step that writes what the process writes', () => {
    // Only where B comes before A are both 1 in the end.
    const first = '{ A: x := 1; A2: assert ~(x = 1 /\\ y = 1); }';
    const body = algorithm('x = 0, y = 0', first, '{ B: x := 2; y := 1; }');
    const { kinds } = search(body, 'SPECIFICATION Spec');
    expect(kinds).toEqual([['assertion'], ['assertion']]);
  });

  it('C1: a step that is not possible yet, and will be', () => {
    const second = '{ B: y := 1; B2: await x = 0; z := 1; }';
    const body = algorithm('x = 0, y = 0, z = 0', '{ A: x := 1; }', second);
    const { kinds } = search(`${body}Inv == z = 0`, `${withInvariant} CHECK_DEADLOCK FALSE`);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C1: a step that waits for a label of the process', () => {
    const second = '{ B: await pc[1] = "A2"; y := 1; }';
    const body = algorithm('x = 0, y = 0', '{ A: x := 1; A2: x := 2; A3: x := 3; }', second);
    const { kinds } = search(`${body}Inv == y = 0`, `${withInvariant} CHECK_DEADLOCK FALSE`);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it.each([
    ['of the process, which begins as its others do', 'pc[1] = "a" /\\ x = 0'],
    ['of another process, which first asks where both are', 'pc[2] = "a" /\\ pc[1] = "a"'],
    ['of no process', 'x = 0'],
  ])('C1: a step %s, and is possible only before the process moves', (_, guard) => {
    const body = `---- MODULE Root ---- EXTENDS Integers
VARIABLES pc, x, z
Init == pc = [i \\in 1..2 |-> "a"] /\\ x = 0 /\\ z = 0
A == pc[1] = "a" /\\ pc' = [pc EXCEPT ![1] = "b"] /\\ x' = 1 /\\ UNCHANGED z
B == pc[2] = "a" /\\ pc' = [pc EXCEPT ![2] = "b"] /\\ UNCHANGED <<x, z>>
Env == ${guard} /\\ z' = 1 /\\ UNCHANGED <<pc, x>>
Next == A \\/ B \\/ Env
Inv == z = 0`;
    const config = 'INIT Init NEXT Next INVARIANT Inv CHECK_DEADLOCK FALSE';
    const { kinds } = search(body, config);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C2: a state that an invariant sees between two steps of the process', () => {
    const body = algorithm('x = 0, y = 0', '{ A: x := 1; A2: x := 0; }', '{ B: y := 1; }');
    const { kinds } = search(`${body}Inv == ~(x = 1 /\\ y = 1)`, withInvariant);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C2: two labels that an invariant names', () => {
    const first = '{ A: x := 1; A2: x := 2; A3: x := 3; }';
    const body = algorithm('x = 0, y = 0', first, '{ B: y := 1; B2: y := 2; }');
    const formula = 'Inv == ~(pc[1] = "A2" /\\ pc[2] = "B2")';
    const { kinds } = search(body + formula, withInvariant);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C2: a state that the constraint leaves in, though the next one is outside', () => {
    // After A2 nothing is explored: B must come before.
    const first = '{ A: x := 1; A2: x := 2; A3: x := 3; }';
    const body = algorithm('x = 0, y = 0', first, '{ B: y := 1; B2: y := 2; }');
    const formulas = 'Inv == y # 2\nInside == x < 2';
    const { kinds } = search(body + formulas, `${withInvariant} CONSTRAINT Inside`);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
  });

  it('C3: the step of another process, where one runs in a circle', () => {
    const circle = 'variables a = 0; { A: while (TRUE) { a := 1 - a; }; }';
    const body = algorithm('y = 0', circle, '{ B: y := 1; }');
    const { kinds, reduced } = search(`${body}Inv == y = 0`, withInvariant);
    expect(kinds).toEqual([['invariant'], ['invariant']]);
    expect(reduced.reducedCount).toBeGreaterThan(0);
  });

  it('C3: an assertion of another process, where one runs in a circle', () => {
    const circle = 'variables a = 0; { A: a := 1 - a; goto A; }';
    const body = algorithm('y = 0', circle, 'variables b = 0; { B: b := 1; B2: assert b = 0; }');
    const { kinds } = search(body, 'SPECIFICATION Spec');
    expect(kinds).toEqual([['assertion'], ['assertion']]);
  });

  it('C0: a deadlock, and a process that waits in front of one that can go on', () => {
    const body = algorithm('x = 0, y = 0', '{ A: await x = 1; }', '{ B: y := 1; B2: y := 2; }');
    const { kinds } = search(body, 'SPECIFICATION Spec');
    expect(kinds).toEqual([['deadlock'], ['deadlock']]);
  });
});

describe('what is left out', () => {
  it('the interleavings of processes that share nothing', () => {
    const [first, second] = ['x', 'y'].map((v) => `{ A${v}: ${v} := 1; B${v}: ${v} := 2; }`);
    const body = algorithm('x = 0, y = 0', first as string, second as string);
    const { full, reduced } = search(body, 'SPECIFICATION Spec');
    // Each is in one of three places; reduced, the first ends before the second begins.
    expect([full.distinct, reduced.distinct]).toEqual([9, 5]);
    // The last state, where both have ended, is expanded by what ends the whole.
    expect(reduced.reducedCount).toBe(4);
  });

  it('those of processes that share something with others, but not what they touch now', () => {
    // Lock a is for 1 and 2, lock b for 3 and 4; nobody touches the other pair's.
    const user = (lock: string) =>
      `{ L${'%'}: await ~${lock}; ${lock} := TRUE; U${'%'}: ${lock} := FALSE; }`;
    const bodies = ['a', 'a', 'b', 'b'].map((lock, i) => user(lock).replaceAll('%', `${i + 1}`));
    const body = algorithm('a = FALSE, b = FALSE', ...bodies);
    const { full, reduced } = search(body, 'SPECIFICATION Spec');
    // A pair has 3 * 3 places, less the one where both hold the lock.
    expect(full.distinct).toBe(64);
    expect(reduced.distinct).toBeLessThan(64);
    expect(reduced.violations).toEqual([]);
  });

  it('what a process may do where its own variables decide which element it reads', () => {
    // f[2] is nobody else's, f[1] is written by the second.
    const first = 'variables k = 2; { A: x := f[k]; A2: k := 1; A3: x := f[k]; }';
    const body = algorithm('f = [i \\in 1..2 |-> 0], x = 0', first, '{ B: f[1] := 1; }');
    const { full, reduced } = search(body, 'SPECIFICATION Spec');
    // A, A2, A3 and the end, with B done or not; and at the end, with B done, x is 0 or 1.
    expect(full.distinct).toBe(9);
    // A and A2 with B done are left out.
    expect(reduced.distinct).toBe(7);
  });
});

describe('where it is not used', () => {
  const two = algorithm('x = 0, y = 0', '{ A: x := 1; }', '{ B: y := 1; }');
  const why = (body: string, config: string) =>
    compileText(`${body}\n====\n`, config, () => {}, { reduces: true }).whyUnreduced;

  it.each([
    ['V == x', 'SPECIFICATION Spec VIEW V', /VIEW/],
    ["Up == x' >= x", 'SPECIFICATION Spec ACTION_CONSTRAINT Up', /ACTION_CONSTRAINT/],
    ["Up == [][x' >= x]_x", 'SPECIFICATION Spec PROPERTY Up', /Up is about single steps/],
    ['End == <>(x = 1)', 'SPECIFICATION Spec PROPERTY End', /End is about whole behaviors/],
    ['Post == TRUE', 'SPECIFICATION Spec POSTCONDITION Post', /POSTCONDITION/],
    ['Inv == TLCGet("level") < 9', 'SPECIFICATION Spec INVARIANT Inv', /module TLC/],
  ])('%s', (formula, config, expected) => {
    expect(why(two + formula, config)).toMatch(expected);
  });

  it('one process', () => {
    const one = algorithm('x = 0', '{ A: x := 1; }');
    expect(why(one, 'SPECIFICATION Spec')).toMatch(/no two processes/);
  });

  it('and where it is: neither an alias nor an invariant is in its way', () => {
    const more = 'Shown == [both |-> x + y]\nInv == x < 2';
    expect(why(two + more, 'SPECIFICATION Spec INVARIANT Inv ALIAS Shown')).toBeNull();
  });
});
