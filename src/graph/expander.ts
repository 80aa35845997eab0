/**
 * Edges are not stored by the search; they are made again from the model, one state at a time.
 * What is read back is exactly what the search has seen.
 */
import type { EvaluationFailure, StatePredicate, StateVector } from '../explore/model.js';
import type { SearchResult, Violation } from '../explore/result.js';
import { formatValue, type Value } from '../values/index.js';
import { actionOf, type GraphModel, stepChoices } from './graphModel.js';

/** A step between two stored states. */
export interface Step {
  readonly source: number;
  readonly target: number;
  /** Its place among the steps from its source. */
  readonly rank: number;
  readonly action: number;
  readonly choices: ReadonlyMap<string, Value>;
}

export type FailureKind = EvaluationFailure['kind'];

type Visit = (target: number, action: number, choices: () => readonly unknown[]) => void;

interface Expansion {
  /** Successors that were generated, stored or not. */
  readonly generated: number;
  /** What ended the expansion before its end. */
  readonly failure: FailureKind | null;
}

export class Expander {
  private readonly vector: StateVector;

  constructor(
    readonly model: GraphModel,
    readonly result: SearchResult,
  ) {
    this.vector = new Int32Array(result.slotCount);
  }

  /**
   * The steps from a state in the model's order. Steps that agree in action, choices and target are
   * one; parallel steps that differ are kept. Successors that the constraint removed have none.
   */
  steps(source: number): readonly Step[] {
    const steps: Step[] = [];
    this.successors(source, (target, action, raw) => {
      const choices = stepChoices(actionOf(this.model, action), this.model.choices(raw()));
      const step = { source, target, rank: steps.length, action, choices };
      if (!steps.some((known) => isSameStep(known, step))) steps.push(step);
    });
    return steps;
  }

  /** Calls `visit` for every stored successor, duplicates included. */
  successors(source: number, visit: Visit): Expansion {
    const { model, result } = this;
    const limit = this.generatedFrom(source);
    if (limit === 0) return { generated: 0, failure: this.recordedFailure(source) };
    result.states.read(source, this.vector);
    let generated = 0;
    try {
      model.successors(this.vector, (successor, action, choices) => {
        generated++;
        const target = result.states.find(successor);
        if (target >= 0) visit(target, action, choices);
        return generated < limit;
      });
    } catch (error) {
      return { generated, failure: failureKind(error) };
    }
    return { generated, failure: this.recordedFailure(source) };
  }

  /** The names of the invariants that are false in the state. One without a value is not false. */
  violatedInvariants(state: number): string[] {
    this.result.states.read(state, this.vector);
    return this.model.invariants
      .filter((invariant) => this.holds(invariant, this.vector) === false)
      .map((invariant) => invariant.name);
  }

  isViolated(property: string, state: number): boolean {
    this.result.states.read(state, this.vector);
    const invariant = this.model.invariants.find(({ name }) => name === property);
    if (invariant === undefined) throw new Error(`the model has no invariant ${property}`);
    return this.holds(invariant, this.vector) === false;
  }

  /** Whether the search has expanded the state and nothing follows it. */
  isDeadlocked(state: number): boolean {
    const isRecorded = (violation: Violation): boolean =>
      violation.kind === 'deadlock' && violation.state === state;
    if (this.result.violations.some(isRecorded)) return true;
    if (this.generatedFrom(state) !== Infinity) return false;
    const { generated, failure } = this.successors(state, () => {});
    return generated === 0 && failure === null;
  }

  /** The kind of failure that ended the expansion of the state; null if nothing failed. */
  stepFailure(state: number): FailureKind | null {
    return this.successors(state, () => {}).failure;
  }

  /** Null where the invariant has no value. */
  private holds(invariant: StatePredicate, state: StateVector): boolean | null {
    try {
      return invariant.holds(state);
    } catch (error) {
      failureKind(error);
      return null;
    }
  }

  private recordedFailure(state: number): FailureKind | null {
    for (const { phase, state: at, failure } of this.result.violations) {
      if (phase === 'step' && at === state) return failure?.kind ?? null;
    }
    return null;
  }

  /** How many successors of the state the search has taken; do not ask the model for more. */
  private generatedFrom(state: number): number {
    const { result } = this;
    if (result.isOutsideConstraint(state)) return 0;
    if (state < result.expanded) return Infinity;
    return state === result.expanded ? result.partlyExpanded : 0;
  }
}

/** Equal values are one object, so the choices are compared by identity. */
function isSameStep(a: Step, b: Step): boolean {
  if (a.target !== b.target || a.action !== b.action || a.choices.size !== b.choices.size) {
    return false;
  }
  for (const [name, value] of a.choices) if (b.choices.get(name) !== value) return false;
  return true;
}

/** The kind of an EvaluationFailure; throws any other error again. */
export function failureKind(error: unknown): FailureKind {
  // By name, since a graph imports nothing but types of the search.
  if (!(error instanceof Error) || error.name !== 'EvaluationFailure') throw error;
  return (error as EvaluationFailure).kind;
}

export function formatChoices(choices: ReadonlyMap<string, Value>): string {
  return [...choices].map(([name, value]) => `${name} = ${formatValue(value)}`).join(', ');
}
