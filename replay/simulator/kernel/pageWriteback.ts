/** Setting PG_writeback (2.7), completion (2.9) and waiting for it (2.11). */
import type { WaitStyle } from '../build.js';
import { bugBitWasClear } from '../detectors/bugOn.js';
import { checkWait } from '../detectors/watchdog.js';
import { hasFlag, type Page } from '../page.js';
import { kernelFunction, type Task } from '../task.js';
import {
  clearMark,
  mappingHolding,
  setMark,
  testAndClearPageFlag,
  testAndSetPageFlag,
} from './pageFlags.js';
import { get_page, put_page, takeReference } from './refcount.js';
import { wait_on_page_bit_common } from './waiter.js';
import { wake_up_page_bit, wakeAtOnce } from './waker.js';

/** One i_pages region. It takes no reference, except in builds of style (c). */
export const test_set_page_writeback = kernelFunction(
  '__test_set_page_writeback',
  function* (task, page: Page) {
    yield task.stop('2.7.2', 'test and set PG_writeback, move the marks');
    const wasSet = testAndSetPageFlag(task, page, 'PG_writeback');
    const mapping = mappingHolding(task, page);
    if (mapping !== null) {
      if (!wasSet) setMark(task, mapping, page.index, 'PAGECACHE_TAG_WRITEBACK');
      if (!hasFlag(page, 'PG_dirty')) clearMark(task, mapping, page.index, 'PAGECACHE_TAG_DIRTY');
      clearMark(task, mapping, page.index, 'PAGECACHE_TAG_TOWRITE');
    }
    if (!wasSet && task.state.config.build.refStyle === 'set-to-end') {
      takeReference(task, page, 'PG_writeback');
    }
    return wasSet;
  },
);

/**
 * C2, with the check C3. Returns whether PG_waiters was set in the same atomic operation, which only
 * some builds make use of.
 */
const test_clear_page_writeback = kernelFunction(
  'test_clear_page_writeback',
  function* (task, page: Page) {
    yield task.stop('C2', 'test and clear PG_writeback, clear the WRITEBACK mark');
    const hasWaiters = hasFlag(page, 'PG_waiters');
    const wasSet = testAndClearPageFlag(task, page, 'PG_writeback');
    const mapping = mappingHolding(task, page);
    if (wasSet && mapping !== null) {
      clearMark(task, mapping, page.index, 'PAGECACHE_TAG_WRITEBACK');
    }
    if (!wasSet) bugBitWasClear(task, page);
    const isAtomic = task.state.config.build.clearStyle === 'atomic-clear-wake';
    if (isAtomic && hasWaiters && !forgetsWake(task)) wakeAtOnce(task, page, 'PG_writeback');
    return hasWaiters;
  },
);

function forgetsWake(task: Task): boolean {
  return task.hasFault('completion-forgets-wake');
}

/** C5 and C6, in builds where they are steps of their own. */
function* wakeWaiters(task: Task, page: Page, sampled: boolean) {
  const { clearStyle } = task.state.config.build;
  if (clearStyle === 'atomic-clear-wake') return;
  let hasWaiters = sampled;
  if (clearStyle === 'two-step') {
    yield task.stop('C5', 'read PG_waiters');
    hasWaiters = hasFlag(page, 'PG_waiters');
  }
  task.locals.hasWaiters = hasWaiters;
  if (hasWaiters && !forgetsWake(task)) {
    yield* wake_up_page_bit(task, page, 'PG_writeback', 'C6');
  }
}

/** Runs without the page lock. Only builds of style (b) and (c) pin the page while it does. */
export const end_page_writeback = kernelFunction(
  'end_page_writeback',
  function* (task, page: Page) {
    const { refStyle } = task.state.config.build;
    yield task.stop('C1', 'test and clear PG_reclaim');
    testAndClearPageFlag(task, page, 'PG_reclaim');
    if (refStyle === 'around-completion') yield* get_page(task, page, 'C1 get', 'completion');
    const sampled = yield* test_clear_page_writeback(task, page);
    yield* wakeWaiters(task, page, sampled);
    if (refStyle === 'around-completion') yield* put_page(task, page, 'C6 put', 'completion');
    if (refStyle === 'set-to-end') yield* put_page(task, page, 'C6 put', 'PG_writeback');
  },
);

/** `step` names the test. With `while` the test follows every wake-up; else the wait is trusted. */
export const wait_on_page_writeback = kernelFunction(
  'wait_on_page_writeback',
  function* (task, page: Page, style: WaitStyle, step: string) {
    for (let inVain = 0; ; inVain += 1) {
      yield task.stop(step, 'test PG_writeback');
      if (!hasFlag(page, 'PG_writeback')) return;
      if (inVain > 0) checkWait(task, page, 'PG_writeback', task.name, inVain);
      yield* wait_on_page_bit_common(task, page, 'PG_writeback', 'SHARED');
      if (style !== 'while') return;
    }
  },
);
