import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Terminal } from '../../src/cli/terminal.js';
import { cli, cliOn, json } from './runCli.js';

const ticket = 'test/cli/specs/Ticket.tla';
const atomic = 'test/cli/specs/Ticket-atomic.cfg';
const driver = 'test/cli/ticketDriver.mjs';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** The driver of the tests, but for what is given. */
const driverWith = (odd: string) =>
  `import { createDriver as create } from ${JSON.stringify(
    fileURLToPath(new URL('ticketDriver.mjs', import.meta.url)),
  )};
  export const createDriver = (options) => ({ ...create(options), ${odd} });`;

/** An interrupt at the first pause of the command. */
function interrupting(): Partial<Terminal> {
  let handler = () => {};
  return {
    onInterrupt: (called) => {
      handler = called;
      return () => {};
    },
    pause: async () => handler(),
  };
}

describe('replay', () => {
  test('an interrupt ends it with 130, and closes a program that hangs', async () => {
    const { exitCode, err } = await cliOn(interrupting(), 'replay', ticket, '--driver', driver);
    expect(exitCode).toBe(130);
    expect(err).toContain('Interrupted');
  });

  test('confirms a counterexample on a driver from a file', async () => {
    const { exitCode, out } = await cli('replay', ticket, '--driver', driver);
    expect(exitCode).toBe(0);
    expect(out).toContain('✓ confirmed  Different  6 of 6 steps matched');
    expect(out).toMatch(/duplicate ticket at step 6 in keep_ticket: both hold 1/);
    expect(out).toMatch(/1 {2}[AB] {2}read +[AB] did read/);
    expect(out).toContain('1 of 1 replay confirmed.');
    expect(out).toContain(`Reproduce: counterplay replay ${ticket} --config`);
  });

  test('--steps shows the whole trace with the replay beside it', async () => {
    const { out } = await cli('replay', ticket, '--driver', driver, '--steps');
    expect(out).toMatch(
      /State 7: <keep\("[AB]"\)[\s\S]*kernel: [AB] did keep ✓\n {2}duplicate ticket/,
    );
    expect(out).toMatch(/\n {4}A 1\n {4}B 1\n/);
  });

  test('--json prints what scripts rely on', async () => {
    const { document } = await json('replay', ticket, '--driver', driver);
    expect(document).toMatchObject({
      spec: ticket,
      config: 'test/cli/specs/Ticket.cfg',
      driver: 'ticket (Ticket)',
      replays: [
        {
          property: 'Different',
          verdict: 'confirmed',
          steps: 6,
          matched: 6,
          at: null,
          detections: [{ kind: 'duplicate', name: 'ticket', step: 6, message: 'both hold 1' }],
          difference: null,
        },
      ],
    });
  });

  test('another build diverges, and the report names the first difference', async () => {
    const argv = ['replay', ticket, '--driver', driver, '--build', 'eager'];
    const { exitCode, document } = await json(...argv);
    expect(exitCode).toBe(20);
    expect(document.replays[0]).toMatchObject({
      verdict: 'diverged',
      at: 1,
      difference: { path: 'next', specification: '0', implementation: '1' },
    });
    const { out } = await cli(...argv);
    expect(out).toContain('next: specification 0, implementation 1');
    expect(out).toContain('--build eager');
  });

  test('a build that waits is blocked, with the kernel function', async () => {
    const argv = ['replay', ticket, '--driver', driver, '--build', 'locked'];
    const { exitCode, document } = await json(...argv);
    expect(exitCode).toBe(20);
    expect(document.replays[0]).toMatchObject({
      verdict: 'blocked',
      function: 'take_ticket',
      reason: 'the lock is taken',
    });
    expect((await cli(...argv)).out).toContain('kernel function take_ticket: the lock is taken');
  });

  test('a build that detects nothing leaves it unobserved', async () => {
    const { exitCode, document } = await json(
      ...['replay', ticket, '--driver', driver, '--build', 'silent'],
    );
    expect([exitCode, document.replays[0].verdict]).toEqual([20, 'unobserved']);
  });

  test('a trace that check wrote is replayed, in both formats', async () => {
    for (const name of ['t.json', 't.itf.json']) {
      const file = join(folder, name);
      await cli('check', ticket, '--trace', file);
      const { exitCode, document } = await json('replay', file, '--driver', driver);
      expect([exitCode, document.replays[0].verdict]).toEqual([0, 'confirmed']);
    }
  });

  test('a driver may be written in TypeScript', async () => {
    const source = fileURLToPath(new URL('ticketDriver.mjs', import.meta.url));
    const file = put(
      'driver.ts',
      `import { createDriver as create } from ${JSON.stringify(source)};
       interface Options { readonly build: string }
       export const createDriver = (options: Options) => create(options) as unknown;\n`,
    );
    const { exitCode, err } = await cli('replay', ticket, '--driver', file);
    expect([exitCode, err]).toEqual([0, '']);
  });
});

