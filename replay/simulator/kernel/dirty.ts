/** PG_dirty and the DIRTY mark (2.4, 2.5 step 6), and the bytes that make a page dirty. */
import { hasFlag, type Page, pageName } from '../page.js';
import { kernelFunction } from '../task.js';
import { mappingHolding, setMark, testAndClearPageFlag, testAndSetPageFlag } from './pageFlags.js';

/** A page may be dirtied while PG_writeback is set. The inode's own dirty state is not modelled. */
export const set_page_dirty = kernelFunction('set_page_dirty', function* (task, page: Page) {
  yield task.stop('2.4.1', 'test and set PG_dirty');
  if (testAndSetPageFlag(task, page, 'PG_dirty')) return;
  yield task.stop('2.4.2', 'set the DIRTY mark in i_pages');
  const mapping = mappingHolding(task, page);
  if (mapping !== null) setMark(task, mapping, page.index, 'PAGECACHE_TAG_DIRTY');
});

/**
 * Returns whether the page was dirty. The DIRTY mark stays until PG_writeback is set, which is why
 * the page must be locked (VM_BUG_ON with debug_vm). No page is mapped, so page_mkclean is nothing.
 */
export const clear_page_dirty_for_io = kernelFunction(
  'clear_page_dirty_for_io',
  function* (task, page: Page) {
    yield task.stop('2.5.6', 'test and clear PG_dirty');
    if (!hasFlag(page, 'PG_locked') && task.state.config.debugVm) {
      task.oops('VM_BUG_ON', '!PageLocked', 'clear_page_dirty_for_io without the lock', page);
    }
    return testAndClearPageFlag(task, page, 'PG_dirty');
  },
);

/** Truncate drops the dirtiness together with the page. */
export const cancel_dirty_page = kernelFunction('cancel_dirty_page', function* (task, page: Page) {
  yield task.stop('T3 cleanup', 'test and clear PG_dirty');
  testAndClearPageFlag(task, page, 'PG_dirty');
});

/** One store of a whole frame. The ghost record says for whom. */
export const copy_from_user = kernelFunction(
  'copy_from_user',
  function* (task, page: Page, bytes: Uint8Array, file: string, index: number) {
    yield task.stop('2.4 store', `store the bytes of ${file}[${index}]`);
    const before = page.content === null ? null : `${page.content.file}[${page.content.index}]`;
    page.bytes.set(bytes);
    page.content = { file, index, incarnation: page.incarnation, thread: task.name };
    task.state.disk.stores.push({ ...page.content, bytes: page.bytes.slice() });
    task.record(`${pageName(page)} bytes`, before, `${file}[${index}]`);
    testAndSetPageFlag(task, page, 'PG_uptodate');
  },
);
