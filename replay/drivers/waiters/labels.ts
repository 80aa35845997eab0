/**
 * Which label of Waiters.tla is which kernel steps. Its labels are coarse: what a thread does under
 * the page lock, or alone, is one step. The step names are the simulator's.
 */
import { FREEING, type Labels, LOOKUP, label } from '../labelSteps.js';

/** unlock_page walks the queue to its end at once. */
const UNLOCK = ['2.3 wake', '2.3 wake bookmark'];

export const APPLICATION_LABELS: Labels = {
  Write: label(
    ['inode lock'],
    [
      ...[...LOOKUP, '2.3 lock', '2.2 mapping', '2.4 store', '2.4.1', '2.4.2'],
      ...['2.3 unlock', ...UNLOCK, '2.1 put', ...FREEING, 'inode unlock'],
    ],
  ),
};

export const FLUSHER_LABELS: Labels = {
  LockPage: label(['2.2.1'], [...LOOKUP, '2.5.1']),
  SetWriteback: label(
    ['2.5.2'],
    ['2.5.3', '2.5.4', '2.5.5', '2.5.6', '2.6 map', '2.6 add', '2.6 lock buffer', '2.7.2'],
  ),
  // A page that was skipped is let go of at once; one that is written, after its bio was submitted.
  UnlockPage: label(['2.5 unlock', '2.6 unlock'], [...UNLOCK, '2.5 release', ...FREEING]),
  SubmitBio: label(['2.8 submit'], ['2.5 release', ...FREEING]),
};

export const DEVICE_LABELS: Labels = {
  Transfer: label(['2.8 DMA read'], ['2.8 disk write', '2.8 interrupt']),
};

const COMPLETION_END = ['C6 put', ...FREEING];

export const COMPLETION_LABELS: Labels = {
  C2: label(['2.8 completion'], ['2.9 pending', '2.9 buffer', 'C1', 'C1 get', 'C2']),
  C5: label(['C5'], COMPLETION_END),
  C6: label(['C6'], COMPLETION_END),
  C6Bookmark: label(['C6 bookmark'], COMPLETION_END),
};

const FSYNC_END = ['2.11 release', ...FREEING];

export const FSYNC_LABELS: Labels = {
  Fsync: label(['2.2.1'], [...LOOKUP, '2.11 wait']),
  QueueWaiter: label(['2.10 waiter 2', '2.10 old 1'], FSYNC_END),
  OldTestBit: label(['2.10 old 2'], ['2.10 old 4', '2.10 old 5', ...FSYNC_END]),
  Sleep: label(
    ['2.10 waiter 4', '2.10 old 3'],
    ['2.11 wait', '2.10 old 4', '2.10 old 5', ...FSYNC_END],
  ),
  TestAgain: label(['2.11 wait'], FSYNC_END),
};

export const TRUNCATE_LABELS: Labels = {
  Truncate: label(['inode lock'], LOOKUP),
  TruncateLock: label(['T1']),
  TruncateTest: label(['T2']),
  TruncateQueue: label(['2.10 waiter 2', '2.10 old 1']),
  TruncateOldTestBit: label(['2.10 old 2'], ['2.10 old 4', '2.10 old 5']),
  TruncateSleep: label(['2.10 waiter 4', '2.10 old 3'], ['T2', '2.10 old 4', '2.10 old 5']),
  TruncateDelete: label(
    ['T3 mapping'],
    [
      ...['T3 invalidate', 'T3 release', 'T3 release put', 'T3 cleanup', 'T3 delete', 'T3 put'],
      ...['T4', ...UNLOCK, 'T5', ...FREEING, '2.2.1', 'T6', 'inode unlock'],
    ],
  ),
};

export const ALL_LABELS: readonly string[] = [
  APPLICATION_LABELS,
  FLUSHER_LABELS,
  DEVICE_LABELS,
  COMPLETION_LABELS,
  FSYNC_LABELS,
  TRUNCATE_LABELS,
].flatMap((labels) => Object.keys(labels));
