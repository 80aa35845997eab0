import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, cliOn, json } from './runCli.js';

const ticket = 'test/cli/specs/Ticket.tla';
const atomic = 'test/cli/specs/Ticket-atomic.cfg';
const temporal = 'test/cli/specs/Ticket-temporal.cfg';

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

/** Without what the clock decides. */
const timeless = (out: string) => out.replace(/, in .*\n/, '\n');

describe('simulate', () => {
  test('shows a behavior that violates something, and the command that makes it again', async () => {
    const { exitCode, out, err } = await cli('simulate', ticket, '--seed', '3', '--depth', '20');
    expect([exitCode, err]).toEqual([12, '']);
    expect(out).toMatch(/^Invariant Different is violated\. {2}\(exit 12\)\n.*Ticket\.tla:27:1\n/);
    expect(out).toMatch(/\nState 7: <keep\("[AB]"\) Ticket\.tla:18> /);
    expect(out).toContain('The trace has 7 states; it need not be a shortest one.');
    expect(out).toMatch(/\nSeed 3, uniform over actions\.\n$/);
    const [, command = ''] = /\nReproduce: counterplay (.*)\n/.exec(out) ?? [];
    expect(command).toMatch(/^simulate .* --seed 3 --behavior \d+ --depth 20$/);
    const again = await cli(...command.split(' '));
    expect(again.exitCode).toBe(12);
    const traceOf = (text: string) =>
      text.slice(text.indexOf('State 1'), text.indexOf('Reproduce'));
    expect(traceOf(again.out)).toBe(traceOf(out));
  });

  test('says what nothing found means, how long behaviors were and what they did', async () => {
    const { exitCode, out } = await cli('simulate', ticket, '--config', atomic, '--seed', '1');
    expect(exitCode).toBe(0);
    // Each process takes `read` and `keep`, and then both are done: five states.
    expect(timeless(out).replace(/, [\d,]+ states generated/, '')).toBe(
      [
        'Nothing is violated in 10,000 random behaviors. Others may still violate something.',
        '',
        'label   steps   share  place',
        '─────  ──────  ──────  ───────────────────────────────',
        'read   20,000  50.0 %  test/cli/specs/Ticket.tla:12:11',
        'write       0   0.0 %  test/cli/specs/Ticket.tla:17:12',
        'keep   20,000  50.0 %  test/cli/specs/Ticket.tla:18:12',
        '',
        '10,000 behaviors of 5 states: 10,000 could only stay where they were.',
        '40,000 steps',
        'Seed 1, uniform over actions.',
        '',
      ].join('\n'),
    );
  });

  test('is the same for the same seed', async () => {
    const run = async (seed: string) =>
      timeless((await cli('simulate', ticket, '--config', atomic, '--seed', seed)).out);
    expect(await run('5')).toBe(await run('5'));
    expect(await run('5')).not.toBe(await run('6'));
  });

  test('chooses a seed of its own, and tells it', async () => {
    const seedOf = async () => {
      const { document } = await json('simulate', ticket, '--config', atomic, '--behaviors', '2');
      expect(document.behaviors).toBe(2);
      return document.seed;
    };
    const [one, other] = [await seedOf(), await seedOf()];
    expect(Number.isInteger(one)).toBe(true);
    expect(one).not.toBe(other);
  });

  test('--json prints one document, whose trace can be replayed', async () => {
    const { exitCode, document } = await json('simulate', ticket, '--seed', '3', '--depth', '9');
    expect(exitCode).toBe(12);
    expect(document).toMatchObject({
      spec: ticket,
      config: 'test/cli/specs/Ticket.cfg',
      result: 'invariant',
      property: 'Different',
      message: 'Invariant Different is violated.',
      location: { file: ticket, line: 27, column: 1 },
      complete: false,
      seed: 3,
      depth: 9,
      uniform: 'actions',
      interrupted: false,
      trace: { format: 'counterplay-trace-1', property: 'Different', loop: null },
      properties: [
        { name: 'Bounded', kind: 'invariant', result: 'not-violated' },
        { name: 'Different', kind: 'invariant', result: 'violated' },
      ],
      unchecked: [],
    });
    expect(document.behavior).toBe(document.behaviors);
    expect(document.trace.steps).toHaveLength(7);
    expect(['A', 'B']).toContain(document.trace.steps[6].process);
    const steps = document.labels.reduce((sum: number, it: { steps: number }) => sum + it.steps, 0);
    expect(steps).toBe(document.steps);
    expect(document.ends.violation).toBe(1);
  });

  test('--trace writes the counterexample', async () => {
    const file = join(folder, 'ticket.json');
    const { out } = await cli('simulate', ticket, '--seed', '3', '--trace', file);
    expect(out).toContain(`Trace: ${file}`);
    const trace = JSON.parse(readFileSync(file, 'utf8'));
    expect(trace).toMatchObject({ format: 'counterplay-trace-1', property: 'Different' });
  });

  test('does not claim what it does not check', async () => {
    const { exitCode, out } = await cli('simulate', ticket, '--config', temporal, '--seed', '1');
    expect(exitCode).toBe(0);
    expect(out).toContain('Not checked: PROPERTY Finishes; `counterplay check` explores');
    const { document } = await json('simulate', ticket, '--config', temporal, '--seed', '1');
    expect(document.unchecked).toEqual(['PROPERTY Finishes']);
    expect(document.properties).toContainEqual({
      name: 'Finishes',
      kind: 'temporal',
      result: 'not-checked',
    });
  });

  test('--every-property shows one behavior for each', async () => {
    const counter = spec(
      'Counter',
      "VARIABLE n\nInit == n = 0\nNext == n' \\in {n + 1, n + 2}\nThree == n # 3\nFour == n # 4",
      'INIT Init NEXT Next INVARIANTS Three Four',
    );
    const { exitCode, out } = await cli(
      ...['simulate', counter, '--every-property', '--seed', '2', '--behaviors', '5'],
    );
    expect(exitCode).toBe(12);
    expect(out.match(/^Reproduce/gm)).toHaveLength(2);
    expect(out).toContain('\n5 behaviors of 100 states: 5 reached the depth.\n');
  });

  test('draws at random with the same seed, and anew in every step and behavior', async () => {
    const dice = spec(
      'Dice',
      'VARIABLE n\nInit == n = 0\nNext == n\' = RandomElement(1..6)\nSeen == TLCGet("level") < 30 \\/ n # 3',
      'INIT Init NEXT Next INVARIANT Seen',
    );
    const run = async (...more: string[]) => {
      const { document } = await json('simulate', dice, '--seed', '4', ...more);
      return document;
    };
    const found = await run();
    expect(found.result).toBe('invariant');
    expect(await run('--behavior', `${found.behavior}`)).toMatchObject({ trace: found.trace });
    const { trace } = found;
    const drawn = trace.steps.slice(1).map((step: { state: { n: unknown } }) => step.state.n);
    // A die that depends on the state alone would repeat itself from some throw on.
    expect(new Set(drawn.map((n: unknown) => JSON.stringify(n))).size).toBeGreaterThan(3);
    const pairs = drawn.slice(1).map((n: unknown, i: number) => JSON.stringify([drawn[i], n]));
    expect(new Set(pairs).size).toBeGreaterThan(6);
  });

  test('starts each behavior with the registers of the initial predicate', async () => {
    const steps = spec(
      'Registers',
      "VARIABLE n\nInit == TLCSet(1, 0) /\\ n = 0\nNext == TLCSet(1, TLCGet(1) + 1) /\\ n' = TLCGet(1)\nFew == n < 12",
      'INIT Init NEXT Next INVARIANT Few',
    );
    const { exitCode } = await cli(...['simulate', steps, '--depth', '10', '--behaviors', '50']);
    expect(exitCode).toBe(0);
    const deeper = await json(...['simulate', steps, '--depth', '20', '--behavior', '7']);
    expect([deeper.exitCode, deeper.document.trace.steps.length]).toEqual([12, 13]);
  });

  test('an assumption that is false ends it before it begins', async () => {
    const wrong = spec(
      'Wrong',
      "ASSUME 1 = 2\nVARIABLE n\nInit == n = 0\nNext == n' = n",
      'INIT Init NEXT Next',
    );
    const { exitCode, document } = await json('simulate', wrong);
    expect(exitCode).toBe(10);
    expect(document).toMatchObject({ result: 'assumption', behaviors: 0 });
  });

  test('Ctrl-C gives the summary', async () => {
    let press = () => {};
    let pauses = 0;
    const { exitCode, out, err } = await cliOn(
      {
        onInterrupt(handler) {
          press = handler;
          return () => {};
        },
        pause() {
          if (++pauses === 5) press();
          return Promise.resolve();
        },
      },
      ...['simulate', ticket, '--config', atomic, '--seed', '1', '--behaviors', '0'],
    );
    expect(exitCode).toBe(130);
    expect(out).toMatch(/^Nothing is violated in [\d,]+ random behaviors\./);
    expect(err).toContain('Interrupted.');
  });

  test('progress is for those who ask', async () => {
    let now = 0;
    const { err } = await cliOn(
      { now: () => (now += 100) },
      ...['simulate', ticket, '--config', atomic, '--progress'],
    );
    expect(err).toMatch(/^[\d,]+ behaviors, [\d,]+ steps\/s, [\d.]+ m?s\n/);
  });

  test('refuses what makes no sense', async () => {
    const both = await cli('simulate', ticket, '--behavior', '1', '--behaviors', '2');
    expect([both.exitCode, both.out]).toEqual([2, '']);
    expect(both.err).toContain('--behavior and --behaviors cannot be used together');
    const over = await cli('simulate', ticket, '--uniform', 'labels');
    expect(over.err).toContain('--uniform: expected processes or actions or steps');
    expect((await cli('simulate', ticket, '--seed', '-1')).exitCode).toBe(2);
    expect((await cli('simulate', ticket, '--depth', '0')).exitCode).toBe(2);
  });
});
