/**
 * Decides properties of whole behaviors on the states of a finished search. A behavior of the
 * specification is a path of the graph of states, with repetitions, that satisfies the assumption;
 * it violates a property if it satisfies the negation as well. There is such a behavior exactly if
 * the product with an automaton has a fair strongly connected component that can be reached
 * (Lichtenstein and Pnueli, "Checking that finite state concurrent programs satisfy their linear
 * specification", 1985; TLC does the same with a tableau: Manna and Pnueli, 1995, chapter 5).
 *
 * It is advanced piece by piece, as a search is.
 */
import { Memory, MemoryLimit } from '../memory.js';
import { EvaluationFailure, type Model } from '../model.js';
import type { SearchResult } from '../result.js';
import { type Automaton, automatonOf, persistence } from './automaton.js';
import { Entries } from './entries.js';
import { FairComponents } from './fairComponents.js';
import { type Goal, goalsOf } from './goals.js';
import { type Lasso, LassoSearch } from './lasso.js';
import { placesOf } from './places.js';
import { Product } from './product.js';
import { StepGraph } from './stepGraph.js';
import type { Formula, TemporalModel } from './temporalModel.js';
import { type LivenessViolation, violationOf } from './violation.js';

export interface LivenessOptions {
  /** Go on after a violation. */
  readonly everyProperty?: boolean;
  /** Asked before the arrays grow by so many bytes; false ends the check. */
  readonly mayTake?: (bytes: number) => boolean;
}

export interface LivenessProgress {
  /** The property that is being decided; null while the steps are made. */
  readonly property: string | null;
  /** How many states have their steps. */
  readonly states: number;
  readonly steps: number;
}

export interface LivenessResult {
  /** One for each property that is violated, in their order. */
  readonly violations: readonly LivenessViolation[];
  /** How many properties are decided: the first ones. */
  readonly decided: number;
  /** What has no value, and the state in which it was asked for. */
  readonly failure: { readonly error: EvaluationFailure; readonly state: number } | null;
  readonly stopped: 'limit' | 'interrupted' | null;
}

interface Phase {
  advance(count: number): boolean;
}

export class LivenessCheck {
  private readonly memory: Memory;
  private graph: StepGraph | null = null;
  private readonly violations: LivenessViolation[] = [];
  private decided = 0;
  private property: string | null = null;
  private failure: LivenessResult['failure'] = null;
  private stopped: LivenessResult['stopped'] = null;
  private piece = 0;
  private readonly run: Iterator<void>;

  constructor(
    private readonly model: Model,
    private readonly temporal: TemporalModel,
    private readonly search: SearchResult,
    private readonly options: LivenessOptions = {},
  ) {
    if (search.isReduced) throw new Error('a state that stands for others is no state of a lasso');
    if (!search.complete && search.stopped !== null) throw new Error('the search has not ended');
    this.memory = new Memory(options.mayTake);
    this.run = this.all();
  }

  /** Does about so many states or steps; false when it is over. May throw LayoutChanged. */
  advance(count: number): boolean {
    if (this.stopped !== null) return false;
    this.piece = count;
    try {
      return this.run.next().done !== true;
    } catch (error) {
      if (error instanceof MemoryLimit) this.stopped = 'limit';
      else if (error instanceof EvaluationFailure) {
        this.failure = { error, state: Math.max(0, (this.graph?.done ?? 1) - 1) };
      } else throw error;
      return false;
    }
  }

  interrupt(): void {
    this.stopped ??= 'interrupted';
  }

  progress(): LivenessProgress {
    const { property, graph } = this;
    return { property, states: graph?.done ?? 0, steps: graph?.steps ?? 0 };
  }

  result(): LivenessResult {
    const { violations, decided, failure, stopped } = this;
    return { violations, decided, failure, stopped };
  }

  private *all(): Generator<void> {
    const { temporal } = this;
    const graph = new StepGraph(this.model, temporal, this.search, this.memory);
    this.graph = graph;
    yield* this.through(graph);
    for (const [number, { name, formula }] of temporal.properties.entries()) {
      this.property = name;
      yield;
      const lasso = yield* this.shortestLasso(formula, graph);
      this.decided = number + 1;
      if (lasso === null) continue;
      this.violations.push(violationOf(number, lasso, graph, temporal));
      if (this.options.everyProperty !== true) return;
    }
  }

  /** Null where the property holds. */
  private *shortestLasso(property: Formula, graph: StepGraph): Generator<void, Lasso | null> {
    const { temporal } = this;
    const negation: Formula = { kind: 'not', operand: property };
    const wanted: Formula = { kind: 'and', operands: [temporal.assumption, negation] };
    let best: Lasso | null = null;
    for (const goal of goalsOf(wanted, temporal)) {
      const product = new Product(graph, automatonFor(goal), goal, temporal);
      const below: number | undefined = (best as Lasso | null)?.states.length;
      best = (yield* this.lassoIn(product, below)) ?? best;
    }
    return best;
  }

  private *lassoIn(product: Product, below?: number): Generator<void, Lasso | null> {
    const { memory } = this;
    if (product.placeCount * product.stateCount >= 2 ** 31) throw new MemoryLimit(2 ** 33);
    const places = placesOf(product.automaton);
    if (places.core.length === 0) return null;
    const entries = new Entries(product, places, this.initialStates(), memory);
    yield* this.through(entries);
    const components = new FairComponents(product, places.core, entries.found, memory);
    yield* this.through(components);
    if (components.starts.length === 0) return null;
    components.number();
    const lassos = new LassoSearch(product, components, this.initialStates(), memory, below);
    yield* this.through(lassos);
    const lasso = lassos.lasso();
    if (lasso === null && below === undefined) throw new Error('a fair component without a lasso');
    return lasso;
  }

  private *through(phase: Phase): Generator<void> {
    while (phase.advance(this.piece)) yield;
  }

  private *initialStates(): Generator<number> {
    const { start, end } = this.search.level(1);
    for (let state = start; state < end; state++) {
      if (!this.search.isOutsideConstraint(state)) yield state;
    }
  }
}

function automatonFor({ persistent, rest }: Goal): Automaton {
  if (rest.length === 0) return persistence(persistent);
  const always = persistent.map((test) => {
    const now = { kind: 'now', test } as const;
    return { kind: 'eventually', operand: { kind: 'always', operand: now } } as const;
  });
  return automatonOf([...rest, ...always]);
}
