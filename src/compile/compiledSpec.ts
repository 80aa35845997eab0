/** What the compiler makes: a Model, and the way back from its numbers to names and values. */
import type { Model, StateVector } from '../explore/model.js';
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';

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
  /** The expression that failed, and the definitions that led to it, innermost first. */
  readonly span: Span | null;
  readonly code: string;
}

export interface CompiledSpec extends Model {
  readonly variables: readonly string[];
  readonly actions: readonly ActionInfo[];
  /** The generated JavaScript, for people who want to read it. */
  readonly text: string;
  /** Values of the constants, for traces. */
  readonly constants: ReadonlyMap<string, Value>;
  /** The values of the variables, in the order of declaration. */
  decode(state: StateVector): ReadonlyMap<string, Value>;
  /** The names of assumptions that are false, evaluated before any state is. */
  falseAssumptions(): readonly { readonly name: string | null; readonly span: Span }[];
}

export interface CompileOptions {
  /** Gets every line that `Print` and `PrintT` write; they are silent without it. */
  readonly print?: (line: string) => void;
}
