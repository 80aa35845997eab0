/** A run that is resumed finds, numbers and shows what a run in one go does. */
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, cliOn } from '../runCli.js';
import { comparable } from './runs.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
  file = join(folder, 'run.checkpoint');
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly distinct: number | null;
  readonly fullDistinct?: number | null;
}

const specs = 'test/oracle/specs';
const rows = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];
const distinctOf = ({ distinct, fullDistinct }: Row) => distinct ?? fullDistinct ?? 0;
// Enough states to stop among them, and not so many that it takes long.
const affordable = rows.filter((row) => distinctOf(row) >= 6 && distinctOf(row) <= 2500);

/** At least half of their states are initial ones. */
const manyInitial = new Set(['raw/InitViolates.cfg', 'values/Recursives.cfg']);

describe('every specification that TLC was run on', () => {
  test('is one of many', () => expect(affordable.length).toBeGreaterThan(80));

  test.each(affordable)('$config', async (row) => {
    const argv = [`${specs}/${row.spec}`, '--config', `${specs}/${row.config}`, '--every-property'];
    const whole = await comparable(...argv);
    const limit = `${Math.floor(distinctOf(row) / 2)}`;
    await comparable(...argv, '--checkpoint', file, '--max-states', limit);
    // There is nothing to go on from where a limit ends the search among the initial states.
    expect(existsSync(file)).toBe(!manyInitial.has(row.config));
    if (existsSync(file)) expect(await comparable(...argv, '--resume', file)).toEqual(whole);
  });
});

/** All that must survive besides states: failures, registers, model values, a layout given up. */
const eventful = `
---- MODULE Eventful ----
EXTENDS Naturals, Sequences, TLC
CONSTANT m
VARIABLES n, name, queue
Init == n = 0 /\\ name = m /\\ queue = <<1, 2>>
Count == TLCSet(1, TLCGet(1) + 1)
Step == n < 40 /\\ n' = n + 1 /\\ Count
        /\\ name' = (IF n % 3 = 0 THEN "m" ELSE m)
        /\\ queue' = (IF n = 2 THEN <<7>> ELSE queue)
Broken == n \\in {4, 9} /\\ n' = n /\\ queue' = Tail(<<>>) /\\ name' = m
Wrong == n = 5 /\\ Assert(FALSE, "five") /\\ UNCHANGED <<n, name, queue>>
Open == n = 6 /\\ n' = 7 /\\ \\E x \\in {1, 2} : name' = x
Next == Step \\/ Broken \\/ Wrong \\/ Open
NotSeven == n # 7
IsModel == n = 9 => name = "m"
Counted == TLCGet(1) = 40
ASSUME TLCSet(1, 0)
====
`.trimStart();

describe('all that a run knows', () => {
  const argv = () => {
    put('Eventful.cfg', 'CONSTANT m = m\nINIT Init\nNEXT Next\nINVARIANTS NotSeven IsModel\n');
    return [put('Eventful.tla', eventful), '--every-property'];
  };

  test.each([4, 8, 12, 20, 39])('is in a checkpoint after %i states', async (limit) => {
    const run = argv();
    const whole = await comparable(...run);
    expect(whole.document.states).toEqual({ generated: 41, distinct: 41, depth: 41 });
    await comparable(...run, '--checkpoint', file, '--max-states', `${limit}`);
    expect(await comparable(...run, '--resume', file)).toEqual(whole);
  });

  test('a failure is shown with its place, its step and its trace', async () => {
    const run = argv();
    await cli('check', ...run, '--checkpoint', file, '--max-states', '30');
    const [whole, resumed] = [
      await cli('check', ...run),
      await cli('check', ...run, '--resume', file),
    ];
    const untimed = (text: string) => text.replace(/in \d+ ms/, '');
    expect(untimed(resumed.out)).toBe(untimed(whole.out));
    expect(whole.out).toContain('Eventful.tla:10:46');
  });

  test('registers go on where they were', async () => {
    const run = argv();
    const counted = put(
      'Counted.cfg',
      'CONSTANT m = m\nINIT Init\nNEXT Step\nPOSTCONDITION Counted\nCHECK_DEADLOCK FALSE\n',
    );
    const [spec = ''] = run;
    await cli('check', spec, '--config', counted, '--checkpoint', file, '--max-states', '20');
    const again = await cli('check', spec, '--config', counted, '--resume', file);
    const whole = await cli('check', spec, '--config', counted);
    expect(whole.exitCode).toBe(0);
    expect(again.exitCode).toBe(0);
  });
});

