/** Records that are only added, over the ends of the arrays that hold them. */
import { describe, expect, it } from 'vitest';
import { Chunks, chunkMask, chunkShift, SmallNumbers } from '../../src/explore/chunks.js';

describe('records', () => {
  it('stay where they are when there is room for more', () => {
    const chunks = new Chunks(2);
    const counts = [1, 300, chunkMask, chunkMask + 2, 2 * chunkMask + 3];
    const place = (index: number): [Int32Array, number] => [
      chunks.list[index >>> chunkShift] as Int32Array,
      (index & chunkMask) * 2,
    ];
    for (const count of counts) {
      chunks.reserve(count);
      const [chunk, at] = place(count - 1);
      chunk.set([count, -count], at);
    }
    for (const count of counts) {
      const [chunk, at] = place(count - 1);
      expect([...chunk.subarray(at, at + 2)]).toEqual([count, -count]);
    }
    // Three whole arrays of two words for each record.
    expect(chunks.bytes).toBe(3 * (chunkMask + 1) * 2 * 4);
  });
});

describe.each([
  ['four to a word', 255],
  ['two to a word', 65_535],
  ['one to a word', 65_536],
])('numbers, %s', (_, limit) => {
  it('are what they were set to, and 0 before', () => {
    const numbers = new SmallNumbers(limit);
    const indices = [0, 1, 2, 3, 4, 7, 1000, 4 * chunkMask + 3, 4 * chunkMask + 4];
    numbers.reserve(4 * chunkMask + 5);
    for (const index of indices) numbers.set(index, limit - (index % 3));
    for (const index of indices) expect(numbers.get(index)).toBe(limit - (index % 3));
    expect([5, 6, 8].map((index) => numbers.get(index))).toEqual([0, 0, 0]);
  });
});
