/**
 * The exact store of states, numbered in the order of discovery: one append-only arena of packed
 * words and one open-addressing table of indices. States are compared word by word, so nothing is
 * lost to a hash collision. Callers see vectors only; how they are packed is nobody's business.
 *
 * In a large search nearly every look-up waits for memory, once for the table and once for the
 * arena. Successors are therefore gathered, and what they will need is touched for all of them
 * together before the first is inserted, so that they wait at the same time.
 */
import { Chunks, chunkMask, chunkShift } from './chunks.js';
import { Memory, MemoryLimit } from './memory.js';
import type { StateVector } from './model.js';
import { Packing } from './packing.js';
import { entryOf, hashWords } from './stateHash.js';
import { isFillable } from './tableFilling.js';
import { placeStates } from './tablePlacing.js';

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
  /** What is gathered from now on are successors of the state with this index, read to `vector`. */
  gatherFrom(index: number, vector: StateVector): void;
  /**
   * Takes a copy of a successor, which differs from the state in these slots at most (null: in
   * any), and gives its number, from 0; there may be `gatheredMax`. Throws MemoryLimit.
   */
  gather(successor: StateVector, written: Int32Array | null): number;
  /** Call once before the first `insertGathered`. */
  touchGathered(): void;
  /**
   * Inserts what is gathered from this number on until one is new, whose index is the `size` from
   * before, and gives the number of that one; without a new one, how many are gathered. At
   * `sizeMax` states a new one is not inserted. Throws MemoryLimit; then `newNumber` is the number.
   */
  insertGathered(number: number, sizeMax: number): number;
  readonly newNumber: number;
  forgetGathered(): void;
  /** Makes room for so many states in all. Throws MemoryLimit. */
  reserve(count: number): void;
  /**
   * As `reserve`, but a table that grows to this length at least is empty after that, and others
   * will place all states in it; gives whether it is so.
   */
  reserveUnplaced(count: number, length: number): boolean;
  /** Good until a state is inserted, or room is made for more. */
  readonly arrays: StoreArrays;
  /** So many states more are in the arrays, for which there was room. */
  adopt(count: number): void;
  /**
   * Looks at nothing but the states: for a table that somebody has left half filled, and may even
   * now write to. If there is memory, it is another one after that.
   */
  restoreTable(): void;
  /** What the arrays take, whether they are full or not. */
  readonly bytes: number;
}

export interface StoreOptions {
  readonly memory?: Memory;
  /** Slots get only the bits that they need at the moment: for tests, which want many repacks. */
  readonly isTight?: boolean;
}

/** `slotSize` is the model's: a hint how wide each slot should be, which may be too low. */
export function createStore(
  slotCount: number,
  slotSize: (slot: number) => number,
  options: StoreOptions = {},
): StateStore {
  return new PackedStore(slotCount, slotSize, options);
}

/** How many successors may be gathered: their memory should stay in the processor's caches. */
export const gatheredMax = 256;

const NOWHERE = -1;
/** In quarters: a fuller table is doubled. */
const loadMax = 3;

/** The arrays of a store, for those who fill them together (`parallel/`). */
export interface StoreArrays {
  readonly packing: Packing;
  readonly arena: Chunks;
  readonly table: Int32Array;
}

class PackedStore implements StateStore {
  private packing: Packing;
  // Words are signed: `===` on small signed integers is the cheapest comparison there is.
  private arena: Chunks;
  private count = 0;
  /** So many states there may be before an array must grow. */
  private room = 0;
  /**
   * Index + 1 of a state below as many bits of its hash as there is room for, which tell most of
   * the other states apart; 0 where the place is free. The length is a power of two.
   */
  private table: Int32Array;
  private readonly memory: Memory;
  /** The packed forms of the states that are gathered, and of one that is looked up alone. */
  private keys: Int32Array;
  private readonly hashes = new Int32Array(gatheredMax + 1);
  private gathered = 0;
  newNumber = 0;
  private from = NOWHERE;
  private fromVector: StateVector = new Int32Array(0);
  /** Read by nobody: it keeps the reads that fill it from being optimised away. */
  private touched = 0;

