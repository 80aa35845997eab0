/**
 * The hashed wait table (`page_wait_table`): one bucket serves all bits of all pages that hash to
 * it. A bucket is a queue: waiters are added at the tail, wakers walk from the head.
 */
import type { PageFlag } from './page.js';

export const WQ_FLAG = {
  WQ_FLAG_EXCLUSIVE: 0x01,
  WQ_FLAG_WOKEN: 0x02,
  WQ_FLAG_BOOKMARK: 0x04,
  WQ_FLAG_CUSTOM: 0x08,
  WQ_FLAG_DONE: 0x10,
} as const;

export type WaitFlag = keyof typeof WQ_FLAG;

export interface WaitEntry {
  readonly thread: string;
  readonly pfn: number;
  readonly bit: PageFlag;
  flags: number;
  /** Up to v5.8: the task has set its sleeping state and nobody has woken it since. */
  sleepable: boolean;
  /** Ghost: how often it was its turn, and it has to wait on. */
  inVain: number;
}

export interface WaitTable {
  readonly buckets: WaitEntry[][];
}

export function makeWaitTable(size: number): WaitTable {
  return { buckets: Array.from({ length: size }, () => []) };
}

/** Stands for `hash_ptr`: with 256 buckets the first 256 frames do not collide. */
export function bucketIndex(table: WaitTable, pfn: number): number {
  return (Math.imul(pfn, 0x61c88647) >>> 0) % table.buckets.length;
}

export function bucketOf(table: WaitTable, pfn: number): WaitEntry[] {
  const bucket = table.buckets[bucketIndex(table, pfn)];
  if (bucket === undefined) throw new Error('a hash is below the number of buckets');
  return bucket;
}

export function hasWaitFlag(entry: WaitEntry, flag: WaitFlag): boolean {
  return (entry.flags & WQ_FLAG[flag]) !== 0;
}

export function waitFlagNames(flags: number): WaitFlag[] {
  return (Object.keys(WQ_FLAG) as WaitFlag[]).filter((name) => (flags & WQ_FLAG[name]) !== 0);
}
