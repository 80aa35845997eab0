/** What the rest of the program uses of the search. */
export { type RecordedStep, recordOf } from './behaviorRecord.js';
export { neverTrue, newStatesByAction, type StepsOfAction, stepsOfActions } from './coverage.js';
export { FormulaTooLarge } from './liveness/automaton.js';
export {
  LivenessCheck,
  type LivenessOptions,
  type LivenessProgress,
  type LivenessResult,
} from './liveness/livenessCheck.js';
export type {
  FairnessCondition,
  Formula,
  StepAtom,
  TemporalModel,
  TemporalProperty,
} from './liveness/temporalModel.js';
export type { FairnessOnCycle, LivenessViolation } from './liveness/violation.js';
export { MemoryLimit } from './memory.js';
export {
  EvaluationFailure,
  LayoutChanged,
  type Model,
  type Reduction,
  type SearchView,
  type StateKeys,
  type StatePredicate,
  type StateVector,
  type StepPredicate,
  type SuccessorSink,
} from './model.js';
export type { ActionGroups } from './randomBehavior.js';
export type {
  FailurePhase,
  Outcome,
  SearchProgress,
  SearchResult,
  StatePath,
  Violation,
  ViolationKind,
} from './result.js';
export { explore, isShareable, Search } from './search.js';
export type { SearchOptions } from './searchOptions.js';
export {
  type SimulatedViolation,
  Simulation,
  type SimulationOptions,
  type SimulationResult,
} from './simulate.js';
export type { BehaviorEnd, SimulationCounts } from './simulationCounts.js';
export { type SearchSnapshot, SnapshotMismatch, type StateSink } from './snapshot.js';
export type { StateReader } from './store.js';
export { modelOfWitnesses } from './witness.js';
