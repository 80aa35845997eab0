/**
 * `struct page` and its flags. Flag names and bit numbers are those of v5.10. What the kernel does
 * not have is marked as ghost: it is for detectors and reports, and no kernel function reads it.
 */

/** Bit numbers of v5.10; PG_reclaim shares its bit with PG_readahead. */
export const PAGE_FLAG_BITS = {
  PG_locked: 0,
  PG_referenced: 1,
  PG_uptodate: 2,
  PG_dirty: 3,
  PG_lru: 4,
  PG_active: 5,
  PG_workingset: 6,
  PG_waiters: 7,
  PG_error: 8,
  PG_slab: 9,
  PG_owner_priv_1: 10,
  PG_arch_1: 11,
  PG_reserved: 12,
  PG_private: 13,
  PG_private_2: 14,
  PG_writeback: 15,
  PG_head: 16,
  PG_mappedtodisk: 17,
  PG_reclaim: 18,
  PG_swapbacked: 19,
  PG_unevictable: 20,
  PG_mlocked: 21,
} as const;

export type PageFlag = keyof typeof PAGE_FLAG_BITS;

const FLAG_NAMES = Object.keys(PAGE_FLAG_BITS) as PageFlag[];

/** A page with one of these set must not be freed (`check_free_page`). */
export const PAGE_FLAGS_CHECK_AT_FREE: readonly PageFlag[] = [
  'PG_lru',
  'PG_locked',
  'PG_private',
  'PG_private_2',
  'PG_writeback',
  'PG_reserved',
  'PG_slab',
  'PG_active',
  'PG_unevictable',
  'PG_mlocked',
];

/** Whose bytes a frame holds: who stored them, and for which file and index. Ghost. */
export interface Content {
  readonly file: string;
  readonly index: number;
  readonly incarnation: number;
  readonly thread: string;
}

/** What page->private points to; it counts only while PG_private is set. */
export type PagePrivate =
  | {
      readonly kind: 'iomap_page';
      /** Bytes of this page that are under I/O: the I/O that brings it to 0 ends the writeback. */
      write_bytes_pending: number;
    }
  | {
      readonly kind: 'buffer_head';
      /** BH_Lock: the I/O that holds it, as `bio 1`. */
      lockHolder: string | null;
    };

export interface Page {
  /** Page frame number: stands for the address, of the struct and of the frame. */
  readonly pfn: number;
  flags: number;
  _refcount: number;
  _mapcount: number;
  /** The file whose address space the page is in. */
  mapping: string | null;
  index: number;
  private: PagePrivate | null;
  /** The frame: what the CPU stores to and DMA reads from. */
  readonly bytes: Uint8Array;
  /** Ghost: one lifetime of the struct page, +1 at each allocation. */
  incarnation: number;
  /** Ghost: the thread that holds PG_locked. */
  lockHolder: string | null;
  /** Ghost: one entry for each reference, saying who holds it and what for. */
  holders: string[];
  /** Ghost. */
  content: Content | null;
}

export function makePage(pfn: number, size: number): Page {
  return {
    pfn,
    flags: 0,
    _refcount: 0,
    _mapcount: -1,
    mapping: null,
    index: 0,
    private: null,
    bytes: new Uint8Array(size),
    incarnation: 0,
    lockHolder: null,
    holders: [],
    content: null,
  };
}

export function hasFlag(page: Page, flag: PageFlag): boolean {
  return (page.flags & (1 << PAGE_FLAG_BITS[flag])) !== 0;
}

/** The names of the flags that are set, in the order of their bits. */
export function flagNames(flags: number): PageFlag[] {
  return FLAG_NAMES.filter((name) => (flags & (1 << PAGE_FLAG_BITS[name])) !== 0);
}

/** `page 0/2`: frame 0 in its second incarnation. */
export function pageName(page: Page): string {
  return `page ${page.pfn}/${page.incarnation}`;
}

/** The lines that the kernel's dump_page would print, ghosts last. */
export function dumpPage(page: Page): string[] {
  const flags = flagNames(page.flags).join('|') || 'none';
  return [
    `${pageName(page)} refcount:${page._refcount} mapcount:${page._mapcount + 1} ` +
      `mapping:${page.mapping ?? 'NULL'} index:${page.index}`,
    `flags: 0x${page.flags.toString(16)} (${flags})`,
    `references: ${page.holders.join(', ') || 'none'}`,
  ];
}
