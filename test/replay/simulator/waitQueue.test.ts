/** The wait table by itself (2.10): small programs that wait for bits and wake the waiters. */
import { describe, expect, it } from 'vitest';
import { takeReference } from '../../../replay/simulator/kernel/refcount.js';
import { wait_on_page_bit_common } from '../../../replay/simulator/kernel/waiter.js';
import { pageAt } from '../../../replay/simulator/state.js';
import { Bench, clearsAndWakes, locks, setFlag, waits, wakes } from './bench.js';

const WB = 'PG_writeback';

describe('a wake-up', () => {
  it('takes all SHARED waiters off the queue, the first to come first', () => {
    const bench = new Bench();
    bench.start('S', setFlag(WB));
    for (const name of ['T1', 'T2', 'T3']) bench.start(name, waits(WB));
    expect(bench.queue()).toEqual(['T1', 'T2', 'T3']);
    bench.start('A', clearsAndWakes(WB));
    expect(bench.woken()).toEqual(['T1', 'T2', 'T3']);
    expect(bench.queue()).toEqual([]);
  });

  it('does not look at the bit of a SHARED waiter, who does not look either (v5.9)', () => {
    const bench = new Bench();
    bench.start('S', setFlag(WB));
    bench.start('T', waits(WB));
    bench.start('A', wakes(WB));
    expect(bench.flags()).toContain(WB);
    bench.go('T');
    expect(bench.machine.stateOf('T')).toBe('done');
  });

  it('stops at a bit that is set, on old and on g', () => {
    for (const build of ['old', 'g']) {
      const bench = new Bench({ build });
      bench.start('S', setFlag(WB));
      bench.start('T', waits(WB));
      bench.start('A', wakes(WB));
      expect(bench.woken()).toEqual([]);
      expect(bench.machine.stateOf('T')).toBe('sleeping');
    }
  });

  it('is not lost on a waiter of the old kernel that has queued and not yet slept', () => {
    const bench = new Bench({ build: 'old' });
    bench.start('S', setFlag(WB));
    bench.machine.spawn('T', waits(WB));
    bench.machine.step('T');
    bench.machine.step('T');
    expect(bench.machine.peek('T')?.step).toBe('2.10 old 3');
    bench.start('A', clearsAndWakes(WB));
    bench.go('T');
    expect(bench.machine.stateOf('T')).toBe('done');
  });

  it('leaves a waiter of the old kernel queued that is awake already, and PG_waiters with it', () => {
    const bench = new Bench({ build: 'old' });
    bench.machine.spawn('T', waits(WB));
    while (bench.machine.peek('T')?.step !== '2.10 old 5') bench.machine.step('T');
    bench.start('A', wakes(WB));
    expect(bench.woken()).toEqual([]);
    expect(bench.queue()).toEqual(['T']);
    expect(bench.flags()).toEqual(['PG_waiters']);
    bench.go('T');
    expect(bench.queue()).toEqual([]);
  });

  it('makes a waiter of the old kernel that finds the bit set again queue at the tail', () => {
    const bench = new Bench({ build: 'old' });
    bench.start('S', setFlag(WB));
    bench.start('T1', waits(WB));
    bench.start('A', clearsAndWakes(WB));
    bench.start('S2', setFlag(WB));
    bench.start('T2', waits(WB));
    bench.go('T1');
    expect(bench.queue()).toEqual(['T2', 'T1']);
  });

  it.each(['base', 'old'])(
    'lets a DROP waiter go, who held no reference asleep, on %s',
    (build) => {
      const bench = new Bench({ build });
      bench.start('S', setFlag(WB));
      bench.start('D', function* (task) {
        const page = pageAt(task.state, 0);
        yield task.stop('get', 'two references, so that the page is not freed');
        takeReference(task, page, 'allocation');
        takeReference(task, page, 'lookup');
        yield* wait_on_page_bit_common(task, page, WB, 'DROP');
      });
      expect(bench.machine.stateOf('D')).toBe('sleeping');
      expect(bench.machine.describe().pages[0]?.holders).toEqual(['D: allocation']);
      bench.start('A', clearsAndWakes(WB));
      bench.start('S2', setFlag(WB));
      bench.go('D');
      expect(bench.machine.stateOf('D')).toBe('done');
      expect(bench.machine.describe().pages[0]?.holders).toEqual(['D: allocation']);
    },
  );

  it('does not reach a waiter for another bit of the page', () => {
    const bench = new Bench();
    bench.start('S', setFlag(WB));
    bench.start('S2', setFlag('PG_private_2'));
    bench.start('T', waits('PG_private_2'));
    bench.start('A', clearsAndWakes(WB));
    expect(bench.queue()).toEqual(['T']);
  });
});

