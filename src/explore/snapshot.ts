/**
 * A search between two states, as data that a later run can go on from. What the codes of its
 * states mean is the model's business, and is kept beside it.
 */
import type { StateVector } from './model.js';
import type { Violation } from './result.js';

export interface SearchSnapshot {
  readonly generated: number;
  /** States below this index are expanded. */
  readonly expanded: number;
  /** How many of them by the steps of one process only. */
  readonly reducedCount: number;
  /** Some successors of the state `expanded` are known: a limit has cut its expansion short. */
  readonly isCut: boolean;
  /** How many states there are. */
  readonly size: number;
  /** The index of the first state of each depth that has begun. */
  readonly levelStarts: readonly number[];
  /** The indices of the states outside the constraint. */
  readonly outside: readonly number[];
  readonly violations: readonly Violation[];
  /** Calls `sink` for every state in the order of its index. The vector is valid in the call. */
  eachState(sink: StateSink): void;
}

/** `predecessor` and `action` are -1 for an initial state. */
export type StateSink = (state: StateVector, predecessor: number, action: number) => void;

/** Thrown where a snapshot contradicts itself: it is not what a search has made. */
export class SnapshotMismatch extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'SnapshotMismatch';
  }
}
