/** Rounds of every size fit the arrays that members share, and the bits of their keys. */
import { describe, expect, it } from 'vitest';
import { RoundSize } from '../../../src/explore/parallel/roundSize.js';
import { blockCountMax, keyShift, statesMax } from '../../../src/explore/parallel/shared.js';

const memberCounts = [1, 2, 3, 7, 8, 33, 64];
const rooms = Array.from({ length: 20 }, (_, i) => 2 ** (i + 1));
const successors = [1, 1.5, 8, 13.7, 300, 5000, 100_000];
const rests = [1, 2, 3, 100, 6143, 32_768, 10_000_000];

describe.each(rooms)('rounds with %i steps of each member', (room) => {
  it('have keys of 31 bits, that tell all steps of all states apart', () => {
    expect(2 ** keyShift(room)).toBeGreaterThanOrEqual(room);
    expect(statesMax(room) * 2 ** keyShift(room)).toBeLessThanOrEqual(2 ** 31);
    expect(statesMax(room)).toBeGreaterThanOrEqual(1);
  });

  it('have one state at least, and no more states or blocks than there is room for', () => {
    for (const members of memberCounts) {
      const size = new RoundSize(members, room);
      for (const each of successors) {
        size.succeed(100, 100 * each);
        for (const rest of rests) {
          for (const wanted of [1, 2000, 1 << 15, 10_000_000]) {
            const states = size.statesOf(rest, wanted);
            expect(states).toBeGreaterThanOrEqual(1);
            expect(states).toBeLessThanOrEqual(Math.min(rest, statesMax(room)));
            const blocks = Math.ceil(states / 2 ** size.blockShiftOf(states));
            expect(blocks).toBeLessThanOrEqual(blockCountMax);
          }
        }
      }
    }
  });
});

it('after rounds that came to nothing the leader goes on alone for longer and longer', () => {
  const size = new RoundSize(2, 1 << 16);
  expect([1, 2, 3, 4].map(() => size.fail(3))).toEqual([3, 6, 12, 24]);
  size.succeed(10, 20);
  expect(size.fail(3)).toBe(3);
  // A thousand times as long at most, and never so long that a number of 32 bits is too small.
  for (let i = 0; i < 100; i++) size.fail(1);
  expect(size.fail(statesMax(1 << 16))).toBe(statesMax(1 << 16) * 1024);
});
