/**
 * What the filesystem keeps in page->private (2.12): nothing, an iomap_page, or buffer heads. It holds
 * a reference of the page while PG_private is set. Truncate must let go of it first, and that is
 * where the four kinds of filesystem part: see PrivateStyle. A page is one block's I/O here.
 */
import { type Bio, bioName } from '../bio.js';
import { dumpPage, hasFlag, type Page, type PagePrivate, pageName } from '../page.js';
import { type KernelRun, kernelFunction, type Task } from '../task.js';
import { testAndClearPageFlag, testAndSetPageFlag } from './pageFlags.js';
import { put_page, takeReference } from './refcount.js';

type IomapPage = Extract<PagePrivate, { kind: 'iomap_page' }>;
type BufferHead = Extract<PagePrivate, { kind: 'buffer_head' }>;

function iomapPage(page: Page): IomapPage | null {
  const data = hasFlag(page, 'PG_private') ? page.private : null;
  return data?.kind === 'iomap_page' ? data : null;
}

function bufferHead(task: Task, page: Page): BufferHead {
  const data = hasFlag(page, 'PG_private') ? page.private : null;
  if (data?.kind === 'buffer_head') return data;
  return task.oops('BUG_ON', '!PagePrivate', `${pageName(page)} has no buffers`, page);
}

function warn(task: Task, page: Page, name: string, why: string): void {
  task.detect('WARN_ON_ONCE', name, `${task.function}: ${pageName(page)} ${why}`, dumpPage(page));
}

function addPending(task: Task, page: Page, iop: IomapPage, bytes: number): void {
  const before = iop.write_bytes_pending;
  iop.write_bytes_pending += bytes;
  task.record(`${pageName(page)} write_bytes_pending`, before, iop.write_bytes_pending);
}

/** attach_page_private: the page is locked and new, or has lost what it had. */
const attach = kernelFunction('attach_page_private', function* (task, page: Page) {
  yield task.stop('2.1 private', 'take a reference, set PG_private');
  takeReference(task, page, 'PG_private');
  page.private =
    task.state.config.privateStyle === 'iomap'
      ? { kind: 'iomap_page', write_bytes_pending: 0 }
      : { kind: 'buffer_head', lockHolder: null };
  testAndSetPageFlag(task, page, 'PG_private');
});

/** In write_begin: iomap_page_create or create_empty_buffers, where the page has nothing yet. */
export function* create_private(task: Task, page: Page): KernelRun<void> {
  if (task.state.config.privateStyle === 'none' || hasFlag(page, 'PG_private')) return;
  yield* attach(task, page);
}

const iomap_add_to_ioend = kernelFunction('iomap_add_to_ioend', function* (task, page: Page) {
  yield task.stop('2.6 add', 'add to write_bytes_pending');
  const iop = iomapPage(page);
  if (iop !== null) addPending(task, page, iop, page.bytes.length);
});

const lock_buffer = kernelFunction('lock_buffer', function* (task, page: Page, bio: Bio) {
  yield untilBufferUnlocked(task, page, '2.6 lock buffer');
  bufferHead(task, page).lockHolder = bioName(bio);
  task.record(`${pageName(page)} BH_Lock`, null, bioName(bio));
});

function untilBufferUnlocked(task: Task, page: Page, step: string) {
  return task.stop(step, 'lock the buffer', () => {
    const holder = page.private?.kind === 'buffer_head' ? page.private.lockHolder : null;
    const reason = `BH_Lock of ${pageName(page)} is held for ${holder}, until its I/O is done`;
    return holder === null ? null : { on: 'lock', reason };
  });
}

/** What ->writepage does before it sets PG_writeback (2.6). */
export function* prepare_private_for_io(task: Task, page: Page, bio: Bio): KernelRun<void> {
  const { privateStyle } = task.state.config;
  if (privateStyle === 'iomap') yield* iomap_add_to_ioend(task, page);
  if (privateStyle === 'buffers-locked') yield* lock_buffer(task, page, bio);
}

/** Reads page->private without a lock: it may belong to somebody else by now. */
const iomap_finish_page_writeback = kernelFunction(
  'iomap_finish_page_writeback',
  function* (task, page: Page) {
    yield task.stop('2.9 pending', 'subtract from write_bytes_pending, test for 0');
    const iop = iomapPage(page);
    if (iop === null) {
      warn(task, page, '!iop', 'has no iomap_page');
      return true;
    }
    if (iop.write_bytes_pending <= 0) {
      warn(task, page, 'write_bytes_pending', `has ${iop.write_bytes_pending} bytes pending`);
    }
    addPending(task, page, iop, -page.bytes.length);
    return iop.write_bytes_pending === 0;
  },
);

/** With one buffer to a page, the last is the only one. It is unlocked before the page is ended. */
const end_buffer_async_write = kernelFunction(
  'end_buffer_async_write',
  function* (task, page: Page) {
    yield task.stop('2.9 buffer', 'unlock the buffer; no other one is under I/O');
    const buffer = bufferHead(task, page);
    if (buffer.lockHolder === null) return;
    task.record(`${pageName(page)} BH_Lock`, buffer.lockHolder, null);
    buffer.lockHolder = null;
  },
);

/** Returns whether the I/O was the last of its page, which is then to be ended. */
export function* finish_private_io(task: Task, page: Page): KernelRun<boolean> {
  const { privateStyle } = task.state.config;
  if (privateStyle === 'none') return true;
  if (privateStyle === 'iomap') return yield* iomap_finish_page_writeback(task, page);
  yield* end_buffer_async_write(task, page);
  return true;
}

function* detach(task: Task, page: Page): KernelRun<void> {
  testAndClearPageFlag(task, page, 'PG_private');
  page.private = null;
  yield* put_page(task, page, 'T3 release put', 'PG_private');
}

const iomap_invalidatepage = kernelFunction('iomap_invalidatepage', function* (task, page: Page) {
  yield task.stop('T3 invalidate', 'WARN_ON_ONCE(PageWriteback)');
  if (hasFlag(page, 'PG_writeback')) warn(task, page, 'PageWriteback', 'is under writeback');
  yield* iomap_page_release(task, page);
});

const iomap_page_release = kernelFunction('iomap_page_release', function* (task, page: Page) {
  yield task.stop('T3 release', 'detach the iomap_page, WARN_ON_ONCE(write_bytes_pending)');
  const pending = iomapPage(page)?.write_bytes_pending ?? 0;
  if (pending !== 0) warn(task, page, 'write_bytes_pending', `has ${pending} bytes pending`);
  yield* detach(task, page);
});

/** Locks and unlocks the buffer, so it sleeps while a real I/O holds the lock. */
const discard_buffer = kernelFunction('discard_buffer', function* (task, page: Page) {
  yield untilBufferUnlocked(task, page, 'T3 invalidate');
});

/** Buffers of a page under writeback stay, and with them their reference: the page is orphaned. */
const try_to_release_page = kernelFunction('try_to_release_page', function* (task, page: Page) {
  yield task.stop('T3 release', 'test PG_writeback; if it is clear, free the buffers');
  if (!hasFlag(page, 'PG_writeback')) yield* detach(task, page);
});

/** ->invalidatepage of the whole page; the caller holds the page lock and a reference. */
export const do_invalidatepage = kernelFunction('do_invalidatepage', function* (task, page: Page) {
  if (task.state.config.privateStyle === 'iomap') {
    yield* iomap_invalidatepage(task, page);
  } else {
    yield* discard_buffer(task, page);
    yield* try_to_release_page(task, page);
  }
});
