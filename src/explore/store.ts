/**
 * The exact store of states, numbered in the order of discovery: one append-only arena of packed
 * words and one open-addressing table of indices. States are compared word by word, so nothing is
 * lost to a hash collision. Callers see vectors only; how they are packed is nobody's business.
 */
import { Memory } from './memory.js';
import type { StateVector } from './model.js';
import { Packing } from './packing.js';

/** What a finished search hands out. */
export interface StateReader {
  readonly size: number;
  /** Copies the state with this index; `into` has one place per slot. */
  read(index: number, into: StateVector): void;
  /** The index of the state, or -1. */
  find(state: StateVector): number;
}

export interface StateStore extends StateReader {
  /**
   * The index of the state; it was new if that is the `size` from before the call. Throws
   * MemoryLimit where a new state has no room; then the store is as it was before.
   */
  insert(state: StateVector): number;
  /** What the arrays take, whether they are full or not. */
  readonly bytes: number;
}

/** `slotSize` is the model's: a hint how wide each slot should be, which may be too low. */
export function createStore(
  slotCount: number,
  slotSize: (slot: number) => number,
  memory = new Memory(),
): StateStore {
  return new PackedStore(slotCount, slotSize, memory);
}

const NOWHERE = -1;

class PackedStore implements StateStore {
  private packing: Packing;
  // Words are signed: `===` on small signed integers is the cheapest comparison there is.
  private arena: Int32Array;
  private count = 0;
  /** Index + 1 of a state, 0 where the place is free. The length is a power of two. */
  private table = new Int32Array(1 << 10);
  /** The packed form of the state that is being looked up. */
  private key: Int32Array;

  constructor(
    slotCount: number,
    private readonly slotSize: (slot: number) => number,
    private readonly memory: Memory,
  ) {
    this.packing = new Packing(Array.from({ length: slotCount }, (_, slot) => slotSize(slot)));
    this.key = new Int32Array(this.packing.wordCount);
    this.arena = new Int32Array(this.packing.wordCount << 8);
  }

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.arena.byteLength + this.table.byteLength;
  }

  read(index: number, into: StateVector): void {
    if (index < 0 || index >= this.count) throw new Error(`there is no state ${index}`);
    this.packing.unpack(this.arena, index * this.packing.wordCount, into);
  }

  find(state: StateVector): number {
    // A code that is too wide for its slot is a code that no stored state has.
    if (!this.packing.pack(state, this.key)) return NOWHERE;
    return (this.table[this.placeOf(this.key)] as number) - 1;
  }

  insert(state: StateVector): number {
    if (!this.packing.pack(state, this.key)) {
      this.repack(this.packing.widened(state, this.slotSize));
      if (!this.packing.pack(state, this.key)) throw new Error('the model gave a negative code');
    }
    let place = this.placeOf(this.key);
    const known = (this.table[place] as number) - 1;
    if (known !== NOWHERE) return known;
    // Whatever may throw comes before anything is changed.
    const end = (this.count + 1) * this.packing.wordCount;
    if (this.arena.length < end) this.arena = this.memory.doubled(this.arena);
    if ((this.count + 1) * 2 > this.table.length) {
      this.rebuildTable(this.table.length * 2);
      place = this.placeOf(this.key);
    }
    const index = this.count++;
    this.arena.set(this.key, index * this.packing.wordCount);
    this.table[place] = index + 1;
    return index;
  }

  /** Where the table holds the packed state, or the free place where it belongs. */
  private placeOf(key: Int32Array): number {
    const { table, arena } = this;
    const { wordCount } = this.packing;
    const last = table.length - 1;
    let place = hashWords(key, 0, wordCount) & last;
    for (;;) {
      const entry = table[place] as number;
      if (entry === 0) return place;
      const offset = (entry - 1) * wordCount;
      let word = 0;
      while (word < wordCount && arena[offset + word] === key[word]) word++;
      if (word === wordCount) return place;
      place = (place + 1) & last;
    }
  }

  private rebuildTable(length: number): void {
    const table = this.memory.array(length);
    this.placeAll(table);
    this.table = table;
  }

  /** Into an empty table; the states are known to differ, so nothing is compared. */
  private placeAll(table: Int32Array): void {
    const { wordCount } = this.packing;
    const last = table.length - 1;
    for (let index = 0; index < this.count; index++) {
      let place = hashWords(this.arena, index * wordCount, wordCount) & last;
      while (table[place] !== 0) place = (place + 1) & last;
      table[place] = index + 1;
    }
  }

  private repack(packing: Packing): void {
    const needed = (this.count + 1) * packing.wordCount;
    const arena = this.memory.array(Math.max(this.arena.length, needed));
    const state = new Int32Array(packing.sizes.length);
    const words = new Int32Array(packing.wordCount);
    for (let index = 0; index < this.count; index++) {
      this.packing.unpack(this.arena, index * this.packing.wordCount, state);
      packing.pack(state, words);
      arena.set(words, index * packing.wordCount);
    }
    this.arena = arena;
    this.packing = packing;
    this.key = new Int32Array(packing.wordCount);
    this.table.fill(0);
    this.placeAll(this.table);
  }
}

/** A multiply-and-rotate hash with a final mix, so that low bits depend on every word. */
function hashWords(words: Int32Array, offset: number, count: number): number {
  let hash = count;
  for (let i = 0; i < count; i++) {
    hash = Math.imul(hash ^ (words[offset + i] as number), 0x9e3779b1);
    hash = (hash << 15) | (hash >>> 17);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
