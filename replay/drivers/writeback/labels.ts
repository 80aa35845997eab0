/** Which label of Writeback.tla is which kernel steps. The step names are the simulator's. */
import { FREEING, type LabelSteps, LOOKUP, label } from '../labelSteps.js';

/** 2.10 as F, B and T go through it. */
const WAIT = {
  queue: label(['2.10 waiter 2', '2.10 old 1']),
  oldTest: label(['2.10 old 2'], ['2.10 old 4', '2.10 old 5']),
  sleep: label(['2.10 waiter 4', '2.10 old 3']),
};

const WRITE_LOOP: Readonly<Record<string, LabelSteps>> = {
  LockPage: label(['2.5.1']),
  CheckPage: label(['2.5.2'], ['2.5.3', '2.5.4', '2.5.4 wait']),
  QueueWaiter: WAIT.queue,
  OldTestBit: WAIT.oldTest,
  Sleep: WAIT.sleep,
  TestAgain: label(['2.5.4 wait', '2.10 old 4']),
  ClearDirty: label(['2.5.5'], ['2.5.6']),
  SetWriteback: label(['2.6 map'], ['2.6 add', '2.6 lock buffer', '2.7.2']),
  UnlockPage: label(['2.6 unlock', '2.5 unlock'], ['2.3 wake']),
  SubmitBio: label(['2.8 submit']),
  PutPage: label(['2.5 release'], FREEING),
};

/** F looks pages up as soon as a pass begins. */
export const FLUSHER_LABELS: Readonly<Record<string, LabelSteps>> = {
  NextPass: label(['2.2.1'], LOOKUP),
  ...WRITE_LOOP,
};

/** B tags them first. */
export const INTEGRITY_LABELS: Readonly<Record<string, LabelSteps>> = {
  NextPass: label(['2.5 tag']),
  Lookup: label(['2.2.1'], LOOKUP),
  ...WRITE_LOOP,
};

export const TRUNCATE_LABELS: Readonly<Record<string, LabelSteps>> = {
  TruncateLookup: label(['inode lock'], LOOKUP),
  TruncateLock: label(['T1']),
  TruncateTest: label(['T2', '2.10 old 4']),
  TruncateQueue: WAIT.queue,
  TruncateOldTestBit: WAIT.oldTest,
  TruncateSleep: WAIT.sleep,
  TruncateDelete: label(
    ['T3 mapping'],
    [
      ...['T3 invalidate', 'T3 release', 'T3 release put', 'T3 cleanup', 'T3 delete', 'T3 put'],
      ...FREEING,
    ],
  ),
  TruncateUnlock: label(['T4'], ['2.3 wake']),
  // The scan that finds nothing more, and the return to the filesystem.
  TruncatePut: label(['T5'], [...FREEING, '2.2.1', 'T6', 'inode unlock']),
};

export const APPLICATION_LABELS: Readonly<Record<string, LabelSteps>> = {
  // A new page is written to from its allocation to the last put in one step (2.1).
  Write: label(
    ['inode lock'],
    [
      ...LOOKUP,
      '2.1.1',
      ...['2.1.2', '2.1.3', '2.1.4', '2.1.5', '2.1.6', '2.1.7', '2.1 private'],
      ...['2.4 store', '2.4.1', '2.4.2', '2.3 unlock', '2.3 wake', '2.1 put'],
      'inode unlock',
    ],
  ),
  WriteLock: label(['2.3 lock']),
  WriteBytes: label(['2.2 mapping'], ['2.4 store', '2.4.1', '2.4.2']),
  WriteUnlock: label(['2.3 unlock'], ['2.3 wake']),
  WritePut: label(['2.1 put', '2.2 put'], [...FREEING, 'inode unlock']),
};

export const DEVICE_LABELS: Readonly<Record<string, LabelSteps>> = {
  Transfer: label(['2.8 DMA read'], ['2.8 disk write', '2.8 interrupt']),
};

export const COMPLETION_LABELS: Readonly<Record<string, LabelSteps>> = {
  C1: label(['2.8 completion'], ['2.9 pending', '2.9 buffer', 'C1', 'C1 get']),
  C2: label(['C2']),
  C5: label(['C5']),
  C6: label(['C6'], ['C6 bookmark']),
  CompletionPut: label(['C6 put'], FREEING),
};

export const ALL_LABELS: readonly string[] = [
  ...Object.keys(APPLICATION_LABELS),
  ...Object.keys(INTEGRITY_LABELS),
  ...Object.keys(DEVICE_LABELS),
  ...Object.keys(COMPLETION_LABELS),
  ...Object.keys(TRUNCATE_LABELS),
];
