/** Properties of whole behaviors through the program: formulas, fairness, what is told. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function module(name: string, body: string): string {
  const file = join(folder, `${name}.tla`);
  writeFileSync(file, `---- MODULE ${name} ----\nEXTENDS Integers, Sequences\n${body}\n====\n`);
  return file;
}

/** A module Spec and its configuration; gives what to check. */
function spec(body: string, config: string): string {
  writeFileSync(join(folder, 'Spec.cfg'), `${config}\nCHECK_DEADLOCK FALSE\n`);
  return module('Spec', body);
}

/** The verdict, and the lasso of x: its states, the cycle in parentheses. */
async function lassoOf(body: string, config: string, ...options: readonly string[]) {
  const { exitCode, document } = await json('check', spec(body, config), '--quiet', ...options);
  if (document.trace === null) return `${document.result} ${exitCode}`;
  const { steps, loop } = document.trace;
  const xs = steps.map((step: { state: { x: { '#bigint': string } } }) => step.state.x['#bigint']);
  const shown = [...xs.slice(0, loop), `(${xs.slice(loop).join(' ')})`].join(' ');
  return `${document.result} ${exitCode} ${shown}`;
}

/** x counts from 0 to 3 and round again; from 1 it may also jump to 5, and stays there. */
const counter = `VARIABLE x
Init == x = 0
Up == x < 3 /\\ x' = x + 1
Round == x = 3 /\\ x' = 0
Jump == x = 1 /\\ x' = 5
Next == Up \\/ Round \\/ Jump
`;
const fair = `${counter}Spec == Init /\\ [][Next]_x /\\ WF_x(Up) /\\ WF_x(Round)\n`;

describe('a formula', () => {
  const rows: readonly (readonly [formula: string, verdict: string])[] = [
    ['<>(x = 2)', 'liveness 13 0 1 (5)'],
    ['<>(x = 2 \\/ x = 5)', 'ok 0'],
    ['[]<>(x = 0) \\/ <>[](x = 5)', 'ok 0'],
    ['<>[](x = 5)', 'liveness 13 (0 1 2 3)'],
    ['x = 1 ~> x \\in {2, 5}', 'ok 0'],
    ['x = 2 ~> x = 5', 'liveness 13 (0 1 2 3)'],
    ['\\A n \\in 0..3 : []<>(x = n) \\/ <>[](x = 5)', 'ok 0'],
    ['\\E n \\in {2, 4, 5} : <>(x = n)', 'ok 0'],
    ['\\E n \\in {2, 4} : <>(x = n)', 'liveness 13 0 1 (5)'],
    ['\\A <<a, b>> \\in {<<2, 3>>, <<1, 2>>} : x = a ~> x = b \\/ x = 5', 'ok 0'],
    ['[](x = 5 => [](x = 5))', 'ok 0'],
    ['<>(x = 5) <=> <>[](x = 5)', 'ok 0'],
    ['LET at(n) == x = n IN at(2) ~> at(3)', 'ok 0'],
    ['IF x = 0 THEN <>(x = 1) ELSE FALSE', 'ok 0'],
    ['[]<>(ENABLED Up) \\/ <>[](~ENABLED Next)', 'ok 0'],
    ['[]<><<Round>>_x \\/ <>(x = 5)', 'ok 0'],
    ["[]<><<x' = 0>>_x \\/ <>(x = 5)", 'ok 0'],
    ["<>[][x' > x]_x", 'liveness 13 (0 1 2 3)'],
    ['<>[][Jump]_x', 'liveness 13 (0 1 2 3)'],
    ['WF_x(Jump)', 'ok 0'],
    ['SF_x(Jump)', 'liveness 13 (0 1 2 3)'],
    ['(<>(x = 2)) => SF_x(Round)', 'ok 0'],
    ['Both(x = 1, x = 2)', 'liveness 13 0 1 (5)'],
    ['~[]<>(x = 0)', 'liveness 13 (0 1 2 3)'],
    ["TRUE /\\ [](x < 6) /\\ [][x' # x]_x /\\ <>(x = 1)", 'ok 0'],
  ];

  test.each(rows)('%s: %s', async (formula, verdict) => {
    const both = 'Both(P, Q) == <>P /\\ <>Q\n';
    expect(
      await lassoOf(`${fair}${both}Prop == ${formula}`, 'SPECIFICATION Spec PROPERTY Prop'),
    ).toBe(verdict);
  });

  const refused: readonly (readonly [formula: string, words: string, column: number])[] = [
    ['\\A n \\in 0..x : <>(x = n)', 'a quantifier over a set that is not constant', 18],
    ['{<>(x = 1)} = {}', '`=` of temporal formulas', 9],
    ['\\A n \\in {0} : {<>(x = 1)}[n]', 'a temporal formula inside of this expression', 24],
    ['(<>(x = 1)) = TRUE', '`=` of temporal formulas', 9],
    ['\\EE y : [](x = 1)', 'the quantifier \\EE', 9],
  ];

  test.each(refused)('%s is refused with its place', async (formula, words, column) => {
    const file = spec(`${fair}Prop == ${formula}`, 'SPECIFICATION Spec PROPERTY Prop');
    const { exitCode, document } = await json('check', file);
    expect(exitCode).toBe(77);
    expect(document.message).toContain(words);
    expect(document.location).toMatchObject({ line: 10, column });
    const { err } = await cli('check', file);
    expect(err).toMatch(/EVL032[\s\S]*TLC takes no more/);
  });
});