  constructor(
    private readonly slotCount: number,
    private readonly slotSize: (slot: number) => number,
    { memory = new Memory(), isTight = false }: StoreOptions,
  ) {
    this.memory = memory;
    this.table = memory.small(1 << 10);
    const sizes = Array.from({ length: slotCount }, (_, slot) => (isTight ? 1 : slotSize(slot)));
    this.packing = new Packing(sizes, isTight);
    this.keys = new Int32Array(this.packing.wordCount * (gatheredMax + 1));
    this.arena = new Chunks(this.packing.wordCount, memory);
  }

  get size(): number {
    return this.count;
  }

  get bytes(): number {
    return this.arena.bytes + this.table.byteLength;
  }

  read(index: number, into: StateVector): void {
    if (index < 0 || index >= this.count) throw new Error(`there is no state ${index}`);
    const chunk = this.arena.list[index >>> chunkShift] as Int32Array;
    this.packing.unpack(chunk, (index & chunkMask) * this.packing.wordCount, into);
  }

  find(state: StateVector): number {
    // A code that is too wide for its slot is a code that no stored state has.
    if (!this.packing.pack(state, this.keys, gatheredMax * this.packing.wordCount)) return NOWHERE;
    this.hash(gatheredMax);
    const entry = this.table[this.placeOf(gatheredMax)] as number;
    return entry === 0 ? NOWHERE : (entry & (this.table.length - 1)) - 1;
  }

  insert(state: StateVector): number {
    this.packWhole(state, gatheredMax);
    this.hash(gatheredMax);
    const place = this.placeOf(gatheredMax);
    const known = this.table[place] as number;
    if (known !== 0) return (known & (this.table.length - 1)) - 1;
    return this.append(gatheredMax, place);
  }

  gatherFrom(index: number, vector: StateVector): void {
    this.from = index;
    this.fromVector = vector;
  }

  gather(successor: StateVector, written: Int32Array | null): number {
    const number = this.gathered;
    if (number === gatheredMax) throw new Error('too many states are gathered');
    if (written === null || !this.patch(successor, written, number)) {
      this.packWhole(successor, number);
    }
    this.hash(number);
    this.gathered = number + 1;
    return number;
  }

  forgetGathered(): void {
    this.gathered = 0;
  }

  touchGathered(): void {
    const { table, hashes, gathered, arena } = this;
    const { wordCount } = this.packing;
    const last = table.length - 1;
    let sum = 0;
    // No read of these loops waits for another, so the processor has many of them under way.
    for (let i = 0; i < gathered; i++) sum ^= table[(hashes[i] as number) & last] as number;
    for (let i = 0; i < gathered; i++) {
      const hash = hashes[i] as number;
      let place = hash & last;
      let entry = table[place] as number;
      while (entry !== 0 && ((entry ^ hash) & ~last) !== 0) {
        place = (place + 1) & last;
        entry = table[place] as number;
      }
      if (entry === 0) continue;
      const index = (entry & last) - 1;
      const chunk = arena.list[index >>> chunkShift] as Int32Array;
      sum ^= chunk[(index & chunkMask) * wordCount] as number;
    }
    this.touched ^= sum;
  }

  insertGathered(number: number, sizeMax: number): number {
    const { table, gathered } = this;
    for (let i = number; i < gathered; i++) {
      const place = this.placeOf(i);
      if (table[place] !== 0) continue;
      this.newNumber = i;
      if (this.count < sizeMax) this.append(i, place);
      return i;
    }
    return gathered;
  }

  /** Gives the index of the new state that belongs at this free place. */
  private append(number: number, free: number): number {
    let place = free;
    // Whatever may throw comes before anything is changed.
    if (this.count === this.room) {
      this.reserve(this.count + 1);
      place = this.placeOf(number);
    }
    const { wordCount } = this.packing;
    const index = this.count++;
    const chunk = this.arena.list[index >>> chunkShift] as Int32Array;
    const at = (index & chunkMask) * wordCount;
    const from = number * wordCount;
    for (let i = 0; i < wordCount; i++) chunk[at + i] = this.keys[from + i] as number;
    this.table[place] = entryOf(index, this.hashes[number] as number, this.table.length);
    return index;
  }

  get arrays(): StoreArrays {
    const { packing, arena, table } = this;
    return { packing, arena, table };
  }

  adopt(count: number): void {
    this.count += count;
    if (this.count > this.room) throw new Error('there is no room for these states');
  }

