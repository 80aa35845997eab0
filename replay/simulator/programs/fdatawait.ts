/** A thread that waits for writeback in fsync, after it has written nothing itself. */
import { __filemap_fdatawait_range } from '../kernel/fdatawait.js';
import { mappingOf } from '../state.js';
import type { Program } from '../task.js';

export interface FdatawaitOptions {
  /** The file of each call, in order. */
  readonly files: readonly string[];
}

export function fdatawait(options: FdatawaitOptions): Program {
  return function* (task) {
    for (const [pass, file] of options.files.entries()) {
      task.locals.pass = pass + 1;
      yield* __filemap_fdatawait_range(task, mappingOf(task.state, file));
    }
  };
}
