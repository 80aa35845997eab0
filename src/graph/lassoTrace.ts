/** A lasso of states and actions as a trace. */
import type { SearchResult } from '../explore/result.js';
import type { Trace } from '../trace/trace.js';
import { Expander, type Step } from './expander.js';
import { actionOf, type GraphModel } from './graphModel.js';
import { traceOf } from './traces.js';

/** Indices of the search's states; `actions[i]` leads from the i-th to the next one. */
export interface LassoPath {
  readonly states: readonly number[];
  readonly actions: readonly number[];
  /** The index in `states` of the one that follows the last. */
  readonly loop: number;
  /** The action that closes the cycle; -1 if it stays in the last state. */
  readonly closing: number;
}

export function lassoTrace(
  model: GraphModel,
  result: SearchResult,
  { states, actions, loop, closing }: LassoPath,
  property: string,
): Trace {
  const expander = new Expander(model, result, true);
  const stepTo = (source: number, target: number, action: number): Step => {
    const isMeant = (step: Step) => step.action === action && step.target === target;
    const found = expander.steps(source).find(isMeant);
    if (found === undefined) throw new Error(`state ${source} no longer leads to ${target}`);
    return found;
  };
  const at = (index: number) => states[index] as number;
  const steps = actions.map((action, i) => stepTo(at(i), at(i + 1), action));
  const trace = { ...traceOf(model, result, { start: at(0), steps }, property), loop };
  if (closing < 0) return trace;
  const { choices } = stepTo(at(states.length - 1), at(loop), closing);
  const { name, process, location } = actionOf(model, closing);
  return { ...trace, closing: { action: name, process, choices, location } };
}
