/**
 * What a graph needs of a compiled specification: a Model and the way back from its numbers to
 * names and values. The command line adapts a compiled spec to it; a toy does it in ten lines.
 */
import type { EvaluationFailure, Model, StateVector } from '../explore/model.js';
import type { TraceState, TraceStep } from '../trace/trace.js';
import type { Value } from '../values/index.js';

export type Location = NonNullable<TraceStep['location']>;

/** One instance of an action, indexed by the number that the model gives its sink. */
export interface GraphAction {
  readonly name: string;
  readonly process: Value | null;
  /** The arguments of the action's definition, `self` included. */
  readonly args: ReadonlyMap<string, Value>;
  readonly location: Location | null;
}

export interface Choice {
  readonly name: string;
  readonly value: Value;
}

export interface GraphModel extends Model {
  /** The name of the specification, for headers. */
  readonly spec: string;
  readonly constants: ReadonlyMap<string, Value>;
  readonly actions: readonly GraphAction[];
  decode(state: StateVector): TraceState;
  /** What the model's opaque choices are. */
  choices(raw: readonly unknown[]): readonly Choice[];
  /** The step that failed in the making; null if it is something else that failed. */
  unfinishedStep?(failure: EvaluationFailure): UnfinishedStep | null;
}

/** A step that left variables open. */
export interface UnfinishedStep {
  readonly action: number;
  readonly choices: readonly Choice[];
  /** The variables that it gave a value. */
  readonly values: TraceState;
}

/** A step as traces and edges tell it, without its states. */
export type StepLabel = Omit<TraceStep, 'state' | 'action'> & { readonly action: string };

/**
 * The choices of a step: the arguments with which its action was taken, then what was chosen
 * inside. `self` is left out where it only repeats the process.
 */
export function stepChoices(
  action: GraphAction,
  chosen: readonly Choice[],
): ReadonlyMap<string, Value> {
  const choices = new Map<string, Value>();
  for (const [name, value] of action.args) {
    if (name !== 'self' || value !== action.process) choices.set(name, value);
  }
  for (const { name, value } of chosen) choices.set(name, value);
  return choices;
}

export function actionOf(model: GraphModel, action: number): GraphAction {
  const found = model.actions[action];
  if (found === undefined) throw new Error(`the model has no action ${action}`);
  return found;
}
