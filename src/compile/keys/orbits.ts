/**
 * Keys that states share when a permutation of the symmetry group makes one of the other. The key
 * of a state is the least of its images as a vector of codes, which are compared slot by slot.
 *
 * A permutation moves the slots of a split variable (`f[a]` to `f[b]`) and, in each, the values. A
 * variable whose domain a permutation does not map to itself must not be split (`LayoutMisfit`).
 */
import type { StateKeys, StateVector } from '../../explore/model.js';
import type { Value } from '../../values/index.js';
import { type Layout, LayoutMisfit, Leaf, type Slots, Split } from '../layout.js';
import { type Permutation, permuted } from './permutations.js';

const UNKNOWN = -1;

/** What one permutation makes of a state: per slot, from which slot its code comes. */
interface Image {
  readonly by: Permutation;
  readonly source: Int32Array;
  /** Per slot: the code there of each code of its source, UNKNOWN until it is needed. */
  readonly codes: number[][];
}

export class Orbits implements StateKeys {
  readonly slotCount: number;
  private readonly leaves: readonly Leaf[];
  private readonly images: readonly Image[];
  private readonly least: StateVector;

  /** `group` is without the identity. Throws LayoutMisfit for a layout that it does not fit. */
  constructor(layout: Layout, group: readonly Permutation[]) {
    this.leaves = layout.leaves;
    this.slotCount = layout.leaves.length;
    this.least = new Int32Array(this.slotCount);
    this.images = group.map((by) => {
      const source = new Int32Array(this.slotCount);
      for (const [variable, slots] of layout.variables) move(variable, slots, slots, by, source);
      return { by, source, codes: layout.leaves.map(() => []) };
    });
  }

  slotSize(slot: number): number {
    return this.leafAt(slot).dictionary.values.length;
  }

  keyOf(state: StateVector): StateVector {
    const { least, images } = this;
    least.set(state);
    for (const image of images) this.takeLess(image, state, least);
    return least;
  }

  /** Writes the image of the state to `least` if it is less. */
  private takeLess(image: Image, state: StateVector, least: StateVector): void {
    const { source, codes } = image;
    let isLess = false;
    for (let slot = 0; slot < source.length; slot++) {
      const from = state[source[slot] as number] as number;
      let code = (codes[slot] as number[])[from] ?? UNKNOWN;
      if (code === UNKNOWN) code = this.translate(image, slot, from);
      const best = least[slot] as number;
      if (!isLess && code > best) return;
      if (code !== best) {
        // Up to here both are equal, so that the rest can be written over the old one.
        isLess = true;
        least[slot] = code;
      }
    }
  }

  private translate({ by, source, codes }: Image, slot: number, from: number): number {
    const before = this.leafAt(source[slot] as number).dictionary.values[from] as Value;
    const code = this.leafAt(slot).dictionary.code(permuted(before, by));
    const known = codes[slot] as number[];
    while (known.length <= from) known.push(UNKNOWN);
    known[from] = code;
    return code;
  }

  private leafAt(slot: number): Leaf {
    const leaf = this.leaves[slot];
    if (leaf === undefined) throw new Error(`no slot ${slot}`);
    return leaf;
  }
}

/** Notes that what is in the slots `from` goes to the slots `to`. */
function move(variable: string, from: Slots, to: Slots, by: Permutation, source: Int32Array): void {
  if (from instanceof Leaf && to instanceof Leaf) {
    source[to.first] = from.first;
    return;
  }
  if (!(from instanceof Split) || !(to instanceof Split)) {
    throw new LayoutMisfit(variable, from instanceof Split ? from.depth : (to as Split).depth);
  }
  if (from.children.length !== to.children.length) throw new LayoutMisfit(variable, from.depth);
  for (const key of from.keys) {
    const child = to.child(permuted(key, by));
    if (child === undefined) throw new LayoutMisfit(variable, from.depth);
    move(variable, from.child(key) as Slots, child, by, source);
  }
}
