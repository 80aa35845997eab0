/**
 * The contract between a search and whoever owns the other members of its team: threads, or, in
 * tests, objects. What is told and ordered reaches all of them, in that order.
 */

import type { TeamMessage } from './member.js';
import type { Phase } from './phases.js';
import type { TeamMemory } from './shared.js';

/** What a member is made of, besides its own instance of the model. */
export interface TeamStart {
  readonly memory: TeamMemory;
  readonly checkDeadlock: boolean;
}

export interface Team {
  /** With the leader. */
  readonly size: number;
  /**
   * At first `resting`, while it is not to be started yet, or `idle`; `ready` may be some time after
   * `start`. Where a member is gone, the others are `ending`, and may be at work still; `failed` is
   * for ever, and nobody is at work then, unless they were disbanded.
   */
  readonly state: 'resting' | 'idle' | 'starting' | 'ready' | 'ending' | 'failed';
  /** The members are numbered from 1; the leader is 0. */
  start(begin: TeamStart): void;
  tell(message: TeamMessage): void;
  /** All members but the leader are to do this; the order before it is done. */
  order(phase: Phase): void;
  /** Whether all of them have done it; waits so many milliseconds for it at most. */
  isDone(milliseconds: number): boolean;
  /** Ends all members, whatever they are doing; the state is `failed` then. */
  disband(): void;
}

/** How a search is to share its work. All numbers but for tests have good values of their own. */
export interface TeamOptions {
  readonly team: Team;
  /** Levels with fewer states are expanded by the leader alone. */
  readonly statesMin?: number;
  /** With fewer states the other members are not even started. */
  readonly startAt?: number;
  /** So many successors a member may generate in a round: a power of two. */
  readonly successorsMax?: number;
  /** All members place the states in a table with so many places. */
  readonly largeTable?: number;
  /** In 32-bit words. */
  readonly logWords?: number;
}
