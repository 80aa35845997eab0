/**
 * The strongly connected components of the product on which some behavior satisfies every
 * condition: Tarjan's algorithm ("Depth-first search and linear graph algorithms", 1972), without
 * recursion, and, for strong fairness, the refinement of Emerson and Lei ("Modalities for model checking",
 * 1987; as in Lichtenstein and Pnueli, 1985): where an action is enabled in a component but never
 * taken, the states where it is enabled are removed, and what is left falls apart again.
 */
import type { Memory } from '../memory.js';
import { IntStack } from './intStack.js';
import { type Product, stutter } from './product.js';

/** `order` of a node: its number while it is on the stack (from 1), or one of these. */
const unvisited = 0;
const isDone = -1;
const isPending = -2;
/** In the component that is being looked at. */
const isCurrent = -3;

export class FairComponents {
  /** The nodes of all fair components, one component after the other. */
  readonly nodes: IntStack;
  /** Where each begins in `nodes`. */
  readonly starts: number[] = [];
  /** The component of each node in `nodes`, from 0; of other nodes it is negative. */
  private readonly order: Int32Array;
  private readonly coreOf: Int32Array;
  private readonly coreNext: readonly (readonly number[])[];
  private readonly frameNode: IntStack;
  private readonly frameCursor: IntStack;
  private readonly frameLow: IntStack;
  private readonly stack: IntStack;
  private count = 0;
  private nextRoot = 0;
  private roots: { readonly size: number; at(index: number): number };
  private readonly regions: Int32Array[] = [];
  private readonly allKept: number;

  constructor(
    private readonly product: Product,
    core: readonly number[],
    roots: IntStack,
    memory: Memory,
  ) {
    this.coreOf = new Int32Array(product.placeCount).fill(-1);
    core.forEach((place, i) => {
      this.coreOf[place] = i;
    });
    const isInCore = (place: number) => core.includes(place);
    this.coreNext = Array.from({ length: product.placeCount }, (_, place) =>
      isInCore(place) ? product.next(place).filter(isInCore) : [],
    );
    this.order = memory.array(core.length * product.stateCount);
    this.nodes = new IntStack(memory);
    this.frameNode = new IntStack(memory);
    this.frameCursor = new IntStack(memory);
    this.frameLow = new IntStack(memory);
    this.stack = new IntStack(memory);
    this.roots = roots;
    this.allKept = 2 ** product.automaton.promiseCount - 1;
  }

  /** Goes over about so many steps; false when all components are known. */
  advance(count: number): boolean {
    let budget = count;
    while (budget > 0) {
      if (this.frameNode.size > 0) budget = this.walk(budget);
      else if (this.nextRoot < this.roots.size) {
        const root = this.roots.at(this.nextRoot++);
        if (this.order[this.indexOf(root)] === unvisited) this.open(root);
        budget--;
      } else if (!this.takeRegion()) return false;
    }
    return true;
  }

  /** The fair component of a node, from 0; -1 if it is in none. Valid at the end. */
  componentOf(state: number, place: number): number {
    const core = this.coreOf[place] as number;
    if (core < 0) return -1;
    const order = this.order[core * this.product.stateCount + state] as number;
    return order > 0 ? order - 1 : -1;
  }

  /** To be called at the end, before `componentOf`. */
  number(): void {
    for (let component = 0; component < this.starts.length; component++) {
      const end = this.starts[component + 1] ?? this.nodes.size;
      for (let i = this.starts[component] as number; i < end; i++) {
        this.order[this.indexOf(this.nodes.at(i))] = component + 1;
      }
    }
  }

  private indexOf(node: number): number {
    const { stateCount } = this.product;
    const place = Math.floor(node / stateCount);
    return (this.coreOf[place] as number) * stateCount + (node - place * stateCount);
  }

  private open(node: number): void {
    this.order[this.indexOf(node)] = ++this.count;
    this.stack.push(node);
    this.frameNode.push(node);
    this.frameCursor.push(0);
    this.frameLow.push(this.count);
  }

  /**
   * Goes on with the node on top. Its cursor counts its steps, that to itself first, times the
   * places that may come next.
   */
  private walk(budget: number): number {
    const { product, order, coreOf, frameNode } = this;
    const { graph, stateCount } = product;
    const top = frameNode.size - 1;
    const node = frameNode.at(top);
    const place = Math.floor(node / stateCount);
    const state = node - place * stateCount;
    const next = this.coreNext[place] as readonly number[];
    const first = (graph.starts[state] as number) - 1;
    const end = ((graph.starts[state + 1] as number) - first) * next.length;
    let low = this.frameLow.at(top);
    let left = budget;
    for (let cursor = this.frameCursor.at(top); cursor < end; cursor++) {
      left--;
      const step = Math.floor(cursor / next.length);
      const target = step === 0 ? state : (graph.targets[first + step] as number);
      const label = step === 0 ? stutter : (graph.labels[first + step] as number);
      const place2 = next[cursor - step * next.length] as number;
      const index = (coreOf[place2] as number) * stateCount + target;
      const known = order[index] as number;
      if (known < 0 || !product.lets(state, label, place)) continue;
      if (known > 0) {
        if (known < low) low = known;
        continue;
      }
      if (!product.admits(target, place2)) continue;
      this.frameCursor.items[top] = cursor + 1;
      this.frameLow.items[top] = low;
      this.open(place2 * stateCount + target);
      return left;
    }
    this.close(node, low);
    return left;
  }

