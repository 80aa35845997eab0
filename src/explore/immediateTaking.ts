/**
 * Takes each generated state before the next one is asked for: initial states, and successors where
 * they cannot be gathered. To take a state is to count it, to store it if it is new, and to check
 * what there is to be checked.
 */
import { Constraints } from './constraints.js';
import { type Exploration, noAction } from './exploration.js';
import type { Model, StateVector, SuccessorSink } from './model.js';

export class ImmediateTaking {
  private readonly constraints: Constraints;
  private readonly checksSteps: boolean;

  /** Gives false when the search must stop. */
  readonly onInitialState = (state: StateVector): boolean => this.take(state, noAction);

  /** As `onInitialState`, for a successor of the state being expanded. */
  readonly onSuccessor: SuccessorSink = (state, action) => {
    this.now.successorCount++;
    return this.take(state, action);
  };

  constructor(
    model: Model,
    private readonly now: Exploration,
    private readonly maxStates: number,
  ) {
    this.constraints = new Constraints(model, now);
    this.checksSteps = (model.actionProperties ?? []).length > 0;
  }

  private take(state: StateVector, action: number): boolean {
    const { now } = this;
    const { found, checks } = now;
    now.generated++;
    if (!this.constraints.leaveIn(state, action)) return !now.isHalted;
    if (found.distinct >= this.maxStates && found.find(state) < 0) {
      now.stopped = 'limit';
      return false;
    }
    const known = found.size;
    const index = found.add(state, now.current, action);
    if (index >= known) {
      checks.checkInvariants(state, index);
      if (action === noAction) checks.checkInitial(state, index);
    }
    if (this.checksSteps && action !== noAction) now.checkStep(state, action);
    return !now.isHalted;
  }
}
