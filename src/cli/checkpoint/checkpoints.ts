/** Writes checkpoints of a search as they are due. */
import { closeSync, mkdirSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { CompiledSpec } from '../../compile/index.js';
import type { Search } from '../../explore/index.js';
import { type Diagnostic, diagnose, fail } from '../../source/diagnostic.js';
import { causeOf, expectWritable } from '../files.js';
import { checkpointKind, writeCheckpoint } from './checkpointFile.js';
import type { RunIdentity } from './identity.js';

export interface WrittenCheckpoint {
  readonly states: number;
  readonly bytes: number;
}

export class Checkpoints {
  private lastAt: number;
  private readonly path: string;

  /** Throws a diagnostic where the file cannot be written, or is something else. */
  constructor(
    readonly file: string,
    private readonly everySeconds: number,
    private readonly identity: RunIdentity,
    private readonly now: () => number,
    private readonly report: (warning: Diagnostic) => void,
  ) {
    this.path = expectCheckpoint(file);
    this.lastAt = now();
  }

  get isDue(): boolean {
    return this.now() - this.lastAt >= this.everySeconds * 1000;
  }

  /** Null where there is nothing to go on from, or where it cannot be written: that is reported. */
  write(search: Search, compiled: CompiledSpec, seconds: number): WrittenCheckpoint | null {
    const snapshot = search.snapshot();
    if (snapshot === null) return null;
    try {
      mkdirSync(dirname(this.path), { recursive: true });
      const bytes = writeCheckpoint(this.path, this.identity, seconds, snapshot, compiled);
      return { states: snapshot.size - snapshot.outside.length, bytes };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === undefined) throw error;
      this.report(diagnose('CHK004', null, { file: this.file, cause: causeOf(error) }));
      return null;
    } finally {
      // From the end: however long it takes, the search gets its time between two of them.
      this.lastAt = this.now();
    }
  }
}

/** The file to replace: where a symbolic link leads. Only a checkpoint is ever overwritten. */
function expectCheckpoint(file: string): string {
  expectWritable(file);
  const old = statSync(file, { throwIfNoEntry: false });
  if (old === undefined) return file;
  if (!old.isFile() || (old.size > 0 && firstLine(file) !== checkpointKind)) {
    fail('CHK006', null, { file });
  }
  return realpathSync(file);
}

/** As much of it as a checkpoint's has. */
function firstLine(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(checkpointKind.length);
    readSync(descriptor, buffer, 0, buffer.length, 0);
    return buffer.toString('latin1');
  } finally {
    closeSync(descriptor);
  }
}
