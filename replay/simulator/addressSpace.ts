/** The page cache of one file: `i_pages` with slots and marks. A mark outlives no slot. */
import type { Page } from './page.js';

export type Mark = 'PAGECACHE_TAG_DIRTY' | 'PAGECACHE_TAG_WRITEBACK' | 'PAGECACHE_TAG_TOWRITE';

export interface AddressSpace {
  readonly file: string;
  /** The length of the file in pages. */
  readonly size: number;
  readonly slots: Map<number, Page>;
  readonly marks: Record<Mark, Set<number>>;
  nrpages: number;
  inodeLockHolder: string | null;
}

export function makeAddressSpace(file: string, size: number): AddressSpace {
  return {
    file,
    size,
    slots: new Map(),
    marks: {
      PAGECACHE_TAG_DIRTY: new Set(),
      PAGECACHE_TAG_WRITEBACK: new Set(),
      PAGECACHE_TAG_TOWRITE: new Set(),
    },
    nrpages: 0,
    inodeLockHolder: null,
  };
}

/** The first index from `start` on whose slot is filled and, if a mark is given, carries it. */
export function nextIndex(mapping: AddressSpace, start: number, mark: Mark | null): number | null {
  for (let index = start; index < mapping.size; index += 1) {
    if (!mapping.slots.has(index)) continue;
    if (mark === null || mapping.marks[mark].has(index)) return index;
  }
  return null;
}
