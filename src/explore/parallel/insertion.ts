/**
 * The table of all states as a member sees it while a round is under way: whoever comes upon a
 * state first has it for new. The lists of new states of all members make up the states of the
 * round, in no order.
 */
import { chunkMask, chunkShift } from '../chunks.js';
import { hashWords } from '../stateHash.js';
import { type NewStates, type TeamMemory, word } from './shared.js';
import type { TeamStates } from './teamStates.js';

/** So many are looked up together, so that they wait for memory at the same time. */
const batchMax = 256;

export class Insertion {
  /** Packed, as all that is gathered and not yet looked up. */
  readonly words: Int32Array;
  private readonly hashes = new Int32Array(batchMax);
  private readonly keys = new Int32Array(batchMax);
  private gathered = 0;
  /** New states of this member. */
  count = 0;
  private readonly own: NewStates;
  private base = 0;
  /** Read by nobody: it keeps the reads that fill it from being optimised away. */
  private touched = 0;

  constructor(
    private readonly memory: TeamMemory,
    private readonly member: number,
    private readonly states: TeamStates,
  ) {
    this.words = new Int32Array(batchMax * states.wordCount);
    this.own = states.news[member] as NewStates;
  }

  begin(): void {
    this.base = this.memory.control[word.base] as number;
    this.gathered = 0;
    this.count = 0;
  }

  get isFull(): boolean {
    return this.gathered === batchMax;
  }

  /** Where the next state is to be packed to. */
  get at(): number {
    return this.gathered * this.states.wordCount;
  }

  /** The state that has been packed there, with the key of the step that leads to it. */
  gather(key: number): void {
    const { gathered } = this;
    const { wordCount } = this.states;
    this.hashes[gathered] = hashWords(this.words, gathered * wordCount, wordCount);
    this.keys[gathered] = key;
    this.gathered = gathered + 1;
  }

  /** Looks up what is gathered; `onNew` gets the number of each new state of this member. */
  insertGathered(onNew: (number: number) => void): void {
    this.touch();
    for (let i = 0; i < this.gathered; i++) {
      if (this.insert(i)) onNew(this.count++);
    }
    this.gathered = 0;
  }

  /** Says how many new states there are. */
  end(): void {
    this.own.count[0] = this.count;
  }

  /** Whether it is new, and then it is the member's own, with the number `count`. */
  private insert(i: number): boolean {
    const { base } = this;
    const { table, memberShift } = this.states;
    const hash = this.hashes[i] as number;
    const last = table.length - 1;
    let place = hash & last;
    for (;;) {
      let entry = Atomics.load(table, place);
      if (entry === 0) {
        this.keep(i, place);
        // Until the state has an index, its number among the new ones stands for it.
        const number = base + ((this.member << memberShift) | this.count);
        entry = Atomics.compareExchange(table, place, 0, (hash & ~last) | (number + 1));
        if (entry === 0) return true;
      }
      if (((entry ^ hash) & ~last) === 0) {
        const index = (entry & last) - 1;
        if (index < base ? this.isStored(i, index) : this.isNew(i, index - base)) return false;
      }
      place = (place + 1) & last;
    }
  }

  /** Others see it once it is in the table. */
  private keep(i: number, place: number): void {
    const { own, words, count } = this;
    const { wordCount } = this.states;
    const to = count * wordCount;
    const from = i * wordCount;
    for (let word = 0; word < wordCount; word++)
      own.words[to + word] = words[from + word] as number;
    own.hashes[count] = this.hashes[i] as number;
    own.keys[count] = this.keys[i] as number;
    own.places[count] = place;
  }

  private isStored(i: number, index: number): boolean {
    const { arena, wordCount } = this.states;
    const { words } = this;
    const other = arena[index >>> chunkShift] as Int32Array;
    const from = (index & chunkMask) * wordCount;
    const at = i * wordCount;
    let word = 0;
    while (word < wordCount && other[from + word] === words[at + word]) word++;
    return word === wordCount;
  }

  /** Whether it is this one of the new states; the key is the lower one of both then. */
  private isNew(i: number, number: number): boolean {
    const { news, memberShift, wordCount } = this.states;
    const { words, keys } = news[number >>> memberShift] as NewStates;
    const other = number & ((1 << memberShift) - 1);
    const from = other * wordCount;
    const at = i * wordCount;
    let word = 0;
    while (word < wordCount && words[from + word] === this.words[at + word]) word++;
    if (word < wordCount) return false;
    const key = this.keys[i] as number;
    for (;;) {
      const known = Atomics.load(keys, other);
      if (known <= key || Atomics.compareExchange(keys, other, known, key) === known) return true;
    }
  }

  private touch(): void {
    const { gathered, hashes, base } = this;
    const { table, arena, news, memberShift, wordCount } = this.states;
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
      if (index < base) {
        const chunk = arena[index >>> chunkShift] as Int32Array;
        sum ^= chunk[(index & chunkMask) * wordCount] as number;
      } else {
        const { words } = news[(index - base) >>> memberShift] as NewStates;
        sum ^= words[((index - base) & ((1 << memberShift) - 1)) * wordCount] as number;
      }
    }
    this.touched ^= sum;
  }
}
