/**
 * Elements that a key chooses only while a step runs, as in `level[k]` or `io[k].stage`, where each
 * of them is one slot: the way from the key to the slot without walking the tree of slots.
 */
import type { StateVector } from '../explore/model.js';
import { TupleValue, type Value } from '../values/index.js';
import type { Dictionary } from './dictionary.js';
import { Leaf, type Slots, Split } from './layout.js';
import type { RuntimeValue } from './runtime/lazy.js';
import { readAt } from './slotPaths.js';

/** So few keys are found faster one by one than by their hash. */
const scannedMax = 8;

export class Row {
  private readonly slots: Int32Array;
  private readonly dictionaries: readonly Dictionary[];
  private readonly tables: readonly (readonly Value[])[];
  private readonly keys: readonly Value[];
  /** Null where the keys are 1, 2, 3, … */
  private readonly positions: ReadonlyMap<Value, number> | null;

  private constructor(
    private readonly split: Split,
    private readonly rest: readonly Value[],
    leaves: readonly Leaf[],
  ) {
    this.slots = Int32Array.from(leaves, (leaf) => leaf.first);
    this.dictionaries = leaves.map((leaf) => leaf.dictionary);
    this.tables = leaves.map((leaf) => leaf.dictionary.values);
    this.keys = split.keys;
    this.positions =
      split.sample instanceof TupleValue ? null : new Map(this.keys.map((key, i) => [key, i]));
  }

  /** Null where an element, after the keys that follow, is not one slot. */
  static of(from: Slots, rest: readonly Value[]): Row | null {
    if (!(from instanceof Split)) return null;
    const leaves: Leaf[] = [];
    for (const child of from.children) {
      let slots: Slots | undefined = child;
      for (const key of rest) slots = slots instanceof Split ? slots.child(key) : undefined;
      if (!(slots instanceof Leaf)) return null;
      leaves.push(slots);
    }
    return new Row(from, rest, leaves);
  }

  /** -1 outside the domain, and for what is no value. */
  position(key: RuntimeValue): number {
    const { positions, keys } = this;
    if (positions === null) {
      const isIn = typeof key === 'number' && key >= 1 && key <= keys.length;
      return isIn ? key - 1 : -1;
    }
    if (keys.length > scannedMax) return positions.get(key as Value) ?? -1;
    for (let i = 0; i < keys.length; i++) if (keys[i] === key) return i;
    return -1;
  }

  read(vector: StateVector, key: RuntimeValue, site: number): RuntimeValue {
    const position = this.position(key);
    if (position >= 0) return this.at(vector, position);
    return readAt(this.split, vector, [key, ...this.rest], site);
  }

  at(vector: StateVector, position: number): Value {
    const code = vector[this.slots[position] as number] as number;
    return (this.tables[position] as readonly Value[])[code] as Value;
  }

  put(vector: StateVector, position: number, value: Value): void {
    const dictionary = this.dictionaries[position] as Dictionary;
    vector[this.slots[position] as number] = dictionary.code(value);
  }
}
