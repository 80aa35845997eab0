/**
 * The states of a round, in blocks, and what has come of them: what all members know of it is in
 * the words and the blocks that they share. For the leader, while nobody is at work.
 */
import { type NewStates, stopAt, type TeamMemory, word } from './shared.js';

export class Round {
  private first = 0;
  private end = 0;

  constructor(private readonly memory: TeamMemory) {}

  /** `base`: how many states there are, so that new ones are numbered from there. */
  begin(first: number, states: number, blockShift: number, base: number): void {
    const { control } = this.memory;
    this.first = first;
    this.end = first + states;
    control[word.first] = first;
    control[word.end] = this.end;
    control[word.blockShift] = blockShift;
    control[word.blockCount] = Math.ceil(states / 2 ** blockShift);
    control[word.base] = base;
    control[word.stop] = 0;
    control[word.isForeign] = 0;
  }

  /** How many states it has. */
  get states(): number {
    return this.end - this.first;
  }

  /** Somebody's model has taken on other slots than the leader's, or has failed unexpectedly. */
  get isForeign(): boolean {
    return Atomics.load(this.memory.control, word.isForeign) !== 0;
  }

  get isStopped(): boolean {
    return Atomics.load(this.memory.control, word.stop) !== 0;
  }

  /** How many states there are up to the one that has stopped it, or in all. */
  get statesToStop(): number {
    const stop = Atomics.load(this.memory.control, word.stop);
    return (stop === 0 ? this.end : Math.min(stop, this.end)) - this.first;
  }

  /** Others may be at work, and are to come to an end. */
  stop(): void {
    stopAt(this.memory.control, this.first);
  }

  /** Blocks that nobody has had room for are for the next round. */
  keepExpanded(): void {
    const { control } = this.memory;
    const taken = Math.min(control[word.cursor] as number, control[word.blockCount] as number);
    control[word.blockCount] = taken;
  }

  /** Numbers the new states of each block, once they are sorted; gives how many there are. */
  numberNew(): number {
    const { control, blocks } = this.memory;
    const base = control[word.base] as number;
    let index = base;
    for (let block = 0; block < (control[word.blockCount] as number); block++) {
      blocks.index[block] = index;
      for (const news of blocks.news) index += news[block] as number;
    }
    return index - base;
  }

  /** How many of its states are expanded, when all is done, and how many successors they have. */
  expanded(): { states: number; generated: number } {
    const { control, blocks } = this.memory;
    const blockCount = control[word.blockCount] as number;
    const states = Math.min(this.states, blockCount << (control[word.blockShift] as number));
    let generated = 0;
    for (let b = 0; b < blockCount; b++) generated += blocks.generated[b] as number;
    return { states, generated };
  }
}

/** Takes new states out of the table. They came last, so that it is as it was without them. */
export function removeNew(table: Int32Array, news: readonly NewStates[]): void {
  for (const { count, places } of news) {
    const end = count[0] as number;
    for (let i = 0; i < end; i++) table[places[i] as number] = 0;
  }
}
