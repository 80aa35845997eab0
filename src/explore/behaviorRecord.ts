/** A random behavior made again, with what each step has chosen; for whoever shows it. */
import { EvaluationFailure, LayoutChanged, type Model, type StateVector } from './model.js';
import { Random } from './random.js';
import { RandomBehavior } from './randomBehavior.js';
import type { SimulatedViolation, SimulationOptions } from './simulate.js';
import { StateRows } from './stateRows.js';

export interface RecordedStep {
  /** -1 for the initial state. */
  readonly action: number;
  /** As the model hands them to a SuccessorSink. */
  readonly choices: readonly unknown[];
  readonly state: StateVector;
}

/** A place in a random behavior. */
export interface BehaviorPlace extends Pick<SimulatedViolation, 'behavior' | 'successor'> {
  /** The number of a state, from 0. */
  readonly state: number | null;
}

/** The states up to there; the vectors are good until the model is used again. */
export function recordOf(
  place: BehaviorPlace,
  model: Model,
  options: SimulationOptions,
): readonly RecordedStep[] {
  for (;;) {
    try {
      return record(place, model, options);
    } catch (error) {
      if (!(error instanceof LayoutChanged)) throw error;
    }
  }
}

function record(
  { behavior, state, successor }: BehaviorPlace,
  model: Model,
  { groups, seed }: SimulationOptions,
): readonly RecordedStep[] {
  if (behavior === null) return successor === null ? [] : [initialStep(model, seed, successor)];
  const initial = new StateRows(model.slotCount);
  eachInitial(model, seed, (one) => {
    if (isInside(model, one)) initial.add(one);
    return true;
  });
  const again = new RandomBehavior(model, groups, seed, behavior, initial);
  return stepsOf(state ?? 0, successor, again);
}

/** What has no value ends the initial states here as it did in the simulation. */
function eachInitial(model: Model, seed: number, look: (state: StateVector) => boolean): void {
  model.reseed?.(Random.of(seed).bits());
  try {
    model.initialStates(look);
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
  }
}

function isInside({ constraint }: Model, state: StateVector): boolean {
  try {
    return constraint === null || constraint.holds(state);
  } catch (error) {
    if (error instanceof EvaluationFailure) return false;
    throw error;
  }
}

function initialStep(model: Model, seed: number, place: number): RecordedStep {
  let found: RecordedStep | null = null;
  let at = 0;
  eachInitial(model, seed, (state) => {
    if (at++ < place) return true;
    found = { action: -1, choices: [], state: state.slice() };
    return false;
  });
  if (found === null) throw new Error(`there is no initial state ${place}`);
  return found;
}

/** The first states of a behavior, `end` being the place of the last one. */
function stepsOf(
  end: number,
  successor: number | null,
  behavior: RandomBehavior,
): readonly RecordedStep[] {
  const steps: RecordedStep[] = [{ action: -1, choices: [], state: behavior.vector.slice() }];
  while (steps.length <= end) {
    const expanded = expand(behavior, null);
    const place = behavior.choose();
    behavior.follow(place);
    steps.push(expanded[place] as RecordedStep);
  }
  if (successor === null) return steps;
  return [...steps, expand(behavior, successor)[successor] as RecordedStep];
}

/** All successors, or those up to a place: the next one may have no value. */
function expand(behavior: RandomBehavior, last: number | null): readonly RecordedStep[] {
  const found: RecordedStep[] = [];
  behavior.expand((state, action, choices) => {
    found.push({ action, choices: [...choices()], state: state.slice() });
    return found.length - 1 !== last;
  });
  return found;
}
