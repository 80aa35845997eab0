/** What whoever searches may ask for. */
import type { TeamOptions } from './parallel/team.js';
import type { SearchProgress } from './result.js';
import type { SearchSnapshot } from './snapshot.js';

export interface SearchOptions {
  /** Go on after a violation, and keep the first of each kind and each invariant. */
  readonly everyProperty?: boolean;
  /** How many distinct states may be stored; finding one more stops the search. */
  readonly maxStates?: number;
  /** True unless given. */
  readonly checkDeadlock?: boolean;
  /** Asked every `progressEvery` states; true interrupts the search. */
  readonly shouldStop?: () => boolean;
  readonly onProgress?: (progress: SearchProgress) => void;
  /** How many states are expanded between two calls of the callbacks. */
  readonly progressEvery?: number;
  /** Asked before the arrays of states grow by so many bytes; false stops the search. */
  readonly mayTake?: (bytes: number) => boolean;
  /** Widen the slots of stored states as late as possible: for tests, which want many repacks. */
  readonly isTight?: boolean;
  /** Go on from here; the model's codes must be those of the run that it was made in. */
  readonly from?: SearchSnapshot;
  /** Who shares the work, where the model allows it; nothing else is different then. */
  readonly team?: TeamOptions;
}
