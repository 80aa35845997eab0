/**
 * The step that a counterexample ends with after the last state of its path: one that violates an
 * action property, one to a state that is not stored, or one that failed in the making.
 */
import type { StateVector } from '../explore/model.js';
import type { Violation } from '../explore/result.js';
import type { TraceState, TraceStep } from '../trace/trace.js';
import type { Expander } from './expander.js';
import { actionOf, type Choice, type GraphModel, stepChoices } from './graphModel.js';

/** Null where the counterexample ends with the state itself. */
export function lastStep(
  state: number,
  violation: Violation,
  expander: Expander,
): TraceStep | null {
  const { kind, next, phase } = violation;
  if (next !== undefined && state === violation.state) {
    const isNext = (successor: StateVector, action: number) =>
      action === next.action && successor.every((code, slot) => code === next.state[slot]);
    return generatedStep(state, expander, isNext);
  }
  if (kind === 'action-property') {
    const isViolating = (successor: StateVector) => expander.isViolatingStep(successor, violation);
    return generatedStep(state, expander, isViolating);
  }
  return phase === 'step' ? unfinishedStep(state, violation, expander) : null;
}

/** The first step from the state that is the one wanted. */
function generatedStep(
  state: number,
  expander: Expander,
  isWanted: (successor: StateVector, action: number) => boolean,
): TraceStep | null {
  const { model } = expander;
  let found: TraceStep | null = null;
  expander.generate(state, (successor, number, raw) => {
    if (!isWanted(successor, number)) return true;
    found = stepTo(model.decode(successor), number, model.choices(raw()), model);
    return false;
  });
  return found;
}

function unfinishedStep(state: number, violation: Violation, expander: Expander): TraceStep | null {
  const { model } = expander;
  const failure =
    state === violation.state ? violation.failure : expander.generate(state, () => true).failure;
  const unfinished = failure && model.unfinishedStep?.(failure);
  if (!unfinished) return null;
  return stepTo(unfinished.values, unfinished.action, unfinished.choices, model);
}

/** The step by the action of this number to a state. */
export function stepTo(
  state: TraceState,
  number: number,
  chosen: readonly Choice[],
  model: GraphModel,
): TraceStep {
  const action = actionOf(model, number);
  const { name, process, location } = action;
  return { action: name, process, choices: stepChoices(action, chosen), location, state };
}
