import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, cliOn, json } from './runCli.js';

const ticket = 'test/cli/specs/Ticket.tla';
const atomic = 'test/cli/specs/Ticket-atomic.cfg';
const temporal = 'test/cli/specs/Ticket-temporal.cfg';

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

/** A module whose configuration is given. */
const spec = (name: string, body: string, config: string) => {
  put(`${name}.cfg`, config);
  return put(`${name}.tla`, `---- MODULE ${name} ----\nEXTENDS Naturals, TLC\n${body}\n====\n`);
};

describe('check', () => {
  test('prints a shortest counterexample and how to see it again', async () => {
    const { exitCode, out } = await cli('check', ticket);
    expect(exitCode).toBe(12);
    expect(out).toMatch(/^Invariant Different is violated\. {2}\(exit 12\)\n/);
    // Each of the two processes must read, write and keep: six steps.
    expect(out).toMatch(/\nState 7: <keep\("[AB]"\) Ticket\.tla:18> /);
    expect(out).not.toContain('State 8');
    expect(out).toMatch(/\n {2}pc\["[AB]"\]: "read" → "write"\n/);
    expect(out).toContain('Reproduce: counterplay check test/cli/specs/Ticket.tla --config');
  });

  test('says so where nothing is violated', async () => {
    const { exitCode, out, err } = await cli('check', ticket, '--config', atomic);
    expect([exitCode, err]).toEqual([0, '']);
    expect(out).toMatch(
      /^Nothing is violated\.\n\d+ states generated, \d+ distinct states, depth 5/,
    );
  });

  test('--json prints one document with the fields that scripts rely on', async () => {
    const { exitCode, document } = await json('check', ticket, '--every-property');
    expect(exitCode).toBe(12);
    expect(document).toMatchObject({
      spec: ticket,
      config: 'test/cli/specs/Ticket.cfg',
      result: 'invariant',
      property: 'Different',
      message: 'Invariant Different is violated.',
      location: { file: ticket, line: 27, column: 1 },
      complete: true,
      trace: { format: 'counterplay-trace-1', spec: ticket, property: 'Different', loop: null },
      properties: [
        { name: 'Bounded', kind: 'invariant', result: 'holds', trace: null },
        { name: 'Different', kind: 'invariant', result: 'violated' },
      ],
    });
    expect(document.trace.constants).toEqual({ Atomic: false });
    expect(document.trace.steps).toHaveLength(7);
    const last = document.trace.steps[6];
    expect(last).toMatchObject({ action: 'keep', location: { file: ticket, line: 18 } });
    expect(['A', 'B']).toContain(last.process);
    expect(last.choices.bonus).toEqual({ '#bigint': '0' });
    expect(last.state.taken).toEqual({ '#set': ['A', 'B'] });
  });

  test('a property of whole behaviors is violated by a lasso, once all states are known', async () => {
    const { exitCode, document } = await json('check', ticket, '--config', temporal);
    // The processes are not fair: nobody need take a step.
    expect(exitCode).toBe(13);
    expect(document).toMatchObject({ result: 'liveness', property: 'Finishes', complete: true });
    expect(document.message).toBe(
      'Property Finishes is violated by a behavior that stays in one state forever.',
    );
    expect(document.location).toMatchObject({ line: 29, column: 1 });
    expect(document.properties).toMatchObject([
      { name: 'Bounded', result: 'holds' },
      { name: 'Finishes', kind: 'temporal', result: 'violated' },
    ]);
    expect(document.trace.steps).toHaveLength(1);
    expect(document.trace.loop).toBe(0);
  });

  test('--trace writes the counterexample, and nothing where there is none', async () => {
    const file = join(folder, 'ticket.itf.json');
    expect((await cli('check', ticket, '--trace', file)).out).toContain(`Trace: ${file}`);
    expect(JSON.parse(readFileSync(file, 'utf8')).states).toHaveLength(7);
    const kept = put('kept.json', 'kept');
    await cli('check', ticket, '--config', atomic, '--trace', kept);
    expect(readFileSync(kept, 'utf8')).toBe('kept');
  });

  test('several workers of a run that has one are told, where they were asked for', async () => {
    const next = "VARIABLE x\nInit == x = 0\nNext == PrintT(x) /\\ x' = 1 - x";
    const printing = spec('Prints', next, 'INIT Init\nNEXT Next\n');
    const asked = await cli('check', printing, '--workers', '2');
    expect(asked.err).toContain('--workers 2 is not used: this run has one worker, because');
    expect((await cli('check', printing, '--workers', '2', '--quiet')).err).toBe('');
    for (const fine of ['1', 'auto']) {
      expect((await cli('check', printing, '--workers', fine)).err).not.toContain('workers');
    }
    expect((await cli('check', ticket, '--workers', '2')).err).toBe('');
  });

  test('a number of workers that makes no sense is a mistake', async () => {
    for (const value of ['0', '-1', '2.5', 'many', '1000']) {
      const { exitCode, err } = await cli('check', ticket, '--workers', value);
      expect([exitCode, err]).toEqual([2, expect.stringContaining('auto, or a whole number')]);
    }
  });
});

