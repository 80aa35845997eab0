import { describe, expect, test } from 'vitest';
import { Random } from '../../src/explore/random.js';

describe('the pseudo-random numbers', () => {
  test('are those of xoshiro128**', () => {
    const random = Random.withState(1, 2, 3, 4);
    // By hand: rotl(2 * 5, 7) * 9 = 11520; then b is 3 ^ 1 ^ 2 = 0; then b is 1026 ^ 7 = 1029.
    expect([random.bits(), random.bits(), random.bits()]).toEqual([11520, 0, 5927040]);
  });

  test('follow from the seed, also from one beyond 32 bits', () => {
    const first = (...words: number[]) => Random.of(...words).bits();
    expect(first(7, 1)).toBe(first(7, 1));
    const seeds = [[7, 1], [7, 2], [8, 1], [7 + 2 ** 32, 1], [7], [0], [0, 0], [1, 7]];
    expect(new Set(seeds.map((words) => first(...words))).size).toBe(seeds.length);
  });

  test.each([1, 2, 7, 1000])('below %i has each number equally often', (count) => {
    const random = Random.of(3, count);
    const times = new Array<number>(count).fill(0);
    const expected = 1000;
    for (let i = 0; i < count * expected; i++) {
      const drawn = random.below(count);
      times[drawn] = (times[drawn] as number) + 1;
    }
    expect(times).toHaveLength(count);
    const chiSquare = times.reduce((sum, n) => sum + (n - expected) ** 2 / expected, 0);
    // Its mean is count - 1 and its variance twice that: five standard deviations and a bit.
    expect(chiSquare).toBeLessThan(count - 1 + 5 * Math.sqrt(2 * (count - 1)) + 10);
  });

  test('below takes none of the numbers of the last, shorter stretch', () => {
    const random = Random.of(1);
    const third = Math.ceil(2 ** 32 / 1.5);
    // Below 2/3 of 2^32, taking the remainder would make the lower half twice as likely.
    let low = 0;
    for (let i = 0; i < 3000; i++) if (random.below(third) < third / 2) low++;
    expect(Math.abs(low - 1500)).toBeLessThan(5 * Math.sqrt(750));
  });
});
