/** Steps that are generated and not yet taken, beside their successors, which the store gathers. */
import type { FoundStates } from './foundStates.js';
import type { Model, StateVector } from './model.js';
import { gatheredMax, type StateStore } from './store.js';

export class GatheredSteps {
  /** How many there are. */
  count = 0;
  private readonly from = new Int32Array(gatheredMax);
  private readonly actions = new Int32Array(gatheredMax);
  /** Whether it is the first, second, … successor of its state. */
  private readonly ordinals = new Int32Array(gatheredMax);
  /** What each action writes, by its number; null where that is not known. */
  private readonly written: readonly (Int32Array | null)[];

  private constructor(
    model: Model,
    private readonly store: StateStore,
  ) {
    this.written = Array.from({ length: model.actionCount }, (_, action) => {
      return model.slotsWritten?.(action) ?? null;
    });
  }

  /** Null where a successor must be dealt with before the next one is generated. */
  static of(model: Model, found: FoundStates): GatheredSteps | null {
    const { gatherer } = found;
    const asks =
      model.hasEffects === true ||
      model.constraint !== null ||
      (model.actionConstraint ?? null) !== null ||
      (model.actionProperties ?? []).length > 0;
    return asks || gatherer === null ? null : new GatheredSteps(model, gatherer);
  }

  get isFull(): boolean {
    return this.count === gatheredMax;
  }

  /** The successors that come next are those of this state. */
  begin(index: number, vector: StateVector): void {
    this.store.gatherFrom(index, vector);
  }

  /** Throws MemoryLimit. */
  add(successor: StateVector, from: number, action: number, ordinal: number): void {
    const number = this.store.gather(successor, this.written[action] ?? null);
    this.from[number] = from;
    this.actions[number] = action;
    this.ordinals[number] = ordinal;
    this.count = number + 1;
  }

  /** To be called before the steps are taken. */
  touch(): void {
    this.store.touchGathered();
  }

  isKnown(number: number): boolean {
    return this.store.findGathered(number) >= 0;
  }

  fromOf(number: number): number {
    return this.from[number] as number;
  }

  actionOf(number: number): number {
    return this.actions[number] as number;
  }

  ordinalOf(number: number): number {
    return this.ordinals[number] as number;
  }

  clear(): void {
    this.count = 0;
    this.store.forgetGathered();
  }
}
