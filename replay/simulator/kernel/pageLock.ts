/**
 * The page lock. Clearing PG_locked and reading PG_waiters is one atomic operation, unlike the two of
 * PG_writeback. Where the lock is abstract, a locker sleeps at its first step until the lock is
 * free; where it is queued, it sleeps in the wait table like everybody else.
 */
import { hasFlag, type Page, pageName } from '../page.js';
import { type Guard, kernelFunction } from '../task.js';
import { testAndClearPageFlag, testAndSetPageFlag } from './pageFlags.js';
import { wait_on_page_bit_common } from './waiter.js';
import { wake_up_page_bit } from './waker.js';

function untilUnlocked(page: Page): Guard {
  return () =>
    hasFlag(page, 'PG_locked')
      ? {
          on: 'lock',
          reason: `PG_locked of ${pageName(page)} is held by ${page.lockHolder ?? 'nobody'}`,
        }
      : null;
}

export const lock_page = kernelFunction('lock_page', function* (task, page: Page, step: string) {
  const isQueued = task.state.config.pageLock === 'queued';
  const description = 'test and set PG_locked';
  yield isQueued ? task.stop(step, description) : task.stop(step, description, untilUnlocked(page));
  if (testAndSetPageFlag(task, page, 'PG_locked')) {
    yield* wait_on_page_bit_common(task, page, 'PG_locked', 'EXCLUSIVE');
  }
  page.lockHolder = task.name;
});

export const unlock_page = kernelFunction(
  'unlock_page',
  function* (task, page: Page, step: string) {
    yield task.stop(step, 'clear PG_locked and read PG_waiters');
    const hasWaiters = hasFlag(page, 'PG_waiters');
    page.lockHolder = null;
    const wasLocked = testAndClearPageFlag(task, page, 'PG_locked');
    if (!wasLocked && task.state.config.debugVm) {
      task.oops('VM_BUG_ON', '!PageLocked', 'unlock_page of a page that is not locked', page);
    }
    if (hasWaiters && task.state.config.pageLock === 'queued') {
      yield* wake_up_page_bit(task, page, 'PG_locked', '2.3 wake');
    }
  },
);
