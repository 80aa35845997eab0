/**
 * References: taken of or dropped from a page that has none, or a page that is freed with some. With
 * debug_vm the kernel checks the first two itself (VM_BUG_ON_PAGE) and the thread dies; without, only
 * the simulator notices and the run goes on.
 */
import { dumpPage, type Page, pageName } from '../page.js';
import type { Task } from '../task.js';

export type RefcountCheck = 'get_page' | 'put_page' | 'free' | 'double free';

export function reportRefcount(task: Task, page: Page, check: RefcountCheck, what: string): void {
  const message = `${check} ${what}: ${pageName(page)} has _refcount ${page._refcount}`;
  const isKernelCheck = check === 'get_page' || check === 'put_page';
  if (isKernelCheck && task.state.config.debugVm) task.oops('refcount', check, message, page);
  task.detect('refcount', check, message, dumpPage(page));
}
