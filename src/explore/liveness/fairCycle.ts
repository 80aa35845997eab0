/**
 * A short cycle from a node of a fair component back to it on which every condition is met. Where
 * that costs little it is a shortest one: the search is over pairs of a node and what has been met so
 * far. Else each condition in turn is met where that is nearest.
 *
 * A step that changes nothing costs nothing: it is left out of the lasso, unless it is all of it.
 */
import type { FairComponents } from './fairComponents.js';
import { type Product, stutter } from './product.js';

/** The product node that a step leads to, and the label of the step. */
export interface Leg {
  readonly node: number;
  readonly label: number;
}

/** So many pairs of a node and what has been met are looked at for a shortest cycle. */
const pairMax = 200_000;
/** Of what has been met, in bits: so that a pair is an exact number. */
const bitMax = 20;

export class FairCycles {
  private readonly allMet: number;
  private readonly strongShift: number;
  private readonly bitCount: number;
  private readonly promiseCount: number;

  constructor(
    private readonly product: Product,
    private readonly components: FairComponents,
  ) {
    const { recurring, strong, automaton } = product;
    this.promiseCount = automaton.promiseCount;
    this.strongShift = this.promiseCount + recurring.length;
    // Above the bits of what must be met: where an action was enabled, and where it was taken.
    this.allMet = 2 ** this.strongShift - 1;
    this.bitCount = this.strongShift + 2 * strong.length;
  }

  /** Legs from the node back to itself; null if there is none with at most `costMax` real steps. */
  from(node: number, costMax: number): readonly Leg[] | null {
    if (this.bitCount <= bitMax) {
      const found = this.shortest(node, costMax);
      if (found !== undefined) return found;
    }
    const found = this.greedy(node);
    return found !== null && cost(found) <= costMax ? found : null;
  }

  /** Undefined where it would cost too much to find out. */
  private shortest(start: number, costMax: number): readonly Leg[] | null | undefined {
    const factor = 2 ** this.bitCount;
    const settled = new Set<number>();
    let level: Pair[] = [{ node: start, label: stutter, met: 0, before: null }];
    for (let spent = 0; level.length > 0 && spent <= costMax; spent++) {
      const deeper: Pair[] = [];
      // What costs nothing is added to the level that is being gone through.
      for (let i = 0; i < level.length; i++) {
        const pair = level[i] as Pair;
        if (pair.before !== null) {
          if (pair.node === start && this.isFair(pair.met)) return legsTo(pair);
          const key = pair.node * factor + pair.met;
          if (settled.has(key)) continue;
          if (settled.add(key).size > pairMax) return undefined;
        }
        for (const leg of this.legs(pair.node)) {
          const met = this.after(pair.met, pair.node, leg.label);
          if (settled.has(leg.node * factor + met) && leg.node !== start) continue;
          (leg.label === stutter ? level : deeper).push({ ...leg, met, before: pair });
        }
      }
      level = deeper;
    }
    return null;
  }

  private after(met: number, node: number, label: number): number {
    const { product, promiseCount, strongShift } = this;
    const { graph, stateCount, recurring, strong } = product;
    const place = Math.floor(node / stateCount);
    const state = node - place * stateCount;
    let all = met | product.keeps(place);
    for (let i = 0; i < recurring.length; i++) {
      if (recurring[i]?.holds(state, label)) all |= 1 << (promiseCount + i);
    }
    for (let i = 0; i < strong.length; i++) {
      const { enabled = -1, step = -1 } = strong[i] ?? {};
      if (graph.stateHas(state, enabled)) all |= 1 << (strongShift + 2 * i);
      if (graph.labelHas(label, step)) all |= 2 << (strongShift + 2 * i);
    }
    return all;
  }

  private isFair(met: number): boolean {
    const { allMet, strongShift, product } = this;
    if ((met & allMet) !== allMet) return false;
    return product.strong.every((_, i) => ((met >>> (strongShift + 2 * i)) & 3) !== 1);
  }

