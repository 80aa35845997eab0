import { describe, expect, it } from 'vitest';
import { createStore } from '../../src/explore/store.js';

const read = (store: ReturnType<typeof createStore>, index: number, slots: number): number[] => {
  const into = new Int32Array(slots);
  store.read(index, into);
  return [...into];
};

describe('the store of states', () => {
  it('numbers states in the order in which they come, and each only once', () => {
    const store = createStore(2, () => 4);
    expect(store.insert(Int32Array.of(1, 2))).toBe(0);
    expect(store.insert(Int32Array.of(2, 1))).toBe(1);
    expect(store.insert(Int32Array.of(1, 2))).toBe(0);
    expect(store.size).toBe(2);
    expect(store.find(Int32Array.of(2, 1))).toBe(1);
    expect(store.find(Int32Array.of(3, 3))).toBe(-1);
  });

  it('gives every state back as it came, whatever the widths of its slots', () => {
    const sizes = [1, 2, 3, 17, 300, 70_000, 5, 2_000_000];
    const store = createStore(sizes.length, (slot) => sizes[slot] as number);
    const highest = sizes.map((size) => size - 1);
    const lowest = sizes.map(() => 0);
    const single = sizes.map((_, slot) =>
      sizes.map((size, other) => (slot === other ? size - 1 : 0)),
    );
    const states = [highest, lowest, ...single.slice(1)];
    for (const state of states) store.insert(Int32Array.from(state));
    expect(states.map((_, index) => read(store, index, sizes.length))).toEqual(states);
  });

  it('repacks when a code outgrows its slot, and keeps all states and their numbers', () => {
    const store = createStore(3, () => 1);
    const states: number[][] = [];
    for (let n = 0; n < 2000; n++) states.push([n % 2, n, n * 50_000]);
    for (const [index, state] of states.entries()) {
      expect(store.insert(Int32Array.from(state))).toBe(index);
    }
    expect(store.size).toBe(2000);
    for (const [index, state] of states.entries()) {
      expect(store.find(Int32Array.from(state))).toBe(index);
      expect(read(store, index, 3)).toEqual(state);
    }
  });

  it('looks up a code that no slot is wide enough for without widening anything', () => {
    const store = createStore(1, () => 2);
    store.insert(Int32Array.of(1));
    expect(store.find(Int32Array.of(1_000_000))).toBe(-1);
    expect(store.find(Int32Array.of(1))).toBe(0);
  });

  it('holds every pair of a grid once, however often they come', () => {
    const store = createStore(2, () => 1);
    for (let round = 0; round < 2; round++) {
      for (let a = 0; a < 200; a++) {
        for (let b = 0; b < 200; b++) {
          expect(store.insert(Int32Array.of(a, b))).toBe(a * 200 + b);
        }
      }
    }
    expect(store.size).toBe(40_000);
  });

  it('holds the one state of a model without slots', () => {
    const store = createStore(0, () => 0);
    expect(store.insert(new Int32Array(0))).toBe(0);
    expect(store.insert(new Int32Array(0))).toBe(0);
    expect(store.size).toBe(1);
  });

  it('refuses a negative code and a number that no state has', () => {
    const store = createStore(1, () => 2);
    expect(() => store.insert(Int32Array.of(-1))).toThrow('negative code');
    expect(() => store.read(0, new Int32Array(1))).toThrow('no state 0');
  });
});
