/**
 * How the codes of a state vector lie in 32-bit words. Every slot has a width that is a power of
 * two, so that no slot straddles two words; slots of equal width lie side by side. A packing never
 * changes: when a code outgrows its slot, the store makes a wider packing and repacks.
 */
import type { StateVector } from './model.js';

export class Packing {
  readonly wordCount: number;
  private readonly word: Int32Array;
  private readonly shift: Int32Array;
  private readonly mask: Int32Array;

  /** `sizes[slot]` is how many codes, from 0, the slot must be able to hold. */
  constructor(readonly sizes: readonly number[]) {
    const slotCount = sizes.length;
    this.word = new Int32Array(slotCount);
    this.shift = new Int32Array(slotCount);
    this.mask = new Int32Array(slotCount);
    const widths = sizes.map(widthFor);
    const widestFirst = widths.map((_, slot) => slot);
    widestFirst.sort((a, b) => (widths[b] as number) - (widths[a] as number) || a - b);
    let bits = 0;
    for (const slot of widestFirst) {
      const width = widths[slot] as number;
      this.word[slot] = bits >>> 5;
      this.shift[slot] = bits & 31;
      // Codes are not negative, so 31 bits are all that the widest slot needs.
      this.mask[slot] = width === 32 ? 0x7fffffff : (1 << width) - 1;
      bits += width;
    }
    this.wordCount = Math.max(1, (bits + 31) >>> 5);
  }

  /** Writes the packed state to `into` and gives true, or gives false if a code is too wide. */
  pack(state: StateVector, into: Int32Array): boolean {
    const { word, shift, mask } = this;
    into.fill(0);
    for (let slot = 0; slot < word.length; slot++) {
      const code = state[slot] as number;
      // As unsigned, a negative code is too wide as well.
      if (code >>> 0 > (mask[slot] as number)) return false;
      const at = word[slot] as number;
      into[at] = (into[at] as number) | (code << (shift[slot] as number));
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
    return new Packing(
      this.sizes.map((size, slot) => Math.max(size, slotSize(slot), (state[slot] as number) + 1)),
    );
  }
}

function widthFor(size: number): number {
  let width = 1;
  while (width < 32 && size > 2 ** width) width *= 2;
  return width;
}
