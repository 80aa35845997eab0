/** Puts states into an empty table. They are known to differ, so nothing is compared. */
import { chunkMask, chunkShift } from './chunks.js';
import { entryOf, hashWords } from './stateHash.js';
import { isFillable, type PlacedStates, partsMax, TableFilling } from './tableFilling.js';

/** A table with fewer places fits the caches as a whole. */
const filledMin = 1 << 16;
/** So many are placed together, so that they wait for memory at the same time. */
const placedAtOnce = 256;

/** Gives a number of no meaning; to keep it is to keep what it was read for from being left out. */
export function placeStates(table: Int32Array, states: PlacedStates, count: number): number {
  if (table.length >= filledMin && isFillable(count, table.length)) {
    const filling = new TableFilling(table, states, 0, [new Int32Array(partsMax)]);
    filling.scatter(count);
    for (let part = 0; part < filling.partCount; part++) filling.fill(part);
    filling.placeRest();
    return 0;
  }
  const hashes = new Int32Array(placedAtOnce);
  let sum = 0;
  for (let index = 0; index < count; index += placedAtOnce) {
    sum ^= placeSome(table, states, index, Math.min(placedAtOnce, count - index), hashes);
  }
  return sum;
}

function placeSome(
  table: Int32Array,
  { arena, wordCount }: PlacedStates,
  first: number,
  count: number,
  hashes: Int32Array,
): number {
  const last = table.length - 1;
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const index = first + i;
    const chunk = arena[index >>> chunkShift] as Int32Array;
    const hash = hashWords(chunk, (index & chunkMask) * wordCount, wordCount);
    hashes[i] = hash;
    // No read of this loop waits for another, so the processor has many of them under way.
    sum ^= table[hash & last] as number;
  }
  for (let i = 0; i < count; i++) {
    const hash = hashes[i] as number;
    let place = hash & last;
    while (table[place] !== 0) place = (place + 1) & last;
    table[place] = entryOf(first + i, hash, table.length);
  }
  return sum;
}
