/**
 * What a model says of whole behaviors. Formulas are linear temporal logic without "next", over
 * atoms: predicates over states, and predicates over steps that are false of a step that changes
 * nothing (`<<A>>_v`; `[A]_v` is the negation of one). So no formula can tell two behaviors apart
 * that differ in stuttering only.
 */
import type { StateVector } from '../model.js';

export type Formula =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** An atom over states, by its number. */
  | { readonly kind: 'state'; readonly atom: number }
  /** An atom over steps, by its number. */
  | { readonly kind: 'step'; readonly atom: number }
  /** A fairness condition, by its number. */
  | { readonly kind: 'fair'; readonly condition: number }
  | { readonly kind: 'not'; readonly operand: Formula }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Formula[] }
  | { readonly kind: 'always' | 'eventually'; readonly operand: Formula };

/** A predicate over steps: evaluated for each, or decided by the action that makes the step. */
export type StepAtom =
  | { readonly kind: 'evaluated' }
  | {
      readonly kind: 'actions';
      readonly actions: readonly number[];
      /** Atoms over states that must hold before the step. */
      readonly guards: readonly number[];
      /** The evaluated atom that says what must change; null: that the state does. */
      readonly change: number | null;
    };

/** `WF_v(A)` or `SF_v(A)`. */
export interface FairnessCondition {
  readonly strength: 'weak' | 'strong';
  /** The atom `<<A>>_v`. */
  readonly step: number;
  /** The atom `ENABLED <<A>>_v`; null: it is enabled where the model generates such a step. */
  readonly enabled: number | null;
}

export interface TemporalProperty {
  readonly name: string;
  readonly formula: Formula;
}

export interface TemporalModel {
  readonly stateAtomCount: number;
  /**
   * Sets bit i of the words for each atom i that holds in the state; the bits are 0 before. Throws
   * an EvaluationFailure where an atom has no value.
   */
  stateAtoms(state: StateVector, bits: Int32Array): void;
  readonly stepAtoms: readonly StepAtom[];
  /** As `stateAtoms`, for those step atoms that are evaluated. The states differ. */
  evaluateStep(from: StateVector, to: StateVector, bits: Int32Array): void;
  readonly conditions: readonly FairnessCondition[];
  /** What every behavior of the specification satisfies besides its steps. */
  readonly assumption: Formula;
  readonly properties: readonly TemporalProperty[];
}
