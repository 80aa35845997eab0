/**
 * Breadth-first search over a Model: the states in the order of discovery are the queue. It counts
 * and decides as TLC does (`-workers 1`), except that states are exact and not fingerprints.
 *
 * - A state outside the constraint is generated and its invariants are checked each time, but it is
 *   neither distinct nor expanded. It is kept only if it violates an invariant: its trace needs it.
 *   The same goes for the state that a step outside the action constraint leads to; but that state
 *   may be reached by another step, too, so it is not kept.
 * - Action properties are checked for every step, whether or not its state is new or outside.
 * - A deadlock is a state from which the model generates nothing; successors that the constraint
 *   removes do count.
 * - A failed assertion or evaluation ends the expansion of that one state.
 *
 * Where nothing but the states decides, successors are gathered, of several states if they are few,
 * and then taken in their order. What stops the search among them makes it as if none of those
 * after it had been generated.
 */
import { Checks, type TraceEnd } from './checks.js';
import { FoundStates } from './foundStates.js';
import { GatheredSteps } from './gatheredSteps.js';
import { Memory, MemoryLimit } from './memory.js';
import {
  EvaluationFailure,
  LayoutChanged,
  type Model,
  type SearchView,
  type StatePredicate,
  type StateVector,
} from './model.js';
import { Leader } from './parallel/leader.js';
import { ReducedExpansion } from './reducedExpansion.js';
import type { Outcome, SearchProgress, SearchResult } from './result.js';
import type { SearchOptions } from './searchOptions.js';
import type { SearchSnapshot } from './snapshot.js';

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
  private gathered!: GatheredSteps | null;
  private checks!: Checks;
  private expansion!: ReducedExpansion;
  private generated = 0;
  private hasInitialStates = false;
  /** The state to expand next; everything below is expanded. */
  private next = 0;
  /** Where the states of the depth that is being expanded end. */
  private levelEnd = 0;
  /** The state being expanded, as index and as vector. */
  private current = NO_STATE;
  private vector!: StateVector;
  /** A state that is new. */
  private newVector!: StateVector;
  private successorCount = 0;
  private stopped: 'limit' | 'interrupted' | null = null;
  /** Null where one worker does it all. */
  private leader: Leader | null = null;
  /** Up to this state it does so in any case. */
  private aloneUntil = 0;
  private readonly hasConstraint: boolean;
  private readonly checksSteps: boolean;
  private readonly maxStates: number;

  private readonly onInitialState = (state: StateVector): boolean => this.visit(state, NO_ACTION);
  private readonly onSuccessor = (state: StateVector, action: number): boolean => {
    this.successorCount++;
    return this.visit(state, action);
  };

  private readonly onGathered = (state: StateVector, action: number): boolean => {
    const gathered = this.gathered as GatheredSteps;
    gathered.add(state, this.current, action, this.successorCount + 1);
    this.successorCount++;
    return !gathered.isFull || this.takeGathered();
  };

  /** With `options.from` it throws SnapshotMismatch, or MemoryLimit. */
  constructor(
    private readonly model: Model,
    private readonly options: SearchOptions = {},
  ) {
    const { constraint, actionConstraint, actionProperties } = model;
    this.hasConstraint = constraint !== null || (actionConstraint ?? null) !== null;
    this.checksSteps = (actionProperties ?? []).length > 0;
    this.maxStates = options.maxStates ?? Number.POSITIVE_INFINITY;
    this.restart();
    model.watch?.(this.view());
    if (options.from !== undefined) this.goOnFrom(options.from);
  }

  /** Expands up to `count` states. Gives false when the search is over. */
  advance(count: number): boolean {
    try {
      if (!this.hasInitialStates) this.findInitialStates();
      for (let left = count; left > 0 && !this.isOver(); ) {
        const expanded = this.leader === null ? this.expandAlone() : this.expandTogether(left);
        if (expanded === 0) return true;
        left -= expanded;
      }
      this.takeGathered();
      return !this.isOver();
    } catch (error) {
      if (error instanceof MemoryLimit) {
        this.takeGathered();
        this.stopped = 'limit';
        return false;
      }
      if (!(error instanceof LayoutChanged)) throw error;
      this.restart();
      return true;
    }
  }

  interrupt(): void {
    if (this.isOver()) return;
    this.leader?.cancel();
    this.stopped = 'interrupted';
  }

  /**
   * Null where there is nothing to go on from: the initial states are not all found, or the search
   * has its answer. A state whose expansion a limit has cut short is not expanded. Valid until the
   * search is advanced.
   */
  snapshot(): SearchSnapshot | null {
    const { found, next, generated, checks } = this;
    if (!this.hasInitialStates || checks.isHalted) return null;
    if (this.stopped === null && this.isOver()) return null;
    const isCut = this.current === next;
    const whole = isCut ? generated - this.successorCount : generated;
    const { violations } = checks;
    const reducedCount = this.expansion.reducedBelow(next);
    return {
      ...found.snapshot(),
      generated: whole,
      expanded: next,
      reducedCount,
      isCut,
      violations,
    };
  }

  progress(): SearchProgress {
    const { found, generated, next } = this;
    const { distinct, depth } = found;
    return { generated, distinct, depth, frontier: found.size - next };
  }

  private view(): SearchView {
    const levelOf = (state: StateVector): number => {
      // A key may itself ask for the level, so that keys cannot be used to find it.
      if (this.found.isReduced) return this.levelNear(state);
      const index = this.found.find(state);
      if (index >= 0) return this.found.depthOf(index);
      return this.current === NO_STATE ? 1 : this.found.depthOf(this.current) + 1;
    };
    return { levelOf, progress: () => this.progress() };
  }

  /** The level of the state that is being expanded, or of a successor of it. */
  private levelNear(state: StateVector): number {
    if (this.current === NO_STATE) return 1;
    const level = this.found.depthOf(this.current);
    return state.every((code, slot) => code === this.vector[slot]) ? level : level + 1;
  }

  result(): SearchResult {
    const { found, stopped, generated, next } = this;
    const { violations } = this.checks;
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
      states: found.reader,
      isReduced: found.isReduced,
      bytes: found.bytes,
      expanded: next,
      reducedCount: this.expansion.reducedBelow(next),
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

  private get isHalted(): boolean {
    return this.stopped !== null || this.checks.isHalted;
  }

  private isOver(): boolean {
    if (this.isHalted) return true;
    if (!this.hasInitialStates || this.next < this.levelEnd) return false;
    return !this.takeGathered() || this.next === this.found.size;
  }

  /** Also the first start: a model whose layout has changed is searched anew, as if never begun. */
  private restart(): void {
    const { model } = this;
    const { mayTake, isTight = false } = this.options;
    const memory = new Memory(mayTake, this.isShared);
    this.found = new FoundStates(model, { memory, isTight });
    this.gathered = GatheredSteps.of(model, this.found);
    this.vector = new Int32Array(model.slotCount);
    this.newVector = new Int32Array(model.slotCount);
    this.checks = new Checks(model, this.options.everyProperty === true);
    this.expansion = new ReducedExpansion(model, (state) => this.found.find(state));
    this.generated = 0;
    this.hasInitialStates = false;
    this.next = 0;
    this.levelEnd = 0;
    this.current = NO_STATE;
    this.stopped = null;
    this.aloneUntil = 0;
    if (this.leader === null) this.leader = this.makeLeader(memory);
    else this.leader.restart(this.found);
  }

  private get isShared(): boolean {
    return this.options.team !== undefined && isShareable(this.model);
  }

  private makeLeader(memory: Memory): Leader | null {
    const { team, checkDeadlock = true } = this.options;
    if (team === undefined || !this.isShared) return null;
    const { maxStates } = this;
    const violations = () => this.checks.violations;
    const options = { checkDeadlock, maxStates, memory, violations };
    return new Leader(this.model, this.found, team, options);
  }

  private goOnFrom(snapshot: SearchSnapshot): void {
    this.found.restore(snapshot);
    this.checks.restore(snapshot.violations);
    this.generated = snapshot.generated;
    this.expansion.restore(snapshot.reducedCount);
    this.next = snapshot.expanded;
    this.levelEnd = this.found.levelEnd;
    this.hasInitialStates = true;
  }

  private findInitialStates(): void {
    try {
      this.model.initialStates(this.onInitialState);
    } catch (error) {
      this.checks.fail(error, 'initial-states', null, null);
    }
    // Where a limit cut them short, they are not all found.
    this.hasInitialStates = this.stopped === null;
  }

  /** Gives how many states are expanded now; 0: others are at work still. */
  private expandTogether(wanted: number): number {
    if (this.next < this.aloneUntil) return this.expandAlone();
    // What is gathered may have the answer.
    if (!this.takeGathered()) return 1;
    if (this.next === this.levelEnd) this.beginLevel();
    const end = (this.leader as Leader).advance(this.next, this.levelEnd, wanted);
    if (end.kind === 'pending') return 0;
    if (end.kind === 'alone') {
      this.aloneUntil = this.next + end.states;
      return this.expandAlone();
    }
    this.next += end.states;
    this.generated += end.generated;
    return end.states;
  }

  private expandAlone(): number {
    this.expandNext();
    return 1;
  }

  private beginLevel(): void {
    this.levelEnd = this.found.size;
    this.found.beginLevel();
  }

  private expandNext(): void {
    const { found } = this;
    if (this.next === this.levelEnd) this.beginLevel();
    if (!found.isOutside(this.next)) {
      this.current = this.next;
      found.read(this.current, this.vector);
      this.expandCurrent();
      // What stops in the middle of a state has not expanded it.
      if (this.isHalted) return;
    }
    this.next++;
  }

  private expandCurrent(): void {
    const { current, vector, gathered } = this;
    this.successorCount = 0;
    try {
      gathered?.begin(current, vector);
      const sink = gathered === null ? this.onSuccessor : this.onGathered;
      this.expansion.successors(current, vector, sink);
    } catch (error) {
      if (error instanceof EvaluationFailure && !this.takeGathered()) return;
      this.checks.fail(error, 'step', null, current);
      return;
    }
    if (this.successorCount === 0 && this.options.checkDeadlock !== false) {
      if (this.takeGathered()) this.checks.deadlock(current);
    }
  }

  /** Takes what is gathered, in its order. Gives false when the search must stop. */
  private takeGathered(): boolean {
    const { gathered } = this;
    if (gathered === null || gathered.count === 0) return !this.isHalted;
    gathered.touch();
    let number = 0;
    try {
      while (number < gathered.count) number = this.takeFrom(number, gathered);
    } catch (error) {
      if (!(error instanceof MemoryLimit)) throw error;
      this.generated += gathered.newNumber + 1 - number;
      this.stopAt(gathered.newNumber, gathered);
    }
    gathered.clear();
    return !this.isHalted;
  }

  /** Takes the steps from this number to the first new state; gives the number after its own. */
  private takeFrom(number: number, gathered: GatheredSteps): number {
    const { found } = this;
    const known = found.size;
    const taken = gathered.take(number, this.maxStates);
    if (taken === gathered.count) {
      this.generated += taken - number;
      return taken;
    }
    this.generated += taken + 1 - number;
    if (found.size === known) {
      this.stopAt(taken, gathered);
    } else if (this.model.invariants.length > 0) {
      found.read(known, this.newVector);
      this.checks.checkInvariants(this.newVector, known);
      if (this.isHalted) this.goBackTo(taken, gathered);
    }
    return this.isHalted ? gathered.count : taken + 1;
  }

  private stopAt(number: number, gathered: GatheredSteps): void {
    this.stopped = 'limit';
    this.goBackTo(number, gathered);
  }

  /** The step is the last one taken: neither its state nor any that came after it is expanded. */
  private goBackTo(number: number, gathered: GatheredSteps): void {
    this.next = gathered.fromOf(number);
    this.current = this.next;
    this.successorCount = gathered.ordinalOf(number);
  }

  /** Takes one generated state, initial or successor. Gives false when the search must stop. */
  private visit(state: StateVector, action: number): boolean {
    const { found } = this;
    this.generated++;
    if (this.hasConstraint && !this.isInside(state, action)) return !this.isHalted;
    if (found.distinct >= this.maxStates && found.find(state) < 0) {
      this.stopped = 'limit';
      return false;
    }
    const known = found.size;
    const index = found.add(state, this.current, action);
    if (index >= known) {
      this.checks.checkInvariants(state, index);
      if (action === NO_ACTION) this.checks.checkInitial(state, index);
    }
    if (this.checksSteps && action !== NO_ACTION) this.checkStep(state, action);
    return !this.isHalted;
  }

  private checkStep(state: StateVector, action: number): void {
    this.checks.checkStep(this.vector, state, () => this.afterCurrent(state, action));
  }

  /**
   * Whether the constraints leave the state, or the step to it, in the search. If not, it is
   * checked here.
   */
  private isInside(state: StateVector, action: number): boolean {
    const { constraint, actionConstraint } = this.model;
    const isStep = action !== NO_ACTION;
    try {
      if (this.satisfies(constraint, state)) {
        if (!isStep || actionConstraint?.holds(this.vector, state) !== false) return true;
      }
    } catch (error) {
      this.checks.fail(error, 'constraint', null, () => this.outside(state, action));
      return false;
    }
    // All of them, recorded or not: whoever draws all counterexamples needs each violating state.
    this.checks.checkInvariants(state, () => this.outside(state, action), true);
    if (!isStep) this.checks.checkInitial(state, () => this.outside(state, action));
    else if (this.checksSteps) this.checkStep(state, action);
    return false;
  }

  /** A state that is stored has been asked already, unless it only stands for this one. */
  private satisfies(constraint: StatePredicate | null, state: StateVector): boolean {
    if (constraint === null) return true;
    if (!this.found.isReduced && this.found.find(state) >= 0) return true;
    return constraint.holds(state);
  }

  /**
   * Whether violating states outside the constraint are stored, where nothing else can make them
   * states of the search, nor do they stand for such states.
   */
  private keepsOutside(): boolean {
    return !this.found.isReduced && (this.model.actionConstraint ?? null) === null;
  }

  private outside(state: StateVector, action: number): TraceEnd {
    if (!this.keepsOutside()) return this.afterCurrent(state, action);
    const index = this.found.add(state, this.current, action);
    this.found.putOutside(index);
    return { state: index };
  }

  /** The end of a trace whose last state is perhaps not stored. */
  private afterCurrent(state: StateVector, action: number): TraceEnd {
    const { current } = this;
    const next = { action, state: state.slice() };
    return { state: current === NO_STATE ? null : current, next };
  }
}

/** Whether several workers can search it: states are their own keys, and decide alone. */
export function isShareable(model: Model): boolean {
  if (model.hasEffects === true || model.reduction != null) return false;
  return (model.keys ?? null) === null && (model.sharing ?? null) !== null;
}
