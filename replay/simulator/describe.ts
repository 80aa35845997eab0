/** The whole machine as plain data, in the kernel's names; ghosts are marked in the types. */
import type { AddressSpace, Mark } from './addressSpace.js';
import { type BioStage, isInFlight } from './bio.js';
import type { BlockOwner } from './disk.js';
import {
  type Content,
  flagNames,
  hasFlag,
  type Page,
  type PageFlag,
  type PagePrivate,
} from './page.js';
import type { MachineState, Plain } from './state.js';
import type { Stop } from './task.js';
import type { Thread, ThreadState } from './thread.js';
import { bucketOf, type WaitFlag, waitFlagNames } from './waitTable.js';

export interface PageView {
  readonly pfn: number;
  readonly flags: readonly PageFlag[];
  readonly _refcount: number;
  readonly _mapcount: number;
  readonly mapping: string | null;
  readonly index: number;
  /** Null unless PG_private is set. */
  readonly private: Readonly<PagePrivate> | null;
  /** Ghost. */
  readonly incarnation: number;
  /** Ghost. */
  readonly lockHolder: string | null;
  /** Ghost: one line for each reference. */
  readonly holders: readonly string[];
  /** Ghost: whose bytes the frame holds. */
  readonly content: Content | null;
  /** The frame, in hexadecimal. */
  readonly bytes: string;
  readonly isFree: boolean;
  /** The entries for this page, from the head of its queue. */
  readonly waiters: readonly WaiterView[];
}

export interface WaiterView {
  readonly thread: string;
  readonly pfn: number;
  readonly bit: PageFlag;
  readonly flags: readonly WaitFlag[];
}

export interface MappingView {
  readonly nrpages: number;
  readonly inodeLockHolder: string | null;
  /** Frame numbers by index. */
  readonly slots: Readonly<Record<number, number>>;
  readonly marks: Readonly<Record<Mark, readonly number[]>>;
}

export interface BioView {
  readonly id: number;
  readonly pfn: number;
  readonly block: number;
  readonly incarnation: number;
  readonly file: string;
  readonly index: number;
  readonly submitter: string;
  readonly stage: BioStage;
  /** The block may still be written by it. */
  readonly isInFlight: boolean;
  readonly dataIncarnation: number | null;
  readonly dataContent: Content | null;
}

export interface BlockView {
  readonly number: number;
  readonly owner: BlockOwner | null;
  readonly generation: number;
  readonly content: (Content & { readonly bio: number }) | null;
  readonly bytes: string;
}

export interface ThreadView {
  readonly name: string;
  readonly state: ThreadState;
  /** The step that it takes next; for a dead thread the one that killed it. */
  readonly stop: Stop | null;
  /** Why it sleeps. */
  readonly reason: string | null;
  readonly locals: Readonly<Record<string, Plain>>;
}

export interface MachineView {
  readonly build: string;
  readonly pages: readonly PageView[];
  /** The page that is handed out next comes last (LIFO) or first (FIFO). */
  readonly freePages: readonly number[];
  readonly leakedPages: readonly number[];
  readonly mappings: Readonly<Record<string, MappingView>>;
  /** The buckets that are not empty, with their entries from the head. */
  readonly waitTable: Readonly<Record<number, readonly WaiterView[]>>;
  readonly bios: readonly BioView[];
  readonly disk: readonly BlockView[];
  readonly threads: Readonly<Record<string, ThreadView>>;
}

export function describeMachine(state: MachineState, threads: readonly Thread[]): MachineView {
  const buckets = state.waitTable.buckets.map((entries, bucket) => [bucket, entries] as const);
  return {
    build: state.config.build.name,
    pages: state.pages.map((page) => describePage(state, page)),
    freePages: [...state.freePages],
    leakedPages: [...state.leakedPages],
    mappings: Object.fromEntries(
      [...state.mappings].map(([file, mapping]) => [file, describeMapping(mapping)]),
    ),
    waitTable: Object.fromEntries(
      buckets
        .filter(([, entries]) => entries.length > 0)
        .map(([bucket, entries]) => [bucket, entries.map(describeWaiter)]),
    ),
    bios: state.bios.map(({ data: _, blockGeneration: __, ...bio }) => ({
      ...bio,
      isInFlight: isInFlight({ ...bio, data: null, blockGeneration: 0 }),
    })),
    disk: state.disk.blocks.map(({ freed: _, bytes, ...rest }) => ({ ...rest, bytes: hex(bytes) })),
    threads: Object.fromEntries(threads.map((thread) => [thread.name, describeThread(thread)])),
  };
}

function describePage(state: MachineState, page: Page): PageView {
  const queue = bucketOf(state.waitTable, page.pfn);
  return {
    ...page,
    flags: flagNames(page.flags),
    private: hasFlag(page, 'PG_private') && page.private ? { ...page.private } : null,
    holders: [...page.holders],
    bytes: hex(page.bytes),
    isFree: state.freePages.includes(page.pfn),
    waiters: queue.filter((entry) => entry.pfn === page.pfn).map(describeWaiter),
  };
}

function describeWaiter(entry: {
  readonly thread: string;
  readonly pfn: number;
  readonly bit: PageFlag;
  readonly flags: number;
}): WaiterView {
  const { thread, pfn, bit } = entry;
  return { thread, pfn, bit, flags: waitFlagNames(entry.flags) };
}

function describeMapping(mapping: AddressSpace): MappingView {
  const sorted = (mark: Mark) => [...mapping.marks[mark]].sort((a, b) => a - b);
  return {
    nrpages: mapping.nrpages,
    inodeLockHolder: mapping.inodeLockHolder,
    slots: Object.fromEntries([...mapping.slots].map(([index, page]) => [index, page.pfn])),
    marks: {
      PAGECACHE_TAG_DIRTY: sorted('PAGECACHE_TAG_DIRTY'),
      PAGECACHE_TAG_WRITEBACK: sorted('PAGECACHE_TAG_WRITEBACK'),
      PAGECACHE_TAG_TOWRITE: sorted('PAGECACHE_TAG_TOWRITE'),
    },
  };
}

function describeThread(thread: Thread): ThreadView {
  return {
    name: thread.name,
    state: thread.state,
    stop: thread.stop,
    reason: thread.block?.reason ?? null,
    locals: { ...thread.task.locals },
  };
}

/** A machine is described after every step of a replay, so this is worth a table. */
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
}
