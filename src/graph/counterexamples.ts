/**
 * Counterexample graphs: every state and step that lies on a violating path of the kind asked for.
 * They are built from the search's result without a graph of all states, which may be too large.
 */
import type { SearchResult, Violation } from '../explore/result.js';
import { Expander, type Step } from './expander.js';
import type { GraphModel } from './graphModel.js';
import { ReverseEdges } from './reverseEdges.js';
import { type Path, ShortestPaths } from './shortestPaths.js';
import {
  assemble,
  defaultMaxGraphStates,
  GraphLimitError,
  type StateGraph,
  type StateGraphOptions,
} from './stateGraph.js';

/** All shortest paths, every path, or the first N shortest ones. */
export type CounterexampleSelection = 'shortest' | 'all' | number;

/** Everything about the counterexamples of one search; what properties share is made once. */
export class Counterexamples {
  private readonly expander: Expander;
  private reverseEdges: ReverseEdges | null = null;
  private readonly shortestByViolation = new Map<Violation, ShortestPaths>();

  constructor(
    readonly model: GraphModel,
    readonly result: SearchResult,
  ) {
    this.expander = new Expander(model, result, true);
  }

  /** A violation of a state. Initial states that cannot be computed have no paths. */
  shortest(violation: Violation): ShortestPaths {
    if (violation.state === null) throw new Error('a violation without a state has no path');
    let paths = this.shortestByViolation.get(violation);
    if (paths === undefined) {
      const isTarget = (state: number): boolean => this.expander.violates(state, violation);
      paths = ShortestPaths.find(this.expander, violation, this.reverse(), isTarget);
      this.shortestByViolation.set(violation, paths);
    }
    return paths;
  }

  graph(
    violation: Violation,
    selection: CounterexampleSelection,
    options: StateGraphOptions = {},
  ): StateGraph {
    const shortest = this.shortest(violation);
    const isShortest = selection !== 'all';
    const paths =
      selection === 'all'
        ? this.everyPath(violation)
        : selection === 'shortest'
          ? { states: shortest.states, stepsFrom: (state: number) => shortest.steps(state) }
          : union(firstPaths(shortest, selection));
    const { states, stepsFrom } = this.withViolatingSteps(paths, violation);
    refuseBeyond(states.length, options.maxStates ?? defaultMaxGraphStates, selection);
    const header = {
      spec: this.model.spec,
      constants: this.model.constants,
      property: violation.property,
      selection,
      complete: isShortest ? this.hasAllShortest(violation) : this.hasAll(),
      shortestPaths: shortest.count,
    };
    return assemble(this.expander, header, states, stepsFrom, (state) =>
      this.expander.violates(state, violation),
    );
  }

  /** A path to a violation of an action property ends before the step; the graph has the step. */
  private withViolatingSteps(paths: Part, violation: Violation): Part {
    if (violation.kind !== 'action-property') return paths;
    const violating = new Map<number, readonly Step[]>();
    const states = new Set(paths.states);
    for (const state of paths.states) {
      if (!this.expander.violates(state, violation)) continue;
      const steps = this.expander.violatingSteps(state, violation);
      violating.set(state, steps);
      for (const step of steps) states.add(step.target);
    }
    return {
      states: [...states].sort((a, b) => a - b),
      stepsFrom(state) {
        const onPath = paths.stepsFrom(state);
        const ranks = new Set(onPath.map(({ rank }) => rank));
        const added = (violating.get(state) ?? []).filter(({ rank }) => !ranks.has(rank));
        return [...onPath, ...added].sort((a, b) => a.rank - b.rank);
      },
    };
  }

  private hasAll(): boolean {
    return this.result.complete && this.result.reducedCount === 0;
  }

  /**
   * False when the search stopped before it had seen the whole depth of the violation, or has left
   * out interleavings.
   */
  private hasAllShortest(violation: Violation): boolean {
    const { result } = this;
    if (result.reducedCount > 0) return false;
    const { start, end } = result.level(result.depthOf(violation.state as number));
    // What a step comes to, or that none exists, is known only where the step has been tried.
    const isOfState = violation.kind === 'invariant';
    return result.expanded >= (isOfState ? start : end);
  }

  /** Backwards from every violating state, whatever its depth. */
  private everyPath(violation: Violation): Part {
    const { size } = this.result.states;
    const isOnPath = new Uint8Array(size);
    const queue: number[] = [];
    for (let state = 0; state < size; state++) {
      if (this.expander.violates(state, violation)) {
        isOnPath[state] = 1;
        queue.push(state);
      }
    }
    for (let next = 0; next < queue.length; next++) {
      for (const source of this.reverse().predecessors(queue[next] as number)) {
        if (isOnPath[source] === 1) continue;
        isOnPath[source] = 1;
        queue.push(source);
      }
    }
    return {
      states: queue.sort((a, b) => a - b),
      stepsFrom: (state) =>
        this.expander.steps(state).filter((step) => isOnPath[step.target] === 1),
    };
  }

  private reverse(): ReverseEdges {
    this.reverseEdges ??= new ReverseEdges(this.expander);
    return this.reverseEdges;
  }
}

interface Part {
  readonly states: readonly number[];
  readonly stepsFrom: (state: number) => readonly Step[];
}

/** The first `count` shortest paths, fewer if there are fewer. */
export function firstPaths(shortest: ShortestPaths, count: number): Path[] {
  const paths: Path[] = [];
  for (const path of shortest.paths()) {
    if (paths.length >= count) break;
    paths.push(path);
  }
  return paths;
}

function union(paths: readonly Path[]): Part {
  const byState = new Map<number, Map<number, Step>>();
  const at = (state: number): Map<number, Step> => {
    const steps = byState.get(state) ?? new Map<number, Step>();
    byState.set(state, steps);
    return steps;
  };
  for (const { start, steps } of paths) {
    at(start);
    for (const step of steps) {
      at(step.source).set(step.rank, step);
      at(step.target);
    }
  }
  return {
    states: [...byState.keys()].sort((a, b) => a - b),
    stepsFrom: (state) => [...at(state).values()].sort((a, b) => a.rank - b.rank),
  };
}

function refuseBeyond(count: number, limit: number, selection: CounterexampleSelection): void {
  if (count <= limit) return;
  const remedy =
    selection === 'all'
      ? 'Raise it with --max-graph-states, or ask for --counterexamples shortest.'
      : 'Raise it with --max-graph-states, or ask for a few paths: --counterexamples N.';
  throw new GraphLimitError(count, limit, remedy);
}
