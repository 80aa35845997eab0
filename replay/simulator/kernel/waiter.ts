/**
 * Waiting for a page bit, `wait_on_page_bit_common`, in its two generations. From v5.9 on the entry
 * is queued under the bucket's lock together with a last test of the bit, and a woken SHARED waiter
 * returns without looking again. Signals are not modelled: every wait is TASK_UNINTERRUPTIBLE.
 */
import { isOldGeneration } from '../build.js';
import { checkWait } from '../detectors/watchdog.js';
import { hasFlag, type Page, type PageFlag, pageName } from '../page.js';
import { type Guard, type KernelRun, kernelFunction, type Task } from '../task.js';
import { bucketOf, hasWaitFlag, type WaitEntry, WQ_FLAG } from '../waitTable.js';
import { testAndSetPageFlag } from './pageFlags.js';
import { put_page } from './refcount.js';

export type Behaviour = 'EXCLUSIVE' | 'SHARED' | 'DROP';

/** sysctl_page_lock_unfairness: rounds in which the lock may be stolen from a woken waiter. */
const PAGE_LOCK_UNFAIRNESS = 5;

function untilWoken(page: Page, entry: WaitEntry, isWoken: () => boolean): Guard {
  const reason = `${entry.thread} sleeps in the wait queue for ${entry.bit} of ${pageName(page)}`;
  return () => (isWoken() ? null : { on: 'wait', reason });
}

function makeEntry(task: Task, page: Page, bit: PageFlag): WaitEntry {
  return { thread: task.name, pfn: page.pfn, bit, flags: 0, sleepable: false, inVain: 0 };
}

function enqueue(task: Task, page: Page, entry: WaitEntry): void {
  bucketOf(task.state.waitTable, page.pfn).push(entry);
  task.record(`${pageName(page)} waiter ${entry.thread}`, null, 'asleep');
}

/** 2.10 waiter step 2, under the bucket's lock: returns whether there is nothing to wait for. */
function queueUnlessReady(task: Task, page: Page, entry: WaitEntry, behaviour: Behaviour): boolean {
  if (!task.hasFault('waiter-forgets-flag')) testAndSetPageFlag(task, page, 'PG_waiters');
  const isReady =
    behaviour === 'EXCLUSIVE'
      ? !testAndSetPageFlag(task, page, entry.bit)
      : !hasFlag(page, entry.bit);
  if (isReady) entry.flags |= WQ_FLAG.WQ_FLAG_WOKEN | WQ_FLAG.WQ_FLAG_DONE;
  else enqueue(task, page, entry);
  return isReady;
}

/** v5.9 (after 5ef64cc8987a) and later. */
function* waitNew(task: Task, page: Page, bit: PageFlag, behaviour: Behaviour): KernelRun<void> {
  let unfairness = PAGE_LOCK_UNFAIRNESS;
  for (;;) {
    const entry = makeEntry(task, page, bit);
    if (behaviour === 'EXCLUSIVE') {
      entry.flags = WQ_FLAG.WQ_FLAG_EXCLUSIVE;
      unfairness -= 1;
      if (unfairness < 0) entry.flags |= WQ_FLAG.WQ_FLAG_CUSTOM;
    }
    yield task.stop('2.10 waiter 2', `set PG_waiters, test ${bit} again, queue the entry`);
    const isReady = queueUnlessReady(task, page, entry, behaviour);
    if (behaviour === 'DROP') yield* put_page(task, page, '2.10 waiter 3', 'lookup');
    if (isReady) return;
    const isWoken = () => hasWaitFlag(entry, 'WQ_FLAG_WOKEN');
    yield task.stop('2.10 waiter 4', 'return from sleep', untilWoken(page, entry, isWoken));
    if (behaviour !== 'EXCLUSIVE' || hasWaitFlag(entry, 'WQ_FLAG_DONE')) return;
    yield task.stop('2.10 waiter 4 lock', `test and set ${bit}`);
    if (!testAndSetPageFlag(task, page, bit)) return;
  }
}

/** Up to v5.8: the waiter tests the bit after every wake-up, and queues itself again. */
function* waitOld(task: Task, page: Page, bit: PageFlag, behaviour: Behaviour): KernelRun<void> {
  const entry = makeEntry(task, page, bit);
  if (behaviour === 'EXCLUSIVE') entry.flags = WQ_FLAG.WQ_FLAG_EXCLUSIVE;
  const queue = bucketOf(task.state.waitTable, page.pfn);
  for (;;) {
    yield task.stop('2.10 old 1', 'set PG_waiters, queue the entry unless it is queued');
    if (!queue.includes(entry)) {
      enqueue(task, page, entry);
      testAndSetPageFlag(task, page, 'PG_waiters');
    }
    entry.sleepable = true;
    yield task.stop('2.10 old 2', `test ${bit}`);
    const isSet = hasFlag(page, bit);
    if (behaviour === 'DROP') yield* put_page(task, page, '2.10 old 2 put', 'lookup');
    if (isSet) {
      const isWoken = () => !entry.sleepable;
      yield task.stop('2.10 old 3', 'return from sleep', untilWoken(page, entry, isWoken));
    }
    if (behaviour === 'DROP') break;
    yield task.stop('2.10 old 4', `test ${bit} again`);
    if (behaviour === 'EXCLUSIVE' ? !testAndSetPageFlag(task, page, bit) : !hasFlag(page, bit)) {
      break;
    }
    entry.inVain += 1;
    checkWait(task, page, bit, entry.thread, entry.inVain);
  }
  entry.sleepable = false;
  if (queue.includes(entry)) {
    yield task.stop('2.10 old 5', 'take the entry off the queue');
    const at = queue.indexOf(entry);
    if (at >= 0) queue.splice(at, 1);
  }
}

export const wait_on_page_bit_common = kernelFunction(
  'wait_on_page_bit_common',
  function* (task, page: Page, bit: PageFlag, behaviour: Behaviour) {
    const wait = isOldGeneration(task.state.config.build) ? waitOld : waitNew;
    yield* wait(task, page, bit, behaviour);
  },
);
