/** A table that members fill part by part has every state once, where a search looks for it. */
import { describe, expect, it } from 'vitest';
import { Chunks, chunkMask, chunkShift } from '../../src/explore/chunks.js';
import { entryOf, hashWords } from '../../src/explore/stateHash.js';
import { isFillable, partsMax, TableFilling } from '../../src/explore/tableFilling.js';

type Words = (index: number) => number;

/** States of one word each. */
function statesOf(count: number, words: Words) {
  const arena = new Chunks(1);
  arena.reserve(count + 1);
  for (let index = 0; index < count; index++) {
    (arena.list[index >>> chunkShift] as Int32Array)[index & chunkMask] = words(index);
  }
  return { arena: arena.list, wordCount: 1 };
}

/** A linear congruence (Numerical Recipes), for the order in which members come and go. */
function randomFrom(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function shuffled<T>(list: readonly T[], random: (below: number) => number): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(random(rest.length), 1)[0] as T);
}

/** The members do each phase in any order, and take the parts in turns of any length. */
function filled(count: number, length: number, members: number, words: Words = (index) => index) {
  const random = randomFrom(count + members);
  const states = statesOf(count, words);
  const table = new Int32Array(length);
  const counts = Array.from({ length: members }, () => new Int32Array(partsMax));
  const all = counts.map((_, member) => new TableFilling(table, states, member, counts));
  for (const one of shuffled(all, random)) one.scatter(count);
  const parts = Array.from({ length: all[0]?.partCount ?? 0 }, (_, part) => part);
  for (const part of shuffled(parts, random)) all[random(members)]?.fill(part);
  for (const one of shuffled(all, random)) one.placeRest();
  return table;
}

/** That each state is in the table once, and that no free place lies between it and its home. */
function expectAll(table: Int32Array, count: number, words: Words = (index) => index): void {
  const last = table.length - 1;
  expect(table.reduce((sum, entry) => sum + (entry === 0 ? 0 : 1), 0)).toBe(count);
  const lost: number[] = [];
  for (let index = 0; index < count; index++) {
    const hash = hashWords(Int32Array.of(words(index)), 0, 1);
    const entry = entryOf(index, hash, table.length);
    let place = hash & last;
    while (table[place] !== 0 && table[place] !== entry) place = (place + 1) & last;
    if (table[place] !== entry) lost.push(index);
  }
  expect(lost).toEqual([]);
}

describe.each([1, 2, 3, 5, 7])('%i members', (members) => {
  it.each([
    [0, 1 << 4],
    [1, 1 << 4],
    [6, 1 << 4],
    [400, 1 << 10],
    [6553, 1 << 14],
    [13_000, 1 << 15],
    [100_000, 1 << 18],
  ])('place %i states in a table of %i places', (count, length) => {
    expect(isFillable(count, length)).toBe(true);
    expectAll(filled(count, length, members), count);
  });

  it('place exactly the states that there are, whatever the count', () => {
    for (let count = 0; count < 200; count++) {
      expectAll(filled(count, 1 << 9, members), count);
    }
  });

  it('place states that all belong to the end of a part, or of the table', () => {
    // Of the words that are tried, the ones whose home is one of the last places of a part.
    const length = 1 << 16;
    const part = 1 << 14;
    const found: number[] = [];
    for (let word = 0; found.length < 3000; word++) {
      const home = hashWords(Int32Array.of(word), 0, 1) & (length - 1);
      if ((home & (part - 1)) >= part - 512) found.push(word);
    }
    const words: Words = (index) => found[index] as number;
    expectAll(filled(found.length, length, members, words), found.length, words);
  });

  it('place states of which most belong to one part, whose shares overflow', () => {
    const length = 1 << 16;
    const found: number[] = [];
    for (let word = 0; found.length < 16_000; word++) {
      if ((hashWords(Int32Array.of(word), 0, 1) & (length - 1)) < 1 << 14) found.push(word);
    }
    const words: Words = (index) => found[index] as number;
    expectAll(filled(found.length, length, members, words), found.length, words);
  });
});

it('a table is said to be fillable up to two fifths', () => {
  expect(isFillable(6, 16)).toBe(true);
  expect(isFillable(7, 16)).toBe(false);
});

it('a large table has at most as many parts as there are counts', () => {
  const counts = [new Int32Array(partsMax)];
  const table = new Int32Array(1 << 25);
  const filling = new TableFilling(table, { arena: [], wordCount: 1 }, 0, counts);
  expect(filling.partCount).toBe(partsMax);
});
