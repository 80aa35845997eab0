/**
 * Edges are not stored by the search; they are made again from the model, one state at a time.
 * What is read back is exactly what the search has seen.
 */
import type { EvaluationFailure, StateVector } from '../explore/model.js';
import type { SearchResult, Violation } from '../explore/result.js';
import { formatValue, type Value } from '../values/index.js';
import { ChoiceMaps } from './choiceMaps.js';
import type { GraphModel } from './graphModel.js';

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

/** One generated state; false ends it. It is valid during the call only. */
type VisitGenerated = (
  successor: StateVector,
  action: number,
  choices: () => readonly unknown[],
) => boolean;

interface Expansion {
  /** Successors that were generated, stored or not. */
  readonly generated: number;
  /** What ended the expansion before its end. */
  readonly failure: EvaluationFailure | null;
}

export class Expander {
  private readonly vector: StateVector;
  private readonly other: StateVector;
  private readonly choices: ChoiceMaps;

  constructor(
    readonly model: GraphModel,
    readonly result: SearchResult,
    /**
     * Where a stored state stands for others, a step leads to it only if it leads to it itself;
     * otherwise also if it leads to a state that it stands for.
     */
    private readonly exact = false,
  ) {
    this.vector = new Int32Array(result.slotCount);
    this.choices = new ChoiceMaps(model);
    this.other = new Int32Array(result.slotCount);
  }

  /**
   * The steps from a state in the model's order. Steps that agree in action, choices and target are
   * one; parallel steps that differ are kept. Successors that the constraint removed have none.
   */
  steps(source: number): readonly Step[] {
    const steps: Step[] = [];
    this.successors(source, (target, action, raw) => {
      const choices = this.choices.of(action, raw());
      const step = { source, target, rank: steps.length, action, choices };
      if (!steps.some((known) => isSameStep(known, step))) steps.push(step);
    });
    return steps;
  }

  /** Calls `visit` for every stored successor, duplicates included. */
  successors(source: number, visit: Visit): Expansion {
    return this.generate(source, (successor, action, choices) => {
      const target = this.targetOf(successor);
      if (target >= 0) visit(target, action, choices);
      return true;
    });
  }

  /** Calls `visit` for every successor that the search has seen, stored or not. */
  generate(source: number, visit: VisitGenerated): Expansion {
    const { model, result } = this;
    const limit = this.generatedFrom(source);
    if (limit === 0) return { generated: 0, failure: this.recordedFailure(source) };
    result.states.read(source, this.vector);
    let generated = 0;
    try {
      model.successors(this.vector, (successor, action, choices) => {
        generated++;
        return visit(successor, action, choices) && generated < limit;
      });
    } catch (error) {
      return { generated, failure: evaluationFailure(error) };
    }
    return { generated, failure: this.recordedFailure(source) };
  }

  /** The stored state that a step from the current source leads to; -1 if the search takes none. */
  private targetOf(successor: StateVector): number {
    const { states, isReduced } = this.result;
    const target = states.find(successor);
    if (target < 0) return target;
    if (isReduced && this.exact && !this.isStoredAs(target, successor)) return -1;
    const { actionConstraint } = this.model;
    if (actionConstraint == null) return target;
    return isTrue(() => actionConstraint.holds(this.vector, successor)) ? target : -1;
  }

  isStoredAs(index: number, state: StateVector): boolean {
    this.result.states.read(index, this.other);
    return this.other.every((code, slot) => code === state[slot]);
  }

  /** The names of the invariants that are false in the state. One without a value is not false. */
  violatedInvariants(state: number, only: string | null = null): string[] {
    this.result.states.read(state, this.vector);
    const violated = this.model.invariants.filter(
      (invariant) =>
        (only === null || invariant.name === only) && isFalse(() => invariant.holds(this.vector)),
    );
    return [...new Set(violated.map(({ name }) => name))];
  }

  /** Whether a counterexample of the same kind and property may end with the state. */
  violates(state: number, violation: Violation): boolean {
    const { kind, property, predicate = 0, phase } = violation;
    if (state === violation.state) return true;
    switch (kind) {
      case 'invariant':
        return this.violatedInvariants(state, property).length > 0;
      case 'initial-property': {
        const initial = this.model.initialProperties?.[predicate];
        if (initial === undefined || this.result.predecessor(state) >= 0) return false;
        this.result.states.read(state, this.vector);
        return isFalse(() => initial.holds(this.vector));
      }
      case 'action-property':
        return this.hasViolatingStep(state, violation);
      case 'deadlock':
        return this.isDeadlocked(state);
      default:
        // Where a predicate has no value the search has told one state, and that is enough.
        return phase === 'step' && this.stepFailure(state) === kind;
    }
  }

  /** Whether the step from the state that is being expanded violates the action property. */
  isViolatingStep(successor: StateVector, { predicate = 0 }: Violation): boolean {
    const property = this.model.actionProperties?.[predicate];
    return property !== undefined && isFalse(() => property.holds(this.vector, successor));
  }

  /** The steps from the state to stored states that violate the action property. */
  violatingSteps(state: number, violation: Violation): readonly Step[] {
    return this.steps(state).filter(({ target }) => {
      this.result.states.read(state, this.vector);
      this.result.states.read(target, this.other);
      return this.isViolatingStep(this.other, violation);
    });
  }

  private hasViolatingStep(state: number, violation: Violation): boolean {
    let found = false;
    this.generate(state, (successor) => {
      found = this.isViolatingStep(successor, violation);
      return !found;
    });
    return found;
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
    return this.successors(state, () => {}).failure?.kind ?? null;
  }

  private recordedFailure(state: number): EvaluationFailure | null {
    for (const { phase, state: at, failure } of this.result.violations) {
      if (phase === 'step' && at === state) return failure;
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
  if (a.choices === b.choices) return true;
  for (const [name, value] of a.choices) if (b.choices.get(name) !== value) return false;
  return true;
}

/** False also where the predicate has no value. */
function isTrue(test: () => boolean): boolean {
  try {
    return test();
  } catch (error) {
    evaluationFailure(error);
    return false;
  }
}

function isFalse(test: () => boolean): boolean {
  return isTrue(() => !test());
}

/** The EvaluationFailure that it is; throws any other error again. */
export function evaluationFailure(error: unknown): EvaluationFailure {
  // By name, since a graph imports nothing but types of the search.
  if (!(error instanceof Error) || error.name !== 'EvaluationFailure') throw error;
  return error as EvaluationFailure;
}

export function formatChoices(choices: ReadonlyMap<string, Value>): string {
  return [...choices].map(([name, value]) => `${name} = ${formatValue(value)}`).join(', ');
}
