/**
 * Breadth-first search over a Model: the states in the order of discovery are the queue. It counts
 * and decides as TLC does (`-workers 1`), except that states are exact and not fingerprints.
 *
 * - A state outside the constraint is generated and its invariants are checked each time, but it is
 *   neither distinct nor expanded. It is kept only if it violates an invariant: its trace needs it.
 * - A deadlock is a state from which the model generates nothing; successors that the constraint
 *   removes do count.
 * - A failed assertion or evaluation ends the expansion of that one state.
 */
import { FoundStates } from './foundStates.js';
import {
  EvaluationFailure,
  LayoutChanged,
  type Model,
  type SearchView,
  type StateVector,
} from './model.js';
import type { FailurePhase, Outcome, SearchProgress, SearchResult, Violation } from './result.js';

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
}

const PROGRESS_EVERY = 2000;
const NO_STATE = -1;
const NO_ACTION = -1;

/** Explores everything that the options allow, in one go. */
export function explore(model: Model, options: SearchOptions = {}): SearchResult {
  const search = new Search(model, options);
  while (search.advance(options.progressEvery ?? PROGRESS_EVERY)) {
    options.onProgress?.(search.progress());
    if (options.shouldStop?.()) search.interrupt();
  }
  return search.result();
}

/**
 * A search that is advanced piece by piece, so that its owner can see to other things between two
 * pieces (an interrupt, a progress line); `explore` is the plain way to run it.
 */
export class Search {
  private found!: FoundStates;
  private violations!: Violation[];
  /** By number of the invariant: a violation of it has been recorded. */
  private isViolated!: boolean[];
  private generated = 0;
  private hasInitialStates = false;
  /** The state to expand next; everything below is expanded. */
  private next = 0;
  /** Where the states of the depth that is being expanded end. */
  private levelEnd = 0;
  /** The state being expanded, as index and as vector. */
  private current = NO_STATE;
  private vector!: StateVector;
  private successorCount = 0;
  private stopped: 'limit' | 'interrupted' | null = null;
  private isHalted = false;

  private readonly onInitialState = (state: StateVector): boolean => this.visit(state, NO_ACTION);
  private readonly onSuccessor = (state: StateVector, action: number): boolean => {
    this.successorCount++;
    return this.visit(state, action);
  };

  constructor(
    private readonly model: Model,
    private readonly options: SearchOptions = {},
  ) {
    this.restart();
    model.watch?.(this.view());
  }

  /** Expands up to `count` states. Gives false when the search is over. */
  advance(count: number): boolean {
    try {
      if (!this.hasInitialStates) this.findInitialStates();
      for (let i = 0; i < count && !this.isOver(); i++) this.expandNext();
      return !this.isOver();
    } catch (error) {
      if (!(error instanceof LayoutChanged)) throw error;
      this.restart();
      return true;
    }
  }

  interrupt(): void {
    if (this.isOver()) return;
    this.stopped = 'interrupted';
    this.isHalted = true;
  }

  progress(): SearchProgress {
    const { found, generated, next } = this;
    const { distinct, depth } = found;
    return { generated, distinct, depth, frontier: found.size - next };
  }

  private view(): SearchView {
    const levelOf = (state: StateVector): number => {
      const index = this.found.store.find(state);
      if (index >= 0) return this.found.depthOf(index);
      return this.current === NO_STATE ? 1 : this.found.depthOf(this.current) + 1;
    };
    return { levelOf, progress: () => this.progress() };
  }

  result(): SearchResult {
    const { found, violations, stopped, generated, next } = this;
    const outcome: Outcome = violations[0]?.kind ?? stopped ?? 'ok';
    const hasFailed = violations.some((violation) => violation.failure !== null);
    return {
      outcome,
      complete: this.hasInitialStates && next === found.size && !this.isHalted && !hasFailed,
      stopped,
      generated,
      distinct: found.distinct,
      depth: found.depth,
      violations,
      slotCount: found.slotCount,
      states: found.store,
      expanded: next,
      // A state that has been expanded is no longer the next one.
      partlyExpanded: this.current === next ? this.successorCount : 0,
      predecessor: (state) => found.predecessor(state),
      action: (state) => found.action(state),
      depthOf: (state) => found.depthOf(state),
      level: (depth) => found.level(depth),
      isOutsideConstraint: (state) => found.isOutside(state),
      pathTo: (state) => found.pathTo(state),
      stateAt: (index) => found.stateAt(index),
    };
  }

  private isOver(): boolean {
    return this.isHalted || (this.hasInitialStates && this.next === this.found.size);
  }