test('a formula that is too large is refused before anybody waits for it', async () => {
  const body = `${fair}Prop == \\E n \\in 1..40 : x = n ~> x = n + 1`;
  const file = spec(body, 'SPECIFICATION Spec PROPERTY Prop');
  const { exitCode, document } = await json('check', file);
  expect(exitCode).toBe(77);
  expect(document.message).toMatch(/`Prop` is too large to be checked: .* 30 promises/);
  expect(document.location).toMatchObject({ line: 10, column: 1 });
});

describe('fairness', () => {
  const under = (assumption: string, property = '<>(x = 2)') =>
    lassoOf(
      `${counter}Spec == Init /\\ [][Next]_x /\\ ${assumption}\nProp == ${property}`,
      'SPECIFICATION Spec PROPERTY Prop',
    );

  test('is asked by nobody where there are only INIT and NEXT', async () => {
    const body = `${counter}Prop == <>(x = 1)`;
    expect(await lassoOf(body, 'INIT Init NEXT Next PROPERTY Prop')).toBe('liveness 13 (0)');
  });

  test.each([
    ['WF_x(Next)', 'liveness 13 0 1 (5)'],
    ['[]<>(x = 2)', 'ok 0'],
    ['<>(x = 2)', 'ok 0'],
    ['([]<>(x = 1) => []<>(x = 2)) /\\ WF_x(Next)', 'liveness 13 0 1 (5)'],
    ['WF_x(Next) /\\ [](x # 5)', 'ok 0'],
    ['(\\A n \\in {1} : SF_x(Up /\\ x = n)) /\\ WF_x(Up)', 'liveness 13 0 1 (5)'],
    ['WF_x(x # 1 /\\ Next)', 'liveness 13 0 (1)'],
    ["WF_x(Next /\\ x' # 5)", 'liveness 13 0 1 (5)'],
  ])('%s: %s', async (assumption, verdict) => expect(await under(assumption)).toBe(verdict));

  test('of an action that is no part of Next is evaluated', async () => {
    // From 1 both ways are enabled again and again; strong fairness of x' = 5 leads out of the round.
    expect(await under("WF_x(Next) /\\ SF_x(x = 1 /\\ x' = 5)", '<>(x = 5)')).toBe('ok 0');
    expect(await under("WF_x(Next) /\\ WF_x(x = 1 /\\ x' = 5)", '<>(x = 5)')).toBe(
      'liveness 13 (0 1 2 3)',
    );
  });

  test('of a label and of a process with labels left out', async () => {
    const algorithm = (modifier: string) => `(* --algorithm Spec {
  variable x = 0;
  fair process (p = 1) { a: while (TRUE) { x := 1; b:${modifier} x := 0; } }
  fair process (q = 2) { c:+ await x = 1; x := 2; d: await FALSE; }
} *)
Prop == <>(x = 2)`;
    const config = 'SPECIFICATION Spec PROPERTY Prop';
    // c is enabled again and again, and strongly fair.
    expect(await lassoOf(algorithm(''), config)).toBe('ok 0');
    const weak = algorithm('').replace('c:+', 'c:');
    expect(await lassoOf(weak, config)).toBe('liveness 13 (0 1)');
    // Where p need not leave b, x stays 1, and weak fairness of q is enough.
    const { document } = await json('check', spec(weak.replace('b:', 'b:-'), config), '--quiet');
    expect(document.result).toBe('liveness');
    const texts = document.trace.fairness.map((one: { text: string }) => one.text);
    expect(texts).toEqual([
      'WF of process 1, but for b: it takes a step from state 1',
      'WF of process 2: it is enabled again and again, in state 2, but not all the time, and only ' +
        'weakly fair: strong fairness would exclude this behavior',
    ]);
  });

  test('is told of who could go on and is not asked to', async () => {
    const body = `${counter}Spec == Init /\\ [][Next]_x\nProp == <>(x = 1)`;
    const { out } = await cli('check', spec(body, 'SPECIFICATION Spec PROPERTY Prop'));
    expect(out).toContain('Stuttering: it stays in this state forever.');
    expect(out).toContain('action Up could take a step there, and no fairness is asked of it');
  });
});

