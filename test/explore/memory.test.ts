/** A search whose arrays may not grow any more stops, and what it has found stays whole. */
import { describe, expect, it } from 'vitest';
import { explore, MemoryLimit, Search, type SearchSnapshot } from '../../src/explore/index.js';
import { Memory } from '../../src/explore/memory.js';
import { createStore } from '../../src/explore/store.js';
import { countersToy, type Toy, toyModel } from './toyModels.js';

describe('arrays', () => {
  it('are asked for with their bytes', () => {
    const asked: number[] = [];
    const memory = new Memory((bytes) => asked.push(bytes) > 0);
    const doubled = memory.doubled(Int32Array.of(1, 2, 3));
    expect([...doubled]).toEqual([1, 2, 3, 0, 0, 0]);
    expect(memory.array(5)).toHaveLength(5);
    expect(asked).toEqual([24, 20]);
  });

  it('are refused where they may not be taken, and where they cannot be', () => {
    expect(() => new Memory(() => false).array(1)).toThrow(MemoryLimit);
    expect(() => new Memory().array(2 ** 40)).toThrow(MemoryLimit);
  });
});

it('a store that cannot grow is as it was before, and says what it takes', () => {
  let room = Number.POSITIVE_INFINITY;
  const store = createStore(1, () => 1, { memory: new Memory((bytes) => bytes <= room) });
  const insert = (from: number, to: number) => {
    for (let n = from; n < to; n++) store.insert(Int32Array.of(n));
  };
  insert(0, 100);
  const before = store.bytes;
  expect(before).toBeGreaterThan(400);
  room = 0;
  expect(() => insert(100, 1_000_000)).toThrow(MemoryLimit);
  const { size } = store;
  expect(size).toBeGreaterThanOrEqual(100);
  for (const n of [0, 50, size - 1]) expect(store.find(Int32Array.of(n))).toBe(n);
  expect(store.find(Int32Array.of(size))).toBe(-1);
  room = Number.POSITIVE_INFINITY;
  insert(size, 100_000);
  expect(store.size).toBe(100_000);
  expect(store.bytes).toBeGreaterThan(before);
});

const square = countersToy(150);
const toys: Readonly<Record<string, Toy>> = {
  'each state its own': square,
  // Every state has another key, so that both stores grow.
  'with keys': { ...square, key: ([x = 0, y = 0]) => [y, x] },
};

describe.each(Object.entries(toys))('a search, %s', (_, toy) => {
  const options = { checkDeadlock: false };
  const whole = explore(toyModel(toy), options);

  it('stops at the first array, the second, … and can be taken up again', () => {
    let stops = 0;
    for (let allowed = 0; ; allowed++) {
      let left = allowed;
      const search = new Search(toyModel(toy), { ...options, mayTake: () => left-- > 0 });
      while (search.advance(1000));
      const result = search.result();
      if (result.complete) break;
      stops++;
      expect(result).toMatchObject({ outcome: 'limit', stopped: 'limit', violations: [] });
      const { distinct } = result;
      expect(result.states.size).toBe(distinct);
      expect(result.states.find(result.stateAt(distinct - 1))).toBe(distinct - 1);
      const path = result.pathTo(distinct - 1).states;
      expect(path).toHaveLength(result.depthOf(distinct - 1));
      const from = search.snapshot() as SearchSnapshot;
      const again = new Search(toyModel(toy), { ...options, from });
      while (again.advance(10_000));
      const { generated, depth } = whole;
      expect(again.result()).toMatchObject({ distinct: 151 * 151, generated, depth });
    }
    // States, table and links double several times each from a thousand to 22,801.
    expect(stops).toBeGreaterThan(10);
  });
});
