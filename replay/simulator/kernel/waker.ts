/**
 * Waking: `wake_up_page_bit` walks the page's bucket of the wait table under the bucket's lock. Two
 * generations: from v5.9 on a woken SHARED waiter was taken off the queue and its bit was not looked
 * at; up to v5.8 a bit that is set stops the walk, for every kind of waiter.
 */
import { isOldGeneration } from '../build.js';
import { checkWait, checkWalk } from '../detectors/watchdog.js';
import { hasFlag, type Page, type PageFlag, pageName } from '../page.js';
import { kernelFunction, type Task } from '../task.js';
import { bucketOf, hasWaitFlag, type WaitEntry, WQ_FLAG } from '../waitTable.js';
import { testAndClearPageFlag, testAndSetPageFlag } from './pageFlags.js';

interface WakeKey {
  readonly page: Page;
  readonly bit: PageFlag;
  page_match: boolean;
}

interface Walk {
  readonly key: WakeKey;
  readonly queue: WaitEntry[];
  readonly bookmark: WaitEntry;
}

/** Below 0 stops the walk; above 0 counts as an exclusive wake-up. */
function wake_page_function(task: Task, walk: Walk, entry: WaitEntry): number {
  const { key } = walk;
  if (entry.pfn !== key.page.pfn) return 0;
  key.page_match = true;
  if (entry.bit !== key.bit) return 0;
  if (isOldGeneration(task.state.config.build)) return wakeOld(task, walk, entry);
  const isExclusive = hasWaitFlag(entry, 'WQ_FLAG_EXCLUSIVE');
  const looksAtBit = isExclusive || task.state.config.build.wakeStyle === 'only-if-clear';
  if (looksAtBit && hasFlag(key.page, key.bit)) return -1;
  if (isExclusive && hasWaitFlag(entry, 'WQ_FLAG_CUSTOM')) {
    testAndSetPageFlag(task, key.page, key.bit);
    key.page.lockHolder = entry.thread;
    entry.flags |= WQ_FLAG.WQ_FLAG_DONE;
  }
  entry.flags |= WQ_FLAG.WQ_FLAG_WOKEN;
  remove(task, walk, entry);
  return isExclusive ? 1 : 0;
}

function wakeOld(task: Task, walk: Walk, entry: WaitEntry): number {
  if (hasFlag(walk.key.page, walk.key.bit)) return -1;
  if (!entry.sleepable) return 0;
  entry.sleepable = false;
  remove(task, walk, entry);
  return 1;
}

function remove(task: Task, walk: Walk, entry: WaitEntry): void {
  const at = walk.queue.indexOf(entry);
  if (at < 0) throw new Error('a walker wakes only entries of its queue');
  walk.queue.splice(at, 1);
  task.record(`${pageName(walk.key.page)} waiter ${entry.thread}`, 'asleep', 'woken');
}

/** Whoever the walk would have woken, and did not get to: for them it was in vain. */
function passOver(task: Task, { key, bookmark }: Walk, entries: readonly WaitEntry[]): void {
  for (const entry of entries) {
    if (entry.pfn !== key.page.pfn || entry.bit !== key.bit) continue;
    if (hasWaitFlag(entry, 'WQ_FLAG_BOOKMARK') || entry === bookmark) continue;
    entry.inVain += 1;
    checkWait(task, key.page, key.bit, entry.thread, entry.inVain);
  }
}

/** One region of the bucket's lock. Returns whether it left a bookmark to go on from. */
function walkQueue(task: Task, walk: Walk): boolean {
  const { queue, bookmark } = walk;
  let at = 0;
  const marked = queue.indexOf(bookmark);
  if (marked >= 0) {
    queue.splice(marked, 1);
    at = marked;
  }
  const rest = queue.slice(at);
  let count = 0;
  for (const [position, entry] of rest.entries()) {
    if (hasWaitFlag(entry, 'WQ_FLAG_BOOKMARK')) continue;
    const result = wake_page_function(task, walk, entry);
    if (result < 0) passOver(task, walk, rest.slice(position));
    if (result < 0) break;
    if (result > 0 && hasWaitFlag(entry, 'WQ_FLAG_EXCLUSIVE')) break;
    count += 1;
    const next = rest[position + 1];
    if (count > task.state.config.bookmarkThreshold && next !== undefined) {
      queue.splice(queue.indexOf(next), 0, bookmark);
      return true;
    }
  }
  if (queue.length === 0 || !walk.key.page_match) {
    testAndClearPageFlag(task, walk.key.page, 'PG_waiters');
  }
  return false;
}

function startWalk(task: Task, page: Page, bit: PageFlag): Walk {
  return {
    key: { page, bit, page_match: false },
    queue: bucketOf(task.state.waitTable, page.pfn),
    bookmark: {
      thread: task.name,
      pfn: page.pfn,
      bit,
      flags: WQ_FLAG.WQ_FLAG_BOOKMARK,
      sleepable: false,
      inVain: 0,
    },
  };
}

/** All of the walk in the caller's own step, for builds that clear and wake atomically. */
export function wakeAtOnce(task: Task, page: Page, bit: PageFlag): void {
  const walk = startWalk(task, page, bit);
  while (walkQueue(task, walk));
}

export const wake_up_page_bit = kernelFunction(
  'wake_up_page_bit',
  function* (task, page: Page, bit: PageFlag, step: string) {
    yield task.stop(step, `walk the wait queue for ${bit}`);
    const walk = startWalk(task, page, bit);
    for (let regions = 1; walkQueue(task, walk); regions += 1) {
      checkWalk(task, page, bit, regions);
      yield task.stop(`${step} bookmark`, 'take the lock again, go on from the bookmark');
    }
  },
);
