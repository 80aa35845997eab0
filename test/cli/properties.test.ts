/** Properties of steps, symmetry, aliases and postconditions, as check tells of them. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { decodeItf, formatValue, type Value } from '../../src/values/index.js';
import { cli, json } from './runCli.js';

const specs = 'test/oracle/specs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A module Spec and its configuration; gives what to check. */
function spec(body: string, config: string): string {
  const file = join(folder, 'Spec.tla');
  writeFileSync(file, `---- MODULE Spec ----\nEXTENDS Integers, TLC\n${body}\n====\n`);
  writeFileSync(join(folder, 'Spec.cfg'), `INIT Init NEXT Next\n${config}\n`);
  return file;
}

const counter = "VARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 4\n";

type Coded = Readonly<Record<string, unknown>>;
const decoded = (state: Coded): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]) => [
      name,
      formatValue(decodeItf(value, new Set()) as Value),
    ]),
  );
const statesOf = (trace: { readonly steps: readonly { readonly state: Coded }[] }) =>
  trace.steps.map(({ state }) => decoded(state));

describe('a property of steps', () => {
  test('is told with its place, in the module that defines it, and the step that violates it', async () => {
    const { exitCode, document } = await json(
      'check',
      `${specs}/temporal/HourMinute.tla`,
      '--config',
      `${specs}/temporal/HourMinute-leap.cfg`,
      '--quiet',
    );
    expect(exitCode).toBe(13);
    expect(document).toMatchObject({
      result: 'action-property',
      property: 'Refines',
      message: 'Property Refines is violated by a step.',
      // TLC: "line 7, col 17 to line 7, col 26 of module HourAbs".
      location: { file: `${specs}/temporal/HourAbs.tla`, line: 7, column: 17 },
      properties: [{ name: 'Refines', kind: 'temporal', result: 'violated' }],
    });
    expect(document.trace.steps[1]).toMatchObject({ action: 'Skip' });
    expect(statesOf(document.trace)).toEqual([
      { hr: '0', mn: '0' },
      { hr: '2', mn: '0' },
    ]);
  });

  test('has its own verdict among others', async () => {
    const file = spec(
      `${counter}Up == [][x' > x]_x\nStep == [][x' # x + 2]_x\nLow == x < 9\nLive == <>(x = 3)`,
      'INVARIANT Low PROPERTIES Up Step Live',
    );
    const { exitCode, document } = await json('check', file, '--every-property', '--quiet');
    expect([exitCode, document.complete]).toEqual([13, true]);
    const results = document.properties.map((it: { name: string; result: string }) => {
      return `${it.name} ${it.result}`;
    });
    expect(results).toEqual(['Low holds', 'Up violated', 'Step holds', 'Live violated']);
  });

  test('that holds is checked, so that success is claimed', async () => {
    const file = spec(`${counter}Prop == x = 0 /\\ [][x' # x + 2]_x`, 'PROPERTY Prop');
    const { exitCode, out, err } = await cli('check', file);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(/^Nothing is violated\./);
  });

  test('without a value exits 77 and shows the step', async () => {
    const file = spec(`${counter}Prop == [][6 \\div x >= x']_x`, 'PROPERTY Prop');
    const { exitCode, document } = await json('check', file);
    expect([exitCode, document.result]).toEqual([77, 'evaluation-error']);
    expect(statesOf(document.trace)).toEqual([{ x: '0' }, { x: '1' }]);
  });

  test('has counterexamples that can be drawn', async () => {
    const file = spec(`${counter}Up == [][x' > x]_x`, 'PROPERTY Up');
    const out = join(folder, 'up.json');
    const { exitCode } = await cli('graph', file, '--counterexamples', 'all', '--out', out);
    expect(exitCode).toBe(0);
    const drawn = JSON.parse(readFileSync(out, 'utf8'));
    // Round the clock: the step that violates is the one from 3 back to 0.
    const ends = drawn.edges.map((it: { source: string; target: string }) => {
      return `${it.source}-${it.target}`;
    });
    expect(ends).toEqual(['0-1', '1-2', '2-3', '3-0']);
    expect(drawn.property).toBe('Up');
  });
});

