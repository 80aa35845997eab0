/**
 * The stops of each program, in order: what a driver maps labels to. They follow the numbered steps
 * of section 2 of the writeback dossier; README.md of the simulator lists them.
 */
import { describe, expect, it } from 'vitest';
import type { Machine } from '../../../replay/simulator/index.js';
import { Play } from './play.js';

/** The steps that the thread takes until it sleeps or ends. */
function stepsOf(machine: Machine, thread: string): string[] {
  const steps: string[] = [];
  for (;;) {
    const outcome = machine.step(thread);
    if (outcome.kind === 'blocked') return steps;
    steps.push(`${outcome.before.function} ${outcome.before.step}`);
  }
}

function start(build: string): Play {
  const play = new Play({ build, files: { a: 1, b: 1 } });
  play.writes('W', { file: 'a', bytes: 'a[0] ' });
  return play;
}

function underWriteback(build: string): Play {
  const play = start(build);
  play.flusher('F', 'a');
  play.ends('F');
  return play;
}

const lookup = (name: string) => ['2.2.1', '2.2.2', '2.2.3'].map((step) => `${name} ${step}`);

const freeing = [
  '__page_cache_release F1',
  '__page_cache_release F2',
  'free_pages_prepare F4',
  'free_unref_page F5',
];

const writepage = [
  'write_cache_pages 2.5.5',
  'clear_page_dirty_for_io 2.5.6',
  'map_blocks 2.6 map',
  '__test_set_page_writeback 2.7.2',
  'unlock_page 2.6 unlock',
  'submit_bio 2.8 submit',
  'put_page 2.5 release',
];

const testsUnderTheLock = [
  'lock_page 2.5.1',
  'write_cache_pages 2.5.2',
  'write_cache_pages 2.5.3',
  'write_cache_pages 2.5.4',
];

