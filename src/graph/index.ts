/** What the rest of the program uses of graphs. */
export { type CounterexampleSelection, Counterexamples, firstPaths } from './counterexamples.js';
export { type DotOptions, dotLines, writeDot } from './dot.js';
export type { Step } from './expander.js';
export type { Choice, GraphAction, GraphModel } from './graphModel.js';
export {
  GraphFormatError,
  graphFormat,
  graphJsonLines,
  readGraphJson,
  writeGraphJson,
} from './json.js';
export { lassoGraph } from './lassoGraph.js';
export { type LassoPath, lassoTrace } from './lassoTrace.js';
export { recordedTrace } from './recordedTrace.js';
export type { Path, ShortestPaths } from './shortestPaths.js';
export {
  buildStateGraph,
  defaultMaxGraphStates,
  type EdgeAttributes,
  type GraphHeader,
  GraphLimitError,
  type NodeAttributes,
  type Selection,
  type StateGraph,
  type StateGraphOptions,
} from './stateGraph.js';
export { counterexampleOn, fewestContextSwitches, foundTrace, traceOf } from './traces.js';
