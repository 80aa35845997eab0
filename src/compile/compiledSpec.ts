/** What the compiler makes: a Model, and the way back from its numbers to names and values. */
import type { Model, StatePredicate, StateVector } from '../explore/model.js';
import type { NamedFormula } from '../semantics/specification.js';
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';
import type { Coverage } from './actions/coverage.js';
import type { SlotOptions } from './layout.js';
import type { HostOptions } from './runtime/host.js';
import type { CompiledTemporal } from './temporal/compileTemporal.js';

/** One instance of an action: a label of one process. Indexed by the number in a SuccessorSink. */
export interface ActionInfo {
  /** The label, or the name of the innermost definition whose body is not a mere disjunction. */
  readonly name: string;
  /** The process that takes the step; null where there is none. */
  readonly process: Value | null;
  /** The definition's arguments, `self` included. */
  readonly args: ReadonlyMap<string, Value>;
  /** The labelled statement, or the definition. */
  readonly span: Span | null;
}

/** A value that a step chose: `with x \in S`, `\E x \in S`, or a branch of `either` (from 1). */
export interface Choice {
  readonly name: string;
  readonly value: Value;
}

/** `detail` of an EvaluationFailure that the compiled spec throws. */
export interface FailureDetail {
  /** The expression that failed. */
  readonly span: Span | null;
  readonly code: string;
  /** Where the definition that it stands in was used, and the one around that, and so on. */
  readonly calls: readonly Span[];
  /** The step that leaves variables open, if that is the failure. */
  readonly step?: UnfinishedStep;
}

/** A step with the next values that it has given before it failed. */
export interface UnfinishedStep {
  readonly action: number;
  readonly choices: readonly Choice[];
  readonly values: ReadonlyMap<string, Value>;
}

/** Variables, in the order of declaration; or what an alias shows. */
export type StateValues = ReadonlyMap<string, Value>;

/**
 * What the codes in the vectors of a search mean, and what TLCSet has set: with it another run of
 * the same specification reads the states of this one.
 */
export interface Coding {
  /** How deeply variables are split, where a state has shown that it must be less. */
  readonly depths: ReadonlyMap<string, number>;
  /** Per slot: the values in the order of their codes. */
  readonly dictionaries: readonly (readonly Value[])[];
  readonly registers: ReadonlyMap<number, Value>;
}

export interface RefinedStates {
  /** The name of the instance. */
  readonly instance: string;
  readonly states: readonly StateValues[];
}

export interface CompiledSpec extends Model {
  readonly variables: readonly string[];
  readonly actions: readonly ActionInfo[];
  /** The generated JavaScript, for people who want to read it. */
  readonly text: string;
  /** Values of the constants, for traces. */
  readonly constants: ReadonlyMap<string, Value>;
  /**
   * As it is now; more values come while the search goes on. Registers are, if asked for, as they
   * were before the last call of `successors`.
   */
  coding(beforeExpansion: boolean): Coding;
  /** Takes on the coding of another run, before a search; false if it cannot be of this spec. */
  adopt(coding: Coding): boolean;
  /** The values of the variables, in the order of declaration. */
  decode(state: StateVector): StateValues;
  /**
   * What ALIAS shows of a state that is followed by another (or by itself); the state itself where
   * there is no alias, where it is no record, or where it has no value.
   */
  shown(from: StateValues, to: StateValues): StateValues;
  /** False only where the state shows at once that the action has no step. */
  mayStep(action: number, state: StateVector): boolean;
  /** What was counted since the last call of `initialStates`; null where nothing is. */
  coverage(): Coverage | null;
  /** In the order of `CompileOptions.observe`. */
  readonly observed: readonly StatePredicate[];
  /**
   * What is said of whole behaviors, for the codes of now; null where no property says any such
   * thing. What cannot be checked is thrown as diagnostics.
   */
  temporal(): CompiledTemporal | null;
  /** The states of a trace in the variables of the module that a property is about; or null. */
  refined(property: string, states: readonly StateValues[]): RefinedStates | null;
  /** Whether POSTCONDITION holds, after the search; true where there is none. */
  postconditionHolds(): boolean;
  /** Why the reduction that was asked for cannot be used, as a clause; null where it can. */
  readonly whyUnreduced: string | null;
  /** The names of assumptions that are false, evaluated before any state is. */
  falseAssumptions(): readonly { readonly name: string | null; readonly span: Span }[];
}

/** What the module TLC prints to, and asks for the time and for chance. */
export interface CompileOptions extends HostOptions {
  /** Find out where the steps of one process are enough: partial-order reduction. */
  readonly reduces?: boolean;
  /** Count steps, tests and branches. It costs time. */
  readonly coverage?: boolean;
  /** State predicates that can be asked besides what is checked. */
  readonly observe?: readonly NamedFormula[];
  /** For tests, which want other slots than a search would choose. */
  readonly slots?: SlotOptions;
}
