/**
 * A trace: an initial state and then (step, state) pairs; a lasso has a loop. This is what is
 * shown, written, read and replayed, whoever found it.
 */
import type { Location } from '../source/text.js';
import type { Value } from '../values/index.js';

/** Variables in the order of declaration. */
export type TraceState = ReadonlyMap<string, Value>;

export interface TraceStep {
  /** The label or action that led here; null for the initial state. */
  readonly action: string | null;
  /** The process that took the step; null where there is none. */
  readonly process: Value | null;
  /** What the step chose: `with` variables by name, `either` branches. */
  readonly choices: ReadonlyMap<string, Value>;
  readonly location: Location | null;
  readonly state: TraceState;
}

export interface Trace {
  readonly spec: string;
  /** The configuration that it was found with, where that is known: it names the kernel build. */
  readonly config?: string;
  readonly constants: ReadonlyMap<string, Value>;
  /** The name of what the trace violates; null when nothing is violated or no name is known. */
  readonly property: string | null;
  /** At least one: the first is an initial state. */
  readonly steps: readonly TraceStep[];
  /** For a lasso, the index of the state that the last one is followed by; null otherwise. */
  readonly loop: number | null;
  /** The step that leads from the last state back; not there if it stays, or if nobody told. */
  readonly closing?: Omit<TraceStep, 'state'>;
  /** Of a lasso: what the specification asks of actions in its cycle, and how that is met. */
  readonly fairness?: readonly CycleFairness[];
  /** Of a property that is about another module's variables: what these are in each state. */
  readonly refinement?: Refinement;
}

/** Places are indices of states in the cycle. */
export interface CycleFairness {
  /** Null: nothing is asked of it, and it could take a step. */
  readonly strength: 'weak' | 'strong' | null;
  /** `process "F"`, `label a of process 1`, `action Eat(p1)`. */
  readonly subject: string;
  readonly enabledIn: readonly number[];
  /** The states that it leaves by a step. */
  readonly takenFrom: readonly number[];
}

export interface Refinement {
  /** The name of the instance. */
  readonly instance: string;
  /** For each step of the trace; a variable without a value is not there. */
  readonly states: readonly TraceState[];
}