describe('SYMMETRY', () => {
  const body = `CONSTANT C\nVARIABLE f\nInit == f = [c \\in C |-> 0]
Next == \\E c \\in C : f' = [f EXCEPT ![c] = (@ + 1) % 3]
Perms == Permutations(C)\nLive == <>(\\A c \\in C : f[c] = 1)\nMet == ~\\A c \\in C : f[c] = 2\n`;
  const config = 'CONSTANT C = {a, b, c}\nSYMMETRY Perms\n';

  test('is used for safety: multisets of values are left', async () => {
    const { document } = await json('check', spec(body, config));
    expect(document).toMatchObject({ result: 'ok', complete: true, states: { distinct: 10 } });
  });

  test('is off beside a property of whole behaviors, and that is said', async () => {
    const file = spec(body, `${config}PROPERTY Live`);
    const { exitCode, err } = await cli('check', file);
    // Without fairness nobody need count.
    expect(exitCode).toBe(13);
    expect(err).toContain('SYMMETRY `Perms` is not used in this run: it is not sound');
    const { document } = await json('check', file);
    expect(document.states.distinct).toBe(27);
  });

  test('gives the same verdict, with a counterexample as short', async () => {
    const violated = `${config}INVARIANT Met`;
    const { document } = await json('check', spec(body, violated));
    const plain = await json('check', spec(body, violated.replace('SYMMETRY Perms', '')));
    for (const one of [document, plain.document]) {
      expect([one.result, one.property, one.trace.steps.length]).toEqual(['invariant', 'Met', 7]);
    }
    expect(document.states.distinct).toBeLessThan(plain.document.states.distinct);
  });

  test('that permutes something else is a mistake of the configuration', async () => {
    const file = spec(`${counter}Perms == Permutations({1, 2})`, 'SYMMETRY Perms');
    const { exitCode, err } = await cli('check', file);
    expect(exitCode).toBe(151);
    expect(err).toMatch(/CFG115.*only model values can be permuted/);
  });
});

describe('ALIAS', () => {
  const run = ['check', `${specs}/config/Aliased.tla`] as const;

  test("shows what TLC shows, in TLC's order", async () => {
    const { document } = await json(...run);
    const shown: { counterexample: { state: [number, Record<string, number>][] } } = JSON.parse(
      readFileSync('test/oracle/traces/config__Aliased.json', 'utf8'),
    );
    const wanted = shown.counterexample.state.map(([, state]) =>
      Object.entries(state).map(([name, value]) => [name, String(value)]),
    );
    const ours = statesOf(document.trace).map((state) => Object.entries(state));
    expect(ours).toEqual(wanted);
    const { out } = await cli(...run);
    expect(out).toContain('\n  gap: 20 → 10\n');
    expect(out).not.toContain('lo:');
  });

  test('leaves a trace that is written to be replayed as it is', async () => {
    const file = join(folder, 'trace.json');
    await cli(...run, '--trace', file);
    const { steps } = JSON.parse(readFileSync(file, 'utf8'));
    expect(decoded(steps[1].state)).toEqual({ lo: '10', hi: '20' });
  });
});

describe('POSTCONDITION', () => {
  const post = 'Post == PrintT("counted") /\\ TLCGet("distinct") = 4\n';

  test('is evaluated at the end', async () => {
    const { exitCode, out } = await cli('check', spec(counter + post, 'POSTCONDITION Post'));
    expect(exitCode).toBe(0);
    expect(out.match(/"counted"/g)).toHaveLength(1);
  });

  test('that is false is a false assumption', async () => {
    const body = `${counter}Post == TLCGet("distinct") > 4`;
    const { exitCode, document } = await json('check', spec(body, 'POSTCONDITION Post'));
    expect(exitCode).toBe(10);
    expect(document).toMatchObject({
      result: 'assumption',
      message: 'POSTCONDITION Post is false.',
      location: { line: 6, column: 1 },
      states: { distinct: 4 },
      trace: null,
    });
  });

  test('that has no value is an evaluation error, and is not asked after a violation', async () => {
    const body = `${counter}Post == x = 0\nLow == x < 3`;
    const { exitCode } = await json('check', spec(body, 'POSTCONDITION Post'));
    expect(exitCode).toBe(75);
    const violated = await json('check', spec(body, 'INVARIANT Low POSTCONDITION Post'));
    expect(violated.exitCode).toBe(12);
  });
});

test('a step that leaves a variable open is shown as far as it got', async () => {
  const { document } = await json('check', `${specs}/verdicts/ForgotPrime.tla`);
  expect(statesOf(document.trace).at(-1)).toEqual({ x: '0' });
  const { out } = await cli('check', `${specs}/verdicts/ForgotPrime.tla`);
  expect(out).toContain('\n  x: 2 → 0\n  y: 0 → (no value)\n');
});
