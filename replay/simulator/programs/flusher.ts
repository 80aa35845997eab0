/** Threads that write dirty pages out: the flusher, and a data-integrity writer (fsync, sync). */
import { write_cache_pages } from '../kernel/writeCachePages.js';
import { mappingOf } from '../state.js';
import { kernelFunction, type Program, type Task } from '../task.js';

export interface FlusherOptions {
  /** The file of each pass, in order. */
  readonly files: readonly string[];
}

const wb_workfn = kernelFunction('wb_workfn', function* (task: Task, options: FlusherOptions) {
  for (const [pass, file] of options.files.entries()) {
    task.locals.pass = pass + 1;
    yield* write_cache_pages(task, mappingOf(task.state, file), 'WB_SYNC_NONE');
  }
});

const filemap_fdatawrite = kernelFunction(
  '__filemap_fdatawrite_range',
  function* (task: Task, options: FlusherOptions) {
    for (const [pass, file] of options.files.entries()) {
      task.locals.pass = pass + 1;
      yield* write_cache_pages(task, mappingOf(task.state, file), 'WB_SYNC_ALL');
    }
  },
);

/** WB_SYNC_NONE passes: pages that are under writeback are skipped. */
export function flusher(options: FlusherOptions): Program {
  return (task) => wb_workfn(task, options);
}

/** WB_SYNC_ALL passes: pages that are under writeback are waited for. */
export function integrityWriter(options: FlusherOptions): Program {
  return (task) => filemap_fdatawrite(task, options);
}
