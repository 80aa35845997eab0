/** How a member sees the states: as the leader has told it last. */
import { chunkMask, chunkShift, type SmallArray } from '../chunks.js';
import { Packing } from '../packing.js';
import { entryOf } from '../stateHash.js';
import type { NewStates, SharedStates } from './shared.js';

export class TeamStates {
  readonly packing: Packing;
  readonly wordCount: number;
  readonly arena: readonly Int32Array[];
  readonly table: Int32Array;
  readonly news: readonly NewStates[];
  /** The new state i of member m has the number `m << memberShift | i`. */
  readonly memberShift: number;
  private readonly predecessors: readonly Int32Array[];
  private readonly actions: readonly SmallArray[];
  private readonly actionShift: number;

  constructor(shared: SharedStates) {
    const { arena, table, news, predecessors, actions } = shared;
    this.packing = new Packing(shared.sizes, shared.isTight);
    this.wordCount = this.packing.wordCount;
    this.arena = arena;
    this.table = table;
    this.news = news;
    this.memberShift = 31 - Math.clz32(news[0]?.hashes.length ?? 1);
    this.predecessors = predecessors;
    this.actions = actions;
    const bytes = actions[0]?.BYTES_PER_ELEMENT ?? 4;
    this.actionShift = chunkShift + (bytes === 1 ? 2 : bytes === 2 ? 1 : 0);
  }

  read(index: number, into: Int32Array): void {
    const chunk = this.arena[index >>> chunkShift] as Int32Array;
    this.packing.unpack(chunk, (index & chunkMask) * this.wordCount, into);
  }

  /** Writes a new state of a round to where it stays, with its place in the table. */
  settle(index: number, { words, hashes, places }: NewStates, i: number): void {
    const { wordCount, table } = this;
    const chunk = this.arena[index >>> chunkShift] as Int32Array;
    const at = (index & chunkMask) * wordCount;
    for (let word = 0; word < wordCount; word++) {
      chunk[at + word] = words[i * wordCount + word] as number;
    }
    table[places[i] as number] = entryOf(index, hashes[i] as number, table.length);
  }

  link(index: number, predecessor: number, action: number): void {
    const links = this.predecessors[index >>> chunkShift] as Int32Array;
    links[index & chunkMask] = predecessor;
    const numbers = this.actions[index >>> this.actionShift] as SmallArray;
    // Action + 1, as an initial state has 0.
    numbers[index & ((1 << this.actionShift) - 1)] = action + 1;
  }
}
