/**
 * The states that a search has found, with how each was found first. Depths are not stored: states
 * are in the order of depth, so the index at which each depth begins is enough.
 */
import type { StateVector } from './model.js';
import type { StatePath } from './result.js';
import { createStore, type StateStore } from './store.js';

export class FoundStates {
  readonly store: StateStore;
  /** `levelStarts[d - 1]` is the index of the first state with depth d. */
  private readonly levelStarts: number[] = [0];
  private predecessors = new Int32Array(1 << 10);
  private actions = new Int32Array(1 << 10);
  private readonly outside = new Set<number>();

  constructor(
    readonly slotCount: number,
    slotSize: (slot: number) => number,
  ) {
    this.store = createStore(slotCount, slotSize);
  }

  get size(): number {
    return this.store.size;
  }

  /** States outside the constraint left out, as TLC counts. */
  get distinct(): number {
    return this.store.size - this.outside.size;
  }

  /** How many depths have a state that counts as distinct. */
  get depth(): number {
    let depth = this.levelStarts.length;
    while (depth > 0 && this.isEmptyLevel(depth)) depth--;
    return depth;
  }

  /** The index of the state; it was new if that is the `size` from before the call. */
  add(state: StateVector, predecessor: number, action: number): number {
    const known = this.store.size;
    const index = this.store.insert(state);
    if (index < known) return index;
    if (index === this.predecessors.length) {
      this.predecessors = doubled(this.predecessors);
      this.actions = doubled(this.actions);
    }
    this.predecessors[index] = predecessor;
    this.actions[index] = action;
    return index;
  }

  putOutside(index: number): void {
    this.outside.add(index);
  }

  isOutside(index: number): boolean {
    return this.outside.has(index);
  }

  /** Call before the first state of a depth is expanded: what is found from now on is deeper. */
  beginLevel(): void {
    this.levelStarts.push(this.size);
  }

  predecessor(index: number): number {
    return this.predecessors[index] as number;
  }

  action(index: number): number {
    return this.actions[index] as number;
  }

  level(depth: number): { start: number; end: number } {
    const start = this.levelStarts[depth - 1] ?? this.size;
    return { start, end: this.levelStarts[depth] ?? this.size };
  }

  depthOf(index: number): number {
    let low = 1;
    let high = this.levelStarts.length;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.levelStarts[middle - 1] as number) <= index) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  pathTo(index: number): StatePath {
    const states = [index];
    const actions: number[] = [];
    for (let at = index; this.predecessor(at) >= 0; at = this.predecessor(at)) {
      states.push(this.predecessor(at));
      actions.push(this.action(at));
    }
    return { states: states.reverse(), actions: actions.reverse() };
  }

  stateAt(index: number): StateVector {
    const state = new Int32Array(this.slotCount);
    this.store.read(index, state);
    return state;
  }

  private isEmptyLevel(depth: number): boolean {
    const { start, end } = this.level(depth);
    for (let index = start; index < end; index++) if (!this.outside.has(index)) return false;
    return true;
  }
}

function doubled(array: Int32Array): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
