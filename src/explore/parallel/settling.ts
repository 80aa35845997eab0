/** One member's share in bringing the new states of a round to their order, and to their places. */
import { keyShift, type NewStates, type TeamMemory, word } from './shared.js';
import type { TeamStates } from './teamStates.js';

/** So many blocks are taken together: they are settled fast. */
const blocksAtOnce = 8;
/** Lists that are longer are not sorted by insertion. */
const insertionMax = 256;

export class Settling {
  private readonly keyShift: number;
  /** The new states of a block, by number and key, in their order. */
  private numbers = new Int32Array(256);
  private keys = new Int32Array(256);
  private count = 0;

  constructor(
    private readonly memory: TeamMemory,
    private readonly member: number,
    private readonly states: TeamStates,
  ) {
    this.keyShift = keyShift(memory.steps[0]?.length ?? 1);
  }

  /** Lists the new states that this member has found, for each block. */
  sort(): void {
    const { control, blocks } = this.memory;
    const { count, keys, others } = this.states.news[this.member] as NewStates;
    const counts = blocks.news[this.member] as Int32Array;
    const lasts = blocks.lasts[this.member] as Int32Array;
    const blockCount = control[word.blockCount] as number;
    counts.fill(0, 0, blockCount);
    lasts.fill(0, 0, blockCount);
    const shift = this.keyShift + (control[word.blockShift] as number);
    const end = count[0] as number;
    for (let i = 0; i < end; i++) {
      const block = (keys[i] as number) >>> shift;
      counts[block] = (counts[block] as number) + 1;
      others[i] = lasts[block] as number;
      lasts[block] = i + 1;
    }
  }

  settle(): void {
    const { control } = this.memory;
    const blockCount = control[word.blockCount] as number;
    for (;;) {
      const first = Atomics.add(control, word.cursor, blocksAtOnce);
      if (first >= blockCount) return;
      const end = Math.min(first + blocksAtOnce, blockCount);
      for (let block = first; block < end; block++) this.settleBlock(block);
    }
  }

  private settleBlock(block: number): void {
    const { states, memory } = this;
    const { control, blocks, starts } = memory;
    this.gather(block);
    // Not before that: they may be longer arrays now.
    const { numbers, keys } = this;
    const steps = memory.steps[blocks.member[block] as number] as Int32Array;
    const first = control[word.first] as number;
    const mask = (1 << this.keyShift) - 1;
    const memberMask = (1 << states.memberShift) - 1;
    let index = blocks.index[block] as number;
    for (let i = 0; i < this.count; i++) {
      const number = numbers[i] as number;
      const key = keys[i] as number;
      const from = key >>> this.keyShift;
      states.settle(
        index,
        states.news[number >>> states.memberShift] as NewStates,
        number & memberMask,
      );
      states.link(index++, first + from, steps[(starts[from] as number) + (key & mask)] as number);
    }
  }

  /** The new states of the block, sorted. */
  private gather(block: number): void {
    const { news, memberShift } = this.states;
    const { blocks } = this.memory;
    this.count = 0;
    for (let member = 0; member < news.length; member++) {
      const { keys, others } = news[member] as NewStates;
      this.count += (blocks.news[member] as Int32Array)[block] as number;
      this.makeRoom(this.count);
      // The last one comes first in the list, so that most are in their order like this.
      let at = this.count;
      let next = (blocks.lasts[member] as Int32Array)[block] as number;
      for (; next !== 0; next = others[next - 1] as number) {
        this.numbers[--at] = (member << memberShift) | (next - 1);
        this.keys[at] = keys[next - 1] as number;
      }
    }
    if (this.count <= insertionMax) this.sortByInsertion();
    else this.sortMany();
  }

  private makeRoom(count: number): void {
    if (count <= this.numbers.length) return;
    const length = 2 ** (32 - Math.clz32(count));
    const numbers = new Int32Array(length);
    const keys = new Int32Array(length);
    numbers.set(this.numbers);
    keys.set(this.keys);
    this.numbers = numbers;
    this.keys = keys;
  }

  private sortByInsertion(): void {
    const { numbers, keys, count } = this;
    for (let i = 1; i < count; i++) {
      const key = keys[i] as number;
      const number = numbers[i] as number;
      let at = i;
      for (; at > 0 && (keys[at - 1] as number) > key; at--) {
        keys[at] = keys[at - 1] as number;
        numbers[at] = numbers[at - 1] as number;
      }
      keys[at] = key;
      numbers[at] = number;
    }
  }

  /** No two keys are equal. */
  private sortMany(): void {
    const keys = this.keys.slice(0, this.count);
    const numbers = this.numbers.slice(0, this.count);
    const order = Array.from(keys, (_, i) => i);
    order.sort((a, b) => (keys[a] as number) - (keys[b] as number));
    order.forEach((from, to) => {
      this.keys[to] = keys[from] as number;
      this.numbers[to] = numbers[from] as number;
    });
  }
}