const counter = '---- MODULE Counter ----\nEXTENDS Naturals\nVARIABLE x\n';
const large = () => {
  put('Counter.cfg', 'INIT Init\nNEXT Next\nINVARIANT Small\n');
  const body = "Init == x = 0\nNext == x < 20000 /\\ x' = x + 1\nSmall == x < 20000\n====\n";
  return put('Counter.tla', counter + body);
};

describe('when it is written', () => {
  test('at Ctrl-C, which says how to go on', async () => {
    let interrupt = () => {};
    const terminal = {
      onInterrupt: (handler: () => void) => {
        interrupt = handler;
        return () => {};
      },
      pause: async () => interrupt(),
    };
    const spec = large();
    const { exitCode, out, err } = await cliOn(terminal, 'check', spec, '--checkpoint', file);
    expect(exitCode).toBe(130);
    expect(out).toMatch(/^Interrupted[\s\S]*states generated/);
    expect(err).toMatch(/Checkpoint: .*run\.checkpoint \(\d+ states, .*\).*--resume/);
    const resumed = await comparable(spec, '--resume', file);
    expect(resumed).toEqual(await comparable(spec));
    expect(resumed.document).toMatchObject({ result: 'invariant', property: 'Small' });
    expect(resumed.document.trace.steps).toHaveLength(20_001);
  });

  test('whenever it is due; by default not in the first minutes', async () => {
    const spec = large();
    await cli('check', spec, '--checkpoint', file);
    expect(existsSync(file)).toBe(false);
    await cli('check', spec, '--checkpoint', file, '--checkpoint-every', '0.001');
    expect(existsSync(file)).toBe(true);
    expect(await comparable(spec, '--resume', file)).toEqual(await comparable(spec));
  });

  test('again by a resumed run, to the same file', async () => {
    const spec = large();
    await cli('check', spec, '--checkpoint', file, '--max-states', '5000');
    const before = statSync(file).size;
    const both = ['--resume', file, '--checkpoint', file];
    await cli('check', spec, ...both, '--max-states', '15000');
    expect(statSync(file).size).toBeGreaterThan(2 * before);
    expect(await comparable(spec, '--resume', file)).toEqual(await comparable(spec));
  });

  test('where memory ends, which is a limit with everything found so far', async () => {
    let used = 0;
    // At the fourth look all of the memory is in use.
    const memory = () => (used += 2 * 2 ** 20);
    const spec = large();
    const argv = ['check', spec, '--max-memory', '6M', '--checkpoint', file, '--json'];
    const { exitCode, out } = await cliOn({ memory }, ...argv);
    expect(exitCode).toBe(152);
    const { result, complete, states } = JSON.parse(out);
    expect([result, complete]).toEqual(['limit', false]);
    expect(states.distinct).toBeGreaterThan(100);
    expect(states.bytesPerState).toBeGreaterThan(8);
    expect(await comparable(spec, '--resume', file)).toEqual(await comparable(spec));
  });
});

test('seconds are those of all runs together', async () => {
  const spec = large();
  let now = 0;
  const slow = { now: () => (now += 1000) };
  await cliOn(slow, 'check', spec, '--checkpoint', file, '--max-states', '10000');
  const { out } = await cliOn({}, 'check', spec, '--resume', file, '--json');
  expect(JSON.parse(out).seconds).toBeGreaterThan(1);
});
