/** From paths to traces: which path to show when there are many, and what its steps are. */
import type { StateVector } from '../explore/model.js';
import type { SearchResult, Violation } from '../explore/result.js';
import type { Trace, TraceState, TraceStep } from '../trace/trace.js';
import { Expander, type Step } from './expander.js';
import { actionOf, type GraphModel } from './graphModel.js';
import { lastStep } from './lastStep.js';
import type { Path, ShortestPaths } from './shortestPaths.js';

/**
 * The counterexample that the search found first: a shortest one, and always the same. Needs no
 * graph. Null where no state could be computed.
 */
export function foundTrace(
  model: GraphModel,
  result: SearchResult,
  violation: Violation,
): Trace | null {
  const { state, next, property } = violation;
  if (state === null) return next === undefined ? null : initialTrace(model, next.state, property);
  const expander = new Expander(model, result, true);
  const { states, actions } = result.pathTo(state);
  const steps = actions.map((action, i) => {
    const step = expander
      .steps(states[i] as number)
      .find((candidate) => candidate.action === action && candidate.target === states[i + 1]);
    if (step === undefined) throw new Error(`state ${states[i]} no longer leads to the next one`);
    return step;
  });
  return counterexampleOn({ start: states[0] as number, steps }, violation, expander);
}

/** The path to a violation as a trace, with the step at fault where it is none of the path's. */
export function counterexampleOn(path: Path, violation: Violation, expander: Expander): Trace {
  const trace = traceOf(expander.model, expander.result, path, violation.property);
  const end = path.steps.at(-1)?.target ?? path.start;
  const last = lastStep(end, violation, expander);
  return last === null ? trace : { ...trace, steps: [...trace.steps, last] };
}

function initialTrace(model: GraphModel, state: StateVector, property: string | null): Trace {
  const { spec, constants } = model;
  return { spec, constants, property, steps: [initialStep(model.decode(state))], loop: null };
}

function initialStep(state: TraceState): TraceStep {
  return { action: null, process: null, choices: new Map(), location: null, state };
}

/** The path as a trace with its states decoded. */
export function traceOf(
  model: GraphModel,
  result: SearchResult,
  path: Path,
  property: string | null,
): Trace {
  const decode = (state: number) => model.decode(result.stateAt(state));
  const steps = path.steps.map(({ action, choices, target }): TraceStep => {
    const { name, process, location } = actionOf(model, action);
    return { action: name, process, choices, location, state: decode(target) };
  });
  const { spec, constants } = model;
  const all = [initialStep(decode(path.start)), ...steps];
  return { spec, constants, property, steps: all, loop: null };
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
