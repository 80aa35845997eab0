/** A cache of results may forget, but what it gives is what was made of the very same operands. */
import { describe, expect, it } from 'vitest';
import { ResultCache } from '../../src/compile/runtime/resultCache.js';
import { ModelValue, makeRecord, makeSet, makeTuple } from '../../src/values/index.js';

/** Some of them have the same hash, or are equal but for their type. */
const operands: readonly unknown[] = [
  0,
  1,
  -1,
  2 ** 31,
  2 ** 53,
  Number.NaN,
  false,
  true,
  '',
  '0',
  '1',
  'ab',
  'ac',
  'page',
  ModelValue.of('page'),
  makeSet([]),
  makeTuple([]),
  makeSet([1]),
  makeTuple([1]),
  makeRecord(new Map([['a', 1]])),
  undefined,
  null,
  {},
  {},
  () => 0,
  10n,
];

const labelOf = (left: number, right: number) => `${left} ${right}`;

describe('a cache of results', () => {
  it('has nothing at first, whatever the operands', () => {
    const cache = new ResultCache<string>();
    for (const left of operands) {
      for (const right of operands) expect(cache.get(left, right)).toBe(undefined);
    }
  });

  it('gives what was set last for the same two operands in the same order, or nothing', () => {
    const cache = new ResultCache<string>();
    const set = new Set<string>();
    let hits = 0;
    for (let round = 0; round < 3; round++) {
      operands.forEach((left, i) => {
        operands.forEach((right, j) => {
          const known = cache.get(left, right);
          if (known !== undefined) {
            hits++;
            expect(known).toBe(labelOf(i, j));
            expect(set).toContain(known);
          }
          expect(cache.set(left, right, labelOf(i, j))).toBe(labelOf(i, j));
          set.add(labelOf(i, j));
        });
      });
    }
    // Those that no hash tells apart make room for each other.
    expect(hits).toBeGreaterThan(operands.length * 10);
  });

  it.each([0, false, '', null])('gives the result %o as any other', (result) => {
    const cache = new ResultCache<unknown>();
    cache.set(3, 4, result);
    expect(cache.get(3, 4)).toBe(result);
    expect(cache.get(4, 3)).toBe(undefined);
  });

  it('has the result that was set last at once', () => {
    const cache = new ResultCache<number>();
    for (let i = 0; i < 20_000; i++) {
      cache.set(i % 701, i % 97, i);
      expect(cache.get(i % 701, i % 97)).toBe(i);
    }
  });
});

describe('a cache that grows', () => {
  /** Those of so many results that it still has; none of them may be another's. */
  function kept(cache: ResultCache<number>, count: number): number {
    let found = 0;
    let wrong = 0;
    for (let i = 0; i < count; i++) {
      const result = cache.get(i, i >>> 3);
      if (result === i) found++;
      else if (result !== undefined) wrong++;
    }
    expect(wrong).toBe(0);
    return found;
  }

  it('loses nothing that it had when it grows', () => {
    const cache = new ResultCache<number>();
    let before = 0;
    for (let i = 0; i < 3000; i++) {
      cache.set(i, i >>> 3, i);
      const now = kept(cache, i + 1);
      // One more, and at most one has made room for it.
      expect(now).toBeGreaterThanOrEqual(before);
      before = now;
    }
    // More than it had room for before it grew for the first time.
    expect(before).toBeGreaterThan(2 ** 8);
  });

  it('has room for as many as are asked for again and again, up to its limit', () => {
    const cache = new ResultCache<number>();
    for (let round = 0; round < 4; round++) {
      for (let i = 0; i < 30_000; i++) {
        if (cache.get(i, i >>> 3) === undefined) cache.set(i, i >>> 3, i);
      }
    }
    expect(kept(cache, 30_000)).toBeGreaterThan(27_000);
    for (let i = 0; i < 1_000_000; i++) cache.set(i, i >>> 3, i);
    // It never has more than 2 to the power 18.
    expect(kept(cache, 1_000_000)).toBeLessThanOrEqual(2 ** 18);
  });
});