describe('PG_waiters', () => {
  it('is set by a waiter that finds the bit clear and does not queue', () => {
    const bench = new Bench();
    bench.start('T', waits(WB));
    expect(bench.machine.stateOf('T')).toBe('done');
    expect(bench.flags()).toEqual(['PG_waiters']);
  });

  it('is cleared by the waker that leaves the queue empty', () => {
    const bench = new Bench();
    bench.start('S', setFlag(WB));
    bench.start('T', waits(WB));
    expect(bench.flags()).toEqual(['PG_waiters', WB]);
    bench.start('A', clearsAndWakes(WB));
    expect(bench.flags()).toEqual([]);
  });

  it('stays while a waiter for another bit of the page is queued', () => {
    const bench = new Bench();
    bench.start('S', setFlag('PG_private_2'));
    bench.start('T', waits('PG_private_2'));
    bench.start('A', wakes(WB));
    expect(bench.flags()).toContain('PG_waiters');
  });

  it('is cleared where only waiters of other pages are in the bucket', () => {
    const bench = new Bench({ waitTableSize: 1 });
    bench.start('S', setFlag(WB, 1));
    bench.start('T', waits(WB, 1));
    bench.start('P', setFlag('PG_waiters', 0));
    bench.start('A', wakes(WB, 0));
    expect(bench.queue()).toEqual(['T']);
    expect(bench.flags(0)).toEqual([]);
    expect(bench.flags(1)).toContain('PG_waiters');
  });

  it('stays where a matching waiter was woken and a foreign one is left in the bucket', () => {
    const bench = new Bench({ waitTableSize: 1 });
    for (const pfn of [0, 1]) {
      bench.start(`S${pfn}`, setFlag(WB, pfn));
      bench.start(`T${pfn}`, waits(WB, pfn));
    }
    bench.start('A', clearsAndWakes(WB, 0));
    expect(bench.woken()).toEqual(['T0']);
    expect(bench.flags(0)).toEqual(['PG_waiters']);
  });
});

describe('a wait table', () => {
  it('keeps two pages apart with 256 buckets', () => {
    const bench = new Bench();
    for (const pfn of [0, 1]) {
      bench.start(`S${pfn}`, setFlag(WB, pfn));
      bench.start(`T${pfn}`, waits(WB, pfn));
    }
    expect(Object.keys(bench.machine.describe().waitTable)).toHaveLength(2);
  });
});

describe('a bookmark', () => {
  const fiveWaiters = () => {
    const bench = new Bench({ bookmarkThreshold: 2 });
    bench.start('S', setFlag(WB));
    for (const name of ['T1', 'T2', 'T3', 'T4', 'T5']) bench.start(name, waits(WB));
    bench.machine.spawn('A', clearsAndWakes(WB));
    bench.machine.step('A');
    bench.machine.step('A');
    return bench;
  };

  it('is left before the next entry once more than the threshold have been walked', () => {
    const bench = fiveWaiters();
    expect(bench.woken()).toEqual(['T1', 'T2', 'T3']);
    expect(bench.queue()).toEqual(['bookmark', 'T4', 'T5']);
    expect(bench.machine.peek('A')?.step).toBe('wake bookmark');
    expect(bench.flags()).toContain('PG_waiters');
  });

  it('is where the waker goes on, and also wakes who queued behind it meanwhile', () => {
    const bench = fiveWaiters();
    bench.start('S2', setFlag(WB));
    bench.go('T1');
    bench.start('T6', waits(WB));
    bench.machine.step('A');
    expect(bench.woken()).toEqual(['T1', 'T2', 'T3', 'T4', 'T5', 'T6']);
    expect(bench.machine.stateOf('A')).toBe('done');
    expect(bench.queue()).toEqual([]);
  });
});

