/**
 * What a formula means on a lasso, straight from the definition: the behavior has finitely many
 * different suffixes, so every subformula is true or false in each of its positions.
 */
import type { Formula, TemporalModel } from '../../../src/explore/index.js';

/** A position: a state and the step that leaves it, as sets of atoms. */
export interface Position {
  readonly state: ReadonlySet<number>;
  readonly step: ReadonlySet<number>;
  /** The step atoms of which `ENABLED` is true. */
  readonly enabled: ReadonlySet<number>;
}

/** Whether the behavior that repeats its positions from `loop` on satisfies the formula. */
export function satisfies(
  positions: readonly Position[],
  loop: number,
  formula: Formula,
  model: TemporalModel,
): boolean {
  const all = positions.map((_, i) => i);
  /** The positions that come infinitely often, and those at or after i. */
  const cycle = all.slice(loop);
  const from = (i: number): readonly number[] => [...all.slice(i), ...cycle];
  const truth = (one: Formula): readonly boolean[] => {
    switch (one.kind) {
      case 'constant':
        return all.map(() => one.value);
      case 'state':
        return positions.map(({ state }) => state.has(one.atom));
      case 'step':
        return positions.map(({ step }) => step.has(one.atom));
      case 'not':
        return truth(one.operand).map((value) => !value);
      case 'and':
      case 'or': {
        const parts = one.operands.map(truth);
        return all.map((i) =>
          one.kind === 'and' ? parts.every((part) => part[i]) : parts.some((part) => part[i]),
        );
      }
      case 'always':
      case 'eventually': {
        const inner = truth(one.operand);
        return all.map((i) =>
          one.kind === 'always' ? from(i).every((j) => inner[j]) : from(i).some((j) => inner[j]),
        );
      }
      case 'fair': {
        const { strength, step } = model.conditions[one.condition] as {
          strength: string;
          step: number;
        };
        const isTaken = cycle.some((i) => positions[i]?.step.has(step));
        const isEnabled = (i: number) => positions[i]?.enabled.has(step) === true;
        const mustBe = strength === 'weak' ? cycle.every(isEnabled) : cycle.some(isEnabled);
        return all.map(() => isTaken || !mustBe);
      }
    }
  };
  return truth(formula)[0] === true;
}
