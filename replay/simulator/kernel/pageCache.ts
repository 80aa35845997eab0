/** Putting pages into a file's page cache (2.1) and taking them out of it (2.12). */
import type { AddressSpace } from '../addressSpace.js';
import { type Page, pageName } from '../page.js';
import { mappingOf } from '../state.js';
import { kernelFunction, type Task } from '../task.js';
import { clearMark, testAndClearPageFlag, testAndSetPageFlag } from './pageFlags.js';
import { dropReference, put_page, takeReference } from './refcount.js';

/**
 * 2.1 steps 3 to 7: returns whether the page is in, then locked and with the cache's reference.
 * Not so if a page is at the index already (-EEXIST). The per-cpu pagevec of step 7 is drained at
 * once, so the reference that it takes is not seen.
 */
export const add_to_page_cache_lru = kernelFunction(
  'add_to_page_cache_lru',
  function* (task, page: Page, mapping: AddressSpace, index: number) {
    yield task.stop('2.1.3', 'set PG_locked, not atomically');
    testAndSetPageFlag(task, page, 'PG_locked');
    page.lockHolder = task.name;
    yield task.stop('2.1.4', 'take the page cache reference');
    takeReference(task, page, 'page cache');
    yield task.stop('2.1.5', 'set mapping and index');
    setMapping(task, page, mapping.file);
    page.index = index;
    yield task.stop('2.1.6', `store the page at ${mapping.file}[${index}]`);
    if (mapping.slots.has(index)) {
      yield task.stop('2.1.6 error', 'undo: a page is there already');
      setMapping(task, page, null);
      dropReference(task, page, 'page cache');
      testAndClearPageFlag(task, page, 'PG_locked');
      page.lockHolder = null;
      return false;
    }
    mapping.slots.set(index, page);
    mapping.nrpages += 1;
    task.record(`i_pages of ${mapping.file}[${index}]`, null, page.pfn);
    yield task.stop('2.1.7', 'put the page on the LRU');
    testAndSetPageFlag(task, page, 'PG_lru');
    return true;
  },
);

function setMapping(task: Task, page: Page, file: string | null): void {
  task.record(`${pageName(page)} mapping`, page.mapping, file);
  page.mapping = file;
}

/** The i_pages region, then the cache's reference. `index` of the page stays set. */
export const delete_from_page_cache = kernelFunction(
  'delete_from_page_cache',
  function* (task, page: Page, onDelete: () => void) {
    yield task.stop('T3 delete', 'empty the slot and clear mapping');
    const mapping = page.mapping === null ? null : mappingOf(task.state, page.mapping);
    if (mapping === null) throw new Error('page.mapping changes only under the page lock');
    mapping.slots.delete(page.index);
    mapping.nrpages -= 1;
    clearMark(task, mapping, page.index, 'PAGECACHE_TAG_DIRTY');
    clearMark(task, mapping, page.index, 'PAGECACHE_TAG_WRITEBACK');
    clearMark(task, mapping, page.index, 'PAGECACHE_TAG_TOWRITE');
    task.record(`i_pages of ${mapping.file}[${page.index}]`, page.pfn, null);
    setMapping(task, page, null);
    onDelete();
    yield* put_page(task, page, 'T3 put', 'page cache');
  },
);
