/** The simulator's state seen as the variables of Writeback.tla. */
import type { Data } from '../../driver.js';
import type { BioStage, BioView, Machine, MachineView, PageView } from '../../simulator/index.js';
import { type Actor, completionPc, fileName, fileNumber } from './actors.js';

/** What the view needs beside the machine itself. */
export interface ViewContext {
  readonly machine: Machine;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly fileCount: number;
  readonly ioCount: number;
  /** The block that each file was given at the start, by file number from 1. */
  readonly blocks: readonly number[];
}

const WAITERS = ['B', 'T'];

/** A waiter of page N has an entry from the time it queues until it returns from sleep. */
const WAITING_STEPS = ['2.10 waiter 4', '2.10 old 2', '2.10 old 3'];

const STAGES: Readonly<Record<BioStage, string>> = {
  held: 'set',
  queued: 'submitted',
  read: 'read',
  written: 'written',
  interrupted: 'transferred',
  completing: 'transferred',
  done: 'transferred',
};

export function specState(context: ViewContext): Record<string, Data> {
  const view = context.machine.describe();
  const page = view.pages[0];
  if (page === undefined) throw new Error('the machine has one page');
  const actor = (process: string) => context.actors.get(process) as Actor;
  const queue = page.waiters
    .filter((entry) => entry.bit === 'PG_writeback')
    .map((entry) => processOf(entry.thread));
  const perWriter = (read: (writer: Actor) => Data) => ({
    F: read(actor('F')),
    B: read(actor('B')),
  });
  return {
    pc: programCounters(context),
    page: pageState(page),
    // bad_page takes a page out of use where the spec, as a production kernel, hands it out again.
    free: page.isFree || view.leakedPages.includes(page.pfn),
    pending: pendingPages(page),
    marks: marks(view, page),
    queue,
    woken: Object.fromEntries(WAITERS.map((w) => [w, isWoken(actor(w), queue.includes(w))])),
    io: numbers(context.ioCount).map((k) => ioState(view.bios[k - 1])),
    disk: context.blocks.map((number) => contentFile(view.disk[number]?.content ?? null)),
    truncated: context.blocks.map((number) => view.disk[number]?.owner === null),
    inodeLocked: numbers(context.fileCount).map(
      (file) => view.mappings[fileName(file)]?.inodeLockHolder !== null,
    ),
    wTarget: actor('W').file,
    tTarget: actor('T').file,
    target: perWriter((writer) => (writer.stop?.step === '2.2.1' ? 0 : writer.file)),
    started: perWriter((writer) => startedIo(view, writer)),
  };
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

/** `F/2` acts for F. */
function processOf(thread: string): string {
  return thread.split('/')[0] ?? thread;
}

function programCounters(context: ViewContext): Data {
  const pc: Record<string, Data> = { DMA: 'Transfer' };
  for (const [process, actor] of context.actors) pc[process] = actor.pc;
  for (const k of numbers(context.ioCount)) pc[`A${k}`] = completionPc(context.machine, `A${k}`);
  return pc;
}

function pageState(page: PageView): Data {
  return {
    ref: page._refcount,
    locked: page.flags.includes('PG_locked'),
    dirty: page.flags.includes('PG_dirty'),
    writeback: page.flags.includes('PG_writeback'),
    waiters: page.flags.includes('PG_waiters'),
    private: page.flags.includes('PG_private'),
    mapping: page.mapping === null ? 0 : fileNumber(page.mapping),
    inc: page.incarnation,
    content: contentFile(page.content),
  };
}

/** The spec counts the pages under I/O, an iomap_page counts their bytes. */
function pendingPages(page: PageView): number {
  if (page.private?.kind !== 'iomap_page') return 0;
  const pageSize = page.bytes.length / 2;
  return page.private.write_bytes_pending / pageSize;
}

function contentFile(content: { readonly file: string } | null): number {
  return content === null ? 0 : fileNumber(content.file);
}

function marks(view: MachineView, page: PageView): Data {
  const mapping = page.mapping === null ? undefined : view.mappings[page.mapping];
  return {
    dirty: mapping?.marks.PAGECACHE_TAG_DIRTY.includes(page.index) ?? false,
    towrite: mapping?.marks.PAGECACHE_TAG_TOWRITE.includes(page.index) ?? false,
  };
}

/** Waking takes the entry off the queue before the waiter returns from its sleep. */
function isWoken(actor: Actor, isQueued: boolean): boolean {
  return WAITING_STEPS.includes(actor.stop?.step ?? '') && !isQueued;
}

function ioState(bio: BioView | undefined): Data {
  if (bio === undefined) return { stage: 'idle', file: 0, inc: 0 };
  return { stage: STAGES[bio.stage], file: fileNumber(bio.file), inc: bio.incarnation };
}

function startedIo(view: MachineView, writer: Actor): number {
  const thread = writer.thread === null ? undefined : view.threads[writer.thread];
  const bio = writer.isActive ? thread?.locals.bio : null;
  return typeof bio === 'number' ? bio : 0;
}
