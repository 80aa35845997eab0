/** A thread that writes into files through the page cache. */
import type { AddressSpace } from '../addressSpace.js';
import { copy_from_user, set_page_dirty } from '../kernel/dirty.js';
import { alloc_page } from '../kernel/freeing.js';
import { inode_lock, inode_unlock } from '../kernel/inodeLock.js';
import { find_get_page } from '../kernel/lookup.js';
import { add_to_page_cache_lru } from '../kernel/pageCache.js';
import { lock_page, unlock_page } from '../kernel/pageLock.js';
import { create_private } from '../kernel/pagePrivate.js';
import { put_page } from '../kernel/refcount.js';
import type { Page } from '../page.js';
import { SimulatorError } from '../simulatorError.js';
import { mappingOf } from '../state.js';
import { type KernelRun, kernelFunction, type Program, type Task } from '../task.js';

export interface Write {
  readonly file: string;
  readonly index?: number;
  /** A text is repeated to fill the page; bytes are put at its start, the rest is zero. */
  readonly bytes: string | Uint8Array;
  /**
   * `locked` (default): write(2), which locks inode and page and creates a page that is not there.
   * `create`: the same without the lookup before. `unlocked`: a user of get_user_pages, who dirties
   * the page without any lock; does nothing where no page is cached.
   */
  readonly how?: 'locked' | 'create' | 'unlocked';
}

export interface WriterOptions {
  readonly writes: readonly Write[];
}

function pageful(bytes: string | Uint8Array, size: number): Uint8Array {
  const source = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  if (source.length === 0 || source.length > size) {
    throw new SimulatorError(
      `a write of ${source.length} bytes to a page of ${size}`,
      'write at least one byte and at most a page',
    );
  }
  const result = new Uint8Array(size);
  if (typeof bytes !== 'string') result.set(source);
  else for (let at = 0; at < size; at += 1) result[at] = source[at % source.length] ?? 0;
  return result;
}

/** The page, locked and referenced, or null if another page got in between. */
const create = kernelFunction(
  'grab_cache_page_write_begin',
  function* (task, mapping: AddressSpace, index: number) {
    const page: Page = yield* alloc_page(task);
    if (yield* add_to_page_cache_lru(task, page, mapping, index)) return page;
    yield* put_page(task, page, '2.1 put', 'allocation');
    return null;
  },
);

/** Whether the page, locked now, still belongs to the file; lets go of it if not. */
function* lockFound(task: Task, page: Page, mapping: AddressSpace): KernelRun<boolean> {
  yield* lock_page(task, page, '2.3 lock');
  yield task.stop('2.2 mapping', 'test page.mapping');
  if (page.mapping === mapping.file) return true;
  yield* unlock_page(task, page, '2.3 unlock');
  yield* put_page(task, page, '2.2 put', 'lookup');
  return false;
}

const generic_perform_write = kernelFunction(
  'generic_perform_write',
  function* (task: Task, write: Write) {
    const mapping = mappingOf(task.state, write.file);
    const index = write.index ?? 0;
    const bytes = pageful(write.bytes, task.state.config.pageSize);
    let isLookedUp = write.how !== 'create';
    for (;;) {
      const found = isLookedUp ? yield* find_get_page(task, mapping, index) : null;
      isLookedUp = true;
      if (found !== null && !(yield* lockFound(task, found, mapping))) continue;
      const page: Page | null = found ?? (yield* create(task, mapping, index));
      if (page === null) continue;
      task.locals.page = page.pfn;
      task.locals.incarnation = page.incarnation;
      yield* create_private(task, page);
      yield* copy_from_user(task, page, bytes, write.file, index);
      yield* set_page_dirty(task, page);
      yield* unlock_page(task, page, '2.3 unlock');
      yield* put_page(task, page, '2.1 put', found === null ? 'allocation' : 'lookup');
      task.locals.page = null;
      return;
    }
  },
);

const get_user_pages = kernelFunction('get_user_pages', function* (task: Task, write: Write) {
  const mapping = mappingOf(task.state, write.file);
  const index = write.index ?? 0;
  const bytes = pageful(write.bytes, task.state.config.pageSize);
  const page = yield* find_get_page(task, mapping, index);
  if (page === null) return;
  task.locals.page = page.pfn;
  task.locals.incarnation = page.incarnation;
  yield* copy_from_user(task, page, bytes, write.file, index);
  yield* set_page_dirty(task, page);
  yield* put_page(task, page, '2.1 put', 'lookup');
  task.locals.page = null;
});

export function writer(options: WriterOptions): Program {
  return function* (task) {
    for (const [pass, write] of options.writes.entries()) {
      task.locals.pass = pass + 1;
      if (write.how === 'unlocked') {
        yield* get_user_pages(task, write);
        continue;
      }
      const mapping = mappingOf(task.state, write.file);
      yield* inode_lock(task, mapping);
      yield* generic_perform_write(task, write);
      yield* inode_unlock(task, mapping);
    }
  };
}