  restoreTable(): void {
    try {
      this.table = this.memory.array(this.table.length);
    } catch (error) {
      if (!(error instanceof MemoryLimit)) throw error;
      this.table.fill(0);
    }
    this.place(this.table);
  }

  reserve(count: number): void {
    this.arena.reserve(count);
    const length = this.lengthFor(count);
    if (length > this.table.length) this.rebuildTable(length);
    this.setRoom();
  }

  reserveUnplaced(count: number, lengthMin: number): boolean {
    this.arena.reserve(count);
    const length = this.lengthFor(count);
    const isUnplaced =
      length > this.table.length && length >= lengthMin && isFillable(this.count, length);
    if (isUnplaced) this.table = this.memory.array(length);
    this.reserve(count);
    return isUnplaced;
  }

  /** Of a table for so many states. */
  private lengthFor(count: number): number {
    let { length } = this.table;
    while (count * 4 > length * loadMax) length *= 2;
    return length;
  }

  private setRoom(): void {
    this.room = Math.min(this.arena.capacity, (this.table.length * loadMax) >>> 2);
  }

  /** Where the table holds a packed state, or the free place where it belongs. */
  private placeOf(number: number): number {
    const { table, keys, arena } = this;
    const { wordCount } = this.packing;
    const last = table.length - 1;
    const hash = this.hashes[number] as number;
    const key = number * wordCount;
    let place = hash & last;
    for (;;) {
      const entry = table[place] as number;
      if (entry === 0) return place;
      if (((entry ^ hash) & ~last) === 0) {
        const index = (entry & last) - 1;
        const chunk = arena.list[index >>> chunkShift] as Int32Array;
        const at = (index & chunkMask) * wordCount;
        let word = 0;
        while (word < wordCount && chunk[at + word] === keys[key + word]) word++;
        if (word === wordCount) return place;
      }
      place = (place + 1) & last;
    }
  }

  private hash(number: number): void {
    const { wordCount } = this.packing;
    this.hashes[number] = hashWords(this.keys, number * wordCount, wordCount);
  }

  /** False if a code is too wide. */
  private patch(successor: StateVector, written: Int32Array, number: number): boolean {
    const { keys, packing, from } = this;
    const { wordCount } = packing;
    const chunk = this.arena.list[from >>> chunkShift] as Int32Array;
    const source = (from & chunkMask) * wordCount;
    const at = number * wordCount;
    for (let i = 0; i < wordCount; i++) keys[at + i] = chunk[source + i] as number;
    return packing.patch(successor, this.fromVector, written, keys, at);
  }

  private packWhole(state: StateVector, number: number): void {
    if (this.packing.pack(state, this.keys, number * this.packing.wordCount)) return;
    this.repack(this.packing.widened(state, this.slotSize));
    if (!this.packing.pack(state, this.keys, number * this.packing.wordCount)) {
      throw new Error('the model gave a negative code');
    }
  }

  private rebuildTable(length: number): void {
    const table = this.memory.array(length);
    this.place(table);
    this.table = table;
  }

  /** All states; the table is empty. */
  private place(table: Int32Array): void {
    const { packing, arena, count } = this;
    const states = { arena: arena.list, wordCount: packing.wordCount };
    this.touched ^= placeStates(table, states, count);
  }

  /** Also what is gathered is packed anew. */
  private repack(packing: Packing): void {
    const before = this.packing;
    const arena = new Chunks(packing.wordCount, this.memory);
    arena.reserve(this.count + 1);
    const state = new Int32Array(this.slotCount);
    for (let index = 0; index < this.count; index++) {
      this.read(index, state);
      const chunk = arena.list[index >>> chunkShift] as Int32Array;
      packing.pack(state, chunk, (index & chunkMask) * packing.wordCount);
    }
    const keys = new Int32Array(packing.wordCount * (gatheredMax + 1));
    for (let i = 0; i < this.gathered; i++) {
      before.unpack(this.keys, i * before.wordCount, state);
      packing.pack(state, keys, i * packing.wordCount);
    }
    this.arena = arena;
    this.room = this.count;
    this.packing = packing;
    this.keys = keys;
    for (let i = 0; i < this.gathered; i++) this.hash(i);
    this.table.fill(0);
    this.place(this.table);
  }
}