describe('refusals', () => {
  const refused = async (...argv: string[]) => {
    const { exitCode, out, err } = await cli('replay', ...argv);
    expect(out).toBe('');
    expect(err).not.toMatch(/\n {4}at /);
    return [exitCode, err] as const;
  };

  test('nothing violated is nothing to replay', async () => {
    const [exitCode, err] = await refused(ticket, '--config', atomic, '--driver', driver);
    expect(exitCode).toBe(2);
    expect(err).toContain('nothing to replay');
  });

  test('a property that nothing violates', async () => {
    const [exitCode, err] = await refused(ticket, '--driver', driver, '--property', 'Bounded');
    expect(exitCode).toBe(2);
    expect(err).toContain('Violated: Different.');
  });

  test('a spec that no driver ships for', async () => {
    const [exitCode, err] = await refused(ticket);
    expect(exitCode).toBe(2);
    expect(err).toContain(`no driver ships for ${ticket}`);
    expect(err).toContain('--exec "COMMAND"');
  });

  test('a driver of another spec names both', async () => {
    const [exitCode, err] = await refused(ticket, '--driver', 'writeback');
    expect(exitCode).toBe(2);
    expect(err).toContain('replays traces of Writeback');
    expect(err).toContain(ticket);
  });

  test('an unknown driver, a missing one, and one that is none', async () => {
    expect((await refused(ticket, '--driver', 'writebak'))[1]).toContain('Shipped: writeback');
    expect((await refused(ticket, '--driver', './none.js'))[1]).toContain('there is no such file');
    const broken = put('broken.mjs', 'export const createDriver = () => ({ labels: [] });');
    expect((await refused(ticket, '--driver', broken))[1]).toContain('no function reset, step');
    const empty = put('empty.mjs', 'export const x = 1;');
    expect((await refused(ticket, '--driver', empty))[1]).toContain('it exports no driver');
    const wrong = put('wrong.mjs', 'export const = ;');
    expect((await refused(ticket, '--driver', wrong))[1]).toContain('cannot be loaded');
  });

  test('a driver that throws is told with its own words', async () => {
    const throwing = put(
      'throwing.mjs',
      `const stop = () => { throw new Error('no such device'); };
       export default { labels: ['read', 'write', 'keep'], reset: stop, step: stop, state: stop, detections: stop };`,
    );
    const [exitCode, err] = await refused(ticket, '--driver', throwing);
    expect(exitCode).toBe(2);
    expect(err).toContain('the driver `throwing.mjs` failed: no such device');
  });

  test.each([
    ['cannot be made', 'export default () => { throw new Error("no machine"); };', /no machine/],
    ['is null', 'export default null;', /it exports no driver/],
    ['has a state that is null', driverWith('state: () => null'), /expected a state, got null/],
    [
      'answers nothing to a step',
      driverWith('step: () => {}'),
      /expected a step result, got nothing/,
    ],
    ['detects an object', driverWith('detections: () => ({})'), /expected an array of detections/],
    [
      'has labels that are none',
      driverWith('labels: [1]'),
      /expected "labels", an array of strings/,
    ],
  ])('a driver that %s is told with the cause', async (_, text, cause) => {
    const [exitCode, err] = await refused(ticket, '--driver', put('odd.mjs', text));
    expect(exitCode).toBe(2);
    expect(err).toMatch(cause);
    expect(err).not.toContain('internal error');
  });

  test('a driver that never answers is given up', async () => {
    const file = put('silent.mjs', driverWith('reset: () => new Promise(() => {})'));
    const argv = ['--driver', file, '--driver-timeout', '1'];
    const [exitCode, err] = await refused(ticket, ...argv);
    expect(exitCode).toBe(2);
    expect(err).toContain('gave no answer for 1 s to reset');
    expect(err).toContain('--driver-timeout');
  });

  test('a driver is looked for before all states are explored', async () => {
    const [, err] = await refused(ticket, '--driver', 'nowhere', '--max-states', '1');
    expect(err).toContain('there is no driver named');
    expect(err).not.toContain('limit');
    expect((await refused(ticket, '--driver', folder))[1]).toContain('it is a directory');
    expect((await refused(ticket, '--exec', ' '))[1]).toContain('the command is missing');
  });

  test('a trace file holds one trace, so another property is a mistake', async () => {
    const trace = join(folder, 'trace.json');
    await cli('check', ticket, '--trace', trace);
    const [exitCode, err] = await refused(trace, '--driver', driver, '--property', 'Bounded');
    expect(exitCode).toBe(2);
    expect(err).toContain('is a trace of `Different`, and --property asks for `Bounded`');
  });

  test('the document of check --json is taken for its trace, if it has one', async () => {
    const document = put('check.json', (await cli('check', ticket, '--json')).out);
    expect((await cli('replay', document, '--driver', driver)).exitCode).toBe(0);
    const nothing = put('ok.json', (await cli('check', ticket, '--config', atomic, '--json')).out);
    const [exitCode, err] = await refused(nothing, '--driver', driver);
    expect(exitCode).toBe(2);
    expect(err).toContain('found no counterexample');
  });

  test('a file that is cut off says so', async () => {
    const trace = join(folder, 'trace.json');
    await cli('check', ticket, '--trace', trace);
    const cut = put('cut.json', readFileSync(trace, 'utf8').slice(0, 300));
    expect((await refused(cut))[1]).toContain('it ends too early');
  });

  test('a program that speaks the protocol replays; one that does not is told', async () => {
    const argv = ['--exec', 'no-such-driver-program'];
    const [exitCode, err] = await refused(ticket, ...argv);
    expect(exitCode).toBe(2);
    expect(err).toContain('the driver `no-such-driver-program` failed');
    expect((await refused(ticket, ...argv, '--driver', driver))[1]).toContain('together');
  });

  test('a file that is no trace', async () => {
    const [exitCode, err] = await refused(put('x.json', '{"format": "other"}'));
    expect(exitCode).toBe(2);
    expect(err).toContain('at /format, expected "counterplay-trace-1", found "other"');
    expect((await refused(join(folder, 'none.json')))[1]).toContain('there is no file');
  });

  test('a driver that lacks a label is told before the first step', async () => {
    const lacking = put('lacking.mjs', driverWith("labels: ['read', 'write']"));
    const { exitCode, document } = await json('replay', ticket, '--driver', lacking);
    expect(exitCode).toBe(20);
    expect(document.replays[0]).toMatchObject({ verdict: 'unmapped', matched: 0 });
    expect(document.replays[0].reason).toContain('keep');
  });
});
