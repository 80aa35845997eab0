/**
 * States as a Graphology graph: a node per state, keyed by its index, and an edge per step, keyed
 * by its source and its rank there (`12.3`). Parallel steps that differ are parallel edges. Nodes
 * do not hold their states; `state` decodes one on demand.
 *
 * A graph is complete or it is refused: beyond the limit there is no partial one.
 */
import { MultiDirectedGraph } from 'graphology';
import type { SearchResult } from '../explore/result.js';
import type { TraceState } from '../trace/trace.js';
import type { Value } from '../values/index.js';
import { Expander, type Step } from './expander.js';
import { actionOf, type GraphModel, type Location } from './graphModel.js';

export interface NodeAttributes {
  index: number;
  initial: boolean;
  /** The number of states on a shortest trace to it, as TLC counts. */
  depth: number;
  /** The invariants that are false here, in the order of the configuration. */
  violates: readonly string[];
  /** A counterexample may end here: a violation, a deadlock that was looked for, a failed step. */
  violating: boolean;
  /** It is outside the state constraint, and here only because it is violating. */
  outside: boolean;
}

export interface EdgeAttributes {
  action: string;
  process: Value | null;
  choices: ReadonlyMap<string, Value>;
  location: Location | null;
}

/** Which part of the reachable states a graph holds. */
export type Selection = 'all states' | 'shortest' | 'all' | number;

export interface GraphHeader {
  readonly spec: string;
  readonly constants: ReadonlyMap<string, Value>;
  /** What the counterexamples violate; null in the graph of all states. */
  readonly property: string | null;
  readonly selection: Selection;
  /** Everything that the selection means is here: the search did not stop too early. */
  readonly complete: boolean;
  /** How many shortest violating paths there are; null where they were not counted. */
  readonly shortestPaths: bigint | null;
}

export interface StateGraph {
  readonly header: GraphHeader;
  readonly graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>;
  /** The state with this index. */
  state(index: number): TraceState;
}

/** The graph would hold more states than the user allows. */
export class GraphLimitError extends Error {
  readonly kind = 'limit';

  constructor(
    readonly stateCount: number,
    readonly limit: number,
    /** What the user can do. */
    readonly remedy: string,
  ) {
    super(`the graph has ${stateCount} states, and the limit is ${limit}`);
    this.name = 'GraphLimitError';
  }
}

/**
 * Graphology takes one or two kilobytes a state with its edges (`npm run bench -- --graph`), and a
 * hundredth of this is too many to draw.
 */
export const defaultMaxGraphStates = 300_000;

export interface StateGraphOptions {
  readonly maxStates?: number;
}

/** The graph of all states that the search has found. */
export function buildStateGraph(
  model: GraphModel,
  result: SearchResult,
  options: StateGraphOptions = {},
): StateGraph {
  const expander = new Expander(model, result);
  const limit = options.maxStates ?? defaultMaxGraphStates;
  if (result.states.size > limit) {
    throw new GraphLimitError(
      result.states.size,
      limit,
      'Raise it with --max-graph-states, or ask for the counterexamples only: ' +
        '--counterexamples shortest.',
    );
  }
  const states = Array.from({ length: result.states.size }, (_, index) => index);
  const header: GraphHeader = {
    spec: model.spec,
    constants: model.constants,
    property: null,
    selection: 'all states',
    complete: result.complete,
    shortestPaths: null,
  };
  return assemble(expander, header, states, (state) => expander.steps(state));
}

/**
 * The graph of the given states, in the given order, with the given steps between them.
 * `isViolating` says where counterexamples end, where that is narrower than any violation.
 */
export function assemble(
  expander: Expander,
  header: GraphHeader,
  states: readonly number[],
  stepsFrom: (state: number) => readonly Step[],
  isViolating?: (state: number) => boolean,
): StateGraph {
  const { model, result } = expander;
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  const checksDeadlock = result.violations.some(({ kind }) => kind === 'deadlock');
  const hasFailures = result.violations.some(({ phase }) => phase === 'step');
  const ofProperties = result.violations.filter(({ kind }) => kind.endsWith('-property'));
  for (const state of states) {
    const violates = expander.violatedInvariants(state);
    graph.addNode(state, {
      index: state,
      initial: result.predecessor(state) < 0,
      depth: result.depthOf(state),
      violates,
      violating:
        isViolating?.(state) ??
        (violates.length > 0 ||
          (checksDeadlock && expander.isDeadlocked(state)) ||
          ofProperties.some((violation) => expander.violates(state, violation)) ||
          (hasFailures && expander.stepFailure(state) !== null)),
      outside: result.isOutsideConstraint(state),
    });
  }
  // Graphology wants texts, and would make one of each number, for each edge again.
  const keys = new Map(states.map((state) => [state, String(state)]));
  for (const [state, key] of keys) {
    for (const step of stepsFrom(state)) {
      const { name, process, location } = actionOf(model, step.action);
      const attributes = { action: name, process, choices: step.choices, location };
      const target = keys.get(step.target) as string;
      graph.addDirectedEdgeWithKey(`${key}.${step.rank}`, key, target, attributes);
    }
  }
  return { header, graph, state: (index) => model.decode(result.stateAt(index)) };
}
