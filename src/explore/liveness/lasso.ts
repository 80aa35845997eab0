/**
 * The lasso of a violation: a way from an initial state to a fair component, breadth first through
 * the product, and a short fair cycle there. Nodes of fair components are tried in the order of
 * their depth, for as long as a shorter lasso is possible, up to a limit.
 */
import type { Memory } from '../memory.js';
import type { FairComponents } from './fairComponents.js';
import { cost, FairCycles, type Leg } from './fairCycle.js';
import { IntStack } from './intStack.js';
import { type Product, stutter } from './product.js';

/** States by their index; no two neighbours are equal. */
export interface Lasso {
  readonly states: readonly number[];
  /** The labels of the steps to each state but the first. */
  readonly labels: readonly number[];
  /** The index in `states` of the one that follows the last one. */
  readonly loop: number;
  /** The label of the step that closes the cycle; that of stuttering if the cycle is one state. */
  readonly closing: number;
}

/** Cycles are looked for from so many nodes. */
const attemptMax = 400;

export class LassoSearch {
  private readonly cycles: FairCycles;
  /**
   * By node: the node before it on a shortest way, plus 2; 1 for an initial node, 0 for unseen. It
   * is negative while the node is known to be one deeper at most.
   */
  private readonly before: Int32Array;
  private readonly labels: Int32Array;
  private level: IntStack;
  private deeper: IntStack;
  private next = 0;
  private depth = 1;
  private attempts = 0;
  private best: {
    readonly length: number;
    readonly node: number;
    readonly cycle: readonly Leg[];
  } | null = null;

  constructor(
    private readonly product: Product,
    private readonly components: FairComponents,
    initial: Iterable<number>,
    private readonly memory: Memory,
    /** Only a lasso with fewer states is wanted. */
    private readonly below = Number.POSITIVE_INFINITY,
  ) {
    this.cycles = new FairCycles(product, components);
    const nodeCount = product.placeCount * product.stateCount;
    this.before = memory.array(nodeCount);
    this.labels = memory.array(nodeCount);
    this.level = new IntStack(memory);
    this.deeper = new IntStack(memory);
    for (const state of initial) {
      for (const place of product.automaton.initial) this.visit(state, place, 1, stutter);
    }
  }

  advance(count: number): boolean {
    for (let i = 0; i < count; i++) {
      if (this.next === this.level.size && !this.deepen()) return false;
      if (this.next === this.level.size) continue;
      this.expand(this.level.at(this.next++));
    }
    return true;
  }

  /** Null where there is none that is short enough. */
  lasso(): Lasso | null {
    const { best, product } = this;
    if (best === null) return null;
    const way: Leg[] = [];
    let node = best.node;
    while ((this.before[node] as number) > 1) {
      way.push({ node, label: this.labels[node] as number });
      node = (this.before[node] as number) - 2;
    }
    const stateOf = (one: number) => one % product.stateCount;
    const steps = (legs: readonly Leg[]): Step[] =>
      legs.flatMap((leg) =>
        leg.label === stutter ? [] : [{ to: stateOf(leg.node), label: leg.label }],
      );
    return folded(stateOf(node), steps(way.reverse()), steps(best.cycle));
  }

  /** False when nothing shorter can be found. */
  private deepen(): boolean {
    if (this.deeper.size === 0 || this.depth + 1 >= this.limit) return false;
    if (this.best !== null && this.attempts >= attemptMax) return false;
    const { deeper, before } = this;
    this.level = new IntStack(this.memory);
    this.deeper = new IntStack(this.memory);
    for (let i = 0; i < deeper.size; i++) {
      const node = deeper.at(i);
      if ((before[node] as number) > 0) continue;
      before[node] = -(before[node] as number);
      this.level.push(node);
    }
    this.next = 0;
    this.depth++;
    return true;
  }

  private get limit(): number {
    return Math.min(this.below, this.best?.length ?? Number.POSITIVE_INFINITY);
  }

  private expand(node: number): void {
    const { product } = this;
    const { graph, stateCount } = product;
    const place = Math.floor(node / stateCount);
    const state = node - place * stateCount;
    if (this.components.componentOf(state, place) >= 0) this.attempt(node);
    const next = product.next(place);
    const end = graph.starts[state + 1] as number;
    if (product.lets(state, stutter, place)) {
      for (const one of next) this.visit(state, one, node + 2, stutter);
    }
    for (let i = graph.starts[state] as number; i < end; i++) {
      const label = graph.labels[i] as number;
      if (!product.lets(state, label, place)) continue;
      for (const one of next) this.visit(graph.targets[i] as number, one, node + 2, label);
    }
  }

  private visit(state: number, place: number, from: number, label: number): void {
    const node = place * this.product.stateCount + state;
    const known = this.before[node] as number;
    // A step that changes nothing is not shown: the node is as deep as the one before it.
    const isAsDeep = label === stutter;
    if (known > 0 || (known < 0 && !isAsDeep)) return;
    if (known === 0 && !this.product.admits(state, place)) return;
    this.before[node] = isAsDeep ? from : -from;
    this.labels[node] = label;
    (isAsDeep ? this.level : this.deeper).push(node);
  }

  private attempt(node: number): void {
    const { depth, limit } = this;
    if (depth >= limit || (this.best !== null && this.attempts >= attemptMax)) return;
    this.attempts++;
    // A cycle of one step that changes something does not exist, and staying takes no step.
    const costMax = Math.min(limit - depth, this.product.stateCount * this.product.placeCount);
    const cycle = this.cycles.from(node, costMax);
    if (cycle === null) return;
    const length = depth - 1 + Math.max(1, cost(cycle));
    if (length < limit) this.best = { length, node, cycle };
  }
}

interface Step {
  readonly to: number;
  readonly label: number;
}

/** Where the prefix comes to the cycle from its last state, the cycle can begin there. */
function folded(start: number, way: readonly Step[], cycle: readonly Step[]): Lasso {
  const prefix = [...way];
  let round = [...cycle];
  // The cycle begins in the last state of the prefix, and its last step leads back there.
  for (;;) {
    const last = prefix.at(-1);
    const before = prefix.at(-2)?.to ?? start;
    if (last === undefined || before !== round.at(-2)?.to) break;
    prefix.pop();
    round = [last, ...round.slice(0, -1)];
  }
  const steps = [...prefix, ...round.slice(0, -1)];
  return {
    states: [start, ...steps.map(({ to }) => to)],
    labels: steps.map(({ label }) => label),
    loop: prefix.length,
    closing: round.at(-1)?.label ?? stutter,
  };
}