describe('a bookmark among others', () => {
  it('is passed by the next waker, who leaves it alone', () => {
    const bench = new Bench({ bookmarkThreshold: 2 });
    bench.start('S', setFlag(WB));
    for (const name of ['T1', 'T2', 'T3', 'T4', 'T5']) bench.start(name, waits(WB));
    for (const waker of ['A1', 'A2']) bench.machine.spawn(waker, wakes(WB));
    bench.machine.step('A1');
    expect(bench.queue()).toEqual(['bookmark', 'T4', 'T5']);
    bench.go('A2');
    expect(bench.woken()).toEqual(['T1', 'T2', 'T3', 'T4', 'T5']);
    expect(bench.queue()).toEqual(['bookmark']);
    expect(bench.flags()).toContain('PG_waiters');
    bench.go('A1');
    expect(bench.queue()).toEqual([]);
    expect(bench.flags()).not.toContain('PG_waiters');
  });

  it('leads past entries of other pages, which are not walked again', () => {
    const bench = new Bench({ bookmarkThreshold: 2, waitTableSize: 1 });
    for (const pfn of [0, 1]) bench.start(`S${pfn}`, setFlag(WB, pfn));
    for (const name of ['P1', 'P2', 'P3']) bench.start(name, waits(WB, 1));
    for (const name of ['T1', 'T2']) bench.start(name, waits(WB, 0));
    bench.machine.spawn('A', wakes(WB, 0));
    bench.machine.step('A');
    expect(bench.queue()).toEqual(['P1', 'P2', 'P3', 'bookmark', 'T1', 'T2']);
    bench.machine.step('A');
    expect(bench.machine.stateOf('A')).toBe('done');
    expect(bench.queue()).toEqual(['P1', 'P2', 'P3']);
  });
});

describe('the queued page lock', () => {
  const queued = () => new Bench({ pageLock: 'queued' });

  it('wakes one exclusive waiter and leaves the next asleep', () => {
    const bench = queued();
    bench.machine.spawn('H', locks());
    bench.machine.step('H');
    bench.start('L1', locks());
    bench.start('L2', locks());
    expect(bench.queue()).toEqual(['L1', 'L2']);
    bench.go('H');
    expect(bench.woken()).toEqual(['L1']);
    expect(bench.queue()).toEqual(['L2']);
    bench.go('L1');
    bench.go('L2');
    expect(bench.machine.sleeping()).toEqual([]);
  });

  it('is not woken for where it has been taken again before the walk', () => {
    const bench = queued();
    bench.machine.spawn('H', locks());
    bench.machine.step('H');
    bench.start('L', locks());
    for (let step = 0; bench.machine.peek('H')?.step !== '2.3 wake'; step += 1) {
      expect(step).toBeLessThan(3);
      bench.machine.step('H');
    }
    bench.machine.spawn('thief', locks());
    bench.machine.step('thief');
    bench.start('T', waits('PG_locked'));
    bench.go('H');
    expect(bench.woken()).toEqual([]);
    expect(bench.queue()).toEqual(['L', 'T']);
    bench.go('thief');
    expect(bench.woken()).toEqual(['L']);
  });

  it('wakes SHARED waiters up to the first exclusive one, which is the last', () => {
    const bench = queued();
    bench.start('S', setFlag('PG_locked'));
    bench.start('T1', waits('PG_locked'));
    bench.start('L1', locks());
    bench.start('T2', waits('PG_locked'));
    bench.start('U', clearsAndWakes('PG_locked'));
    expect(bench.woken()).toEqual(['T1', 'L1']);
    expect(bench.queue()).toEqual(['T2']);
  });

  it('may be stolen from a woken waiter five times and is handed over the sixth time', () => {
    const bench = queued();
    bench.machine.spawn('H0', locks());
    bench.machine.step('H0');
    bench.start('L', locks());
    for (let round = 1; round <= 5; round += 1) {
      bench.go(`H${round - 1}`);
      bench.machine.spawn(`H${round}`, locks());
      bench.machine.step(`H${round}`);
      bench.go('L');
      expect(bench.queue()).toEqual(['L']);
    }
    bench.go('H5');
    expect(bench.flags()).toContain('PG_locked');
    expect(bench.machine.describe().pages[0]?.lockHolder).toBe('L');
    bench.machine.step('L');
    expect(bench.machine.peek('L')?.step).toBe('critical');
  });
});
