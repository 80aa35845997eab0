/**
 * Where behaviors enter the core of the product: every core node that an initial node is, or that a
 * step leads to from an outer node. Outer nodes are walked through breadth first.
 */
import type { Memory } from '../memory.js';
import { IntStack } from './intStack.js';
import type { Places } from './places.js';
import { type Product, stutter } from './product.js';

export class Entries {
  /** Core nodes, each at least once. */
  readonly found: IntStack;
  private readonly queue: IntStack;
  private next = 0;
  /** A bit for each outer node. */
  private readonly seen: Int32Array;
  private readonly isOuter: readonly boolean[];
  private readonly isCore: readonly boolean[];
  private readonly universal: readonly number[];

  constructor(
    private readonly product: Product,
    places: Places,
    initial: Iterable<number>,
    memory: Memory,
  ) {
    const { placeCount, stateCount } = product;
    const indices = Array.from({ length: placeCount }, (_, place) => place);
    this.isOuter = indices.map((place) => places.outer.includes(place));
    this.isCore = indices.map((place) => places.core.includes(place));
    this.universal = places.outer.filter((place) => product.isUniversal(place));
    const words = Math.ceil((placeCount * stateCount) / 32) + 1;
    this.seen = memory.array(words);
    this.found = new IntStack(memory);
    this.queue = new IntStack(memory);
    for (const state of initial) {
      for (const place of product.automaton.initial) this.visit(state, place);
    }
    for (const place of this.universal) this.leaveUniversal(place);
  }

  /** Takes up to so many nodes; false when all are taken. */
  advance(count: number): boolean {
    const { queue } = this;
    for (let i = 0; i < count && this.next < queue.size; i++) this.expand(queue.at(this.next++));
    return this.next < queue.size;
  }

  /** Every state is read there, so what follows is known without a look at the steps. */
  private leaveUniversal(place: number): void {
    for (const next of this.product.next(place)) {
      if (next === place) continue;
      for (let state = 0; state < this.product.stateCount; state++) this.visit(state, next);
    }
  }

  private expand(node: number): void {
    const { product } = this;
    const { graph, stateCount } = product;
    const place = Math.floor(node / stateCount);
    const state = node - place * stateCount;
    const next = product.next(place);
    const end = graph.starts[state + 1] as number;
    if (product.lets(state, stutter, place)) for (const one of next) this.visit(state, one);
    for (let i = graph.starts[state] as number; i < end; i++) {
      if (!product.lets(state, graph.labels[i] as number, place)) continue;
      for (const one of next) this.visit(graph.targets[i] as number, one);
    }
  }

  private visit(state: number, place: number): void {
    const { product, seen } = this;
    const isCore = this.isCore[place] === true;
    if (!isCore && this.isOuter[place] !== true) return;
    if (this.universal.includes(place)) return;
    const node = place * product.stateCount + state;
    const word = node >>> 5;
    const bit = 1 << (node & 31);
    if (((seen[word] as number) & bit) !== 0 || !product.admits(state, place)) return;
    seen[word] = (seen[word] as number) | bit;
    if (isCore) this.found.push(node);
    else this.queue.push(node);
  }
}
