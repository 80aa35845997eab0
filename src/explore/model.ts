/**
 * The contract between a specification and the search. The search knows no TLA+: a state is a
 * vector of small numbers, one per slot, each an index into that slot's dictionary of values. The
 * model owns the dictionaries and grows them as values appear; `slotSize` says how many values a
 * slot has taken so far, which is all that a store needs to pack the vector into bits. Equal states
 * are equal vectors, always: nothing is hashed away.
 */
import type { SearchProgress } from './result.js';
import type { CodeSharing } from './sharing.js';

export { type CodeLog, type CodeSharing, CodesStuck } from './sharing.js';

/** One state: a code per slot. Vectors handed to a callback are valid only during the call. */
export type StateVector = Int32Array;

/**
 * Receives one successor. `action` indexes `Model.actions`. Returns false to stop generating.
 * `choices` may be called during the callback only; it gives the values chosen in the step
 * (`with`, `either`, `\E`), which are opaque to the search.
 */
export type SuccessorSink = (
  successor: StateVector,
  action: number,
  choices: () => readonly unknown[],
) => boolean;

/** A predicate over states with the name that the configuration gives it. */
export interface StatePredicate {
  readonly name: string;
  /** Throws an `EvaluationFailure` when it has no value in this state. */
  holds(state: StateVector): boolean;
}

/** A predicate over steps, with the name that the configuration gives it. */
export interface StepPredicate {
  readonly name: string;
  /** Throws an `EvaluationFailure` when it has no value for this step. */
  holds(from: StateVector, to: StateVector): boolean;
}

/** States with equal keys count as one; the first that is found stands for the others. */
export interface StateKeys {
  /** The number of slots of a key; as fixed as the model's own. */
  readonly slotCount: number;
  /** How many different codes the slot of a key has been given so far. */
  slotSize(slot: number): number;
  /** Valid until the next call. Throws an `EvaluationFailure` when the state has no key. */
  keyOf(state: StateVector): StateVector;
}

/** How far a search is; what it answers holds for the moment of the question. */
export interface SearchView {
  /** The depth of the state, 1 for an initial one; of a state not stored yet, what it will be. */
  levelOf(state: StateVector): number;
  progress(): SearchProgress;
}

/**
 * Processes whose steps alone are enough in some states. `isAmple` promises conditions C1 and C2 of
 * an ample set (Clarke, Grumberg, Peled: Model Checking, chapter 10): nothing that depends on the
 * steps of the process can come before one of them, and none of them is seen by an invariant or
 * constraint. That there is one, and that none is put off for ever, is for the search to see to.
 */
export interface Reduction {
  readonly processCount: number;
  isAmple(process: number, state: StateVector): boolean;
  /** As `Model.successors`, of this process only. */
  successors(process: number, state: StateVector, sink: SuccessorSink): void;
}

export interface Model {
  /** The number of slots; fixed until the model throws `LayoutChanged`. */
  readonly slotCount: number;
  /** How many different codes the slot has been given so far; it only grows. */
  slotSize(slot: number): number;
  /** How many actions there are; what they are called is the model's business. */
  readonly actionCount: number;
  /** Calls `sink` for every initial state, duplicates included, until it returns false. */
  initialStates(sink: (state: StateVector) => boolean): void;
  /**
   * Calls `sink` for every successor, duplicates included, in a fixed order. Calling it twice for
   * the same state gives the same successors in the same order.
   */
  successors(state: StateVector, sink: SuccessorSink): void;
  /** The slots in which the action's successors may differ from the state; without it, all. */
  slotsWritten?(action: number): Int32Array;
  /**
   * Evaluating something sees or changes more than the state, so that it must take place in the
   * order of the search: a successor is checked before the next one is asked for.
   */
  readonly hasEffects?: boolean;
  readonly invariants: readonly StatePredicate[];
  /** What properties say of the initial states only. */
  readonly initialProperties?: readonly StatePredicate[];
  /** What properties say of every step, also of one to a state that was found before. */
  readonly actionProperties?: readonly StepPredicate[];
  /** States outside are counted as generated and checked, but neither distinct nor explored. */
  readonly constraint: StatePredicate | null;
  /** Steps outside are counted as generated, and they and their states are checked; no more. */
  readonly actionConstraint?: StepPredicate | null;
  /** Without it only equal states count as one. */
  readonly keys?: StateKeys | null;
  /** Without it a search has one worker. */
  readonly sharing?: CodeSharing | null;
  /** Null where all successors are wanted. It may be another one after `LayoutChanged`. */
  readonly reduction?: Reduction | null;
  /** Called when a search begins, by a search that lets the model see how far it is. */
  watch?(view: SearchView): void;
  /** What is drawn at random from now on depends on this number, and on the state. */
  reseed?(seed: number): void;
  /** What evaluating has changed is as it was once the initial states were computed. */
  forgetEffects?(): void;
}

/**
 * Thrown by a model whose successor, predicate or initial state has no value: an assertion of the
 * spec that failed, or an evaluation error. `detail` is whatever the model wants to get back.
 */
export class EvaluationFailure extends Error {
  constructor(
    readonly kind: 'assertion' | 'evaluation-error',
    message: string,
    readonly detail: unknown = null,
  ) {
    super(message);
    this.name = 'EvaluationFailure';
  }
}

/**
 * Thrown by a model when a state does not fit its slots. The model has already taken on slots that
 * the state fits; every vector handed out before is void, and the search begins again from the
 * initial states. A model throws it finitely often.
 */
export class LayoutChanged extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'LayoutChanged';
  }
}
