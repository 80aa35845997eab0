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
    private readonly found: FoundStates,
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
    return asks || gatherer === null ? null : new GatheredSteps(model, found, gatherer);
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

  /**
   * Takes steps from this number on until one leads to a new state, which is stored then, and gives
   * its number, or `count`. At `sizeMax` states a new one is not stored. Throws MemoryLimit; then
   * `newNumber` is the number of the step that has no room.
   */
  take(number: number, sizeMax: number): number {
    const { found, store } = this;
    if (!found.hasRoom) {
      // Only a new state needs room, and a step without it must be known by its number.
      const next = store.insertGathered(number, 0);
      if (next === this.count) return next;
      found.makeRoom();
    }
    const known = found.size;
    const taken = store.insertGathered(number, sizeMax);
    if (found.size > known) {
      found.linkLast(this.from[taken] as number, this.actions[taken] as number);
    }
    return taken;
  }

  get newNumber(): number {
    return this.store.newNumber;
  }

  fromOf(number: number): number {
    return this.from[number] as number;
  }

  ordinalOf(number: number): number {
    return this.ordinals[number] as number;
  }

  clear(): void {
    this.count = 0;
    this.store.forgetGathered();
  }
}
