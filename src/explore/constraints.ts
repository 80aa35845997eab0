/** What the constraints of a model leave in a search, and the checks of what they leave out. */
import type { TraceEnd } from './checks.js';
import { type Exploration, noAction } from './exploration.js';
import type { Model, StatePredicate, StateVector } from './model.js';

export class Constraints {
  private readonly isAny: boolean;
  private readonly checksSteps: boolean;

  constructor(
    private readonly model: Model,
    private readonly now: Exploration,
  ) {
    const { constraint, actionConstraint, actionProperties } = model;
    this.isAny = constraint !== null || (actionConstraint ?? null) !== null;
    this.checksSteps = (actionProperties ?? []).length > 0;
  }

  /** Whether they leave the state, or the step to it, in the search. If not, it is checked here. */
  leaveIn(state: StateVector, action: number): boolean {
    return !this.isAny || this.isInside(state, action);
  }

  private isInside(state: StateVector, action: number): boolean {
    const { constraint, actionConstraint } = this.model;
    const { checks, vector } = this.now;
    const isStep = action !== noAction;
    try {
      if (this.satisfies(constraint, state)) {
        if (!isStep || actionConstraint?.holds(vector, state) !== false) return true;
      }
    } catch (error) {
      checks.fail(error, 'constraint', null, () => this.outside(state, action));
      return false;
    }
    // All of them, recorded or not: whoever draws all counterexamples needs each violating state.
    checks.checkInvariants(state, () => this.outside(state, action), true);
    if (!isStep) checks.checkInitial(state, () => this.outside(state, action));
    else if (this.checksSteps) this.now.checkStep(state, action);
    return false;
  }

  /** A state that is stored has been asked already, unless it only stands for this one. */
  private satisfies(constraint: StatePredicate | null, state: StateVector): boolean {
    if (constraint === null) return true;
    const { found } = this.now;
    if (!found.isReduced && found.find(state) >= 0) return true;
    return constraint.holds(state);
  }

  /**
   * Whether violating states outside the constraint are stored, where nothing else can make them
   * states of the search, nor do they stand for such states.
   */
  private keepsOutside(): boolean {
    return !this.now.found.isReduced && (this.model.actionConstraint ?? null) === null;
  }

  private outside(state: StateVector, action: number): TraceEnd {
    const { now } = this;
    if (!this.keepsOutside()) return now.afterCurrent(state, action);
    const index = now.found.add(state, now.current, action);
    now.found.putOutside(index);
    return { state: index };
  }
}
