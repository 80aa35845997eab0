/** Goes on from a checkpoint: of the same run, whole, and not larger than memory. */
import type { CompiledSpec } from '../../compile/index.js';
import {
  MemoryLimit,
  type Search,
  type SearchSnapshot,
  SnapshotMismatch,
} from '../../explore/index.js';
import { bytes, count } from '../../report/quantity.js';
import { fail } from '../../source/diagnostic.js';
import type { SourceText } from '../../source/text.js';
import { failReading } from '../files.js';
import { DamagedFile } from './checkedFile.js';
import { CheckpointFile } from './checkpointFile.js';
import { differenceOf, type RunIdentity } from './identity.js';

/** The run that is to go on. */
export interface ResumedRun {
  readonly compiled: CompiledSpec;
  readonly identity: RunIdentity;
  readonly sources: readonly SourceText[];
  readonly memoryLimit: number;
}

/**
 * Throws a diagnostic for a file that is no checkpoint, is damaged, is of another run, or has more
 * states than there is memory for.
 */
export function resumed(
  file: string,
  run: ResumedRun,
  begin: (from: SearchSnapshot) => Search,
): { readonly search: Search; readonly secondsBefore: number } {
  const opened = describing(file, () => new CheckpointFile(file));
  const { identity, seconds, distinct } = opened.header;
  try {
    const difference = differenceOf(identity, run.identity);
    if (difference !== null) fail('CHK003', null, { file, ...difference });
    const search = describing(file, () => begin(opened.restore(run.compiled, run.sources)));
    return { search, secondsBefore: seconds };
  } catch (error) {
    if (!(error instanceof MemoryLimit)) throw error;
    const holes = { file, states: count(distinct), limit: bytes(run.memoryLimit) };
    return fail('CHK005', null, holes);
  } finally {
    opened.close();
  }
}

/** What `work` throws of a file, as a diagnostic. */
function describing<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof DamagedFile) {
      return error.reason === null
        ? fail('CHK001', null, { file })
        : fail('CHK002', null, { file, cause: error.reason });
    }
    if (error instanceof SnapshotMismatch) fail('CHK002', null, { file, cause: error.message });
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error;
    return failReading(file, 'trace', error);
  }
}
