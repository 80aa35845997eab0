/** A recorded random behavior as a trace, with the step that failed in the making, if one did. */
import type { RecordedStep } from '../explore/behaviorRecord.js';
import type { EvaluationFailure } from '../explore/model.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import type { GraphModel } from './graphModel.js';
import { stepTo } from './lastStep.js';

/** Null where there is no state. */
export function recordedTrace(
  model: GraphModel,
  recorded: readonly RecordedStep[],
  property: string | null,
  failure: EvaluationFailure | null,
): Trace | null {
  const { spec, constants } = model;
  const [initial, ...others] = recorded;
  if (initial === undefined) return null;
  const first: TraceStep = {
    action: null,
    process: null,
    choices: new Map(),
    location: null,
    state: model.decode(initial.state),
  };
  const steps = others.map(({ action, choices, state }) =>
    stepTo(model.decode(state), action, model.choices(choices), model),
  );
  const unfinished = failure && model.unfinishedStep?.(failure);
  if (unfinished) {
    steps.push(stepTo(unfinished.values, unfinished.action, unfinished.choices, model));
  }
  return { spec, constants, property, steps: [first, ...steps], loop: null };
}