describe('limits', () => {
  test('--max-states ends without an answer', async () => {
    const { exitCode, document } = await json('check', ticket, '--max-states', '5');
    expect(exitCode).toBe(152);
    expect(document).toMatchObject({ result: 'limit', complete: false });
    expect(document.properties[0].result).toBe('not-checked');
    const { err } = await cli('check', ticket, '--max-states', '5');
    expect(err).toContain('the limit of 5 states was reached');
    expect(err).toContain('Raise --max-states');
  });

  /** More states than are expanded between two looks at the memory and at interrupts. */
  const large = () =>
    spec(
      'Large',
      "VARIABLE x\nInit == x = 0\nNext == x < 20000 /\\ x' = x + 1\nSmall == x < 20000",
      'INIT Init\nNEXT Next\nINVARIANT Small\n',
    );

  test('--max-memory ends without an answer', async () => {
    const limits = ['--max-memory', '100M'];
    const memory = () => 200 * 2 ** 20;
    const { exitCode, err } = await cliOn({ memory }, 'check', large(), ...limits);
    expect(exitCode).toBe(152);
    expect(err).toContain('the memory limit of 100 MB was reached (200 MB in use)');
  });

  test('without --max-memory the limit is three quarters of the machine', async () => {
    const machine = { totalMemory: () => 400 * 2 ** 20, memory: () => 299 * 2 ** 20 };
    const enough = await cliOn(machine, 'check', large());
    expect(enough.exitCode).toBe(12);
    const used = { ...machine, memory: () => 301 * 2 ** 20 };
    const { exitCode, err } = await cliOn(used, 'check', large());
    expect(exitCode).toBe(152);
    expect(err).toContain('the memory limit of 300 MB was reached (301 MB in use)');
  });

  test('garbage is collected before memory is said to be at an end', async () => {
    let used = 200 * 2 ** 20;
    const terminal = {
      memory: () => used,
      collectGarbage: () => {
        used = 50 * 2 ** 20;
      },
    };
    const { exitCode } = await cliOn(terminal, 'check', large(), '--max-memory', '100M');
    expect(exitCode).toBe(12);
  });

  test('a heap that is almost full ends without an answer, before Node ends the program', async () => {
    const heap = () => ({ used: 95 * 2 ** 20, limit: 100 * 2 ** 20 });
    const { exitCode, err } = await cliOn({ heap }, 'check', large());
    expect(exitCode).toBe(152);
    expect(err).toContain('heap of 100 MB is almost full');
    expect(err).toContain('--max-old-space-size=200');
  });

  test('Ctrl-C shows what was done so far', async () => {
    let interrupt = () => {};
    const { exitCode, out } = await cliOn(
      {
        onInterrupt: (handler) => {
          interrupt = handler;
          return () => {};
        },
        pause: async () => interrupt(),
      },
      'check',
      large(),
    );
    expect(exitCode).toBe(130);
    expect(out).toMatch(/Interrupted[\s\S]*states generated/);
  });
});

describe('what a run takes', () => {
  const many = () =>
    spec(
      'Many',
      "VARIABLE x\nInit == x = 0\nNext == x' = (x + 1) % 20000",
      'INIT Init\nNEXT Next\n',
    );

  test('is told in the summary: bytes of a state, and the most memory', async () => {
    const { out } = await cliOn({ peakMemory: () => 1.5 * 2 ** 30 }, 'check', many());
    expect(out).toMatch(/\n20,001 states generated, 20,000 distinct states, depth 20000, in .*\n/);
    expect(out).toMatch(/\n\d+\.\d bytes a state, with .*; 1\.5 GB of memory at the most\.\n$/);
    // Of a few states it would tell nothing.
    expect((await cli('check', ticket, '--config', atomic)).out).not.toContain('bytes a state');
  });

  test('is in the document: at least a predecessor and a place in the table', async () => {
    const { document } = await json('check', many());
    expect(document.states).toMatchObject({ generated: 20_001, distinct: 20_000, depth: 20_000 });
    expect(document.states.bytesPerState).toBeGreaterThan(8);
    expect(document.states.bytesPerState).toBeLessThan(100);
  });

  test('is told while it runs', async () => {
    let now = 0;
    const terminal = {
      now: () => (now += 100),
      memory: () => 64 * 2 ** 20,
    };
    const { err } = await cliOn(terminal, 'check', many(), '--progress');
    const [first = ''] = err.split('\n');
    const states = /^[\d,]+ states, [\d,]+ states\/s, 1 in the frontier, depth \d+, /;
    expect(first).toMatch(states);
    expect(first.replace(states, '')).toMatch(/^64\.0 MB, \d+(\.\d)? m?s$/);
    const narrow = { ...terminal, errIsTerminal: true, width: 40 };
    const lines = (await cliOn(narrow, 'check', many())).err.split('\r\u001b[K').slice(1, -1);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expect(line).toHaveLength(39);
  });
});

