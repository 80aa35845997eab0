/**
 * Gathers successors, of several states if they are few, and then takes them in their order. What
 * stops the search among them makes it as if none of those after it had been generated.
 */
import type { Exploration } from './exploration.js';
import { GatheredSteps } from './gatheredSteps.js';
import { MemoryLimit } from './memory.js';
import type { Model, StateVector, SuccessorSink } from './model.js';

export class GatheredTaking {
  /** A state that is new. */
  private readonly newVector: StateVector;
  private readonly checksStates: boolean;

  /** For the successors of the state being expanded. Gives false when the search must stop. */
  readonly onSuccessor: SuccessorSink = (state, action) => {
    const { steps, now } = this;
    steps.add(state, now.current, action, now.successorCount + 1);
    now.successorCount++;
    return !steps.isFull || this.takeAll();
  };

  private constructor(
    model: Model,
    private readonly now: Exploration,
    private readonly maxStates: number,
    private readonly steps: GatheredSteps,
  ) {
    this.newVector = new Int32Array(model.slotCount);
    this.checksStates = model.invariants.length > 0;
  }

  /** Null where a successor must be taken before the next one is generated. */
  static of(model: Model, now: Exploration, maxStates: number): GatheredTaking | null {
    const steps = GatheredSteps.of(model, now.found);
    return steps === null ? null : new GatheredTaking(model, now, maxStates, steps);
  }

  /** The successors that come next are those of the state being expanded. */
  begin(): void {
    this.steps.begin(this.now.current, this.now.vector);
  }

  /** Takes what is gathered, in its order. Gives false when the search must stop. */
  takeAll(): boolean {
    const { steps, now } = this;
    if (steps.count === 0) return !now.isHalted;
    steps.touch();
    let number = 0;
    try {
      while (number < steps.count) number = this.takeFrom(number);
    } catch (error) {
      if (!(error instanceof MemoryLimit)) throw error;
      now.generated += steps.newNumber + 1 - number;
      this.stopAt(steps.newNumber);
    }
    steps.clear();
    return !now.isHalted;
  }

  /** Takes the steps from this number to the first new state; gives the number after its own. */
  private takeFrom(number: number): number {
    const { steps, now } = this;
    const { found, checks } = now;
    const known = found.size;
    const taken = steps.take(number, this.maxStates);
    if (taken === steps.count) {
      now.generated += taken - number;
      return taken;
    }
    now.generated += taken + 1 - number;
    if (found.size === known) {
      this.stopAt(taken);
    } else if (this.checksStates) {
      found.read(known, this.newVector);
      checks.checkInvariants(this.newVector, known);
      if (now.isHalted) this.goBackTo(taken);
    }
    return now.isHalted ? steps.count : taken + 1;
  }

  private stopAt(number: number): void {
    this.now.stopped = 'limit';
    this.goBackTo(number);
  }

  /** The step is the last one taken: neither its state nor any that came after it is expanded. */
  private goBackTo(number: number): void {
    const { steps, now } = this;
    now.next = steps.fromOf(number);
    now.current = now.next;
    now.successorCount = steps.ordinalOf(number);
  }
}
