/** Pages in the cache: marks, references, allocation, the lock. Sections 2.1 to 2.7, 2.14, 2.16. */
import { describe, expect, it } from 'vitest';
import {
  buildNames,
  flusher,
  integrityWriter,
  Machine,
  seededRandom,
  truncater,
  writer,
} from '../../../replay/simulator/index.js';
import { testAndSetPageFlag } from '../../../replay/simulator/kernel/pageFlags.js';
import { pageAt } from '../../../replay/simulator/state.js';
import { Play } from './play.js';
import { secondWritebackOfOnePage } from './scenarioScripts.js';

function marks(play: Play): Record<string, readonly number[]> {
  return play.machine.describe().mappings.a?.marks ?? {};
}

const none = {
  PAGECACHE_TAG_DIRTY: [],
  PAGECACHE_TAG_WRITEBACK: [],
  PAGECACHE_TAG_TOWRITE: [],
};

describe('the marks of i_pages', () => {
  const dirtyPage = () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    return play;
  };

  it('keep DIRTY from the clearing of PG_dirty until PG_writeback is set', () => {
    const play = dirtyPage();
    play.flusher('F', 'a');
    play.past('F', '2.5.6');
    expect(play.page().flags).not.toContain('PG_dirty');
    expect(marks(play)).toEqual({ ...none, PAGECACHE_TAG_DIRTY: [0] });
    play.past('F', '2.7.2');
    expect(marks(play)).toEqual({ ...none, PAGECACHE_TAG_WRITEBACK: [0] });
  });

  it('say DIRTY again when a page under writeback is dirtied, and lose WRITEBACK at its end', () => {
    const play = dirtyPage();
    play.flusher('F', 'a');
    play.ends('F');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    expect(marks(play)).toEqual({
      ...none,
      PAGECACHE_TAG_DIRTY: [0],
      PAGECACHE_TAG_WRITEBACK: [0],
    });
    play.ends('DMA1');
    play.past('A1', 'C2');
    expect(marks(play)).toEqual({ ...none, PAGECACHE_TAG_DIRTY: [0] });
  });

  it('keep DIRTY when PG_writeback is set on a page that was dirtied without its lock', () => {
    const play = dirtyPage();
    play.flusher('F', 'a');
    play.to('F', '2.7.2');
    play.writes('G', { file: 'a', bytes: 'a[0], again ', how: 'unlocked' });
    play.past('F', '2.7.2');
    expect(marks(play)).toEqual({
      ...none,
      PAGECACHE_TAG_DIRTY: [0],
      PAGECACHE_TAG_WRITEBACK: [0],
    });
  });

  it('carry TOWRITE for an integrity pass until PG_writeback is set', () => {
    const play = dirtyPage();
    play.integrityWriter('B', 'a');
    play.past('B', '2.5 tag');
    expect(marks(play)).toEqual({
      ...none,
      PAGECACHE_TAG_DIRTY: [0],
      PAGECACHE_TAG_TOWRITE: [0],
    });
    play.past('B', '2.7.2');
    expect(marks(play)).toEqual({ ...none, PAGECACHE_TAG_WRITEBACK: [0] });
  });

  it('vanish with the page', () => {
    const play = dirtyPage();
    play.truncater('T', 'a');
    play.ends('T');
    expect(marks(play)).toEqual(none);
    expect(play.machine.describe().mappings.a).toMatchObject({ nrpages: 0, slots: {} });
  });

  it('vanish with the page: TOWRITE that an integrity pass has set, and WRITEBACK', () => {
    const play = dirtyPage();
    play.integrityWriter('B', 'a');
    play.past('B', '2.5 tag');
    play.truncater('T', 'a');
    play.ends('T');
    expect(marks(play)).toEqual(none);
    const fooled = new Play({ build: 'base', files: { a: 1 }, debugVm: false });
    secondWritebackOfOnePage(fooled);
    fooled.truncater('T', 'a');
    fooled.sleeps('T');
    fooled.past('A1', 'C6');
    fooled.to('T', 'T3 delete');
    expect(marks(fooled).PAGECACHE_TAG_WRITEBACK).toEqual([0]);
    fooled.past('T', 'T3 delete');
    expect(marks(fooled)).toEqual(none);
  });
});

describe('writeback', () => {
  it('skips a page under writeback with WB_SYNC_NONE and waits for it with WB_SYNC_ALL', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a', 'a');
    play.past('F', '2.5 release');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    play.ends('F');
    expect(play.machine.describe().bios).toHaveLength(1);
    play.integrityWriter('B', 'a');
    play.sleeps('B');
    expect(play.page().flags).toContain('PG_locked');
  });

  it('writes several pages in the order of their indices', () => {
    const play = new Play({ build: 'base', files: { a: 3 }, frames: 3 });
    for (const index of [2, 0, 1])
      play.writes(`W${index}`, { file: 'a', index, bytes: `${index}` });
    play.flusher('F', 'a');
    play.ends('F');
    expect(play.machine.describe().bios.map(({ index }) => index)).toEqual([0, 1, 2]);
    for (const bio of [3, 1, 2]) play.ends(`DMA${bio}`);
    expect(play.machine.describe().disk.map(({ bytes }) => bytes.slice(0, 2))).toEqual([
      '30',
      '31',
      '32',
    ]);
  });

  it('leaves a page alone that was truncated between lookup and lock', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a');
    play.to('F', '2.5.1');
    play.truncater('T', 'a');
    play.ends('T');
    expect(play.page()._refcount).toBe(1);
    play.ends('F');
    expect(play.machine.describe().bios).toEqual([]);
    expect(play.page().isFree).toBe(true);
  });
});

