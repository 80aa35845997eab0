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
 * Where nothing but the states decides, successors are gathered and then taken together
 * (`gatheredTaking.ts`); else each is taken before the next one is generated
 * (`immediateTaking.ts`).
 */
import { Exploration } from './exploration.js';
import { GatheredTaking } from './gatheredTaking.js';
import { ImmediateTaking } from './immediateTaking.js';
import { Memory, MemoryLimit } from './memory.js';
import { EvaluationFailure, LayoutChanged, type Model } from './model.js';
import { Leader } from './parallel/leader.js';
import type { SearchProgress, SearchResult } from './result.js';
import type { SearchOptions } from './searchOptions.js';
import { resultOf, snapshotOf, viewOf } from './searchResult.js';
import type { SearchSnapshot } from './snapshot.js';

const PROGRESS_EVERY = 2000;

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
  private now!: Exploration;
  private immediate!: ImmediateTaking;
  private gathered!: GatheredTaking | null;
  /** Null where one worker does it all. */
  private leader: Leader | null = null;
  /** Up to this state it does so in any case. */
  private aloneUntil = 0;

  /** With `options.from` it throws SnapshotMismatch, or MemoryLimit. */
  constructor(
    private readonly model: Model,
    private readonly options: SearchOptions = {},
  ) {
    this.restart();
    model.watch?.(viewOf(() => this.now));
    if (options.from !== undefined) this.now.restore(options.from);
  }

  /** Expands up to `count` states. Gives false when the search is over. */
  advance(count: number): boolean {
    try {
      if (!this.now.hasInitialStates) this.findInitialStates();
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
        this.now.stopped = 'limit';
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
    this.now.stopped = 'interrupted';
  }

  /**
   * Null where there is nothing to go on from: the initial states are not all found, or the search
   * has its answer. A state whose expansion a limit has cut short is not expanded. Valid until the
   * search is advanced.
   */
  snapshot(): SearchSnapshot | null {
    const { now } = this;
    if (!now.hasInitialStates || now.checks.isHalted) return null;
    if (now.stopped === null && this.isOver()) return null;
    return snapshotOf(now);
  }

  progress(): SearchProgress {
    return this.now.progress();
  }

  result(): SearchResult {
    return resultOf(this.now);
  }

  private isOver(): boolean {
    const { now } = this;
    if (now.isHalted) return true;
    if (!now.hasInitialStates || now.next < now.levelEnd) return false;
    return !this.takeGathered() || now.next === now.found.size;
  }

  /** Also the first start: a model whose layout has changed is searched anew, as if never begun. */
  private restart(): void {
    const { model, options } = this;
    const { mayTake, isTight = false, everyProperty = false } = options;
    const maxStates = options.maxStates ?? Number.POSITIVE_INFINITY;
    const isShared = options.team !== undefined && isShareable(model);
    const memory = new Memory(mayTake, isShared);
    this.now = new Exploration(model, { memory, isTight, everyProperty });
    this.immediate = new ImmediateTaking(model, this.now, maxStates);
    this.gathered = GatheredTaking.of(model, this.now, maxStates);
    this.aloneUntil = 0;
    if (this.leader !== null) this.leader.restart(this.now.found);
    else if (isShared) this.leader = this.makeLeader(memory, maxStates);
  }

  private makeLeader(memory: Memory, maxStates: number): Leader | null {
    const { team, checkDeadlock = true } = this.options;
    if (team === undefined) return null;
    const violations = () => this.now.checks.violations;
    const options = { checkDeadlock, maxStates, memory, violations };
    return new Leader(this.model, this.now.found, team, options);
  }

  private findInitialStates(): void {
    const { now } = this;
    try {
      this.model.initialStates(this.immediate.onInitialState);
    } catch (error) {
      now.checks.fail(error, 'initial-states', null, null);
    }
    // Where a limit cut them short, they are not all found.
    now.hasInitialStates = now.stopped === null;
  }

  /** Gives how many states are expanded now; 0: others are at work still. */
  private expandTogether(wanted: number): number {
    const { now } = this;
    if (now.next < this.aloneUntil) return this.expandAlone();
    // What is gathered may have the answer.
    if (!this.takeGathered()) return 1;
    if (now.next === now.levelEnd) now.beginLevel();
    const end = (this.leader as Leader).advance(now.next, now.levelEnd, wanted);
    if (end.kind === 'pending') return 0;
    if (end.kind === 'alone') {
      this.aloneUntil = now.next + end.states;
      return this.expandAlone();
    }
    now.next += end.states;
    now.generated += end.generated;
    return end.states;
  }

  private expandAlone(): number {
    this.expandNext();
    return 1;
  }

  private expandNext(): void {
    const { now } = this;
    const { found } = now;
    if (now.next === now.levelEnd) now.beginLevel();
    if (!found.isOutside(now.next)) {
      now.current = now.next;
      found.read(now.current, now.vector);
      this.expandCurrent();
      // What stops in the middle of a state has not expanded it.
      if (now.isHalted) return;
    }
    now.next++;
  }

  private expandCurrent(): void {
    const { now, gathered } = this;
    const { current, checks } = now;
    now.successorCount = 0;
    try {
      gathered?.begin();
      const { onSuccessor } = gathered ?? this.immediate;
      now.expansion.successors(current, now.vector, onSuccessor);
    } catch (error) {
      if (error instanceof EvaluationFailure && !this.takeGathered()) return;
      checks.fail(error, 'step', null, current);
      return;
    }
    if (now.successorCount === 0 && this.options.checkDeadlock !== false) {
      if (this.takeGathered()) checks.deadlock(current);
    }
  }

  /** What is generated and not yet taken. Gives false when the search must stop. */
  private takeGathered(): boolean {
    return this.gathered === null ? !this.now.isHalted : this.gathered.takeAll();
  }
}

/** Whether several workers can search it: states are their own keys, and decide alone. */
export function isShareable(model: Model): boolean {
  if (model.hasEffects === true || model.reduction != null) return false;
  return (model.keys ?? null) === null && (model.sharing ?? null) !== null;
}
