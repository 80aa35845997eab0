/** The disk: blocks with bytes, which file owns each, and a record of what every owner wrote. */
import type { Content } from './page.js';

export interface BlockOwner {
  readonly file: string;
  readonly index: number;
}

export interface Block {
  readonly number: number;
  readonly bytes: Uint8Array;
  owner: BlockOwner | null;
  /** How often it has been freed. Ghost: tells a late write from one of the present owner. */
  generation: number;
  /** The last truncate that freed it. Ghost. */
  freed: (BlockOwner & { readonly thread: string }) | null;
  /** Whose bytes are on it, and which bio brought them; null while nothing was written. Ghost. */
  content: (Content & { readonly bio: number }) | null;
}

/** Bytes that a writer stored into the page cache for a file and index. */
export interface Store extends Content {
  readonly bytes: Uint8Array;
}

export interface Disk {
  readonly blocks: readonly Block[];
  /** Free blocks; the last one is handed out next. */
  readonly free: number[];
  /** Everything that was ever stored, in order. Ghost. */
  readonly stores: Store[];
}

export function makeDisk(count: number, size: number): Disk {
  const blocks = Array.from({ length: count }, (_, number) => ({
    number,
    bytes: new Uint8Array(size),
    owner: null,
    generation: 0,
    freed: null,
    content: null,
  }));
  return { blocks, free: blocks.map((block) => block.number).reverse(), stores: [] };
}

export function block(disk: Disk, number: number): Block {
  const found = disk.blocks[number];
  if (found === undefined)
    throw new Error(`a bio is mapped to block ${number}, which is not there`);
  return found;
}

export function blockOf(disk: Disk, file: string, index: number): Block | null {
  const owned = (candidate: Block) =>
    candidate.owner?.file === file && candidate.owner.index === index;
  return disk.blocks.find(owned) ?? null;
}

/** The last bytes that were stored for a file and index by an incarnation of a page. */
export function lastStore(disk: Disk, owner: BlockOwner, incarnation: number): Store | null {
  const isOwners = (store: Store) =>
    store.file === owner.file && store.index === owner.index && store.incarnation === incarnation;
  return disk.stores.findLast(isOwners) ?? null;
}
