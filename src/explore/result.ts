/** What a search found, and the way back from a state to an initial one. */
import type { EvaluationFailure, StateVector } from './model.js';
import type { StateReader } from './store.js';

export type ViolationKind = 'invariant' | 'deadlock' | 'assertion' | 'evaluation-error';

export type Outcome = 'ok' | ViolationKind | 'limit' | 'interrupted';

/** What was being evaluated when it failed. */
export type FailurePhase = 'initial-states' | 'step' | 'invariant' | 'constraint';

export interface Violation {
  readonly kind: ViolationKind;
  /** The invariant that is false or has no value; null for everything else. */
  readonly property: string | null;
  /**
   * Where the shortest trace ends: the violating or stuck state, the state before the step that
   * failed, the state whose invariant or constraint has no value. Null where no state exists: the
   * initial states themselves could not be computed.
   */
  readonly state: number | null;
  readonly failure: EvaluationFailure | null;
  /** Null unless there is a failure. */
  readonly phase: FailurePhase | null;
}

/** Numbers to show while the search is running. */
export interface SearchProgress {
  readonly generated: number;
  readonly distinct: number;
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
}

export interface StatePath {
  /** Indices, the initial state first. */
  readonly states: readonly number[];
  /** `actions[i]` leads from `states[i]` to `states[i + 1]`. */
  readonly actions: readonly number[];
}

/**
 * Every number is as TLC counts it: `generated` has initial states and duplicates in it, `distinct`
 * has not the states outside the constraint, and an initial state has depth 1.
 */
export interface SearchResult {
  /** The first violation's kind; without one, why the search stopped. */
  readonly outcome: Outcome;
  /** The whole state space was explored, and nothing in it failed to be evaluated. */
  readonly complete: boolean;
  /** Why the search stopped before its end, other than at a violation. */
  readonly stopped: 'limit' | 'interrupted' | null;
  readonly generated: number;
  readonly distinct: number;
  readonly depth: number;
  /** In the order of discovery; breadth first, so each one's trace is among its shortest. */
  readonly violations: readonly Violation[];
  readonly slotCount: number;
  /**
   * All states in the order of discovery, which is the order of depth. States outside the
   * constraint are among them only if they violate an invariant.
   */
  readonly states: StateReader;
  /** States below this index have been expanded: all their successors are in `states`. */
  readonly expanded: number;
  /** How many successors of the state `expanded` were taken before the search stopped in it. */
  readonly partlyExpanded: number;
  /** The state from which this one was found first; -1 for an initial state. */
  predecessor(state: number): number;
  /** The action by which it was found first; -1 for an initial state. */
  action(state: number): number;
  /** How many states its shortest traces have; 1 for an initial state. */
  depthOf(state: number): number;
  /** The states of this depth are those from `start` up to, not including, `end`. */
  level(depth: number): { readonly start: number; readonly end: number };
  isOutsideConstraint(state: number): boolean;
  /** A shortest path to the state: the one along which it was found. */
  pathTo(state: number): StatePath;
  /** A copy of the state. */
  stateAt(index: number): StateVector;
}
