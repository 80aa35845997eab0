/**
 * What is checked of generated states and steps, and the record of what is violated: once for each
 * kind and name, since the first one found has a shortest trace.
 */
import { EvaluationFailure, type Model, type StateVector } from './model.js';
import type { FailurePhase, GeneratedState, Violation, ViolationKind } from './result.js';

/** Where the trace of a violation ends. */
export interface TraceEnd {
  readonly state: number | null;
  readonly next?: GeneratedState;
}

/** The index of a stored state, or what is asked only when there is a violation. */
export type Ending = number | (() => TraceEnd);

export class Checks {
  readonly violations: Violation[] = [];
  /** Something is violated, and the search is not to go on after that. */
  isHalted = false;
  /** By number: a violation of it has been recorded. */
  private readonly falseInvariants = new Set<number>();
  private readonly falseSteps = new Set<number>();
  private readonly falseInitially = new Set<number>();

  constructor(
    private readonly model: Model,
    /** Go on after a violation. */
    private readonly everyProperty: boolean,
  ) {}

  /** `again` asks also for invariants whose violation is recorded already. */
  checkInvariants(state: StateVector, ending: Ending, again = false): void {
    const { invariants } = this.model;
    for (let i = 0; i < invariants.length && !this.isHalted; i++) {
      const one = invariants[i];
      if (one === undefined || (!again && this.falseInvariants.has(i))) continue;
      try {
        if (one.holds(state)) continue;
      } catch (error) {
        this.fail(error, 'invariant', one.name, ending);
        continue;
      }
      this.falseInvariants.add(i);
      this.violate('invariant', one.name, i, ending);
    }
  }

  checkInitial(state: StateVector, ending: Ending): void {
    const properties = this.model.initialProperties ?? [];
    for (let i = 0; i < properties.length && !this.isHalted; i++) {
      const one = properties[i];
      if (one === undefined || this.falseInitially.has(i)) continue;
      try {
        if (one.holds(state)) continue;
      } catch (error) {
        this.fail(error, 'property', one.name, ending);
        continue;
      }
      this.falseInitially.add(i);
      this.violate('initial-property', one.name, i, ending);
    }
  }

  checkStep(from: StateVector, to: StateVector, ending: Ending): void {
    const properties = this.model.actionProperties ?? [];
    for (let i = 0; i < properties.length && !this.isHalted; i++) {
      const one = properties[i];
      if (one === undefined || this.falseSteps.has(i)) continue;
      try {
        if (one.holds(from, to)) continue;
      } catch (error) {
        this.fail(error, 'property', one.name, ending);
        continue;
      }
      this.falseSteps.add(i);
      this.violate('action-property', one.name, i, ending);
    }
  }

  /** Records an EvaluationFailure; every other error is none of the search's business. */
  fail(error: unknown, phase: FailurePhase, property: string | null, ending: Ending | null): void {
    if (!(error instanceof EvaluationFailure)) throw error;
    const at = ending === null ? { state: null } : endOf(ending);
    this.record({ kind: error.kind, property, ...at, failure: error, phase });
  }

  /** What an earlier run has found. */
  restore(violations: readonly Violation[]): void {
    for (const violation of violations) {
      const { kind, predicate, failure } = violation;
      this.violations.push(violation);
      if (predicate === undefined || failure !== null) continue;
      if (kind === 'invariant') this.falseInvariants.add(predicate);
      else if (kind === 'initial-property') this.falseInitially.add(predicate);
      else if (kind === 'action-property') this.falseSteps.add(predicate);
    }
  }

  /** A state that nothing follows. */
  deadlock(state: number): void {
    this.record({ kind: 'deadlock', property: null, state, failure: null, phase: null });
  }

  private violate(kind: ViolationKind, property: string, predicate: number, ending: Ending): void {
    this.record({ kind, property, predicate, ...endOf(ending), failure: null, phase: null });
  }

  private record(violation: Violation): void {
    if (!this.everyProperty) this.isHalted = true;
    const isKnown = this.violations.some(
      ({ kind, property }) => kind === violation.kind && property === violation.property,
    );
    if (!isKnown) this.violations.push(violation);
  }
}

function endOf(ending: Ending): TraceEnd {
  return typeof ending === 'number' ? { state: ending } : ending();
}
