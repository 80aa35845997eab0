/** Properties of steps, what ALIAS shows, POSTCONDITION, and actions in brackets. */
import { describe, expect, it } from 'vitest';
import { explore } from '../../src/explore/index.js';
import { formatValue } from '../../src/values/index.js';
import { compileText, firstSteps, initialStates, steps } from './fromText.js';

const counter = "VARIABLES x, y\nInit == x = 0 /\\ y = 0\nNext == x' = (x + 1) % 4 /\\ y' = y\n";

function run(body: string, config: string) {
  const spec = compileText(counter + body, `INIT Init NEXT Next ${config}`);
  return { spec, result: explore(spec) };
}

describe('a property', () => {
  it.each([
    ["Prop == [][x' > x]_x", 'action-property', 4],
    ["Prop == [][x' = (x + 1) % 4]_<<x, y>>", 'ok', 0],
    ['Prop == [][FALSE]_y', 'ok', 0],
    ["Prop == x = 0 /\\ [][x' # 2]_x", 'action-property', 2],
    ['Prop == x = 1', 'initial-property', 1],
    ['Part == [](x < 3)\nProp == Part /\\ y = 0', 'invariant', 4],
  ])('%s: %s, after a state at depth %i', (definition, outcome, depth) => {
    const { result } = run(definition, 'PROPERTY Prop');
    expect(result.outcome).toBe(outcome);
    const state = result.violations[0]?.state ?? null;
    expect(state === null ? 0 : result.depthOf(state)).toBe(depth);
  });

  it('is evaluated for steps that no search is at', () => {
    const { spec, result } = run("Prop == [][x' > x]_x", 'PROPERTY Prop');
    const [holds] = (spec.actionProperties ?? []).map(
      (one) => (from: number, to: number) => one.holds(result.stateAt(from), result.stateAt(to)),
    );
    expect([holds?.(0, 2), holds?.(2, 0), holds?.(1, 1), holds?.(3, 1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it('may be about parts of functions, primed ones too', () => {
    const body = `VARIABLE f\nInit == f = [i \\in 1..2 |-> <<i, 0>>]
Next == \\E i \\in 1..2 : f[i][2] < 2 /\\ f' = [f EXCEPT ![i][2] = @ + 1]
Sum(g) == g[1][2] + g[2][2]
One == [][Sum(f') = Sum(f) + 1 /\\ \\A i \\in DOMAIN f : f'[i][1] = f[i][1]]_f
Prop == [][\\A i \\in DOMAIN f : f'[i][2] < 2]_f`;
    const config = 'INIT Init NEXT Next CHECK_DEADLOCK FALSE PROPERTIES One Prop';
    const spec = compileText(body, config);
    const result = explore(spec, { everyProperty: true, checkDeadlock: false });
    expect(result.violations.map(({ property }) => property)).toEqual(['Prop']);
    expect(result.depthOf(result.violations[0]?.state as number)).toBe(2);
  });
});

describe('an instance', () => {
  it('is a property as a whole: its initial states and its steps', () => {
    const body = `---- MODULE Root ----
EXTENDS Integers
VARIABLES h
---- MODULE Abs ----
VARIABLE c
Init == c = 0
Next == c' = 1 - c
Spec == Init /\\ [][Next]_c
====
Init == h = 0
Next == h' = (h + 1) % 6
A == INSTANCE Abs WITH c <- h % 2
B == INSTANCE Abs WITH c <- h % 3
Good == A!Spec
Bad == B!Spec
====
`;
    const spec = compileText(body, 'INIT Init NEXT Next PROPERTIES Good Bad');
    const result = explore(spec, { everyProperty: true });
    // h % 3 goes from 0 to 1, and then to 2.
    expect(result.violations.map(({ kind, property, state }) => [kind, property, state])).toEqual([
      ['action-property', 'Bad', 1],
    ]);
  });
});

describe('an action constraint', () => {
  it('takes the steps away that do not satisfy it', () => {
    const { result } = run("Up == x' > x\nLow == x' < 3", 'ACTION_CONSTRAINTS Up Low');
    // 0, 1 and 2; the step from 2 to 3 is generated and left out.
    expect(result).toMatchObject({ outcome: 'ok', distinct: 3, generated: 4, depth: 3 });
  });
});

describe('ALIAS', () => {
  const shown = (body: string, from = 0, to = 1) => {
    const { spec, result } = run(body, 'ALIAS Shown');
    const [one, other] = [from, to].map((state) => spec.decode(result.stateAt(state)));
    return [...spec.shown(one as never, other as never)].map(
      ([name, value]) => `${name}=${formatValue(value)}`,
    );
  };

  it('shows the fields of its record, as the expression has them, of this state and the next', () => {
    const body = "Shown == [was |-> x, is |-> x', but |-> y]";
    expect(shown(body)).toEqual(['was=0', 'is=1', 'but=0']);
    expect(shown(body, 3, 0)).toEqual(['was=3', 'is=0', 'but=0']);
  });

  it('shows the state itself where it is no record or has no value', () => {
    expect(shown('Shown == x + 1')).toEqual(['x=0', 'y=0']);
    expect(shown('Shown == [a |-> 1 \\div x]')).toEqual(['x=0', 'y=0']);
    expect(shown('Shown == [a |-> 6 \\div x]', 2)).toEqual(['a=3']);
  });
});

describe('POSTCONDITION', () => {
  it('is evaluated in no state', () => {
    expect(run('Post == 1 < 2', 'POSTCONDITION Post').spec.postconditionHolds()).toBe(true);
    expect(run('Post == 2 < 1', 'POSTCONDITION Post').spec.postconditionHolds()).toBe(false);
    expect(run('', '').spec.postconditionHolds()).toBe(true);
    const { spec } = run('Post == x = 0', 'POSTCONDITION Post');
    expect(() => spec.postconditionHolds()).toThrow(/x is read before it has a value/);
  });

  it('may ask how large the search was', () => {
    const body = "EXTENDS TLC, Integers\nVARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 5\n";
    const post = 'Post == TLCGet("distinct") = 5 /\\ TLCGet("generated") = 6';
    const spec = compileText(body + post, 'INIT Init NEXT Next POSTCONDITION Post');
    explore(spec);
    expect(spec.postconditionHolds()).toBe(true);
  });
});

describe('an action in brackets', () => {
  const targets = (next: string): string[] =>
    firstSteps(`VARIABLE x\nInit == x = 1\nNext == ${next}`).map(({ state }) => state);

  it('is the action or a stuttering step, or the action and no such step', () => {
    expect(targets("[x' = 2]_x")).toEqual(['x=2', 'x=1']);
    expect(targets("<<x' \\in {1, 2}>>_x")).toEqual(['x=2']);
  });

  it('is a test once all variables have their next values', () => {
    expect(targets("x' \\in 1..4 /\\ [x' % 2 = 0]_x")).toEqual(['x=1', 'x=2', 'x=4']);
    expect(targets("x' \\in 1..4 /\\ <<x' % 2 = 1>>_x")).toEqual(['x=3']);
    expect(targets("x' \\in 1..4 /\\ ~<<x' > 2>>_x")).toEqual(['x=1', 'x=2']);
  });

  it('is enabled only where it changes something', () => {
    const body = "VARIABLE x\nInit == x \\in 1..3\nNext == ENABLED <<x' = 2>>_x /\\ x' = 9";
    const spec = compileText(body);
    const enabled = initialStates(spec).filter((state) => steps(spec, state).length > 0);
    expect(enabled).toHaveLength(2);
  });
});