  /** The steps that stay in the component. */
  private legs(node: number): readonly Leg[] {
    const { product, components } = this;
    const { graph, stateCount } = product;
    const place = Math.floor(node / stateCount);
    const state = node - place * stateCount;
    const component = components.componentOf(state, place);
    const found: Leg[] = [];
    const first = (graph.starts[state] as number) - 1;
    const end = graph.starts[state + 1] as number;
    for (let step = first; step < end; step++) {
      const target = step === first ? state : (graph.targets[step] as number);
      const label = step === first ? stutter : (graph.labels[step] as number);
      if (!product.lets(state, label, place)) continue;
      for (const next of product.next(place)) {
        if (components.componentOf(target, next) === component) {
          found.push({ node: next * stateCount + target, label });
        }
      }
    }
    return found;
  }

  /** A strongly fair action need only be taken once it has been enabled. */
  private greedy(start: number): readonly Leg[] | null {
    const wanted = this.wants();
    const cycle: Leg[] = [];
    let at = start;
    const go = (legs: readonly Leg[]): void => {
      for (const leg of legs) {
        for (const want of wanted) want.see(at, leg.label);
        cycle.push(leg);
        at = leg.node;
      }
    };
    for (;;) {
      const open = wanted.filter((want) => want.isOpen());
      if (open.length === 0 && at === start && cycle.length > 0) return cycle;
      const legs =
        open.length === 0
          ? this.nearest(at, (_, leg) => leg.node === start)
          : this.nearest(at, (node, leg) => open.some((want) => want.isMetBy(node, leg.label)));
      if (legs === null) return null;
      go(legs);
    }
  }

  private wants(): Want[] {
    const { product } = this;
    const { graph, stateCount, recurring, strong } = product;
    const stateOf = (node: number) => node % stateCount;
    const promises = Array.from({ length: this.promiseCount }, (_, i) =>
      want((node) => ((product.keeps(Math.floor(node / stateCount)) >>> i) & 1) === 1),
    );
    const tests = recurring.map((test) => want((node, label) => test.holds(stateOf(node), label)));
    const actions = strong.map(({ enabled, step }) =>
      want(
        (_, label) => graph.labelHas(label, step),
        (node) => graph.stateHas(stateOf(node), enabled),
      ),
    );
    return [...promises, ...tests, ...actions];
  }

  /** The way to the nearest step that is wanted, with it. */
  private nearest(
    start: number,
    isWanted: (node: number, leg: Leg) => boolean,
  ): readonly Leg[] | null {
    const seen = new Set<number>([start]);
    let level: Pair[] = [{ node: start, label: stutter, met: 0, before: null }];
    while (level.length > 0) {
      const deeper: Pair[] = [];
      for (let i = 0; i < level.length; i++) {
        const pair = level[i] as Pair;
        for (const leg of this.legs(pair.node)) {
          const next = { ...leg, met: 0, before: pair };
          if (isWanted(pair.node, leg)) return legsTo(next);
          if (seen.has(leg.node)) continue;
          seen.add(leg.node);
          (leg.label === stutter ? level : deeper).push(next);
        }
      }
      level = deeper;
    }
    return null;
  }
}

interface Pair extends Leg {
  readonly met: number;
  readonly before: Pair | null;
}

function legsTo(last: Pair): readonly Leg[] {
  const legs: Leg[] = [];
  for (let pair = last; pair.before !== null; pair = pair.before) {
    legs.push({ node: pair.node, label: pair.label });
  }
  return legs.reverse();
}

/** How many steps change something. */
export function cost(legs: readonly Leg[]): number {
  return legs.filter(({ label }) => label !== stutter).length;
}

type StepTest = (node: number, label: number) => boolean;

interface Want {
  see(node: number, label: number): void;
  isOpen(): boolean;
  readonly isMetBy: StepTest;
}

/** Without `arises` it is wanted from the start. */
function want(
  isMetBy: StepTest,
  arises: StepTest = () => true,
  fromStart = arises.length === 0,
): Want {
  let hasArisen = fromStart;
  let isMet = false;
  return {
    isMetBy,
    isOpen: () => hasArisen && !isMet,
    see(node, label) {
      if (arises(node, label)) hasArisen = true;
      if (isMetBy(node, label)) isMet = true;
    },
  };
}
