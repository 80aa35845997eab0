/**
 * truncate_inode_pages_range of v5.10, pass 2, and the freeing of the blocks after it. Pass 1 is left
 * out: it skips every page that is locked or under writeback (whose reference and lock come and go),
 * and what it does to the others pass 2 does too, in the same order. In this kernel the mapping is
 * tested after the wait.
 */
import type { AddressSpace } from '../addressSpace.js';
import { checkInFlight } from '../detectors/diskCheck.js';
import { hasFlag, type Page } from '../page.js';
import { kernelFunction } from '../task.js';
import { cancel_dirty_page } from './dirty.js';
import { find_get_entries } from './lookup.js';
import { delete_from_page_cache } from './pageCache.js';
import { lock_page, unlock_page } from './pageLock.js';
import { do_invalidatepage } from './pagePrivate.js';
import { wait_on_page_writeback } from './pageWriteback.js';
import { put_page } from './refcount.js';

const truncate_inode_page = kernelFunction(
  'truncate_inode_page',
  function* (task, page: Page, mapping: AddressSpace) {
    yield task.stop('T3 mapping', 'test page.mapping');
    if (page.mapping !== mapping.file) return;
    if (hasFlag(page, 'PG_private')) yield* do_invalidatepage(task, page);
    yield* cancel_dirty_page(task, page);
    yield* delete_from_page_cache(task, page, () => {
      if (task.state.config.inFlightCheck !== 'delete') return;
      checkInFlight(task, mapping.file, page.index, page.index);
    });
  },
);

/** Ends when a whole scan from `start` finds nothing. */
export const truncate_inode_pages_range = kernelFunction(
  'truncate_inode_pages_range',
  function* (task, mapping: AddressSpace, start: number) {
    const style = task.state.config.build.waitStyle.truncate;
    let from = start;
    for (;;) {
      const batch = yield* find_get_entries(task, mapping, from);
      const last = batch.at(-1);
      if (last === undefined) {
        if (from === start) break;
        from = start;
        continue;
      }
      for (const { page } of batch) {
        task.locals.page = page.pfn;
        task.locals.incarnation = page.incarnation;
        yield* lock_page(task, page, 'T1');
        if (!task.hasFault('truncate-forgets-wait')) {
          yield* wait_on_page_writeback(task, page, style, 'T2');
        }
        yield* truncate_inode_page(task, page, mapping);
        yield* unlock_page(task, page, 'T4');
      }
      for (const { page } of batch) yield* put_page(task, page, 'T5', 'lookup');
      task.locals.page = null;
      from = last.index + 1 < mapping.size ? last.index + 1 : start;
    }
    if (task.state.config.inFlightCheck === 'return') {
      checkInFlight(task, mapping.file, start, mapping.size - 1);
    }
  },
);

/** What the filesystem does once truncate has returned: the blocks may get other owners. */
export const truncate_blocks = kernelFunction(
  'truncate_blocks',
  function* (task, mapping: AddressSpace, start: number) {
    yield task.stop('T6', `free the blocks of ${mapping.file} from page ${start} on`);
    const { disk } = task.state;
    for (const freed of disk.blocks) {
      if (freed.owner?.file !== mapping.file || freed.owner.index < start) continue;
      task.record(`block ${freed.number} owner`, `${freed.owner.file}[${freed.owner.index}]`, null);
      freed.freed = { ...freed.owner, thread: task.name };
      freed.owner = null;
      freed.generation += 1;
      disk.free.push(freed.number);
    }
  },
);
