/** Everything that the simulated threads share, and what is recorded about it. */
import { type AddressSpace, makeAddressSpace } from './addressSpace.js';
import type { Bio } from './bio.js';
import type { ResolvedConfig } from './config.js';
import { type Disk, makeDisk } from './disk.js';
import { makePage, type Page } from './page.js';
import { SimulatorError } from './simulatorError.js';
import { makeWaitTable, type WaitTable } from './waitTable.js';

export type Plain =
  | null
  | boolean
  | number
  | string
  | readonly Plain[]
  | { readonly [key: string]: Plain };

/** One write to shared state. */
export interface MachineEvent {
  readonly sequence: number;
  readonly thread: string;
  readonly function: string;
  readonly step: string;
  /** `page 0/1 PG_writeback`, `i_pages of a[0]`, `block 0`. */
  readonly what: string;
  readonly before: Plain;
  readonly after: Plain;
}

/** Something that the kernel or the simulator noticed to be wrong. */
export interface MachineDetection {
  /** `BUG_ON`, `BUG`, `VM_BUG_ON`, `bad_page`, `refcount`, `disk` or `watchdog`. */
  readonly kind: string;
  readonly name: string;
  readonly message: string;
  readonly thread: string;
  readonly function: string;
  readonly step: string;
  readonly evidence: readonly string[];
}

export interface MachineState {
  readonly config: ResolvedConfig;
  readonly pages: readonly Page[];
  /** Free frames by number; the allocator takes from the end (LIFO) or the front. */
  readonly freePages: number[];
  /** Frames that bad_page took out of use. */
  readonly leakedPages: number[];
  readonly mappings: ReadonlyMap<string, AddressSpace>;
  readonly waitTable: WaitTable;
  readonly bios: Bio[];
  readonly disk: Disk;
  readonly events: MachineEvent[];
  readonly detections: MachineDetection[];
}

/** The machine after boot: all pages free, frame 0 on top; every file empty of cached pages. */
export function bootState(config: ResolvedConfig): MachineState {
  const pages = Array.from({ length: config.frames }, (_, pfn) => makePage(pfn, config.pageSize));
  const ascending = pages.map((page) => page.pfn);
  const disk = makeDisk(config.blocks, config.pageSize);
  const files = Object.entries(config.files);
  if (config.preallocate) preallocate(disk, files);
  return {
    config,
    pages,
    freePages: config.allocator === 'lifo' ? ascending.reverse() : ascending,
    leakedPages: [],
    mappings: new Map(files.map(([file, size]) => [file, makeAddressSpace(file, size)])),
    waitTable: makeWaitTable(config.waitTableSize),
    bios: [],
    disk,
    events: [],
    detections: [],
  };
}

function preallocate(disk: Disk, files: readonly (readonly [string, number])[]): void {
  for (const [file, size] of files) {
    for (let index = 0; index < size; index += 1) {
      const number = disk.free.pop();
      const owned = number === undefined ? undefined : disk.blocks[number];
      if (owned === undefined) throw new Error('the configuration promised a block for each page');
      owned.owner = { file, index };
    }
  }
}

export function mappingOf(state: MachineState, file: string): AddressSpace {
  const mapping = state.mappings.get(file);
  if (mapping === undefined) {
    throw new SimulatorError(
      `the machine has no file "${file}"`,
      `configure it, or use one of ${[...state.mappings.keys()].join(', ')}`,
    );
  }
  return mapping;
}

export function pageAt(state: MachineState, pfn: number): Page {
  const page = state.pages[pfn];
  if (page === undefined) throw new Error(`there is no page frame ${pfn}`);
  return page;
}
