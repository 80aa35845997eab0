/**
 * A table of hash-consed values by what they are made of: the list of their parts, and the owner
 * that tells values with equal parts apart (the shape of records, the domain of functions). Open
 * addressing over parallel arrays, so that looking up a value that exists makes no object.
 */
import type { Value } from './value.js';

/** What a place takes in the heap: three references. */
const placeBytes = 24;

/** So full, the next piece of work may make a pool grow. */
const almostFull = 0.45;

export class Pool<T> {
  private count = 0;
  private hashes = new Int32Array(64);
  private lists: (readonly Value[] | undefined)[] = freePlaces(64);
  private owners: unknown[] = freePlaces(64);
  private members: (T | undefined)[] = freePlaces(64);

  /** What the heap must have free for the next growth, if that is near. */
  get imminentBytes(): number {
    const { length } = this.hashes;
    if (this.count < length * almostFull) return 0;
    const needed = length * 2 * placeBytes;
    // Long arrays grow in steps, each of which copies.
    return length * 2 > arrayLengthMax ? needed * 2 : needed;
  }

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
    this.lists = freePlaces(length);
    this.owners = freePlaces(length);
    this.members = freePlaces(length);
    for (let i = 0; i < lists.length; i++) {
      if (lists[i] === undefined) continue;
      const hash = hashes[i] as number;
      let place = scattered(hash) & (length - 1);
      while (this.lists[place] !== undefined) place = (place + 1) & (length - 1);
      this.put(place, hash, owners[i], lists[i], members[i]);
    }
  }
}

/** V8 makes a longer array, if it is made at once, a hash table. */
const arrayLengthMax = 1 << 24;

function freePlaces(length: number): undefined[] {
  const places = new Array<undefined>(Math.min(length, arrayLengthMax)).fill(undefined);
  while (places.length < length) places.push(undefined);
  return places;
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