  /** Also the first start: a model whose layout has changed is searched anew, as if never begun. */
  private restart(): void {
    const { model } = this;
    this.found = new FoundStates(model.slotCount, (slot) => model.slotSize(slot));
    this.vector = new Int32Array(model.slotCount);
    this.violations = [];
    this.isViolated = model.invariants.map(() => false);
    this.generated = 0;
    this.hasInitialStates = false;
    this.next = 0;
    this.levelEnd = 0;
    this.current = NO_STATE;
    this.stopped = null;
    this.isHalted = false;
  }

  private findInitialStates(): void {
    try {
      this.model.initialStates(this.onInitialState);
    } catch (error) {
      this.fail(error, 'initial-states', null, null);
    }
    this.hasInitialStates = true;
  }

  private expandNext(): void {
    const { found } = this;
    if (this.next === this.levelEnd) {
      this.levelEnd = found.size;
      found.beginLevel();
    }
    if (!found.isOutside(this.next)) {
      this.current = this.next;
      found.store.read(this.current, this.vector);
      this.expandCurrent();
      // What stops in the middle of a state has not expanded it.
      if (this.isHalted) return;
    }
    this.next++;
  }

  private expandCurrent(): void {
    this.successorCount = 0;
    try {
      this.model.successors(this.vector, this.onSuccessor);
    } catch (error) {
      this.fail(error, 'step', null, this.current);
      return;
    }
    if (this.successorCount === 0 && this.options.checkDeadlock !== false) {
      const state = this.current;
      this.record({ kind: 'deadlock', property: null, state, failure: null, phase: null });
    }
  }

  /** Takes one generated state, initial or successor. Gives false when the search must stop. */
  private visit(state: StateVector, action: number): boolean {
    const { found } = this;
    this.generated++;
    if (this.model.constraint !== null && found.store.find(state) < 0) {
      if (!this.isInside(state, action)) return !this.isHalted;
    }
    if (found.distinct >= (this.options.maxStates ?? Infinity) && found.store.find(state) < 0) {
      this.stopped = 'limit';
      this.isHalted = true;
      return false;
    }
    const known = found.size;
    const index = found.add(state, this.current, action);
    if (index >= known) this.checkNew(state, index);
    return !this.isHalted;
  }

  private checkNew(state: StateVector, index: number): void {
    for (let i = 0; i < this.model.invariants.length && !this.isHalted; i++) {
      if (this.isViolated[i] !== true) this.checkInvariant(i, state, index, NO_ACTION);
    }
  }

  /** Whether the state satisfies the constraint. If not, its invariants are checked here. */
  private isInside(state: StateVector, action: number): boolean {
    try {
      if (this.model.constraint?.holds(state) !== false) return true;
    } catch (error) {
      this.fail(error, 'constraint', null, this.keepOutside(state, action));
      return false;
    }
    // All of them, recorded or not: whoever draws all counterexamples needs each violating state.
    for (let i = 0; i < this.model.invariants.length && !this.isHalted; i++) {
      this.checkInvariant(i, state, NO_STATE, action);
    }
    return false;
  }

  /** `index` is NO_STATE for a state outside the constraint, which is kept only if it violates. */
  private checkInvariant(i: number, state: StateVector, index: number, action: number): void {
    const invariant = this.model.invariants[i];
    if (invariant === undefined) throw new Error(`there is no invariant ${i}`);
    const property = invariant.name;
    let failure: unknown = null;
    try {
      if (invariant.holds(state)) return;
    } catch (error) {
      failure = error;
    }
    const kept = index === NO_STATE ? this.keepOutside(state, action) : index;
    if (failure !== null) {
      this.fail(failure, 'invariant', property, kept);
      return;
    }
    this.isViolated[i] = true;
    this.record({ kind: 'invariant', property, state: kept, failure: null, phase: null });
  }

  private keepOutside(state: StateVector, action: number): number {
    const index = this.found.add(state, this.current, action);
    this.found.putOutside(index);
    return index;
  }

  /** Records an EvaluationFailure; every other error is none of the search's business. */
  private fail(
    error: unknown,
    phase: FailurePhase,
    property: string | null,
    state: number | null,
  ): void {
    if (!(error instanceof EvaluationFailure)) throw error;
    this.record({ kind: error.kind, property, state, failure: error, phase });
  }

  private record(violation: Violation): void {
    if (this.options.everyProperty !== true) this.isHalted = true;
    const isKnown = this.violations.some(
      ({ kind, property }) => kind === violation.kind && property === violation.property,
    );
    if (!isKnown) this.violations.push(violation);
  }
}
