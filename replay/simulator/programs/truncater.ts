/** A thread that truncates files: page cache first, then the blocks. */
import { inode_lock, inode_unlock } from '../kernel/inodeLock.js';
import { truncate_blocks, truncate_inode_pages_range } from '../kernel/truncate.js';
import { mappingOf } from '../state.js';
import { kernelFunction, type Program, type Task } from '../task.js';

export interface TruncaterOptions {
  /** What to truncate, in order; a file may be named several times. */
  readonly files: readonly string[];
  /** The first page that goes; default 0. */
  readonly start?: number;
}

const do_truncate = kernelFunction(
  'do_truncate',
  function* (task: Task, options: TruncaterOptions) {
    const start = options.start ?? 0;
    for (const [pass, file] of options.files.entries()) {
      task.locals.pass = pass + 1;
      const mapping = mappingOf(task.state, file);
      yield* inode_lock(task, mapping);
      yield* truncate_inode_pages_range(task, mapping, start);
      yield* truncate_blocks(task, mapping, start);
      yield* inode_unlock(task, mapping);
    }
  },
);

export function truncater(options: TruncaterOptions): Program {
  return (task) => do_truncate(task, options);
}