describe('refinement', () => {
  const abstract = `VARIABLES h, k
Init == h = 0
rest == <<k>>
Tick == h' = 1 - h /\\ UNCHANGED rest
Spec == Init /\\ [][Tick]_<<h, k>> /\\ WF_<<h, k>>(Tick)`;
  const body = `${counter}Spec == Init /\\ [][Next]_x /\\ WF_x(Up \\/ Round)\n`;
  const config = 'SPECIFICATION Spec PROPERTY Prop';

  // h stands still in the mapping. Its Tick is enabled all the same, and never taken.
  const still: readonly (readonly [mapping: string, text: string])[] = [
    ['an expression', 'A == INSTANCE Abs WITH h <- 0 * x, k <- 0'],
    ['more than one', 'A == INSTANCE Abs WITH h <- 0 * x, k <- x - x'],
    ['a tuple', 'A == INSTANCE Abs WITH h <- 0 * x, k <- <<x - x, 0>>'],
    ['a definition', 'low == 0 * x\nA == INSTANCE Abs WITH h <- (low), k <- 0'],
    ['definitions of the same names', 'h == 0 * x\nk == h + h\nA == INSTANCE Abs'],
    [
      'a definition of another instance',
      'B == INSTANCE Low\nA == INSTANCE Abs WITH h <- B!low, k <- 0',
    ],
  ];

  test.each(still)('asks for steps that the mapping cannot make: %s', async (_mapping, text) => {
    module('Abs', abstract);
    module('Low', 'VARIABLE x\nlow == 0 * x');
    expect(await lassoOf(`${body}${text}\nProp == A!Spec`, config)).toBe('liveness 13 0 1 (5)');
  });

  test('holds where the mapping makes the steps', async () => {
    module('Abs', abstract);
    const turns = `VARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 4
Spec == Init /\\ [][Next]_x /\\ WF_x(Next)
A == INSTANCE Abs WITH h <- x % 2, k <- 0\nProp == A!Spec`;
    expect(await lassoOf(turns, config)).toBe('ok 0');
    expect(await lassoOf(turns.replace('/\\ WF_x(Next)', ''), config)).toBe('liveness 13 (0)');
  });

  test('with parameters, and shown in the variables of both modules', async () => {
    module('Abs', 'CONSTANT m\nVARIABLE h\nSpec == h = 0 /\\ []<>(h = m)');
    const made = `${body}A(m) == INSTANCE Abs WITH h <- 2 * x\nProp == A(4)!Spec`;
    const file = spec(made, config);
    const { document } = await json('check', file, '--quiet');
    expect(document.trace.refinement).toEqual({
      instance: 'A',
      states: [0, 2, 10].map((h) => ({ h: { '#bigint': String(h) } })),
    });
    const { out } = await cli('check', file);
    expect(out).toContain('\n  x: 0 → 1\n  A!h: 0 → 2\n');
  });
});

