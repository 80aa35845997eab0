/** The formulas that a search evaluates, by their use; a violation tells one by its number here. */
import type { NamedFormula, Specification } from './specification.js';

export interface Formulas {
  /** Of states: INVARIANT, and `[]P` in properties. */
  readonly invariants: readonly NamedFormula[];
  /** Of initial states, in properties. */
  readonly initial: readonly NamedFormula[];
  /** Of steps, in properties. */
  readonly actions: readonly NamedFormula[];
}

export function formulasOf({
  invariants,
  properties,
}: Pick<Specification, 'invariants' | 'properties'>): Formulas {
  return {
    invariants: [...invariants, ...properties.flatMap(({ always }) => always)],
    initial: properties.flatMap(({ initial }) => initial),
    actions: properties.flatMap(({ steps }) => steps),
  };
}
