/** What a search found, and the way back from a state to an initial one. */
import type { EvaluationFailure, StateVector } from './model.js';
import type { StateReader } from './store.js';

export type ViolationKind =
  | 'invariant'
  | 'initial-property'
  | 'action-property'
  | 'deadlock'
  | 'assertion'
  | 'evaluation-error';

export type Outcome = 'ok' | ViolationKind | 'limit' | 'interrupted';

/** What was being evaluated when it failed. */
export type FailurePhase = 'initial-states' | 'step' | 'invariant' | 'property' | 'constraint';

/** A state that need not be stored, and the action by which it was generated. */
export interface GeneratedState {
  /** -1 for an initial state. */
  readonly action: number;
  readonly state: StateVector;
}

export interface Violation {
  readonly kind: ViolationKind;
  /** The invariant or property that is false or has no value; null for everything else. */
  readonly property: string | null;
  /** Which of the model's predicates of its kind it is; several may have one name. */
  readonly predicate?: number;
  /**
   * The last stored state of the shortest trace: the violating or stuck state, the state before the
   * step that failed, the state whose invariant or constraint has no value. Null where there is
   * none: the initial states themselves could not be computed, or the trace is `next` alone.
   */
  readonly state: number | null;
  /**
   * What the trace ends with after `state`: where a step is at fault, the state that it leads to,
   * and where a state at fault is not stored (a constraint leaves it out), that state.
   */
  readonly next?: GeneratedState;
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
  /** A stored state may stand for others: the model's keys say for which. */
  readonly isReduced: boolean;
  /** What the states take in memory, with the way back from each and the table to find it by. */
  readonly bytes: number;
  /** States below this index have been expanded: all their successors are in `states`. */
  readonly expanded: number;
  /** How many of them by the steps of one process only (partial-order reduction). */
  readonly reducedCount: number;
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