  private close(node: number, low: number): void {
    const { frameNode, frameCursor, frameLow, order } = this;
    frameNode.size--;
    frameCursor.size--;
    frameLow.size--;
    const top = frameNode.size - 1;
    if (top >= 0 && low < frameLow.at(top)) frameLow.items[top] = low;
    if (low !== order[this.indexOf(node)]) return;
    const { stack } = this;
    let base = stack.size - 1;
    while (stack.at(base) !== node) base--;
    const component = stack.items.subarray(base, stack.size);
    stack.size = base;
    this.judge(component);
  }

  private judge(component: Int32Array): void {
    const kept = component.length === 1 ? this.judgeSingle(component) : this.judgeLarge(component);
    if (kept === 'fair') {
      this.starts.push(this.nodes.size);
      for (const node of component) this.nodes.push(node);
    }
    if (kept === 'fair' || kept === 'unfair') {
      this.mark(component, isDone);
      return;
    }
    this.mark(component, isDone);
    this.mark(kept, isPending);
    this.regions.push(kept);
  }

  private mark(nodes: Int32Array, as: number): void {
    for (let i = 0; i < nodes.length; i++) this.order[this.indexOf(nodes[i] as number)] = as;
  }

  /** Its only cycle is to stay. */
  private judgeSingle(component: Int32Array): 'fair' | 'unfair' {
    const { product } = this;
    const node = component[0] as number;
    const place = Math.floor(node / product.stateCount);
    const state = node - place * product.stateCount;
    const isCycle = product.next(place).includes(place) && product.lets(state, stutter, place);
    if (!isCycle || product.keeps(place) !== this.allKept) return 'unfair';
    for (const test of product.recurring) if (!test.holds(state, stutter)) return 'unfair';
    for (const { enabled } of product.strong) {
      if (product.graph.stateHas(state, enabled)) return 'unfair';
    }
    return 'fair';
  }

  /** Where some part of it may be fair, that part. */
  private judgeLarge(component: Int32Array): 'fair' | 'unfair' | Int32Array {
    const { product } = this;
    const { graph, stateCount, recurring, strong } = product;
    const unmet = new Set(recurring.keys());
    const untaken = new Set<number>();
    let kept = 0;
    for (const node of component) {
      const place = Math.floor(node / stateCount);
      const state = node - place * stateCount;
      kept |= product.keeps(place);
      for (const i of unmet) if (recurring[i]?.holdsOfState(state)) unmet.delete(i);
      strong.forEach(({ enabled }, i) => {
        if (graph.stateHas(state, enabled)) untaken.add(i);
      });
    }
    if (kept !== this.allKept) return 'unfair';
    this.lookAtSteps(component, unmet, untaken);
    if (unmet.size > 0) return 'unfair';
    if (untaken.size === 0) return 'fair';
    const isKept = (node: number): boolean => {
      const state = node % stateCount;
      for (const i of untaken) {
        if (graph.stateHas(state, strong[i]?.enabled ?? -1)) return false;
      }
      return true;
    };
    const rest = component.filter(isKept);
    return rest.length === 0 ? 'unfair' : rest;
  }

  /** Takes out of both sets what some step inside the component meets or takes. */
  private lookAtSteps(component: Int32Array, unmet: Set<number>, untaken: Set<number>): void {
    if (unmet.size + untaken.size === 0) return;
    const { product, order, coreOf } = this;
    const { graph, stateCount, recurring, strong } = product;
    this.mark(component, isCurrent);
    for (const node of component) {
      const place = Math.floor(node / stateCount);
      const state = node - place * stateCount;
      const first = (graph.starts[state] as number) - 1;
      const end = graph.starts[state + 1] as number;
      for (let step = first; step < end; step++) {
        const target = step === first ? state : (graph.targets[step] as number);
        const label = step === first ? stutter : (graph.labels[step] as number);
        const isInside = (next: number) =>
          order[(coreOf[next] as number) * stateCount + target] === isCurrent;
        if (!(this.coreNext[place] as readonly number[]).some(isInside)) continue;
        if (!product.lets(state, label, place)) continue;
        for (const i of unmet) if (recurring[i]?.holds(state, label)) unmet.delete(i);
        for (const i of untaken) {
          if (graph.labelHas(label, strong[i]?.step ?? -1)) untaken.delete(i);
        }
      }
      if (unmet.size + untaken.size === 0) return;
    }
  }

  /** What a component fell apart into; its nodes can be reached only from one another now. */
  private takeRegion(): boolean {
    const region = this.regions.pop();
    if (region === undefined) return false;
    this.mark(region, unvisited);
    this.roots = { size: region.length, at: (index) => region[index] as number };
    this.nextRoot = 0;
    return true;
  }
}
