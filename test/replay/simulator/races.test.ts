/**
 * Two threads at one page without the inode's lock between them: the checks that the page lock
 * makes necessary (2.1 -EEXIST, the mapping checks of 2.5 and 2.12, truncate's second scan).
 */
import { describe, expect, it } from 'vitest';
import { type MachineConfig, truncater } from '../../../replay/simulator/index.js';
import { Play } from './play.js';

function unlockedInode(more: Partial<MachineConfig> = {}): Play {
  return new Play({ build: 'base', files: { a: 2 }, frames: 2, inodeLock: false, ...more });
}

describe('a page that is inserted while another one got in (-EEXIST)', () => {
  const lost = () => {
    const play = unlockedInode();
    play.writer('W1', { file: 'a', bytes: 'one ' });
    play.to('W1', '2.1.6');
    play.writes('W2', { file: 'a', bytes: 'two ' });
    play.past('W1', '2.1.6');
    return play;
  };

  it('is undone: no mapping, no cache reference, no lock', () => {
    const play = lost();
    expect(play.page(0)).toMatchObject({ mapping: 'a', holders: ['W1: allocation', 'page cache'] });
    play.past('W1', '2.1.6 error');
    expect(play.page(0)).toMatchObject({
      mapping: null,
      holders: ['W1: allocation'],
      lockHolder: null,
      flags: [],
    });
  });

  it('is freed, and the writer goes on with the other', () => {
    const play = lost();
    play.ends('W1');
    expect(play.page(0)).toMatchObject({ isFree: true, _refcount: 0 });
    expect(play.page(1)).toMatchObject({ mapping: 'a', content: { thread: 'W1' } });
    expect(play.machine.describe().mappings.a).toMatchObject({ nrpages: 1, slots: { 0: 1 } });
    expect(play.detected()).toEqual([]);
  });
});

describe('truncate', () => {
  it('leaves a page alone that another truncate took out before it got the lock', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    for (const thread of ['T1', 'T2']) {
      play.truncater(thread, 'a');
      play.to(thread, 'T1');
    }
    play.ends('T1');
    play.ends('T2');
    expect(play.page()).toMatchObject({ isFree: true, _refcount: 0 });
    expect(play.machine.describe().mappings.a).toMatchObject({ nrpages: 0, slots: {} });
    expect(play.detected()).toEqual([]);
  });

  it('scans again from the start, until it finds nothing', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.truncater('T', 'a');
    play.past('T', 'T5');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    play.ends('T');
    expect(play.machine.describe().mappings.a?.slots).toEqual({});
  });

  it('of the end of a file leaves the pages and blocks before it', () => {
    const play = new Play({ build: 'base', files: { a: 2 }, frames: 2 });
    for (const index of [0, 1]) play.writes(`W${index}`, { file: 'a', index, bytes: 'a' });
    play.machine.spawn('T', truncater({ files: ['a'], start: 1 }));
    play.ends('T');
    const { mappings, disk } = play.machine.describe();
    expect(mappings.a?.slots).toEqual({ 0: 0 });
    expect(disk.map(({ owner }) => owner)).toEqual([{ file: 'a', index: 0 }, null]);
  });
});

describe('a write', () => {
  it('to a page that was truncated before its lock was taken goes to a new page', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.writer('W2', { file: 'a', bytes: 'a[0], again ' });
    play.to('W2', '2.3 lock');
    play.truncater('T', 'a');
    play.ends('T');
    play.ends('W2');
    expect(play.machine.describe().mappings.a).toMatchObject({ nrpages: 1, slots: { 0: 0 } });
    // W2 frees the page that it found, so that it gets the same frame again.
    expect(play.page()).toMatchObject({ incarnation: 2, mapping: 'a', holders: ['page cache'] });
    expect(play.page()).toMatchObject({ content: { thread: 'W2' }, lockHolder: null });
  });
});

describe('writeback', () => {
  it('does not wait for a page that somebody else has written since it was looked up', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.integrityWriter('B', 'a');
    play.to('B', '2.5.1');
    play.flusher('F', 'a');
    play.ends('F');
    play.ends('B');
    expect(play.machine.describe().bios.map(({ submitter }) => submitter)).toEqual(['F']);
  });

  it('with WB_SYNC_ALL leaves pages out that were dirtied after it began', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.integrityWriter('B', 'a');
    play.past('B', '2.5 tag');
    play.writes('W2', { file: 'a', index: 1, bytes: 'a[1] ' });
    play.ends('B');
    expect(play.machine.describe().bios.map(({ index }) => index)).toEqual([0]);
  });

  it('does not write a page that left its file and was dirtied after that', () => {
    const play = unlockedInode();
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.writer('G', { file: 'a', bytes: 'pinned ', how: 'unlocked' });
    play.to('G', '2.4 store');
    play.flusher('F', 'a');
    play.to('F', '2.5.1');
    play.truncater('T', 'a');
    play.ends('T');
    play.ends('G');
    expect(play.page()).toMatchObject({ mapping: null });
    expect(play.page().flags).toContain('PG_dirty');
    play.ends('F');
    expect(play.machine.describe().bios).toEqual([]);
  });
});
