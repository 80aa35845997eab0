/**
 * Records of 32-bit words that are only ever added, in arrays of a fixed length: growing copies
 * nothing, needs no memory beside the old, and leaves little of it unused. The first array begins
 * small and doubles, so that a small search stays small.
 */
import { Memory } from './memory.js';

/** 2 to this power records in each array but, at first, in the first. */
const recordBits = 18;
const recordsAtFirst = 1 << 8;

/** Record i is in list[i >>> chunkShift], and begins there at (i & chunkMask) * wordCount. */
export const chunkShift = recordBits;
export const chunkMask = (1 << recordBits) - 1;

export class Chunks {
  readonly list: Int32Array[] = [];
  /** How many records there is room for. */
  capacity = 0;

  constructor(
    readonly wordCount: number,
    private readonly memory = new Memory(),
  ) {
    // It is small, and nobody is asked for it.
    this.list.push(new Int32Array(recordsAtFirst * wordCount));
    this.capacity = recordsAtFirst;
  }

  get bytes(): number {
    return this.list.reduce((sum, chunk) => sum + chunk.byteLength, 0);
  }

  /** Makes room for so many records in all. Throws MemoryLimit, and then has the room of before. */
  reserve(count: number): void {
    while (this.capacity < count) {
      const [first] = this.list;
      if (this.capacity <= chunkMask && first !== undefined) {
        this.list[0] = this.memory.doubled(first);
        this.capacity *= 2;
      } else {
        this.list.push(this.memory.array((chunkMask + 1) * this.wordCount));
        this.capacity += chunkMask + 1;
      }
    }
  }
}

/** Numbers from 0 to a limit, four or two to a word where the limit is low. */
export class SmallNumbers {
  private readonly chunks: Chunks;
  /** A word holds 2 to this power numbers. */
  private readonly perWord: number;
  private readonly bits: number;

  constructor(limit: number, memory = new Memory()) {
    this.perWord = limit < 2 ** 8 ? 2 : limit < 2 ** 16 ? 1 : 0;
    this.bits = 32 >> this.perWord;
    this.chunks = new Chunks(1, memory);
  }

  get bytes(): number {
    return this.chunks.bytes;
  }

  get capacity(): number {
    return this.chunks.capacity << this.perWord;
  }

  reserve(count: number): void {
    this.chunks.reserve((count >>> this.perWord) + 1);
  }

  get(index: number): number {
    const word = index >>> this.perWord;
    const chunk = this.chunks.list[word >>> chunkShift] as Int32Array;
    return ((chunk[word & chunkMask] as number) >>> this.shiftOf(index)) & this.mask;
  }

  /** For each index at most once, as numbers are at first 0. */
  set(index: number, number: number): void {
    const word = index >>> this.perWord;
    const chunk = this.chunks.list[word >>> chunkShift] as Int32Array;
    const at = word & chunkMask;
    chunk[at] = (chunk[at] as number) | (number << this.shiftOf(index));
  }

  private shiftOf(index: number): number {
    return (index & ((1 << this.perWord) - 1)) * this.bits;
  }

  private get mask(): number {
    return this.bits === 32 ? -1 : (1 << this.bits) - 1;
  }
}
