/** Looks for what a search would record, beside what it has recorded already. */
import { Checks, type Ending } from '../checks.js';
import { EvaluationFailure, type Model } from '../model.js';
import type { Violation } from '../result.js';

/** What others must know of a violation in order not to find it again. */
export interface KnownViolation extends Pick<Violation, 'kind' | 'property' | 'predicate'> {
  readonly hasFailed: boolean;
}

export function knownOf(violations: readonly Violation[]): readonly KnownViolation[] {
  return violations.map(({ kind, property, predicate, failure }) => ({
    kind,
    property,
    hasFailed: failure !== null,
    ...(predicate === undefined ? {} : { predicate }),
  }));
}

export class Watch {
  checks!: Checks;
  private hasAlarm = false;
  private knownCount = 0;

  /** Of a state outside the constraint a search keeps more than its first violation. */
  readonly outside: Ending = () => {
    this.hasAlarm = true;
    return { state: null };
  };

  constructor(
    private readonly model: Model,
    private readonly known: readonly KnownViolation[],
  ) {
    this.reset();
  }

  get isAlarmed(): boolean {
    return this.hasAlarm || this.checks.violations.length > this.knownCount;
  }

  alarm(): void {
    this.hasAlarm = true;
  }

  reset(): void {
    this.hasAlarm = false;
    this.checks = new Checks(this.model, true);
    this.checks.restore(this.known.map(restored));
    this.knownCount = this.checks.violations.length;
  }
}

function restored({ kind, property, predicate, hasFailed }: KnownViolation): Violation {
  const failure = hasFailed ? new EvaluationFailure('evaluation-error', '') : null;
  const which = predicate === undefined ? {} : { predicate };
  return { kind, property, ...which, state: null, failure, phase: null };
}
