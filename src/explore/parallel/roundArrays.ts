/** The arrays that the members of a team need now, told only when they are others than before. */
import type { FoundStates } from '../foundStates.js';
import type { Memory } from '../memory.js';
import { type NewStates, newStates, type SharedStates } from './shared.js';

export class RoundArrays {
  news: readonly NewStates[] = [];
  private wordCount = 0;
  private told: readonly unknown[] = [];

  constructor(
    private readonly size: number,
    /** How many steps a member may generate. */
    private readonly room: number,
    private readonly memory: Memory,
  ) {}

  /** Null where nothing has changed. Throws MemoryLimit. */
  changed(found: FoundStates): SharedStates | null {
    const { packing, arena, table, predecessors, actions } = found.arrays;
    if (packing.wordCount !== this.wordCount) this.make(packing.wordCount);
    const { news } = this;
    // Lists grow at their end; only their first array is ever replaced.
    const lists = [arena.list, predecessors.list, actions.list];
    const now = [packing, table, news, ...lists.flatMap((list) => [list.length, list[0]])];
    if (now.every((one, i) => one === this.told[i])) return null;
    this.told = now;
    return {
      sizes: packing.sizes,
      isTight: packing.isTight,
      arena: arena.list,
      table,
      predecessors: predecessors.list,
      actions: actions.list,
      news,
    };
  }

  private make(wordCount: number): void {
    const { size, room, memory } = this;
    this.news = Array.from({ length: size }, () => newStates(room, wordCount, memory));
    this.wordCount = wordCount;
  }
}
