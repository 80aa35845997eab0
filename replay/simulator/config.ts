/** What a machine is made of, with the defaults, checked once at the start. */
import { type KernelBuild, kernelBuild } from './build.js';
import { SimulatorError } from './simulatorError.js';

/** Ways to break the simulated kernel on purpose, to see that the break is noticed. */
export type Fault =
  | 'completion-forgets-wake'
  | 'waiter-forgets-flag'
  | 'truncate-forgets-wait'
  | 'dma-reads-at-submit'
  | 'bug-on-compiled-out';

/**
 * What the filesystem keeps in page->private, a row of 2.12 each: nothing (XFS with blocks as large
 * as pages), an iomap_page (several blocks in a page), buffer heads whose I/O goes out as bios
 * (ext4), buffer heads that stay locked during I/O (ext2).
 */
export const PRIVATE_STYLES = ['none', 'iomap', 'buffers-bio', 'buffers-locked'] as const;

export type PrivateStyle = (typeof PRIVATE_STYLES)[number];

export interface MachineConfig {
  /** A name of `buildNames`, or a build of one's own. */
  readonly build: string | KernelBuild;
  /** Each file and how many pages long it is. */
  readonly files: Readonly<Record<string, number>>;
  /** Page frames; default 1. */
  readonly frames?: number;
  /** Bytes in a frame and in a block; default 64, which makes a readable hexdump. */
  readonly pageSize?: number;
  /** Buckets of the wait table; default 256, the kernel's. 1 makes all pages collide. */
  readonly waitTableSize?: number;
  /** CONFIG_DEBUG_VM: pages are checked when freed, get_page and put_page are checked. Default on. */
  readonly debugVm?: boolean;
  /** What becomes of a page that bad_page reported: `leak` is the kernel's way, the default. */
  readonly badPage?: 'leak' | 'reuse';
  /** Which free page is handed out: the last one freed (default), or the first. */
  readonly allocator?: 'lifo' | 'fifo';
  /** What the filesystem keeps in page->private; default nothing. */
  readonly privateStyle?: PrivateStyle;
  /**
   * WAITQUEUE_WALK_BREAK_CNT: a waker that has walked over more entries than this leaves a bookmark
   * and drops the lock, if another entry follows; default 64, the kernel's. May be 0.
   */
  readonly bookmarkThreshold?: number;
  /**
   * How often a walk may go on from its bookmark, or a waiter be made to wait again, before the
   * watchdog reports it; default 100. It stands for the seconds that the kernel's watchdogs count.
   */
  readonly watchdogRounds?: number;
  /**
   * `abstract` (default): a locker sleeps until PG_locked is clear, and PG_waiters is about
   * writeback alone. `queued`: the real thing, lockers sleep in the wait table.
   */
  readonly pageLock?: 'abstract' | 'queued';
  /** Whether write(2) and truncate of one file exclude each other; default true. */
  readonly inodeLock?: boolean;
  /** Blocks on the disk; default: one for each page of each file. */
  readonly blocks?: number;
  /** Give every page of every file its block at the start (default), or at its first write-out. */
  readonly preallocate?: boolean;
  /** When to look for writes in flight to what truncate removes; default `return`. */
  readonly inFlightCheck?: 'delete' | 'return' | 'off';
  readonly faults?: readonly Fault[];
}

export type ResolvedConfig = Required<Omit<MachineConfig, 'build'>> & {
  readonly build: KernelBuild;
};

export function resolveConfig(config: MachineConfig): ResolvedConfig {
  const pageCount = Object.values(config.files).reduce((sum, pages) => sum + pages, 0);
  const resolved: ResolvedConfig = {
    build: typeof config.build === 'string' ? kernelBuild(config.build) : config.build,
    files: config.files,
    frames: config.frames ?? 1,
    pageSize: config.pageSize ?? 64,
    waitTableSize: config.waitTableSize ?? 256,
    debugVm: config.debugVm ?? true,
    badPage: config.badPage ?? 'leak',
    allocator: config.allocator ?? 'lifo',
    privateStyle: config.privateStyle ?? 'none',
    bookmarkThreshold: config.bookmarkThreshold ?? 64,
    watchdogRounds: config.watchdogRounds ?? 100,
    pageLock: config.pageLock ?? 'abstract',
    inodeLock: config.inodeLock ?? true,
    blocks: config.blocks ?? pageCount,
    preallocate: config.preallocate ?? true,
    inFlightCheck: config.inFlightCheck ?? 'return',
    faults: config.faults ?? [],
  };
  checkCounts(resolved);
  if (!PRIVATE_STYLES.includes(resolved.privateStyle)) {
    throw new SimulatorError(
      `privateStyle is "${resolved.privateStyle}"`,
      `choose one of ${PRIVATE_STYLES.join(', ')}`,
    );
  }
  if (resolved.preallocate && resolved.blocks < pageCount) {
    throw new SimulatorError(
      `${resolved.blocks} blocks cannot hold ${pageCount} pages of files`,
      'give more blocks, or set preallocate to false',
    );
  }
  return resolved;
}

function checkCounts(config: ResolvedConfig): void {
  const files = Object.entries(config.files).map(([file, size]) => [`files.${file}`, size]);
  const counts: Record<string, number> = {
    ...Object.fromEntries(files),
    frames: config.frames,
    pageSize: config.pageSize,
    waitTableSize: config.waitTableSize,
    watchdogRounds: config.watchdogRounds,
    blocks: config.blocks,
  };
  for (const [name, count] of Object.entries(counts)) refuseBelow(1, name, count);
  refuseBelow(0, 'bookmarkThreshold', config.bookmarkThreshold);
}

function refuseBelow(least: number, name: string, count: number): void {
  if (Number.isInteger(count) && count >= least) return;
  throw new SimulatorError(`${name} is ${count}`, `give a whole number of at least ${least}`);
}
