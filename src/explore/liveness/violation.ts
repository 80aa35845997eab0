/** What is told of a violated property: the lasso, and why its cycle is fair. */

import { enabledAtom } from './goals.js';
import type { Lasso } from './lasso.js';
import { stutter } from './product.js';
import type { StepGraph } from './stepGraph.js';
import type { Formula, TemporalModel } from './temporalModel.js';

export interface LivenessViolation {
  /** The number of the property. */
  readonly property: number;
  /** Indices of the search's states. */
  readonly states: readonly number[];
  /** `actions[i]` leads from `states[i]` to `states[i + 1]`. */
  readonly actions: readonly number[];
  /** The index in `states` of the one that follows the last; the last one itself if it stays. */
  readonly loop: number;
  /** The action that closes the cycle; -1 if it stays in the last state. */
  readonly closing: number;
  /** Of each fairness condition that every behavior of the specification satisfies. */
  readonly fairness: readonly FairnessOnCycle[];
  /** For each state of the cycle: the actions that lead from it to another state. */
  readonly possible: readonly (readonly number[])[];
}

/** Places are indices in `states`. */
export interface FairnessOnCycle {
  readonly condition: number;
  readonly enabledIn: readonly number[];
  /** The states of the cycle that such a step leaves. */
  readonly takenFrom: readonly number[];
}

export function violationOf(
  property: number,
  { states, labels, loop, closing }: Lasso,
  graph: StepGraph,
  temporal: TemporalModel,
): LivenessViolation {
  const actionOf = (label: number) => graph.labelActions[label] as number;
  const cycle = states.slice(loop).map((_, i) => loop + i);
  const stateAt = (place: number) => states[place] as number;
  const after = (place: number) => stateAt(place + 1 < states.length ? place + 1 : loop);
  return {
    property,
    states,
    actions: labels.map(actionOf),
    loop,
    closing: closing === stutter ? -1 : actionOf(closing),
    fairness: [...conditionsIn(temporal.assumption)].map((condition) => {
      const { step = -1 } = temporal.conditions[condition] ?? {};
      const enabled = enabledAtom(condition, temporal);
      return {
        condition,
        enabledIn: cycle.filter((place) => graph.stateHas(stateAt(place), enabled)),
        takenFrom: cycle.filter((place) => {
          const steps = stepsFrom(stateAt(place), graph);
          return steps.some(({ to, label }) => to === after(place) && graph.labelHas(label, step));
        }),
      };
    }),
    possible: cycle.map((place) => [
      ...new Set(stepsFrom(stateAt(place), graph).map(({ label }) => actionOf(label))),
    ]),
  };
}

function stepsFrom(state: number, graph: StepGraph): { to: number; label: number }[] {
  const steps: { to: number; label: number }[] = [];
  const end = graph.starts[state + 1] as number;
  for (let i = graph.starts[state] as number; i < end; i++) {
    steps.push({ to: graph.targets[i] as number, label: graph.labels[i] as number });
  }
  return steps;
}

/** The conditions that are conjuncts of the assumption. */
function conditionsIn(assumption: Formula): ReadonlySet<number> {
  switch (assumption.kind) {
    case 'fair':
      return new Set([assumption.condition]);
    case 'and':
      return new Set(assumption.operands.flatMap((one) => [...conditionsIn(one)]));
    default:
      return new Set();
  }
}
