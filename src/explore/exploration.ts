/** What a search has found so far, and how far it is: all that begins anew when it begins again. */
import { Checks, type TraceEnd } from './checks.js';
import { FoundStates } from './foundStates.js';
import type { Memory } from './memory.js';
import type { Model, StateVector } from './model.js';
import { ReducedExpansion } from './reducedExpansion.js';
import type { SearchProgress } from './result.js';
import type { SearchSnapshot } from './snapshot.js';

export const noState = -1;
export const noAction = -1;

export interface ExplorationOptions {
  readonly memory: Memory;
  readonly isTight: boolean;
  readonly everyProperty: boolean;
}

export class Exploration {
  readonly found: FoundStates;
  readonly checks: Checks;
  readonly expansion: ReducedExpansion;
  generated = 0;
  /** All of them are found. */
  hasInitialStates = false;
  /** The state to expand next; everything below is expanded. */
  next = 0;
  /** Where the states of the depth that is being expanded end. */
  levelEnd = 0;
  /** The state being expanded, as index and as vector. */
  current = noState;
  readonly vector: StateVector;
  /** How many successors of it there are so far. */
  successorCount = 0;
  stopped: 'limit' | 'interrupted' | null = null;

  constructor(model: Model, { memory, isTight, everyProperty }: ExplorationOptions) {
    const found = new FoundStates(model, { memory, isTight });
    this.found = found;
    this.checks = new Checks(model, everyProperty);
    this.expansion = new ReducedExpansion(model, (state) => found.find(state));
    this.vector = new Int32Array(model.slotCount);
  }

  /** What an earlier run has come to; nothing is found yet. */
  restore(snapshot: SearchSnapshot): void {
    this.found.restore(snapshot);
    this.checks.restore(snapshot.violations);
    this.generated = snapshot.generated;
    this.expansion.restore(snapshot.reducedCount);
    this.next = snapshot.expanded;
    this.levelEnd = this.found.levelEnd;
    this.hasInitialStates = true;
  }

  /** A limit, an interrupt or a violation: nothing more is to be taken. */
  get isHalted(): boolean {
    return this.stopped !== null || this.checks.isHalted;
  }

  /** The next state has been begun: whoever stopped the search did so within it. */
  get isWithinState(): boolean {
    return this.current === this.next;
  }

  beginLevel(): void {
    this.levelEnd = this.found.size;
    this.found.beginLevel();
  }

  progress(): SearchProgress {
    const { found, generated, next } = this;
    const { distinct, depth } = found;
    return { generated, distinct, depth, frontier: found.size - next };
  }

  /** Of the step from the state being expanded to this one. */
  checkStep(state: StateVector, action: number): void {
    this.checks.checkStep(this.vector, state, () => this.afterCurrent(state, action));
  }

  /** The end of a trace whose last state is perhaps not stored. */
  afterCurrent(state: StateVector, action: number): TraceEnd {
    const { current } = this;
    const next = { action, state: state.slice() };
    return { state: current === noState ? null : current, next };
  }
}
