/**
 * The states that a search has found, with how each was found first. Depths are not stored: states
 * are in the order of depth, so the index at which each depth begins is enough.
 */
import type { StateKeys, StateVector } from './model.js';
import type { StatePath } from './result.js';
import { createStore, type StateReader, type StateStore } from './store.js';

export class FoundStates {
  private readonly store: StateStore;
  /** The key of each state, with the state's index; null where the state is its own key. */
  private readonly keyStore: StateStore | null;
  /** `levelStarts[d - 1]` is the index of the first state with depth d. */
  private readonly levelStarts: number[] = [0];
  private predecessors = new Int32Array(1 << 10);
  private actions = new Int32Array(1 << 10);
  private readonly outside = new Set<number>();

  constructor(
    readonly slotCount: number,
    slotSize: (slot: number) => number,
    private readonly keys: StateKeys | null = null,
  ) {
    this.store = createStore(slotCount, slotSize);
    this.keyStore =
      keys === null ? null : createStore(keys.slotCount, (slot) => keys.slotSize(slot));
  }

  /** Whether a state may stand for others. */
  get isReduced(): boolean {
    return this.keyStore !== null;
  }

  /** What a finished search hands out. */
  get reader(): StateReader {
    const { store } = this;
    if (this.keyStore === null) return store;
    return {
      size: store.size,
      read: (index, into) => store.read(index, into),
      find: (state) => this.find(state),
    };
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

  /** The index of the state that stands for this one, or -1. */
  find(state: StateVector): number {
    const { keyStore } = this;
    return keyStore === null ? this.store.find(state) : keyStore.find(this.keyOf(state));
  }

  read(index: number, into: StateVector): void {
    this.store.read(index, into);
  }

  /**
   * The index of the state that stands for this one; it is this one, and new, if that is the `size`
   * from before the call.
   */
  add(state: StateVector, predecessor: number, action: number): number {
    const known = this.store.size;
    const index = this.insert(state);
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

  private insert(state: StateVector): number {
    const { keyStore, store } = this;
    if (keyStore === null) return store.insert(state);
    const index = keyStore.insert(this.keyOf(state));
    // A state whose key is new is new itself, so both stores number it alike.
    if (index === store.size) store.insert(state);
    return index;
  }

  private keyOf(state: StateVector): StateVector {
    if (this.keys === null) throw new Error('every state is its own key');
    return this.keys.keyOf(state);
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
