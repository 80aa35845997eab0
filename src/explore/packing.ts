/**
 * How the codes of a state vector lie in 32-bit words. No slot straddles two words; the widest are
 * placed first, each in the first word that has room. Bits that are left over widen slots of their
 * word, so that the packing lasts longer. A packing never changes: when a code outgrows its slot,
 * the store makes a wider packing and repacks.
 */
import type { StateVector } from './model.js';

const wordBits = 32;
/** Codes are not negative, so that the sign of a word is never that of a code. */
const widthMax = 31;

export class Packing {
  readonly wordCount: number;
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly mask: Int32Array;

  /** `sizes[slot]` is how many codes, from 0, the slot must be able to hold; `isTight`: no more. */
  constructor(
    readonly sizes: readonly number[],
    readonly isTight = false,
  ) {
    const widths = sizes.map(widthFor);
    const words = placed(widths);
    this.wordCount = Math.max(1, words.length);
    this.word = new Int32Array(sizes.length);
    this.shift = new Int32Array(sizes.length);
    this.mask = new Int32Array(sizes.length);
    words.forEach((slots, word) => {
      if (!isTight) widen(slots, widths, sizes);
      let shift = 0;
      for (const slot of slots) {
        const width = widths[slot] as number;
        this.word[slot] = word;
        this.shift[slot] = shift;
        this.mask[slot] = 2 ** width - 1;
        shift += width;
      }
    });
  }

  /** Writes the packed state to `into` at `at`, or gives false if a code is too wide. */
  pack(state: StateVector, into: Int32Array, at = 0): boolean {
    const { word, shift, mask, wordCount } = this;
    for (let i = at; i < at + wordCount; i++) into[i] = 0;
    for (let slot = 0; slot < word.length; slot++) {
      const code = state[slot] as number;
      // As unsigned, a negative code is too wide as well.
      if (code >>> 0 > (mask[slot] as number)) return false;
      const place = at + (word[slot] as number);
      into[place] = (into[place] as number) | (code << (shift[slot] as number));
    }
    return true;
  }

  /**
   * As `pack`, where `into` has the packed form of `before` already, from which the state differs
   * in the slots of the list only. Where it gives false, `into` is void.
   */
  patch(
    state: StateVector,
    before: StateVector,
    slots: Int32Array,
    into: Int32Array,
    at: number,
  ): boolean {
    const { word, shift, mask } = this;
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i] as number;
      const code = state[slot] as number;
      if (code >>> 0 > (mask[slot] as number)) return false;
      const place = at + (word[slot] as number);
      const change = (code ^ (before[slot] as number)) << (shift[slot] as number);
      into[place] = (into[place] as number) ^ change;
    }
    return true;
  }

  /** The inverse of `pack`, for the words that begin at `offset`. */
  unpack(words: Int32Array, offset: number, into: StateVector): void {
    const { word, shift, mask } = this;
    for (let slot = 0; slot < word.length; slot++) {
      const bits = words[offset + (word[slot] as number)] as number;
      into[slot] = (bits >>> (shift[slot] as number)) & (mask[slot] as number);
    }
  }

  /** A packing that also holds `state`, and every code that the slots are said to have by now. */
  widened(state: StateVector, slotSize: (slot: number) => number): Packing {
    const sizes = this.sizes.map((size, slot) => {
      const needed = Math.max(size, (state[slot] as number) + 1);
      return this.isTight ? needed : Math.max(needed, slotSize(slot));
    });
    return new Packing(sizes, this.isTight);
  }
}

function widthFor(size: number): number {
  let width = 1;
  while (width < widthMax && size > 2 ** width) width++;
  return width;
}

/** The slots of each word: in as few words as possible, and then as evenly as possible. */
function placed(widths: readonly number[]): number[][] {
  const widestFirst = widths.map((_, slot) => slot);
  widestFirst.sort((a, b) => (widths[b] as number) - (widths[a] as number) || a - b);
  const dense = fill(widestFirst, widths, [], (room, width) =>
    room.findIndex((bits) => bits >= width),
  );
  const rooms = dense.map(() => wordBits);
  const even = fill(widestFirst, widths, rooms, (room, width) => {
    const most = Math.max(...room);
    return most >= width ? room.indexOf(most) : -1;
  });
  return even.length > dense.length ? dense : even;
}

/** `choose` gives the word for a width, from what room the words have; below 0: a new one. */
function fill(
  slots: readonly number[],
  widths: readonly number[],
  room: number[],
  choose: (room: readonly number[], width: number) => number,
): number[][] {
  const words: number[][] = room.map(() => []);
  for (const slot of slots) {
    const width = widths[slot] as number;
    let word = choose(room, width);
    if (word < 0) {
      word = words.push([]) - 1;
      room.push(wordBits);
    }
    (words[word] as number[]).push(slot);
    room[word] = (room[word] as number) - width;
  }
  return words;
}

/** Shares the rest of a word among its slots; those that are nearly full come first. */
function widen(slots: readonly number[], widths: number[], sizes: readonly number[]): void {
  const width = (slot: number): number => widths[slot] as number;
  const share = (slot: number): number => (sizes[slot] as number) / 2 ** width(slot);
  const taken = slots.reduce((sum, slot) => sum + width(slot), 0);
  for (let rest = wordBits - taken; rest > 0; rest--) {
    const [fullest] = slots
      .filter((slot) => width(slot) < widthMax)
      .sort((a, b) => share(b) - share(a));
    if (fullest === undefined) return;
    widths[fullest] = width(fullest) + 1;
  }
}
