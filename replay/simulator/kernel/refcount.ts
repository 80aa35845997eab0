/** Page references. Each is entered in the page's ghost ledger with its holder and purpose. */
import { reportRefcount } from '../detectors/refcount.js';
import { type Page, pageName } from '../page.js';
import { kernelFunction, type Task } from '../task.js';
import { free_page } from './freeing.js';

/** What a reference is held for; the ledger's line is `thread: purpose` or the purpose alone. */
export type Purpose =
  | 'allocation'
  | 'lookup'
  | 'page cache'
  | 'PG_private'
  | 'PG_writeback'
  | 'completion';

const SHARED_PURPOSES: readonly Purpose[] = ['page cache', 'PG_private', 'PG_writeback'];

function holder(task: Task, purpose: Purpose): string {
  return SHARED_PURPOSES.includes(purpose) ? purpose : `${task.name}: ${purpose}`;
}

/** The bare increment, for callers that do it inside a step of their own. */
export function takeReference(task: Task, page: Page, purpose: Purpose): void {
  const before = page._refcount;
  page._refcount += 1;
  page.holders.push(holder(task, purpose));
  task.record(`${pageName(page)} _refcount`, before, page._refcount);
}

/** The bare decrement; returns whether it was the last reference. */
export function dropReference(task: Task, page: Page, purpose: Purpose): boolean {
  const before = page._refcount;
  page._refcount -= 1;
  const at = page.holders.indexOf(holder(task, purpose));
  // A reference that was taken on a free page is wiped by the allocation after it.
  if (at >= 0) page.holders.splice(at, 1);
  task.record(`${pageName(page)} _refcount`, before, page._refcount);
  return page._refcount === 0;
}

/** RMW increment; the count must not be 0 (VM_BUG_ON_PAGE with debug_vm). */
export const get_page = kernelFunction(
  'get_page',
  function* (task, page: Page, step: string, purpose: Purpose) {
    yield task.stop(step, `take a reference (${purpose})`);
    if (page._refcount <= 0) reportRefcount(task, page, 'get_page', 'of a page without references');
    takeReference(task, page, purpose);
  },
);

/** RMW dec-and-test; the last reference frees the page (F1 to F5). */
export const put_page = kernelFunction(
  'put_page',
  function* (task, page: Page, step: string, purpose: Purpose) {
    yield task.stop(step, `drop a reference (${purpose})`);
    if (page._refcount <= 0) reportRefcount(task, page, 'put_page', 'of a page without references');
    if (dropReference(task, page, purpose)) yield* free_page(task, page);
  },
);
