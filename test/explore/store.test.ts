import { describe, expect, it } from 'vitest';
import { createStore, gatheredMax } from '../../src/explore/store.js';

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

describe('slots that widen one bit at a time', () => {
  it('keep all states at every width from 1 to 31', () => {
    const store = createStore(3, () => 1, { isTight: true });
    const states: number[][] = [[0, 0, 0]];
    for (let width = 1; width <= 31; width++) {
      const highest = 2 ** width - 1;
      states.push([highest, 0, 1], [0, highest, highest], [highest, highest, 0]);
    }
    // Of width 1 there is [1, 0, 1], [0, 1, 1] and [1, 1, 0]: all of them differ.
    for (const [index, state] of states.entries()) {
      expect(store.insert(Int32Array.from(state))).toBe(index);
    }
    for (const [index, state] of states.entries()) {
      expect(store.find(Int32Array.from(state))).toBe(index);
      expect(read(store, index, 3)).toEqual(state);
    }
  });
});

describe('states that are gathered', () => {
  const everything = Number.POSITIVE_INFINITY;
  /** The numbers of those that were new. */
  const insertAll = (store: ReturnType<typeof createStore>, count: number): number[] => {
    const added: number[] = [];
    store.touchGathered();
    for (let number = 0; number < count; number++) {
      number = store.insertGathered(number, everything);
      if (number < count) added.push(number);
    }
    return added;
  };
  const gathered = (isTight: boolean) => {
    const store = createStore(4, () => 1, { isTight });
    const parent = Int32Array.of(1, 2, 3, 0);
    store.insert(parent);
    store.gatherFrom(0, parent);
    return store;
  };

  it('are what they were, whether or not it is known in which slots they differ', () => {
    const store = gathered(false);
    expect(store.gather(Int32Array.of(1, 9, 3, 0), Int32Array.of(1, 3))).toBe(0);
    expect(store.gather(Int32Array.of(7, 2, 3, 5), null)).toBe(1);
    expect(insertAll(store, 2)).toEqual([0, 1]);
    expect(store.size).toBe(3);
    expect(read(store, 1, 4)).toEqual([1, 9, 3, 0]);
    expect(read(store, 2, 4)).toEqual([7, 2, 3, 5]);
  });

  it('may be equal to each other and to their origin', () => {
    const store = gathered(false);
    for (const last of [0, 6, 6, 0]) {
      store.gather(Int32Array.of(1, 2, 3, last), Int32Array.of(3));
    }
    expect(insertAll(store, 4)).toEqual([1]);
    expect(store.size).toBe(2);
  });

  it('stay what they are when a slot is widened before they are inserted', () => {
    const store = gathered(true);
    const codes = [1, 2, 5, 30, 600, 70_000, 2_000_000_000];
    for (const code of codes) store.gather(Int32Array.of(1, 2, code, 4), Int32Array.of(2, 3));
    expect(insertAll(store, codes.length)).toEqual(codes.map((_, number) => number));
    codes.forEach((code, number) => {
      expect(read(store, number + 1, 4)).toEqual([1, 2, code, 4]);
    });
    expect(read(store, 0, 4)).toEqual([1, 2, 3, 0]);
  });

  it('are not inserted beyond a number of states, and the first new one is told', () => {
    const store = gathered(false);
    for (const last of [0, 5, 0, 6]) store.gather(Int32Array.of(1, 2, 3, last), null);
    expect(store.insertGathered(0, 2)).toBe(1);
    expect(store.insertGathered(2, 2)).toBe(3);
    expect(store.newNumber).toBe(3);
    expect(store.size).toBe(2);
    expect(store.insertGathered(2, 3)).toBe(3);
    expect(read(store, 2, 4)).toEqual([1, 2, 3, 6]);
  });

  it('are no more than there is room for, and none once they are forgotten', () => {
    const store = gathered(false);
    for (let n = 0; n < gatheredMax; n++) store.gather(Int32Array.of(n, 2, 3, 0), null);
    expect(() => store.gather(Int32Array.of(0, 2, 3, 0), null)).toThrow('too many');
    store.forgetGathered();
    expect(store.gather(Int32Array.of(0, 2, 3, 0), null)).toBe(0);
    expect(store.size).toBe(1);
  });
});
