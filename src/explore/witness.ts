/**
 * Looking for states: a witness is a state predicate that is wanted, and a breadth-first search
 * that takes "it is false" for an invariant meets a nearest state first. Nothing else is checked.
 */
import type { Model, StatePredicate } from './model.js';

/** A violation of its invariant of number i, named `i`, is a state where witness i is true. */
export function modelOfWitnesses(model: Model, witnesses: readonly StatePredicate[]): Model {
  return {
    get slotCount() {
      return model.slotCount;
    },
    get actionCount() {
      return model.actionCount;
    },
    get hasEffects() {
      return model.hasEffects === true;
    },
    get keys() {
      return model.keys ?? null;
    },
    slotSize: (slot) => model.slotSize(slot),
    initialStates: (sink) => model.initialStates(sink),
    successors: (state, sink) => model.successors(state, sink),
    ...(model.slotsWritten && { slotsWritten: (action: number) => slotsWritten(model, action) }),
    invariants: witnesses.map((witness, i) => ({
      name: String(i),
      holds: (state) => !witness.holds(state),
    })),
    constraint: model.constraint,
    actionConstraint: model.actionConstraint ?? null,
    watch: (view) => model.watch?.(view),
  };
}

function slotsWritten(model: Model, action: number): Int32Array {
  return model.slotsWritten?.(action) as Int32Array;
}