describe('a completion', () => {
  it('waits for the interrupt, whatever else the device has done', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a');
    play.ends('F');
    for (const step of ['2.8 DMA read', '2.8 disk write', '2.8 interrupt']) {
      expect(play.machine.step('A1')).toMatchObject({ kind: 'blocked', function: 'bio_endio' });
      play.past('DMA1', step);
    }
    expect(play.machine.step('A1').kind).toBe('done');
  });

  it('clears PG_reclaim first, in C1', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a');
    play.ends('F');
    play.machine.spawn('R', function* (task) {
      yield task.stop('2.15', 'reclaim wants the page when its writeback ends');
      testAndSetPageFlag(task, pageAt(task.state, 0), 'PG_reclaim');
    });
    play.ends('R');
    play.ends('DMA1');
    play.to('A1', 'C1');
    expect(play.page().flags).toContain('PG_reclaim');
    play.to('A1', 'C2');
    expect(play.page().flags).not.toContain('PG_reclaim');
    expect(play.page().flags).toContain('PG_writeback');
  });
});

describe('the page lock', () => {
  it('keeps the second locker asleep and names the holder', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.flusher('F', 'a');
    play.past('F', '2.5.1');
    play.truncater('T', 'a');
    play.to('T', 'T1');
    expect(play.machine.runnable()).toEqual(['F']);
    expect(play.machine.step('T')).toMatchObject({
      kind: 'blocked',
      reason: 'PG_locked of page 0/1 is held by F',
      function: 'lock_page',
    });
    play.past('F', '2.6 unlock');
    expect(play.machine.runnable()).toContain('T');
  });
});

describe('allocation', () => {
  const orderOfReuse = (allocator: 'lifo' | 'fifo') => {
    const play = new Play({ build: 'base', files: { a: 1, b: 1, c: 1 }, frames: 3, allocator });
    play.writes('W', { file: 'a', bytes: 'a' }, { file: 'b', bytes: 'b' });
    play.truncater('T', 'a', 'b');
    play.ends('T');
    play.writes('W2', { file: 'c', bytes: 'c' });
    return play.machine.describe().mappings.c?.slots[0];
  };

  it('hands out the page that was freed last', () => {
    expect(orderOfReuse('lifo')).toBe(1);
  });

  it('hands out the page that was freed first, if it is told to', () => {
    expect(orderOfReuse('fifo')).toBe(2);
  });

  it('counts incarnations', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a' });
    play.truncater('T', 'a');
    play.ends('T');
    play.writes('W2', { file: 'a', bytes: 'a' });
    expect(play.page().incarnation).toBe(2);
  });
});

describe('a reference', () => {
  it('is held by the page cache alone when nobody works on the page (section 2.16)', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a' });
    expect(play.page().holders).toEqual(['page cache']);
  });

  it('is held neither by PG_writeback nor by a bio in base, and by PG_writeback in c', () => {
    for (const [build, holders] of [
      ['base', ['page cache']],
      ['c', ['page cache', 'PG_writeback']],
    ] as const) {
      const play = new Play({ build, files: { a: 1 } });
      play.writes('W', { file: 'a', bytes: 'a' });
      play.flusher('F', 'a');
      play.ends('F');
      expect(play.page().holders).toEqual(holders);
    }
  });

  it('is one line of the ledger, at every step of random runs on every build', () => {
    for (const [seed, build] of buildNames.entries()) {
      const machine = new Machine({ build, files: { a: 1, b: 1 }, frames: 2 });
      const writes = ['1', '2', '3'].map((bytes) => ({ file: 'a', bytes }));
      machine.spawn('W', writer({ writes: [...writes, { file: 'b', bytes: '4' }] }));
      machine.spawn('F', flusher({ files: ['a', 'a', 'b'] }));
      machine.spawn('B', integrityWriter({ files: ['a', 'b'] }));
      machine.spawn('T', truncater({ files: ['a', 'b'] }));
      const scheduler = seededRandom(seed);
      let stepCount = 0;
      for (; machine.runnable().length > 0; stepCount += 1) {
        machine.step(scheduler.pick(machine.runnable(), machine) ?? '');
        for (const { _refcount, holders } of machine.describe().pages) {
          expect(holders, `seed ${seed}, build ${build}`).toHaveLength(_refcount);
        }
      }
      expect(stepCount).toBeGreaterThan(50);
    }
  });
});
