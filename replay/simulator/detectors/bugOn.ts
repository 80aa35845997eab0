/** The kernel's own assertions about PG_writeback. Either kills the thread that runs into it. */
import { type Page, pageName } from '../page.js';
import type { Task } from '../task.js';

/** `BUG_ON(PageWriteback(page))` of write_cache_pages, after the wait; nothing without CONFIG_BUG. */
export function bugOnPageWriteback(task: Task, page: Page): void {
  if (task.hasFault('bug-on-compiled-out')) return;
  const message = `${task.function}: PG_writeback of ${pageName(page)} is set after the wait for it`;
  task.oops('BUG_ON', 'PageWriteback', message, page);
}

/** `BUG()` of end_page_writeback: the bit that it had to clear was clear (step C3). */
export function bugBitWasClear(task: Task, page: Page): never {
  task.inStep('C3');
  const message = `end_page_writeback: PG_writeback of ${pageName(page)} is clear already`;
  task.oops('BUG', 'end_page_writeback', message, page);
}
