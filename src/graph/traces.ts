/** From paths to traces: which path to show when there are many, and what its steps are. */
import type { SearchResult, Violation } from '../explore/result.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import { Expander, type Step } from './expander.js';
import { actionOf, type GraphModel } from './graphModel.js';
import type { Path, ShortestPaths } from './shortestPaths.js';

/**
 * The path along which the search found the violation first: a shortest one, and always the same.
 * Needs no graph. Null where no state could be computed.
 */
export function foundTrace(
  model: GraphModel,
  result: SearchResult,
  violation: Violation,
): Trace | null {
  if (violation.state === null) return null;
  const expander = new Expander(model, result);
  const { states, actions } = result.pathTo(violation.state);
  const steps = actions.map((action, i) => {
    const step = expander
      .steps(states[i] as number)
      .find((candidate) => candidate.action === action && candidate.target === states[i + 1]);
    if (step === undefined) throw new Error(`state ${states[i]} no longer leads to the next one`);
    return step;
  });
  return traceOf(model, result, { start: states[0] as number, steps }, violation.property);
}

/** The path as a trace with its states decoded. */
export function traceOf(
  model: GraphModel,
  result: SearchResult,
  path: Path,
  property: string | null,
): Trace {
  const decode = (state: number) => model.decode(result.stateAt(state));
  const initial: TraceStep = {
    action: null,
    process: null,
    choices: new Map(),
    location: null,
    state: decode(path.start),
  };
  const steps = path.steps.map(({ action, choices, target }): TraceStep => {
    const { name, process, location } = actionOf(model, action);
    return { action: name, process, choices, location, state: decode(target) };
  });
  const { spec, constants } = model;
  return { spec, constants, property, steps: [initial, ...steps], loop: null };
}

/**
 * Among the shortest violating paths, one on which processes take turns least often: the easiest
 * to read. The first of them in the order of steps. Null where there is no path.
 */
export function fewestContextSwitches(paths: ShortestPaths): Path | null {
  const { model } = paths.expander;
  const processOf = (step: Step) => actionOf(model, step.action).process;
  /** The fewest switches from each step on, the step itself being taken already. */
  const switches = new Map<Step, number>();
  const costAfter = (step: Step, next: Step): number =>
    (switches.get(next) as number) + (processOf(step) === processOf(next) ? 0 : 1);
  // States are in the order of depth, so backwards every step's successors come before it.
  for (const state of paths.states.reverse()) {
    for (const step of paths.steps(state)) {
      const costs = paths.steps(step.target).map((next) => costAfter(step, next));
      switches.set(step, costs.length === 0 ? 0 : Math.min(...costs));
    }
  }
  const [start] = paths.starts;
  if (start === undefined) return null;
  const firsts = paths.starts.flatMap((state) => paths.steps(state));
  let step = cheapest(firsts, (first) => switches.get(first) as number);
  if (step === null) return { start, steps: [] };
  const steps: Step[] = [];
  while (step !== null) {
    steps.push(step);
    const taken: Step = step;
    step = cheapest(paths.steps(taken.target), (next) => costAfter(taken, next));
  }
  return { start: steps[0]?.source ?? start, steps };
}

/** The first of the steps whose cost is smallest; null if there are none. */
function cheapest(steps: readonly Step[], cost: (step: Step) => number): Step | null {
  let best: Step | null = null;
  for (const step of steps) if (best === null || cost(step) < cost(best)) best = step;
  return best;
}
