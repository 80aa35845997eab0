/**
 * The part of the table that belongs to one member: states whose search begins in it. A search that
 * would leave the part is deferred, and the leader does it when nobody else is at work; as nothing
 * is ever removed, the search for an equal state is deferred as well from then on.
 */
import { chunkMask, chunkShift } from '../chunks.js';
import { type Blocks, type Successors, stopAt, type TeamMemory, word } from './shared.js';
import type { TeamStates } from './teamStates.js';

/** So many are looked up together, so that they wait for memory at the same time. */
const batchMax = 256;

export class Insertion {
  private readonly batch = new Int32Array(batchMax);
  private readonly blockOf = new Int32Array(batchMax);
  private count = 0;
  /** Read by nobody: it keeps the reads that fill it from being optimised away. */
  private touched = 0;
  private base = 0;
  /** Searches that come to this place are deferred. */
  private partEnd = 0;

  constructor(
    private readonly memory: TeamMemory,
    private readonly member: number,
    private readonly states: TeamStates,
  ) {}

  /** Marks the new ones of this member's part with their places, and counts them for each block. */
  run(): void {
    const { control, blocks, deferred } = this.memory;
    const { table, successors, memberShift } = this.states;
    const { length } = table;
    const part = length / successors.length;
    const first = Math.ceil(this.member * part);
    this.partEnd = Math.ceil((this.member + 1) * part);
    this.base = control[word.base] as number;
    (deferred[this.member] as Int32Array)[0] = 0;
    const news = blocks.news[this.member] as Int32Array;
    const blockCount = control[word.blockCount] as number;
    for (let block = 0; block < blockCount; block++) {
      news[block] = 0;
      const owner = blocks.member[block] as number;
      const { hashes } = successors[owner] as Successors;
      const end = blocks.end[block] as number;
      for (let i = blocks.start[block] as number; i < end; i++) {
        const home = (hashes[i] as number) & (length - 1);
        if (home < first || home >= this.partEnd) continue;
        this.batch[this.count] = (owner << memberShift) | i;
        this.blockOf[this.count] = block;
        if (++this.count === batchMax) this.insertBatch(news);
      }
    }
    this.insertBatch(news);
  }

  /** What all members have deferred; only the leader calls it, when the others are done. */
  insertDeferred(blocks: Blocks): void {
    const { successors, memberShift, table } = this.states;
    const numbers = this.memory.deferred.flatMap((list) => [
      ...list.subarray(1, 1 + (list[0] as number)),
    ]);
    const room = (1 << memberShift) - 1;
    const ofState = (number: number): number =>
      (successors[number >>> memberShift] as Successors).from[number & room] as number;
    // In the order of the queue; the successors of one state are in their order already.
    numbers.sort((a, b) => ofState(a) - ofState(b) || a - b);
    this.partEnd = table.length;
    this.base = this.memory.control[word.base] as number;
    const { first, blockSize } = word;
    const { control } = this.memory;
    const news = blocks.news[this.member] as Int32Array;
    for (const number of numbers) {
      const at = ofState(number) - (control[first] as number);
      const block = Math.floor(at / (control[blockSize] as number));
      if (!this.insert(number)) this.insertFrom(number, 0, table.length);
      if (this.isNew(number)) news[block] = (news[block] as number) + 1;
    }
  }

  private isNew(number: number): boolean {
    const { successors, memberShift } = this.states;
    const { places } = successors[number >>> memberShift] as Successors;
    return places[number & ((1 << memberShift) - 1)] !== 0;
  }

  private insertBatch(news: Int32Array): void {
    this.touch();
    for (let i = 0; i < this.count; i++) {
      const number = this.batch[i] as number;
      if (!this.insert(number)) this.defer(number);
      else if (this.isNew(number)) {
        const block = this.blockOf[i] as number;
        news[block] = (news[block] as number) + 1;
      }
    }
    this.count = 0;
  }

  private defer(number: number): void {
    const { control, deferred } = this.memory;
    const { successors, memberShift } = this.states;
    const list = deferred[this.member] as Int32Array;
    const count = (list[0] as number) + 1;
    if (count === list.length) {
      const { from } = successors[number >>> memberShift] as Successors;
      stopAt(control, from[number & ((1 << memberShift) - 1)] as number);
      return;
    }
    list[0] = count;
    list[count] = number;
  }

  /** False if the search leaves the part of this member. */
  private insert(number: number): boolean {
    const { successors, memberShift, table } = this.states;
    const { hashes } = successors[number >>> memberShift] as Successors;
    const hash = hashes[number & ((1 << memberShift) - 1)] as number;
    return this.insertFrom(number, hash & (table.length - 1), this.partEnd);
  }

  /** The places from the first one up to `end`; false if the state is not there, and none is free. */
  private insertFrom(number: number, first: number, end: number): boolean {
    const { table, memberShift, successors } = this.states;
    const { hashes, places } = successors[number >>> memberShift] as Successors;
    const i = number & ((1 << memberShift) - 1);
    const hash = hashes[i] as number;
    const last = table.length - 1;
    for (let place = first; place < end; place++) {
      const entry = table[place] as number;
      if (entry === 0) {
        // Until the state has an index, its number among the successors stands for it.
        table[place] = (hash & ~last) | (this.base + number + 1);
        places[i] = place + 1;
        return true;
      }
      if (((entry ^ hash) & ~last) !== 0) continue;
      if (this.isEqual(number, (entry & last) - 1)) return true;
    }
    return false;
  }

  private isEqual(number: number, index: number): boolean {
    const { successors, memberShift, arena, wordCount } = this.states;
    const mask = (1 << memberShift) - 1;
    const { words } = successors[number >>> memberShift] as Successors;
    const at = (number & mask) * wordCount;
    const { base } = this;
    const isStored = index < base;
    const other = isStored
      ? (arena[index >>> chunkShift] as Int32Array)
      : (successors[(index - base) >>> memberShift] as Successors).words;
    const from = (isStored ? index & chunkMask : (index - base) & mask) * wordCount;
    let word = 0;
    while (word < wordCount && other[from + word] === words[at + word]) word++;
    return word === wordCount;
  }

  private touch(): void {
    const { table, successors, memberShift, arena, wordCount } = this.states;
    const { batch, count, base } = this;
    const mask = (1 << memberShift) - 1;
    const last = table.length - 1;
    let sum = 0;
    // No read of these loops waits for another, so the processor has many of them under way.
    for (let b = 0; b < count; b++) {
      const number = batch[b] as number;
      const { hashes } = successors[number >>> memberShift] as Successors;
      sum ^= table[(hashes[number & mask] as number) & last] as number;
    }
    for (let b = 0; b < count; b++) {
      const number = batch[b] as number;
      const { hashes } = successors[number >>> memberShift] as Successors;
      const hash = hashes[number & mask] as number;
      let place = hash & last;
      let entry = table[place] as number;
      while (entry !== 0 && ((entry ^ hash) & ~last) !== 0 && place < this.partEnd - 1) {
        entry = table[++place] as number;
      }
      const index = (entry & last) - 1;
      if (index < 0 || index >= base) continue;
      const chunk = arena[index >>> chunkShift] as Int32Array;
      sum ^= chunk[(index & chunkMask) * wordCount] as number;
    }
    this.touched ^= sum;
  }
}
