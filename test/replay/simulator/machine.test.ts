/** The machine from outside: schedules, schedulers, mistakes of its user, a broken kernel. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  buildNames,
  flusher,
  formatDetection,
  formatEvent,
  kernelBuild,
  Machine,
  type MachineConfig,
  type Program,
  replaySchedule,
  roundRobin,
  run,
  type Scheduler,
  scripted,
  seededRandom,
  truncater,
  writer,
} from '../../../replay/simulator/index.js';
import { Play } from './play.js';
import { s2 } from './scenarioScripts.js';

const config: MachineConfig = { build: 'base', files: { a: 1, b: 1 }, frames: 2 };

const programs: Record<string, Program> = {
  W: writer({
    writes: [
      { file: 'a', bytes: '1' },
      { file: 'a', bytes: '2' },
    ],
  }),
  F: flusher({ files: ['a', 'a'] }),
  T: truncater({ files: ['a'] }),
};

function runWith(scheduler: Scheduler): Machine {
  const machine = new Machine(config);
  for (const [name, program] of Object.entries(programs)) machine.spawn(name, program);
  expect(run(machine, scheduler).kind).toBe('finished');
  return machine;
}

describe('a run', () => {
  it('is the same for the same seed, and another for another', () => {
    const [first, second, other] = [1, 1, 2].map((seed) => runWith(seededRandom(seed)));
    expect(second?.schedule).toEqual(first?.schedule);
    expect(second?.describe()).toEqual(first?.describe());
    expect(other?.schedule).not.toEqual(first?.schedule);
  });

  it('is repeated from its configuration, programs and schedule', () => {
    for (const scheduler of [seededRandom(7), roundRobin()]) {
      const machine = runWith(scheduler);
      const again = replaySchedule(config, programs, machine.schedule);
      expect(again.describe()).toEqual(machine.describe());
      expect(again.events).toEqual(machine.events);
    }
  });

  it('can be followed to an earlier point', () => {
    const { schedule } = runWith(roundRobin());
    const machine = replaySchedule(config, programs, []);
    const outcome = run(machine, scripted(schedule.slice(0, 10)));
    expect(outcome).toMatchObject({ kind: 'stopped', stepCount: 10 });
    expect(machine.schedule).toEqual(schedule.slice(0, 10));
  });

  it('ends at the limit of steps', () => {
    const machine = replaySchedule(config, programs, []);
    expect(run(machine, roundRobin(), { stepMax: 3 })).toMatchObject({
      kind: 'limit',
      stepCount: 3,
    });
  });

  it('takes turns under the round-robin scheduler, past whoever sleeps', () => {
    const machine = replaySchedule(config, programs, []);
    run(machine, roundRobin(), { stepMax: 4 });
    expect(machine.step('T')).toMatchObject({ reason: 'the inode lock of a is held by W' });
    expect(machine.schedule).toEqual(['W', 'F', 'W', 'F']);
  });
});

describe('a step', () => {
  it('says what was done, what comes next and what changed', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a' });
    play.flusher('F', 'a');
    play.to('F', '2.5.1');
    const outcome = play.machine.step('F');
    if (outcome.kind !== 'done') throw new Error(outcome.reason);
    expect(outcome.before).toMatchObject({
      function: 'lock_page',
      step: '2.5.1',
      stack: ['wb_workfn', 'write_cache_pages', 'lock_page'],
    });
    expect(outcome.after).toMatchObject({ function: 'write_cache_pages', step: '2.5.2' });
    expect(outcome.events.map(formatEvent)).toEqual([
      'F lock_page 2.5.1: page 0/1 PG_locked 0 → 1',
    ]);
    expect(outcome.detections).toEqual([]);
  });

  it('is refused to a thread that has ended, is dead or is not there', () => {
    const { machine } = s2('base');
    const refusals = ['F', 'B', 'A9'].map((name) => machine.step(name));
    expect(refusals.map((refusal) => refusal.kind === 'blocked' && refusal.reason)).toEqual([
      'thread F has ended',
      'thread B died in write_cache_pages',
      'there is no thread A9; there are: W, F, DMA1, A1, W2, F2, DMA2, A2, W3, B',
    ]);
  });

  it('of a dead thread leaves its locks held', () => {
    const play = s2('base');
    expect(play.machine.stateOf('B')).toBe('oops');
    expect(play.page()).toMatchObject({ lockHolder: 'B' });
    expect(play.machine.detections.map(formatDetection)).toEqual([
      'BUG_ON PageWriteback in B write_cache_pages 2.5.5: ' +
        'write_cache_pages: PG_writeback of page 0/1 is set after the wait for it',
    ]);
  });
});

describe('a completion that forgets the wake', () => {
  const runTruncate = (faults: MachineConfig['faults']) => {
    const play = new Play({ build: 'b+e', files: { a: 1 }, faults: faults ?? [] });
    play.writes('W', { file: 'a', bytes: 'a' });
    play.flusher('F', 'a');
    play.ends('F');
    play.truncater('T', 'a');
    play.sleeps('T');
    return { play, outcome: run(play.machine, roundRobin()) };
  };

  it('leaves the waiter asleep for ever although the bit is clear', () => {
    const { play, outcome } = runTruncate(['completion-forgets-wake']);
    expect(outcome).toMatchObject({ kind: 'stuck', sleeping: ['T'] });
    expect(play.page().flags).not.toContain('PG_writeback');
    expect(play.page().waiters).toMatchObject([{ thread: 'T', bit: 'PG_writeback' }]);
  });

  it('is the reason: without the fault truncate ends', () => {
    expect(runTruncate([]).outcome.kind).toBe('finished');
  });
});

describe('a mistake', () => {
  it.each<[string, () => unknown, string]>([
    ['an unknown build', () => kernelBuild('z'), `choose one of ${buildNames.join(', ')}`],
    ['no frames', () => new Machine({ ...config, frames: 0 }), 'frames is 0'],
    ['an empty file', () => new Machine({ ...config, files: { a: 0 } }), 'files.a is 0'],
    ['too few blocks', () => new Machine({ ...config, blocks: 1 }), '1 blocks cannot hold 2 pages'],
    [
      'two threads of one name',
      () => {
        const machine = replaySchedule(config, programs, []);
        machine.spawn('F', flusher({ files: ['a'] }));
      },
      'a thread named "F" has been started already',
    ],
    [
      'an unknown file',
      () => new Machine(config).spawn('F', flusher({ files: ['z'] })),
      'use one of a, b',
    ],
    [
      'a write that fits no page',
      () =>
        run(
          replaySchedule(config, { W: writer({ writes: [{ file: 'a', bytes: '' }] }) }, []),
          roundRobin(),
        ),
      'a write of 0 bytes to a page of 64',
    ],
    [
      'a schedule that names a sleeping thread',
      () => replaySchedule(config, programs, ['X']),
      'the schedule names X, which cannot step',
    ],
  ])('%s is refused with the remedy', (_, mistake, message) => {
    expect(mistake).toThrow(message);
  });
});

describe('the simulator', () => {
  it('imports nothing from outside its folder', () => {
    const root = path.resolve(import.meta.dirname, '../../../replay/simulator');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const file of files) {
      const text = readFileSync(path.join(root, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/from '([^']+)'/g)) {
        const target = path.resolve(root, path.dirname(file), specifier);
        expect(specifier.startsWith('.') && target.startsWith(root), `${file}: ${specifier}`).toBe(
          true,
        );
      }
    }
  });
});