describe('other verdicts', () => {
  const behavior = 'INIT Init\nNEXT Next\n';

  test('a deadlock, unless it is allowed', async () => {
    const counter = "VARIABLE x\nInit == x = 0\nNext == x < 2 /\\ x' = x + 1";
    const file = spec('Stop', counter, behavior);
    const { exitCode, document } = await json('check', file);
    expect([exitCode, document.result]).toEqual([11, 'deadlock']);
    expect(document.trace.steps).toHaveLength(3);
    expect((await cli('check', file, '--no-deadlock')).exitCode).toBe(0);
  });

  test('a false assumption is found before any state', async () => {
    const file = spec(
      'Assumed',
      "VARIABLE x\nASSUME 1 > 2\nInit == x = 0\nNext == x' = x",
      behavior,
    );
    const { exitCode, document } = await json('check', file);
    expect([exitCode, document.result, document.location.line]).toEqual([10, 'assumption', 4]);
    expect(document.states.distinct).toBe(0);
  });

  test('an assertion and an evaluation error, with their place', async () => {
    const step = (expr: string) => `VARIABLE x\nInit == x = 0\nNext == x' = x + 1 /\\ ${expr}`;
    const asserted = await json('check', spec('Asserts', step('Assert(x < 2, "two")'), behavior));
    expect([asserted.exitCode, asserted.document.result]).toEqual([14, 'assertion']);
    expect(asserted.document.message).toContain('two');
    expect(asserted.document.location.line).toBe(5);
    const failed = await json(
      'check',
      spec('Fails', step('(IF x < 2 THEN TRUE ELSE x)'), behavior),
    );
    expect([failed.exitCode, failed.document.result]).toEqual([75, 'evaluation-error']);
    expect(failed.document.trace.steps).toHaveLength(3);
  });

  test('an invariant without a value has its own exit code, but not in an initial state', async () => {
    const body = (bad: number) =>
      `VARIABLE x\nInit == x = 0\nNext == x' = 1 - x\nOdd == IF x = ${bad} THEN x ELSE TRUE`;
    const config = `${behavior}INVARIANT Odd\n`;
    expect((await json('check', spec('Later', body(1), config))).exitCode).toBe(76);
    expect((await json('check', spec('AtOnce', body(0), config))).exitCode).toBe(75);
  });
});

describe('mistakes', () => {
  test('a specification that does not parse', async () => {
    const file = put('Bad.tla', '---- MODULE Bad ----\nVARIABLE x\nInit == (x = 0\n====\n');
    put('Bad.cfg', 'INIT Init\nNEXT Init\n');
    const { exitCode, document } = await json('check', file);
    expect(exitCode).toBe(150);
    expect(document).toMatchObject({ result: 'parse-error', trace: null, properties: [] });
    expect(document.location.file).toBe(file);
    const { err, out } = await cli('check', file);
    expect(out).toBe('');
    expect(err).toMatch(/^error\[SYN\d+\]: /);
  });

  test('a configuration that names what is not there', async () => {
    const body = "VARIABLE x\nInit == x = 0\nNext == x' = x\nMutex == TRUE";
    const file = spec('Named', body, 'INIT Init\nNEXT Next\nINVARIANT Mutx\n');
    const { exitCode, document } = await json('check', file);
    expect([exitCode, document.result]).toEqual([151, 'config-error']);
    const { err } = await cli('check', file);
    expect(err).toContain('INVARIANT Mutx');
    expect(err).toContain('Mutex');
  });

  test('files that are missing', async () => {
    expect((await cli('check', join(folder, 'None.tla'))).exitCode).toBe(150);
    const lone = put('Lone.tla', '---- MODULE Lone ----\n====\n');
    const { exitCode, err } = await cli('check', lone);
    expect(exitCode).toBe(151);
    expect(err).toContain('--config CFG');
  });

  test('nothing of it is a stack trace', async () => {
    for (const argv of [
      [],
      ['check'],
      ['chekc', ticket],
      ['check', ticket, '--jsn'],
      ['check', folder],
    ]) {
      const { err } = await cli(...argv);
      expect(err).not.toMatch(/\n {4}at /);
    }
  });
});
