/**
 * What the members of a team share: plain arrays of numbers, and the words by which they agree on
 * what to do next. Who may write what, and when, is the business of the phases (`phases.ts`).
 */
import type { SmallArray } from '../chunks.js';
import type { Memory } from '../memory.js';
import { partsMax } from '../tableFilling.js';

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
  /** The next block, or part of the table, that nobody has taken. */
  cursor: 4,
  /** The states of the round. */
  first: 5,
  end: 6,
  /** Blocks have 2 to this power states. */
  blockShift: 7,
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
  /** How many successors its states have; those that a constraint leaves out are counted, too. */
  readonly generated: Int32Array;
  /** The index of its first new state. */
  readonly index: Int32Array;
  /** By member, of those whose first step is in the block: how many, and the last of them, + 1. */
  readonly news: readonly Int32Array[];
  readonly lasts: readonly Int32Array[];
}

/** The new states that one member has found in a round; written by it, except for the keys. */
export interface NewStates {
  /** How many there are. */
  readonly count: Int32Array;
  /** Packed. */
  readonly words: Int32Array;
  readonly hashes: Int32Array;
  /** Where in the table they are. */
  readonly places: Int32Array;
  /** The first step of the round that leads to the state: `stepKey`. */
  readonly keys: Int32Array;
  /** Another one of the same block, + 1. */
  readonly others: Int32Array;
}

export interface TeamMemory {
  readonly control: Int32Array;
  readonly blocks: Blocks;
  /** By member, the actions of the steps that it has generated, also of those to known states. */
  readonly steps: readonly Int32Array[];
  /** Of each state of the round, where the steps from it begin among those of its member. */
  readonly starts: Int32Array;
  /** By member: see `TableFilling`. */
  readonly partCounts: readonly Int32Array[];
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
  readonly news: readonly NewStates[];
}

/** `room`: how many steps each member may generate in a round. */
export function teamMemory(
  size: number,
  room: number,
  logWords: number,
  memory: Memory,
): TeamMemory {
  const each = (length: number): readonly Int32Array[] =>
    Array.from({ length: size }, () => memory.array(length));
  return {
    control: memory.array(wordCount),
    blocks: {
      member: memory.array(blockCountMax),
      generated: memory.array(blockCountMax),
      index: memory.array(blockCountMax),
      news: each(blockCountMax),
      lasts: each(blockCountMax),
    },
    steps: each(room),
    starts: memory.array(statesMax(room)),
    partCounts: each(partsMax),
    log: memory.array(logWords),
  };
}

/** Room for so many new states of one member, each of so many words. */
export function newStates(room: number, words: number, memory: Memory): NewStates {
  return {
    count: memory.array(1),
    words: memory.array(room * words),
    hashes: memory.array(room),
    places: memory.array(room),
    keys: memory.array(room),
    others: memory.array(room),
  };
}

/** So many states a round has at most, as each step of it has a key. */
export function statesMax(room: number): number {
  return Math.min(room, 2 ** (31 - keyShift(room)));
}

/** The bits of a key that tell the steps from one state apart. */
export function keyShift(room: number): number {
  return 31 - Math.clz32(room);
}

/** The round must not go beyond this state; the lowest one that anybody names counts. */
export function stopAt(control: Int32Array, state: number): void {
  for (;;) {
    const known = Atomics.load(control, word.stop);
    if (known !== 0 && known <= state + 1) return;
    if (Atomics.compareExchange(control, word.stop, known, state + 1) === known) return;
  }
}