describe('a run', () => {
  const live = `${fair}Low == x < 3\nProp == <>(x = 2)\nOther == []<>(x = 0)\nEnd == <>(x = 1)\n`;
  const config = 'SPECIFICATION Spec\nPROPERTIES Prop Other End\n';

  test('that violates an invariant says nothing of whole behaviors', async () => {
    const { exitCode, document } = await json('check', spec(live, `${config}INVARIANT Low`));
    expect([exitCode, document.property]).toEqual([12, 'Low']);
    const results = document.properties.map((it: { result: string }) => it.result);
    expect(results).toEqual(['violated', 'not-checked', 'not-checked', 'not-checked']);
  });

  test('decides every property if it is asked to', async () => {
    const file = spec(live, `${config}INVARIANT Low`);
    const { exitCode, document } = await json('check', file, '--every-property');
    expect([exitCode, document.property]).toEqual([12, 'Low']);
    const told = document.properties.map((it: { result: string; trace: unknown }) => {
      return [it.result, it.trace !== null];
    });
    expect(told).toEqual([
      ['violated', true],
      ['violated', true],
      ['violated', true],
      ['holds', false],
    ]);
  });

  test('ends at the first property that is violated', async () => {
    const { document } = await json('check', spec(live, config));
    expect(document.property).toBe('Prop');
    const results = document.properties.map((it: { result: string }) => it.result);
    expect(results).toEqual(['violated', 'not-checked', 'not-checked']);
  });

  test('that cannot evaluate a property exits 77 and shows the state', async () => {
    const body = `${fair}Prop == <>(<<7, 8, 9>>[x + 1] = 10)`;
    const file = spec(body, 'SPECIFICATION Spec PROPERTY Prop');
    const { exitCode, document } = await json('check', file);
    expect([exitCode, document.result]).toEqual([77, 'evaluation-error']);
    // Breadth first: 5 and 2 come before 3, and x + 1 is outside of 1..3 for 5.
    expect(document.trace.steps.at(-1).state.x).toEqual({ '#bigint': '5' });
    expect(document.trace.loop).toBeNull();
  });

  test('with a limit that is reached gives no answer', async () => {
    const file = spec(live, config);
    const { exitCode, document } = await json('check', file, '--max-states', '2');
    expect([exitCode, document.result, document.complete]).toEqual([152, 'limit', false]);
    expect(document.properties[0].result).toBe('not-checked');
  });

  test('with a VIEW does without it', async () => {
    const body = `${fair}V == x > 0\nProp == <>(x = 2)`;
    const file = spec(body, 'SPECIFICATION Spec PROPERTY Prop VIEW V');
    const { exitCode, err } = await cli('check', file);
    expect(exitCode).toBe(13);
    expect(err).toContain('VIEW `V` is not used in this run');
  });

  test('stays inside of a constraint, and knows what is enabled there', async () => {
    const body = `${fair}Small == x < 3\nProp == <>(x = 5) \\/ []<>(x = 0)`;
    // To stop at 2 is not fair: Up is enabled, though it leads outside.
    expect(await lassoOf(body, 'SPECIFICATION Spec PROPERTY Prop CONSTRAINT Small')).toBe('ok 0');
  });

  test('draws its lasso', async () => {
    const out = join(folder, 'lasso.json');
    const words = ['--counterexamples', '1', '--out', out, '--quiet'];
    expect((await cli('graph', spec(live, config), ...words)).exitCode).toBe(0);
    const drawn = JSON.parse(readFileSync(out, 'utf8'));
    // From 0 and 1 to 5; nothing leads on from there, and staying is no step.
    const edges = drawn.edges.map((it: { attributes: { action: string } }) => it.attributes.action);
    expect(edges).toEqual(['Up', 'Jump']);
    const violating = drawn.nodes.map((it: { attributes: { violating: boolean } }) => {
      return it.attributes.violating;
    });
    expect(violating).toEqual([false, false, true]);
    const other = await cli('graph', spec(live, config), '--property', 'Other', ...words);
    expect(other.exitCode).toBe(0);
    expect(JSON.parse(readFileSync(out, 'utf8')).property).toBe('Other');
  });

  test('writes its lasso for others', async () => {
    const out = join(folder, 'lasso.tlc.json');
    await cli('check', spec(live, config), '--trace', out);
    const { counterexample } = JSON.parse(readFileSync(out, 'utf8'));
    const ends = counterexample.action.map(
      ([from, { name }, to]: [[number], { name: string }, [number]]) => {
        return `${from[0]} ${name} ${to[0]}`;
      },
    );
    expect(ends).toEqual(['1 Up 2', '2 Jump 3', '3 Stuttering 3']);
  });
});
