/**
 * bad_page: what `check_free_page` and its counterpart at allocation find. For single pages both run
 * only with debug_vm; a production kernel wipes the flags and says nothing.
 */
import {
  dumpPage,
  flagNames,
  hasFlag,
  PAGE_FLAGS_CHECK_AT_FREE,
  type Page,
  pageName,
} from '../page.js';
import type { Task } from '../task.js';

function report(task: Task, page: Page, name: string, why: string): void {
  task.detect('bad_page', name, `bad page state: ${pageName(page)}: ${why}`, dumpPage(page));
}

/** Checks a page that is being freed; reports and returns true if it must not be. */
export function checkFreePage(task: Task, page: Page): boolean {
  if (!task.state.config.debugVm) return false;
  const flags = PAGE_FLAGS_CHECK_AT_FREE.filter((flag) => hasFlag(page, flag));
  if (page._mapcount !== -1) report(task, page, 'nonzero mapcount', 'freed while it is mapped');
  else if (page.mapping !== null) report(task, page, 'non-NULL mapping', 'freed while in a file');
  else if (page._refcount !== 0) report(task, page, 'nonzero _refcount', 'freed with references');
  else if (flags.length > 0) {
    report(task, page, 'PAGE_FLAGS_CHECK_AT_FREE', `${flags.join(', ')} set when it is freed`);
  } else return false;
  return true;
}

/** Checks a page that is being handed out: somebody has set a flag while it was free. */
export function checkNewPage(task: Task, page: Page): void {
  if (!task.state.config.debugVm || page.flags === 0) return;
  const flags = flagNames(page.flags).join(', ');
  report(task, page, 'PAGE_FLAGS_CHECK_AT_PREP', `${flags} set when it is allocated`);
}
