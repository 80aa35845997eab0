/** A compiled spec as the graph wants it: the same Model, actions with their place in the source. */
import type { Choice, CompiledSpec, FailureDetail } from '../compile/compiledSpec.js';
import type { GraphModel } from '../graph/index.js';
import { locate } from '../source/text.js';

export function graphModel(spec: string, compiled: CompiledSpec): GraphModel {
  return {
    spec,
    constants: compiled.constants,
    actions: compiled.actions.map(({ name, process, args, span }) => ({
      name,
      process,
      args,
      location: span && locate(span),
    })),
    decode: (state) => compiled.decode(state),
    // What a compiled spec hands to the search as opaque choices are its Choice objects.
    choices: (raw) => raw as readonly Choice[],
    // It changes when a state does not fit the slots.
    get slotCount() {
      return compiled.slotCount;
    },
    slotSize: (slot) => compiled.slotSize(slot),
    actionCount: compiled.actionCount,
    slotsWritten: (action) => compiled.slotsWritten?.(action) ?? allSlots(compiled.slotCount),
    hasEffects: compiled.hasEffects === true,
    initialStates: (sink) => compiled.initialStates(sink),
    successors: (state, sink) => compiled.successors(state, sink),
    invariants: compiled.invariants,
    initialProperties: compiled.initialProperties ?? [],
    actionProperties: compiled.actionProperties ?? [],
    constraint: compiled.constraint,
    actionConstraint: compiled.actionConstraint ?? null,
    keys: compiled.keys ?? null,
    unfinishedStep: (failure) => (failure.detail as FailureDetail | null)?.step ?? null,
  };
}

function allSlots(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, slot) => slot);
}
