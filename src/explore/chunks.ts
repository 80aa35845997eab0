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
    this.list.push(this.memory.small(recordsAtFirst * wordCount));
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

export type SmallArray = Uint8Array | Uint16Array | Int32Array;

/**
 * Numbers from 0 to a limit, in as many bytes as the limit needs. No number shares its bytes with
 * another, so that two threads may set two of them at a time.
 */
export class SmallNumbers {
  /** Number i is in list[i >>> shift], at i & mask. */
  readonly list: SmallArray[] = [];
  readonly shift: number;
  private readonly mask: number;
  private readonly words: Chunks;
  /** A word holds 2 to this power numbers. */
  private readonly perWord: number;

  constructor(limit: number, memory = new Memory()) {
    this.perWord = limit < 2 ** 8 ? 2 : limit < 2 ** 16 ? 1 : 0;
    this.shift = chunkShift + this.perWord;
    this.mask = 2 ** this.shift - 1;
    this.words = new Chunks(1, memory);
    this.reserve(0);
  }

  get bytes(): number {
    return this.words.bytes;
  }

  get capacity(): number {
    return this.words.capacity << this.perWord;
  }

  reserve(count: number): void {
    const { words, list } = this;
    words.reserve((count >>> this.perWord) + 1);
    words.list.forEach((chunk, i) => {
      if (list[i]?.buffer !== chunk.buffer) list[i] = this.numbersIn(chunk);
    });
  }

  get(index: number): number {
    return (this.list[index >>> this.shift] as SmallArray)[index & this.mask] as number;
  }

  set(index: number, number: number): void {
    (this.list[index >>> this.shift] as SmallArray)[index & this.mask] = number;
  }

  private numbersIn({ buffer }: Int32Array): SmallArray {
    if (this.perWord === 2) return new Uint8Array(buffer);
    return this.perWord === 1 ? new Uint16Array(buffer) : new Int32Array(buffer);
  }
}