describe('the stops of', () => {
  it('a flusher', () => {
    const play = start('base');
    play.flusher('F', 'a');
    expect(stepsOf(play.machine, 'F')).toEqual([
      ...lookup('find_get_pages_range_tag'),
      ...testsUnderTheLock,
      ...writepage,
    ]);
  });

  it('a flusher that finds nothing dirty', () => {
    const play = underWriteback('base');
    play.flusher('F2', 'a');
    expect(stepsOf(play.machine, 'F2')).toEqual(['find_get_pages_range_tag 2.2.1']);
  });

  it('a flusher that skips a page under writeback', () => {
    const play = underWriteback('base');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    play.flusher('F2', 'a');
    expect(stepsOf(play.machine, 'F2')).toEqual([
      ...lookup('find_get_pages_range_tag'),
      ...testsUnderTheLock,
      'unlock_page 2.5 unlock',
      'put_page 2.5 release',
    ]);
  });

  it.each([
    ['base', []],
    ['e', ['wait_on_page_writeback 2.5.4 wait']],
  ])('an integrity writer that waits, on %s', (build, again) => {
    const play = underWriteback(build);
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    play.integrityWriter('B', 'a');
    expect(stepsOf(play.machine, 'B')).toEqual([
      'tag_pages_for_writeback 2.5 tag',
      ...lookup('find_get_pages_range_tag'),
      ...testsUnderTheLock,
      'wait_on_page_writeback 2.5.4 wait',
      'wait_on_page_bit_common 2.10 waiter 2',
    ]);
    play.ends('DMA1');
    play.ends('A1');
    expect(stepsOf(play.machine, 'B')).toEqual([
      'wait_on_page_bit_common 2.10 waiter 4',
      ...again,
      ...writepage,
    ]);
  });

  it('an integrity writer that waits, on old', () => {
    const play = underWriteback('old');
    play.writes('W2', { file: 'a', bytes: 'a[0], again ' });
    play.integrityWriter('B', 'a');
    expect(stepsOf(play.machine, 'B').slice(-3)).toEqual([
      'wait_on_page_writeback 2.5.4 wait',
      'wait_on_page_bit_common 2.10 old 1',
      'wait_on_page_bit_common 2.10 old 2',
    ]);
    play.ends('DMA1');
    play.ends('A1');
    expect(stepsOf(play.machine, 'B')).toEqual([
      'wait_on_page_bit_common 2.10 old 3',
      'wait_on_page_bit_common 2.10 old 4',
      ...writepage,
    ]);
  });

  it('a truncater', () => {
    const play = start('base');
    play.truncater('T', 'a');
    expect(stepsOf(play.machine, 'T')).toEqual([
      'inode_lock inode lock',
      ...lookup('find_get_entries'),
      'lock_page T1',
      'wait_on_page_writeback T2',
      'truncate_inode_page T3 mapping',
      'cancel_dirty_page T3 cleanup',
      'delete_from_page_cache T3 delete',
      'put_page T3 put',
      'unlock_page T4',
      'put_page T5',
      ...freeing,
      'find_get_entries 2.2.1',
      'truncate_blocks T6',
      'inode_unlock inode unlock',
    ]);
  });

  it.each([
    ['base', [], []],
    ['b', ['get_page C1 get'], ['put_page C6 put']],
    ['c', [], ['put_page C6 put']],
  ])('a device and a completion that wakes somebody, on %s', (build, before, after) => {
    const play = underWriteback(build);
    play.truncater('T', 'a');
    play.sleeps('T');
    expect(stepsOf(play.machine, 'DMA1')).toEqual([
      'device 2.8 DMA read',
      'device 2.8 disk write',
      'device 2.8 interrupt',
    ]);
    expect(stepsOf(play.machine, 'A1')).toEqual([
      'bio_endio 2.8 completion',
      'end_page_writeback C1',
      ...before,
      'test_clear_page_writeback C2',
      'end_page_writeback C5',
      'wake_up_page_bit C6',
      ...after,
    ]);
  });

  it('a writer that creates a page', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    const creation = [
      'alloc_page 2.1.1',
      'alloc_page 2.1.2',
      'add_to_page_cache_lru 2.1.3',
      'add_to_page_cache_lru 2.1.4',
      'add_to_page_cache_lru 2.1.5',
      'add_to_page_cache_lru 2.1.6',
      'add_to_page_cache_lru 2.1.7',
      'copy_from_user 2.4 store',
      'set_page_dirty 2.4.1',
      'set_page_dirty 2.4.2',
      'unlock_page 2.3 unlock',
      'put_page 2.1 put',
      'inode_unlock inode unlock',
    ];
    play.writer('W', { file: 'a', bytes: 'a', how: 'create' });
    expect(stepsOf(play.machine, 'W')).toEqual(['inode_lock inode lock', ...creation]);
    const looking = new Play({ build: 'base', files: { a: 1 } });
    looking.writer('W', { file: 'a', bytes: 'a' });
    expect(stepsOf(looking.machine, 'W')).toEqual([
      'inode_lock inode lock',
      'find_get_page 2.2.1',
      ...creation,
    ]);
  });

  it('a writer that dirties a cached page, with and without locks', () => {
    const play = underWriteback('base');
    play.writer('W2', { file: 'a', bytes: 'a' });
    expect(stepsOf(play.machine, 'W2')).toEqual([
      'inode_lock inode lock',
      ...lookup('find_get_page'),
      'lock_page 2.3 lock',
      'generic_perform_write 2.2 mapping',
      'copy_from_user 2.4 store',
      'set_page_dirty 2.4.1',
      'set_page_dirty 2.4.2',
      'unlock_page 2.3 unlock',
      'put_page 2.1 put',
      'inode_unlock inode unlock',
    ]);
    // The page is dirty already, so there is no mark to set.
    play.writer('W3', { file: 'a', bytes: 'a', how: 'unlocked' });
    expect(stepsOf(play.machine, 'W3')).toEqual([
      ...lookup('find_get_page'),
      'copy_from_user 2.4 store',
      'set_page_dirty 2.4.1',
      'put_page 2.1 put',
    ]);
  });
});
