import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

const ticket = 'test/cli/specs/Ticket.tla';
/** Both have read before one has written. */
const lost = 'seen["A"] = 0 /\\ seen["B"] = 0 /\\ pc["A"] = "write" /\\ pc["B"] = "write"';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A module whose configuration is given. */
const spec = (name: string, body: string, config: string) => {
  writeFileSync(join(folder, `${name}.cfg`), config);
  const file = join(folder, `${name}.tla`);
  writeFileSync(file, `---- MODULE ${name} ----\nEXTENDS Naturals, TLC\n${body}\n====\n`);
  return file;
};

const counter = () =>
  spec(
    'Counter',
    "VARIABLE n\nInit == n = 0\nNext == n < 9 /\\ n' \\in {n + 1, n + 3}\nBelow == n < 2",
    'INIT Init NEXT Next INVARIANT Below CHECK_DEADLOCK FALSE',
  );

describe('check --witness', () => {
  test('shows a shortest behavior to such a state', async () => {
    const { exitCode, out, err } = await cli('check', ticket, '--witness', lost);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out.startsWith(`Found: ${lost}, by a shortest behavior of 3 states.\n`)).toBe(true);
    expect(out).toMatch(/\nState 3: <read\("[AB]"\) Ticket\.tla:12> /);
    expect(out).not.toContain('State 4');
    expect(out).toContain('Only witnesses were looked for: nothing else was checked.');
  });

  test('says that there is none, in the complete state space', async () => {
    const { exitCode, out } = await cli('check', ticket, '--witness', 'next = 5');
    expect(exitCode).toBe(1);
    expect(out).toMatch(/^None: no reachable state has next = 5\.\n/);
    const checked = await json('check', ticket, '--every-property');
    const { generated, distinct, depth } = checked.document.states;
    expect(out).toContain(
      `\n${generated} states generated, ${distinct} distinct states, depth ${depth}, `,
    );
  });

  test('goes on where an invariant is violated, since it does not check it', async () => {
    // 0, 3, 6, 9: three steps.
    const { exitCode, document } = await json('check', counter(), '--witness', 'n = 9');
    expect(exitCode).toBe(0);
    expect(document).toMatchObject({
      result: 'ok',
      properties: [{ name: 'Below', result: 'not-checked' }],
      witnesses: [{ expression: 'n = 9', result: 'found', states: 4 }],
    });
    expect(document.trace).toEqual(document.witnesses[0].trace);
    expect(document.trace.property).toBeNull();
  });

  test('gives each of several its verdict', async () => {
    const { exitCode, document } = await json(
      ...['check', counter(), '--witness', 'n = 11', '--witness', 'n > 11', '--witness', 'Below'],
    );
    expect(exitCode).toBe(1);
    expect(document.complete).toBe(true);
    expect(document.witnesses).toMatchObject([
      { expression: 'n = 11', result: 'found', states: 6 },
      { expression: 'n > 11', result: 'none', states: null, trace: null },
      { expression: 'Below', result: 'found', states: 1 },
    ]);
  });

  test('does not say that there is none where a limit came first', async () => {
    const { exitCode, out, err } = await cli(
      ...['check', ticket, '--witness', 'next = 5', '--max-states', '4'],
    );
    expect(exitCode).toBe(152);
    expect(out).toMatch(/^Unknown: no state found has next = 5; not all were searched\.\n/);
    expect(err).toContain('the limit of 4 states was reached');
  });

  test('nor where a step has no value', async () => {
    const failing = spec(
      'Failing',
      "VARIABLE n\nInit == n = 0\nNext == n' = IF n = 3 THEN 1 + TRUE ELSE n + 1",
      'INIT Init NEXT Next',
    );
    const { exitCode, document } = await json('check', failing, '--witness', 'n = 7');
    expect(exitCode).toBe(152);
    expect(document).toMatchObject({ result: 'limit', complete: false });
    expect(document.message).toContain('TRUE');
    expect((await cli('check', failing, '--witness', 'n = 3')).exitCode).toBe(0);
  });

  test('looks at all states of those that SYMMETRY takes for one', async () => {
    const symmetric = spec(
      'Symmetric',
      [
        'CONSTANTS P, a, b',
        'VARIABLE owner',
        'Init == owner = {}',
        "Next == \\E p \\in P : owner = {} /\\ owner' = {p}",
        'Perms == Permutations(P)',
      ].join('\n'),
      'CONSTANTS a = a b = b P = {a, b}\nINIT Init NEXT Next SYMMETRY Perms CHECK_DEADLOCK FALSE',
    );
    const { document } = await json(
      ...['check', symmetric, '--witness', 'owner = {a}', '--witness', 'owner = {b}'],
    );
    expect(document.witnesses).toMatchObject([{ result: 'found' }, { result: 'found' }]);
  });

  test('writes the behavior, and that of the second one beside it', async () => {
    const file = join(folder, 'way.json');
    const { out } = await cli(
      ...['check', counter(), '--witness', 'n = 1', '--witness', 'n = 4', '--trace', file],
    );
    expect(out).toContain(`Trace: ${file}`);
    const second = JSON.parse(readFileSync(join(folder, 'way-2.json'), 'utf8'));
    expect(JSON.parse(readFileSync(file, 'utf8')).steps).toHaveLength(2);
    expect(second.steps).toHaveLength(3);
    expect(existsSync(join(folder, 'way-3.json'))).toBe(false);
  });

  test.each([
    ['next >', 150, '--witness:1:7'],
    ['nxt = 1', 150, 'unknown operator `nxt`'],
    ["next' = 1", 2, 'but this one has a prime'],
    ['<>(next = 1)', 2, 'but this one has a temporal operator'],
  ])('refuses %s', async (expression, code, message) => {
    const { exitCode, out, err } = await cli('check', ticket, '--witness', expression);
    expect([exitCode, out]).toEqual([code, '']);
    expect(err).toContain(message);
    expect(err).toContain(`1 │ ${expression}`);
  });

  test.each([['--por'], ['--coverage'], ['--checkpoint', 'x'], ['--resume', 'x']])(
    'is not for %s',
    async (...words) => {
      const { exitCode, out, err } = await cli('check', ticket, '--witness', 'TRUE', ...words);
      expect([exitCode, out]).toEqual([2, '']);
      expect(err).toContain(`${words[0]} and --witness cannot be used together`);
    },
  );

  test('draws what --seed says, as a check does', async () => {
    const dice = spec(
      'Dice',
      "VARIABLE n\nInit == n = 0\nNext == n = 0 /\\ n' = RandomElement(1..6)",
      'INIT Init NEXT Next CHECK_DEADLOCK FALSE',
    );
    const thrown = async (seed: string) => {
      const { document } = await json('check', dice, '--witness', 'n > 0', '--seed', seed);
      return JSON.stringify(document.trace.steps[1].state.n);
    };
    const seeds = Array.from({ length: 12 }, (_, i) => String(i));
    const first = await Promise.all(seeds.map(thrown));
    expect(await Promise.all(seeds.map(thrown))).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
  });

  test('shows a predicate that has no value, with the state', async () => {
    const { exitCode, out } = await cli(
      'check',
      ticket,
      '--witness',
      'mine["A"] = 1 /\\ next["A"]',
    );
    expect(exitCode).toBe(76);
    expect(out).toMatch(/^No value: mine\["A"\] = 1 \/\\ next\["A"\]: /);
    expect(out).toMatch(/\nState \d: <keep\("A"\)/);
  });
});
