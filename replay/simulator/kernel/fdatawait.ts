/**
 * The second half of fsync and sync_file_range: wait for whatever is under writeback (2.11). It holds
 * a reference of each page and no page lock, so the bit may be set again while it waits.
 */
import type { AddressSpace } from '../addressSpace.js';
import { kernelFunction } from '../task.js';
import { find_get_pages_range_tag } from './lookup.js';
import { wait_on_page_writeback } from './pageWriteback.js';
import { put_page } from './refcount.js';

export const __filemap_fdatawait_range = kernelFunction(
  '__filemap_fdatawait_range',
  function* (task, mapping: AddressSpace) {
    const style = task.state.config.build.waitStyle.fdatawait;
    let start = 0;
    while (start < mapping.size) {
      const mark = 'PAGECACHE_TAG_WRITEBACK';
      const batch = yield* find_get_pages_range_tag(task, mapping, start, mark);
      if (batch.length === 0) return;
      for (const { page, index } of batch) {
        task.locals.page = page.pfn;
        task.locals.incarnation = page.incarnation;
        start = index + 1;
        yield* wait_on_page_writeback(task, page, style, '2.11 wait');
      }
      for (const { page } of batch) yield* put_page(task, page, '2.11 release', 'lookup');
      task.locals.page = null;
    }
  },
);
