/** A table of results for pairs of codes gives what was put in, or nothing. */
import { describe, expect, it } from 'vitest';
import { PairTable } from '../../src/compile/runtime/pairTable.js';

const resultOf = (first: number, second: number) => first * 100_000 + second;

function filled(pairs: readonly (readonly [number, number])[]): PairTable<number> {
  const table = new PairTable<number>();
  for (const [first, second] of pairs) {
    expect(table.get(first, second)).toBeUndefined();
    expect(table.set(first, second, resultOf(first, second))).toBe(resultOf(first, second));
  }
  return table;
}

const square = (size: number) =>
  Array.from({ length: size * size }, (_, i) => [i % size, Math.floor(i / size)] as const);

describe('a table of results for pairs', () => {
  it('has nothing at first', () => {
    expect(new PairTable().get(0, 0)).toBeUndefined();
    expect(new PairTable().get(5000, 5000)).toBeUndefined();
  });

  it.each([
    ['row after row', square(60).map(([a, b]) => [b, a] as const)],
    ['column after column', square(60)],
    ['from the last one', square(60).reverse()],
    ['far apart', [0, 1, 7, 8, 500].flatMap((a) => [0, 3, 64, 200].map((b) => [a, b] as const))],
  ])('keeps all of them while they have room: %s', (_, pairs) => {
    const table = filled(pairs);
    for (const [first, second] of pairs) {
      expect(table.get(first, second)).toBe(resultOf(first, second));
    }
    expect(table.get(61, 0)).toBeUndefined();
    expect(table.get(0, 61)).toBeUndefined();
  });

  it('never takes a pair for another, though it may forget some when they are too many', () => {
    const firsts = Array.from({ length: 400 }, (_, i) => i * i);
    const seconds = [0, 1, 2, 90, 5000];
    const pairs = firsts.flatMap((first) => seconds.map((second) => [first, second] as const));
    const table = new PairTable<number>();
    for (const [first, second] of pairs) table.set(first, second, resultOf(first, second));
    let kept = 0;
    for (const [first, second] of pairs) {
      const found = table.get(first, second);
      if (found === undefined) continue;
      expect(found).toBe(resultOf(first, second));
      kept++;
    }
    expect(kept).toBeGreaterThan(pairs.length / 2);
    expect(table.get(3, 4)).toBeUndefined();
  });

  it('keeps the last result of a pair, also one that counts as false', () => {
    const table = new PairTable<unknown>();
    for (const result of [1, 0, false, '', 'a', null]) {
      table.set(2, 3, result);
      expect(table.get(2, 3)).toBe(result);
    }
  });
});
