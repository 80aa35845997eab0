/** A lasso as a graph: its states and steps and no others; its cycle is what violates. */
import type { SearchResult } from '../explore/result.js';
import { Expander, type Step } from './expander.js';
import type { GraphModel } from './graphModel.js';
import type { LassoPath } from './lassoTrace.js';
import { assemble, type StateGraph } from './stateGraph.js';

export function lassoGraph(
  model: GraphModel,
  result: SearchResult,
  { states, actions, loop, closing }: LassoPath,
  property: string,
): StateGraph {
  const expander = new Expander(model, result, true);
  const at = (index: number) => states[index] as number;
  const taken = [
    ...actions.map((action, i) => ({ source: at(i), target: at(i + 1), action })),
    { source: at(states.length - 1), target: at(loop), action: closing },
  ];
  // A state may be passed twice, before the cycle and in it.
  const stepsFrom = (state: number): readonly Step[] =>
    expander.steps(state).filter((step) => {
      return taken.some(({ source, target, action }) => {
        return source === state && step.target === target && step.action === action;
      });
    });
  const header = {
    spec: model.spec,
    constants: model.constants,
    property,
    selection: 'shortest' as const,
    complete: true,
    shortestPaths: null,
  };
  const inCycle = new Set(states.slice(loop));
  const distinct = [...new Set(states)].sort((a, b) => a - b);
  return assemble(expander, header, distinct, stepsFrom, (state) => inCycle.has(state));
}
