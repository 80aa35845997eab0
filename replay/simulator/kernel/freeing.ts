/**
 * Where pages go to and come from: the last put frees a page in steps F1 to F5, and the allocator
 * hands the page freed last out first. Cleared flags are why production kernels stay silent about a
 * page that was freed too early: only debug_vm looks at them before they are wiped.
 */
import { checkFreePage, checkNewPage } from '../detectors/badPage.js';
import { reportRefcount } from '../detectors/refcount.js';
import { flagNames, type Page, pageName } from '../page.js';
import { pageAt } from '../state.js';
import { type Block, kernelFunction, type Task } from '../task.js';
import { testAndClearPageFlag } from './pageFlags.js';

/** F1 and F2; F3 (memcg) is not modelled. */
const page_cache_release = kernelFunction('__page_cache_release', function* (task, page: Page) {
  yield task.stop('F1', 'take the page off the LRU');
  testAndClearPageFlag(task, page, 'PG_lru');
  yield task.stop('F2', 'clear PG_waiters, not atomically');
  testAndClearPageFlag(task, page, 'PG_waiters');
});

/** F4: returns whether the page may be used again. */
const free_pages_prepare = kernelFunction('free_pages_prepare', function* (task, page: Page) {
  yield task.stop('F4', 'check the page if debug_vm is on, then wipe its flags');
  if (page._refcount !== 0) reportRefcount(task, page, 'free', 'of a page with references');
  const isBad = checkFreePage(task, page);
  if (page.flags !== 0) task.record(`${pageName(page)} flags`, flagNames(page.flags), []);
  page.flags = 0;
  page.lockHolder = null;
  return !isBad || task.state.config.badPage === 'reuse';
});

export const free_page = kernelFunction('__put_page', function* (task, page: Page) {
  yield* page_cache_release(task, page);
  const isUsable = yield* free_pages_prepare(task, page);
  yield* free_unref_page(task, page, isUsable);
});

const free_unref_page = kernelFunction(
  'free_unref_page',
  function* (task, page: Page, isUsable: boolean) {
    yield task.stop('F5', 'put the page on the free list');
    const { freePages, leakedPages } = task.state;
    if (!isUsable) {
      leakedPages.push(page.pfn);
    } else if (freePages.includes(page.pfn)) {
      reportRefcount(task, page, 'double free', 'of a page that is free already');
    } else {
      freePages.push(page.pfn);
      task.record('free list', freePages.slice(0, -1), [...freePages]);
    }
  },
);

function outOfPages(task: Task): Block | null {
  const { freePages, leakedPages } = task.state;
  if (freePages.length > 0) return null;
  const leaked = leakedPages.map((pfn) => `; bad_page took page ${pfn} out of use`).join('');
  return { on: 'memory', reason: `no page is free${leaked}` };
}

/** 2.1 steps 1 and 2. Sleeps while no page is free. */
export const alloc_page = kernelFunction('alloc_page', function* (task) {
  yield task.stop('2.1.1', 'take the next page off the free list', () => outOfPages(task));
  const { freePages, config } = task.state;
  const before = [...freePages];
  const pfn = config.allocator === 'lifo' ? freePages.pop() : freePages.shift();
  if (pfn === undefined) throw new Error('alloc_page runs only when a page is free');
  const page = pageAt(task.state, pfn);
  page.incarnation += 1;
  task.record('free list', before, [...freePages]);
  checkNewPage(task, page);
  yield task.stop('2.1.2', 'set _refcount to 1');
  task.record(`${pageName(page)} _refcount`, page._refcount, 1);
  page._refcount = 1;
  page.holders = [`${task.name}: allocation`];
  return page;
});
