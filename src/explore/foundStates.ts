/**
 * The states that a search has found, with how each was found first. Depths are not stored: states
 * are in the order of depth, so the index at which each depth begins is enough.
 */
import { Chunks, chunkMask, chunkShift, SmallNumbers } from './chunks.js';
import { Memory } from './memory.js';
import type { Model, StateKeys, StateVector } from './model.js';
import type { StatePath } from './result.js';
import { type SearchSnapshot, SnapshotMismatch, type StateSink } from './snapshot.js';
import {
  createStore,
  type StateReader,
  type StateStore,
  type StoreArrays,
  type StoreOptions,
} from './store.js';

export class FoundStates {
  private readonly store: StateStore;
  /** The key of each state, with the state's index; null where the state is its own key. */
  private readonly keyStore: StateStore | null;
  /** `levelStarts[d - 1]` is the index of the first state with depth d. */
  private readonly levelStarts: number[] = [0];
  private readonly predecessors: Chunks;
  /** Action + 1, so that an initial state has 0. */
  private readonly actions: SmallNumbers;
  /** So many states there may be before the links must grow. */
  private room = 0;
  private readonly outside = new Set<number>();
  readonly slotCount: number;
  private readonly keys: StateKeys | null;

  constructor(model: Model, options: StoreOptions = {}) {
    const { slotCount, keys = null } = model;
    const { memory = new Memory() } = options;
    this.slotCount = slotCount;
    this.keys = keys;
    this.predecessors = new Chunks(1, memory);
    this.actions = new SmallNumbers(model.actionCount, memory);
    this.store = createStore(slotCount, (slot) => model.slotSize(slot), options);
    this.keyStore =
      keys === null ? null : createStore(keys.slotCount, (slot) => keys.slotSize(slot), options);
  }

  /** What states, keys and predecessors take in memory. */
  get bytes(): number {
    const { store, keyStore, predecessors, actions } = this;
    return store.bytes + (keyStore?.bytes ?? 0) + predecessors.bytes + actions.bytes;
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
    const { keyStore, store } = this;
    if (keyStore === null) return store.find(state);
    const index = keyStore.find(this.keyOf(state));
    // Where memory ends, a key may be stored whose state is not.
    return index < store.size ? index : -1;
  }

  read(index: number, into: StateVector): void {
    this.store.read(index, into);
  }

  /**
   * The index of the state that stands for this one; it is this one, and new, if that is the `size`
   * from before the call. Throws MemoryLimit where there is no room for it.
   */
  add(state: StateVector, predecessor: number, action: number): number {
    const known = this.store.size;
    if (known === this.room) this.makeRoom();
    const index = this.insert(state);
    if (index === known) this.link(index, predecessor, action);
    return index;
  }

  /** Whether successors can be gathered: only where every state is its own key. */
  get gatherer(): StateStore | null {
    return this.keyStore === null ? this.store : null;
  }

  /** The gatherer may only insert a state where there is room for its links. */
  get hasRoom(): boolean {
    return this.size < this.room;
  }

  /** For the links of one more state at least. Throws MemoryLimit. */
  makeRoom(count = this.size + 1): void {
    const { predecessors, actions } = this;
    predecessors.reserve(count);
    actions.reserve(count);
    this.room = Math.min(predecessors.capacity, actions.capacity);
  }

  /**
   * Makes room for so many states in all. A table that grows to the length `largeTable` or more
   * is empty after that, which is told: all states must be placed in it, by the caller or by
   * `restoreTable`. Throws MemoryLimit.
   */
  reserve(count: number, largeTable: number): boolean {
    this.makeRoom(count);
    return this.store.reserveUnplaced(count, largeTable);
  }

  /** Good until a state is added, or room is made for more. */
  get arrays(): StoreArrays & { readonly predecessors: Chunks; readonly actions: SmallNumbers } {
    const { store, predecessors, actions } = this;
    return { ...store.arrays, predecessors, actions };
  }

  /** So many states more are in the arrays, with their links. */
  adopt(count: number): void {
    this.store.adopt(count);
  }

  /** For a table that somebody may have left half filled. */
  restoreTable(): void {
    this.store.restoreTable();
  }

  /** Whether one of the states from `first` up to `end` is outside the constraint. */
  isAnyOutside(first: number, end: number): boolean {
    if (this.outside.size === 0) return false;
    for (let index = first; index < end; index++) if (this.outside.has(index)) return true;
    return false;
  }

  /** To be called when the gatherer has inserted a state. */
  linkLast(predecessor: number, action: number): void {
    this.link(this.size - 1, predecessor, action);
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
    const chunk = this.predecessors.list[index >>> chunkShift] as Int32Array;
    return chunk[index & chunkMask] as number;
  }

  action(index: number): number {
    return this.actions.get(index) - 1;
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

  /** What a snapshot says of the states; live, so it is valid until the next state is added. */
  snapshot(): Pick<SearchSnapshot, 'size' | 'levelStarts' | 'outside' | 'eachState'> {
    const { size, levelStarts, outside } = this;
    return { size, levelStarts, outside: [...outside], eachState: (sink) => this.eachState(sink) };
  }

  /** Into an empty collection. Throws SnapshotMismatch, or MemoryLimit. */
  restore({ size, levelStarts, outside, eachState }: SearchSnapshot): void {
    eachState((state, predecessor, action) => {
      const index = this.size;
      if (predecessor >= index) throw new SnapshotMismatch(`${index} comes before its predecessor`);
      if (this.add(state, predecessor, action) !== index) {
        throw new SnapshotMismatch(`state ${index} is there twice`);
      }
    });
    if (this.size !== size) throw new SnapshotMismatch(`${this.size} states, and not ${size}`);
    for (const start of levelStarts.slice(1)) this.levelStarts.push(start);
    for (const index of outside) this.outside.add(index);
  }

  /** Where the states of the depth end that is being expanded; 0 before the first. */
  get levelEnd(): number {
    return this.levelStarts.at(-1) as number;
  }

  stateAt(index: number): StateVector {
    const state = new Int32Array(this.slotCount);
    this.store.read(index, state);
    return state;
  }

  private link(index: number, predecessor: number, action: number): void {
    const chunk = this.predecessors.list[index >>> chunkShift] as Int32Array;
    chunk[index & chunkMask] = predecessor;
    this.actions.set(index, action + 1);
  }

  private insert(state: StateVector): number {
    const { keyStore, store } = this;
    if (keyStore === null) return store.insert(state);
    const index = keyStore.insert(this.keyOf(state));
    // A state whose key is new is new itself, so both stores number it alike.
    if (index === store.size) store.insert(state);
    return index;
  }

  private eachState(sink: StateSink): void {
    const state = new Int32Array(this.slotCount);
    for (let index = 0; index < this.size; index++) {
      this.store.read(index, state);
      sink(state, this.predecessor(index), this.action(index));
    }
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
