/** The watchdog counts turns in vain and walks that go on; each is told once, in its round. */
import { describe, expect, it } from 'vitest';
import { wait_on_page_writeback } from '../../../replay/simulator/kernel/pageWriteback.js';
import { pageAt } from '../../../replay/simulator/state.js';
import type { Program } from '../../../replay/simulator/task.js';
import { Bench, clearsAndWakes, setFlag, waits, wakes } from './bench.js';

const WB = 'PG_writeback';

const loops: Program = (task) =>
  wait_on_page_writeback(task, pageAt(task.state, 0), 'while', 'test');

const found = (bench: Bench) =>
  bench.machine.detections.map(({ kind, name, thread }) => `${kind} ${name} ${thread}`);

describe('starvation', () => {
  it('is a waiter that is woken in vain for so many times, in a loop around the wait', () => {
    const bench = new Bench({ build: 'e', watchdogRounds: 3 });
    bench.start('S', setFlag(WB));
    bench.start('D', loops);
    for (const round of [1, 2, 3, 4]) {
      expect(found(bench)).toEqual(round === 4 ? ['watchdog starvation D'] : []);
      bench.start(`A${round}`, wakes(WB));
      bench.go('D');
    }
    expect(found(bench)).toEqual(['watchdog starvation D']);
  });

  it('is a waiter that the walk does not come to, since the bit is set again', () => {
    for (const build of ['old', 'g']) {
      const bench = new Bench({ build, watchdogRounds: 2 });
      bench.start('S', setFlag(WB));
      for (const name of ['D1', 'D2']) bench.start(name, waits(WB));
      bench.start('A1', wakes(WB));
      expect(found(bench)).toEqual([]);
      bench.start('A2', wakes(WB));
      expect(found(bench)).toEqual(['watchdog starvation A2', 'watchdog starvation A2']);
      const [first, second] = bench.machine.detections;
      expect([first?.message, second?.message].map((it) => it?.slice(0, 2))).toEqual(['D1', 'D2']);
    }
  });

  it('counts what the walk left out and what the waiter found itself, in the old kernel', () => {
    const bench = new Bench({ build: 'old', watchdogRounds: 2 });
    bench.start('S', setFlag(WB));
    bench.start('D', waits(WB));
    bench.start('A1', wakes(WB));
    bench.start('A2', clearsAndWakes(WB));
    bench.start('S2', setFlag(WB));
    expect(found(bench)).toEqual([]);
    bench.go('D');
    expect(found(bench)).toEqual(['watchdog starvation D']);
  });

  it('is nothing where the waiter returns, or was not to be woken', () => {
    const bench = new Bench({ build: 'base', watchdogRounds: 1 });
    bench.start('S', setFlag(WB));
    bench.start('D', waits(WB));
    bench.start('L', wakes('PG_locked'));
    bench.start('A', wakes(WB));
    bench.go('D');
    expect(bench.machine.stateOf('D')).toBe('done');
    expect(found(bench)).toEqual([]);
  });
});

describe('a soft lockup', () => {
  const locked = (waiter: Program, build: string) => {
    const bench = new Bench({ build, bookmarkThreshold: 0, watchdogRounds: 3 });
    bench.start('S', setFlag(WB));
    for (const name of ['D1', 'D2']) bench.start(name, waiter);
    bench.machine.spawn('A', wakes(WB));
    return bench;
  };

  it('is a walk that goes on from its bookmark, over whom it has woken before', () => {
    const bench = locked(loops, 'e');
    bench.machine.step('A');
    for (const name of ['D1', 'D2', 'D1']) {
      expect(found(bench)).toEqual([]);
      bench.go(name);
      bench.machine.step('A');
      if (bench.machine.detections.length > 0) break;
    }
    expect(found(bench)).toEqual(['watchdog soft lockup A']);
    const { evidence } = bench.machine.detections[0] ?? { evidence: [] };
    expect(evidence).toContain('wait queue: bookmark of A, D2');
  });

  it('is nothing where those who are woken do not come back', () => {
    const bench = locked(waits(WB), 'base');
    bench.go('A');
    expect(bench.machine.stateOf('A')).toBe('done');
    expect(found(bench)).toEqual([]);
  });
});

describe('a hung task', () => {
  it('is whoever sleeps when nobody runs, told once', () => {
    const bench = new Bench({ build: 'base' });
    bench.start('S', setFlag(WB));
    bench.start('D', waits(WB));
    bench.machine.spawn('A', clearsAndWakes(WB));
    bench.machine.checkHungTasks();
    expect(found(bench)).toEqual([]);
    const forgetful = new Bench({ build: 'base' });
    forgetful.start('S', setFlag(WB));
    forgetful.start('D', waits(WB));
    forgetful.machine.checkHungTasks();
    forgetful.machine.checkHungTasks();
    expect(found(forgetful)).toEqual(['watchdog hung task D']);
    const [detection] = forgetful.machine.detections;
    expect(detection?.message).toMatch(/^D sleeps in the wait queue for PG_writeback/);
  });
});
