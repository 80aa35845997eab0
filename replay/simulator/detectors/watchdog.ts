/**
 * What goes on for ever without an error. The kernel's watchdogs measure time: a CPU that does not
 * schedule for some 20 seconds is a soft lockup, a task that sleeps for 120 seconds is hung. Time
 * does not pass here, so rounds are counted. A waiter that is woken again and again in vain is
 * neither locked up nor hung: no kernel reports it, this one does.
 */
import { bioName } from '../bio.js';
import { dumpPage, type Page, type PageFlag, pageName } from '../page.js';
import type { Task } from '../task.js';
import { bucketOf, hasWaitFlag } from '../waitTable.js';

/** A walk has left a bookmark for the `regions`-th time. */
export function checkWalk(task: Task, page: Page, bit: PageFlag, regions: number): void {
  if (regions !== task.state.config.watchdogRounds) return;
  const queue = bucketOf(task.state.waitTable, page.pfn).map((entry) =>
    hasWaitFlag(entry, 'WQ_FLAG_BOOKMARK') ? `bookmark of ${entry.thread}` : entry.thread,
  );
  const message =
    `${task.name} has gone on waking waiters for ${bit} of ${pageName(page)} from its bookmark ` +
    `${regions} times, and is not at the end of the queue`;
  const evidence = [...dumpPage(page), `wait queue: ${queue.join(', ')}`, completed(task, page)];
  task.detect('watchdog', 'soft lockup', message, evidence);
}

/** For the `rounds`-th time it was the waiter's turn, and it has to wait on. */
export function checkWait(
  task: Task,
  page: Page,
  bit: PageFlag,
  waiter: string,
  rounds: number,
): void {
  if (rounds !== task.state.config.watchdogRounds) return;
  const message =
    `${waiter} still waits for ${bit} of ${pageName(page)}: it was its turn ${rounds} times, ` +
    'and each time the bit was set again';
  task.detect('watchdog', 'starvation', message, [...dumpPage(page), completed(task, page)]);
}

/** The task sleeps, and nothing runs that could wake it: the kernel's hung task, after 120 seconds. */
export function checkHung(task: Task, reason: string): void {
  const { detections } = task.state;
  if (detections.some((it) => it.name === 'hung task' && it.thread === task.name)) return;
  task.detect('watchdog', 'hung task', `${reason}, and nothing runs that could wake it`, [
    `call trace: ${task.stack.join(' → ')}`,
  ]);
}

function completed(task: Task, page: Page): string {
  const done = task.state.bios.filter(
    ({ pfn, stage }) => pfn === page.pfn && (stage === 'completing' || stage === 'done'),
  );
  const last = done.at(-1);
  const names = last === undefined ? '' : `, the last one is ${bioName(last)}`;
  return `writebacks of this page that have come to their completion: ${done.length}${names}`;
}
