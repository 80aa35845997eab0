/**
 * Fills a table that has grown with the states that it had. To place them one by one is to wait for
 * memory each time, as their places are anywhere; so they are first scattered to the parts of the
 * table that they belong to, whose own memory holds them meanwhile, and then each part, which fits
 * the processor's caches, is filled by itself.
 *
 * Several members may do it together, each with an instance of its own: all must have scattered
 * before one fills a part, and all parts must be filled before `placeRest`.
 */
import { chunkMask, chunkShift } from './chunks.js';
import { entryOf, hashWords } from './stateHash.js';

/** A part and what is scattered in it: 128 KB. */
const partShiftMin = 14;
/** With more parts the addresses of their ends would not be at hand. */
export const partsMax = 1 << 10;

/** Whether so many states can be scattered in a table of so many places, with room to spare. */
export function isFillable(count: number, length: number): boolean {
  return count * 5 <= length * 2;
}

/** The states by index: see `Chunks`. */
export interface PlacedStates {
  readonly arena: readonly Int32Array[];
  readonly wordCount: number;
}

export class TableFilling {
  readonly partCount: number;
  private readonly partShift: number;
  /** Of a part, the words in which a member keeps what it scatters there. */
  private readonly share: number;
  /** The words of one part. */
  private readonly scratch: Int32Array;
  /** Hash and index of states that found no room where they belong. */
  private rest: number[] = [];

  /** `counts`: by member, how many words it has scattered to each part; zeros at first. */
  constructor(
    private readonly table: Int32Array,
    private readonly states: PlacedStates,
    private readonly member: number,
    private readonly counts: readonly Int32Array[],
  ) {
    const { length } = table;
    const shift = 31 - Math.clz32(length);
    this.partShift = Math.min(shift, Math.max(partShiftMin, shift - 31 + Math.clz32(partsMax)));
    this.partCount = length >>> this.partShift;
    this.share = Math.floor(2 ** this.partShift / counts.length / 2) * 2;
    this.scratch = new Int32Array(2 ** this.partShift);
  }

  /** This member's share of the states from 0 up to `count`: no other member has one of them. */
  scatter(count: number): void {
    const members = this.counts.length;
    // A product of integers is exact, which that of a count and a fraction is not.
    const first = Math.floor((this.member * count) / members);
    const end = Math.floor(((this.member + 1) * count) / members);
    this.scatterFrom(first, end);
  }

  private scatterFrom(first: number, end: number): void {
    const { table, partShift, share, member } = this;
    const { arena, wordCount } = this.states;
    const counts = this.counts[member] as Int32Array;
    const last = table.length - 1;
    const offset = member * share;
    for (let index = first; index < end; index++) {
      const chunk = arena[index >>> chunkShift] as Int32Array;
      const hash = hashWords(chunk, (index & chunkMask) * wordCount, wordCount);
      const part = (hash & last) >>> partShift;
      const count = counts[part] as number;
      if (count === share) {
        this.rest.push(hash, index);
        continue;
      }
      const at = (part << partShift) + offset + count;
      table[at] = hash;
      table[at + 1] = index;
      counts[part] = count + 2;
    }
  }

  fill(part: number): void {
    const { table, partShift, share, scratch, counts } = this;
    const start = part << partShift;
    const end = start + scratch.length;
    let used = 0;
    for (let member = 0; member < counts.length; member++) {
      const from = start + member * share;
      const to = from + ((counts[member] as Int32Array)[part] as number);
      for (let at = from; at < to; at++) scratch[used++] = table[at] as number;
    }
    table.fill(0, start, end);
    const last = table.length - 1;
    for (let at = 0; at < used; at += 2) {
      const hash = scratch[at] as number;
      const index = scratch[at + 1] as number;
      let place = hash & last;
      while (place < end && table[place] !== 0) place++;
      if (place < end) table[place] = entryOf(index, hash, table.length);
      else this.rest.push(hash, index);
    }
  }

  /** What this member has left over; others may do the same meanwhile. */
  placeRest(): void {
    const { table, rest } = this;
    const last = table.length - 1;
    for (let i = 0; i < rest.length; i += 2) {
      const hash = rest[i] as number;
      const entry = entryOf(rest[i + 1] as number, hash, table.length);
      let place = hash & last;
      while (Atomics.compareExchange(table, place, 0, entry) !== 0) place = (place + 1) & last;
    }
    this.rest = [];
  }
}
