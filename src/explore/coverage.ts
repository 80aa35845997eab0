/** What a finished search never met: actions without a step, predicates that were never true. */
import { EvaluationFailure, type Model, type StatePredicate, type StateVector } from './model.js';
import type { SearchResult } from './result.js';

/** How many states were found by each action first; an initial state was found by none. */
export function newStatesByAction(result: SearchResult, actionCount: number): Float64Array {
  const found = new Float64Array(actionCount);
  for (let state = 0; state < result.states.size; state++) {
    if (result.isOutsideConstraint(state)) continue;
    const action = result.action(state);
    if (action >= 0) found[action] = (found[action] as number) + 1;
  }
  return found;
}

/** Blocked: a state was reached in which it might have been taken, and it never was. */
export type StepsOfAction = 'some' | 'blocked' | 'unreached' | 'unknown';

/** A model that can tell at once that an action has no step in a state. */
export interface StepTest {
  mayStep(action: number, state: StateVector): boolean;
}

/**
 * What became of actions that found no new state: they may have had steps to states that were
 * known. Only states are expanded again in which one of them may have a step, and so many at most.
 */
export function stepsOfActions(
  actions: readonly number[],
  model: Model & StepTest,
  result: SearchResult,
  expandedMax: number,
): ReadonlyMap<number, StepsOfAction> {
  let open = [...actions];
  const reached = new Set<number>();
  const taken = new Set<number>();
  const state = new Int32Array(model.slotCount);
  const onStep = (_: StateVector, action: number): boolean => {
    taken.add(action);
    return true;
  };
  let left = expandedMax;
  for (let index = 0; index < result.expanded && open.length > 0; index++) {
    if (result.isOutsideConstraint(index)) continue;
    result.states.read(index, state);
    let isNeeded = false;
    for (const action of open) {
      if (!model.mayStep(action, state)) continue;
      reached.add(action);
      isNeeded = true;
    }
    if (!isNeeded) continue;
    if (left-- === 0) {
      return new Map(actions.map((one) => [one, open.includes(one) ? 'unknown' : 'some']));
    }
    model.successors(state, onStep);
    open = open.filter((action) => !taken.has(action));
  }
  const became = (action: number): StepsOfAction => {
    if (taken.has(action)) return 'some';
    return reached.has(action) ? 'blocked' : 'unreached';
  };
  return new Map(actions.map((action) => [action, became(action)]));
}

/**
 * Which of these predicates are true in no state that was found, by their numbers. One that has no
 * value somewhere is not among them: nothing is known of it.
 */
export function neverTrue(
  predicates: readonly StatePredicate[],
  result: SearchResult,
): readonly number[] {
  let open = predicates.map((_, number) => number);
  const state = new Int32Array(result.slotCount);
  for (let index = 0; index < result.states.size && open.length > 0; index++) {
    result.states.read(index, state);
    open = open.filter((number) => isFalse(predicates[number] as StatePredicate, state));
  }
  return open;
}

function isFalse(predicate: StatePredicate, state: StateVector): boolean {
  try {
    return !predicate.holds(state);
  } catch (error) {
    if (error instanceof EvaluationFailure) return false;
    throw error;
  }
}
