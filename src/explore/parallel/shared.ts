/**
 * What the members of a team share: plain arrays of numbers, and the words by which they agree on
 * what to do next. Who may write what, and when, is the business of the phases (`phases.ts`).
 */
import type { SmallArray } from '../chunks.js';
import type { Memory } from '../memory.js';

/** Where the words of `TeamMemory.control` are. */
export const word = {
  /** Counts the orders that the leader has given. */
  order: 0,
  /** What the last order is. */
  phase: 1,
  /** How many members have done what the last order says. */
  done: 2,
  /** A state that the round must not go beyond, + 1; 0: there is none. */
  stop: 3,
  /** The next block that nobody has taken. */
  cursor: 4,
  /** The states of the round. */
  first: 5,
  end: 6,
  blockSize: 7,
  blockCount: 8,
  /** How many states there were when the round began. */
  base: 9,
  /** A member's model has other slots than the leader's. */
  isForeign: 10,
  lock: 11,
  logLength: 12,
  /** How many members have fallen asleep, and must be woken. */
  asleep: 13,
} as const;

const wordCount = 16;

/** In a round there are no more. */
export const blockCountMax = 1 << 12;

/** Blocks of states, in their order. The member that expands a block writes what is said of it. */
export interface Blocks {
  readonly member: Int32Array;
  /** The block's successors are the member's from here up to `end`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** How many successors its states have; those that a constraint leaves out are counted, too. */
  readonly generated: Int32Array;
  /** The index of its first new state. */
  readonly index: Int32Array;
  /** By member: how many new states of each block are that member's to insert. */
  readonly news: readonly Int32Array[];
}

/** The successors that one member has generated in a round; written by that member. */
export interface Successors {
  /** Packed. */
  readonly words: Int32Array;
  readonly hashes: Int32Array;
  readonly from: Int32Array;
  readonly actions: Int32Array;
  /** Where in the table a new state is, + 1; 0: it is not new. Written by who inserts it. */
  readonly places: Int32Array;
}

export interface TeamMemory {
  readonly control: Int32Array;
  readonly blocks: Blocks;
  /** Successors that could not be inserted, for each member: how many, and then which. */
  readonly deferred: readonly Int32Array[];
  /** See `CodeLog`. */
  readonly log: Int32Array;
}

/** What a member must know of the states; valid until the next message of its kind. */
export interface SharedStates {
  readonly sizes: readonly number[];
  readonly isTight: boolean;
  readonly arena: readonly Int32Array[];
  readonly table: Int32Array;
  readonly predecessors: readonly Int32Array[];
  readonly actions: readonly SmallArray[];
  /** By member. */
  readonly successors: readonly Successors[];
}

const deferredMax = 1 << 10;

export function teamMemory(size: number, logWords: number, memory: Memory): TeamMemory {
  const each = (length: number): readonly Int32Array[] =>
    Array.from({ length: size }, () => memory.array(length));
  return {
    control: memory.array(wordCount),
    blocks: {
      member: memory.array(blockCountMax),
      start: memory.array(blockCountMax),
      end: memory.array(blockCountMax),
      generated: memory.array(blockCountMax),
      index: memory.array(blockCountMax),
      news: each(blockCountMax),
    },
    deferred: each(deferredMax),
    log: memory.array(logWords),
  };
}

/** Room for so many successors of one member, each of so many words. */
export function successorArrays(room: number, words: number, memory: Memory): Successors {
  return {
    words: memory.array(room * words),
    hashes: memory.array(room),
    from: memory.array(room),
    actions: memory.array(room),
    places: memory.array(room),
  };
}

/** The round must not go beyond this state; the lowest one that anybody names counts. */
export function stopAt(control: Int32Array, state: number): void {
  for (;;) {
    const known = Atomics.load(control, word.stop);
    if (known !== 0 && known <= state + 1) return;
    if (Atomics.compareExchange(control, word.stop, known, state + 1) === known) return;
  }
}
