/**
 * A table of hash-consed values by what they are made of: the list of their parts, and the owner
 * that tells values with equal parts apart (the shape of records, the domain of functions). Open
 * addressing over parallel arrays, so that looking up a value that exists makes no object.
 */
import type { Value } from './value.js';

export class Pool<T> {
  private count = 0;
  private hashes = new Int32Array(64);
  private lists: (readonly Value[] | undefined)[] = new Array(64).fill(undefined);
  private owners: unknown[] = new Array(64).fill(undefined);
  private members: (T | undefined)[] = new Array(64).fill(undefined);

  /** Where the value is, or the free place where it belongs: good until something is added. */
  placeOf(hash: number, owner: unknown, list: readonly Value[]): number {
    const { hashes, lists, owners } = this;
    const last = hashes.length - 1;
    let place = scattered(hash) & last;
    for (;;) {
      const known = lists[place];
      if (known === undefined) return place;
      if (hashes[place] === hash && owners[place] === owner && sameElements(known, list)) {
        return place;
      }
      place = (place + 1) & last;
    }
  }

  at(place: number): T | undefined {
    return this.members[place];
  }

  /** Both the list and the value are kept; the place is a free one. */
  add(place: number, hash: number, owner: unknown, list: readonly Value[], member: T): T {
    this.put(place, hash, owner, list, member);
    if (++this.count * 2 > this.hashes.length) this.grow();
    return member;
  }

  private put(
    place: number,
    hash: number,
    owner: unknown,
    list: readonly Value[] | undefined,
    member: T | undefined,
  ): void {
    this.hashes[place] = hash;
    this.owners[place] = owner;
    this.lists[place] = list;
    this.members[place] = member;
  }

  private grow(): void {
    const { hashes, lists, owners, members } = this;
    const length = hashes.length * 2;
    this.hashes = new Int32Array(length);
    this.lists = new Array(length).fill(undefined);
    this.owners = new Array(length).fill(undefined);
    this.members = new Array(length).fill(undefined);
    for (let i = 0; i < lists.length; i++) {
      if (lists[i] === undefined) continue;
      const hash = hashes[i] as number;
      let place = scattered(hash) & (length - 1);
      while (this.lists[place] !== undefined) place = (place + 1) & (length - 1);
      this.put(place, hash, owners[i], lists[i], members[i]);
    }
  }
}

/** Hashes of small values differ in few bits, and not always in the low ones. */
function scattered(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return mixed ^ (mixed >>> 15);
}

function sameElements(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
