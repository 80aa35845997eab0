/** The generic writeback loop (2.5), and ->writepage (2.6). */
import type { AddressSpace, Mark } from '../addressSpace.js';
import { bugOnPageWriteback } from '../detectors/bugOn.js';
import { hasFlag, type Page } from '../page.js';
import { type KernelRun, kernelFunction, type Task } from '../task.js';
import { makeBio, map_blocks, submit_bio } from './block.js';
import { clear_page_dirty_for_io } from './dirty.js';
import { find_get_pages_range_tag } from './lookup.js';
import { setMark } from './pageFlags.js';
import { lock_page, unlock_page } from './pageLock.js';
import { prepare_private_for_io } from './pagePrivate.js';
import { test_set_page_writeback, wait_on_page_writeback } from './pageWriteback.js';
import { put_page } from './refcount.js';

export type SyncMode = 'WB_SYNC_NONE' | 'WB_SYNC_ALL';

/** TOWRITE fixes the set of pages that one integrity pass must write. */
const tag_pages_for_writeback = kernelFunction(
  'tag_pages_for_writeback',
  function* (task, mapping: AddressSpace) {
    yield task.stop('2.5 tag', 'copy the DIRTY marks to TOWRITE');
    for (const index of mapping.marks.PAGECACHE_TAG_DIRTY) {
      setMark(task, mapping, index, 'PAGECACHE_TAG_TOWRITE');
    }
  },
);

/** Whether the locked page is to be written, step by step (2.5 steps 2 to 6). */
function* prepare(
  task: Task,
  page: Page,
  mapping: AddressSpace,
  mode: SyncMode,
): KernelRun<boolean> {
  yield task.stop('2.5.2', 'test page.mapping');
  if (page.mapping !== mapping.file) return false;
  yield task.stop('2.5.3', 'test PG_dirty');
  if (!hasFlag(page, 'PG_dirty')) return false;
  yield task.stop('2.5.4', 'test PG_writeback');
  if (hasFlag(page, 'PG_writeback')) {
    if (mode === 'WB_SYNC_NONE') return false;
    const style = task.state.config.build.waitStyle.writeLoop;
    yield* wait_on_page_writeback(task, page, style, '2.5.4 wait');
  }
  yield task.stop('2.5.5', 'BUG_ON(PageWriteback)');
  if (hasFlag(page, 'PG_writeback')) bugOnPageWriteback(task, page);
  return yield* clear_page_dirty_for_io(task, page);
}

/**
 * Sets PG_writeback and unlocks before it submits: the DMA may start any time after. Only the path
 * that locks buffers, `__block_write_full_page`, submits first.
 */
const writepage = kernelFunction('writepage', function* (task, page: Page, mapping: AddressSpace) {
  const { index } = page;
  const target = yield* map_blocks(task, mapping.file, index);
  const bio = makeBio(task, page, mapping.file, index, target);
  task.locals.bio = bio.id;
  yield* prepare_private_for_io(task, page, bio);
  yield* test_set_page_writeback(task, page);
  if (task.state.config.privateStyle === 'buffers-locked') {
    yield* submit_bio(task, bio);
    yield* unlock_page(task, page, '2.6 unlock');
  } else {
    yield* unlock_page(task, page, '2.6 unlock');
    yield* submit_bio(task, bio);
  }
});

export const write_cache_pages = kernelFunction(
  'write_cache_pages',
  function* (task, mapping: AddressSpace, mode: SyncMode) {
    let mark: Mark = 'PAGECACHE_TAG_DIRTY';
    if (mode === 'WB_SYNC_ALL') {
      yield* tag_pages_for_writeback(task, mapping);
      mark = 'PAGECACHE_TAG_TOWRITE';
    }
    let start = 0;
    while (start < mapping.size) {
      const batch = yield* find_get_pages_range_tag(task, mapping, start, mark);
      if (batch.length === 0) return;
      for (const { page, index } of batch) {
        task.locals.page = page.pfn;
        task.locals.incarnation = page.incarnation;
        start = index + 1;
        yield* lock_page(task, page, '2.5.1');
        const isToBeWritten = yield* prepare(task, page, mapping, mode);
        if (isToBeWritten) yield* writepage(task, page, mapping);
        else yield* unlock_page(task, page, '2.5 unlock');
      }
      for (const { page } of batch) yield* put_page(task, page, '2.5 release', 'lookup');
      task.locals.page = null;
    }
  },
);
