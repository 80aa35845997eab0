/**
 * Slots: where the parts of a state are. A variable that is a function, record or tuple in every
 * initial state, always on the same domain, has a slot per element, recursively (`pc[p]` is a
 * slot); any other is one slot. A slot holds the number that its dictionary gives to a value.
 *
 * A later value may not fit: its domain is another one. Then the variable is split less deeply, and
 * everything begins again (`LayoutMisfit`).
 */
import type { StateVector } from '../explore/model.js';
import {
  FunctionValue,
  makeFunctionShaped,
  makeShapedRecord,
  makeTuple,
  RecordValue,
  TupleValue,
  type Value,
} from '../values/index.js';
import { Dictionary } from './dictionary.js';

/** A value with more elements than this is not split. */
const elementCountMax = 64;

export class Leaf {
  readonly dictionary = new Dictionary();
  readonly count = 1;

  constructor(readonly first: number) {}
}

/** A function, record or tuple whose elements have slots of their own. */
export class Split {
  /** The number of slots, which are contiguous. */
  readonly count: number;

  constructor(
    readonly variable: string,
    /** How many keys lead here. */
    readonly depth: number,
    /** A value of the same domain: it tells how to put the elements together. */
    readonly sample: TupleValue | RecordValue | FunctionValue,
    readonly first: number,
    readonly children: readonly Slots[],
  ) {
    this.count = children.reduce((sum, child) => sum + child.count, 0);
  }

  /** The domain, in the order of the children. */
  get keys(): readonly Value[] {
    const { sample } = this;
    if (sample instanceof TupleValue) return sample.elements.map((_, i) => i + 1);
    return sample instanceof RecordValue ? sample.shape.names : sample.domain.keys;
  }

  /** The slots of an element; undefined outside the domain. */
  child(key: Value): Slots | undefined {
    const { sample } = this;
    if (sample instanceof TupleValue) {
      return typeof key === 'number' ? this.children[key - 1] : undefined;
    }
    const positions: ReadonlyMap<Value, number> =
      sample instanceof RecordValue ? sample.shape.positions : sample.domain.positions;
    const position = positions.get(key);
    return position === undefined ? undefined : this.children[position];
  }

  compose(parts: readonly Value[]): Value {
    const { sample } = this;
    if (sample instanceof TupleValue) return makeTuple(parts);
    if (sample instanceof RecordValue) return makeShapedRecord(sample.shape, parts);
    return makeFunctionShaped(sample.domain, parts);
  }

  /** The elements of a value of the same domain. */
  decompose(value: Value): readonly Value[] {
    const { sample } = this;
    if (sameDomain(value, sample)) return elementsOf(value);
    throw new LayoutMisfit(this.variable, this.depth);
  }
}

export type Slots = Leaf | Split;

/** Thrown where a value does not fit the slots of a variable at a depth. */
export class LayoutMisfit extends Error {
  constructor(
    readonly variable: string,
    readonly depth: number,
  ) {
    super(`a value of ${variable} does not fit its slots`);
    this.name = 'LayoutMisfit';
  }
}

type Splittable = TupleValue | RecordValue | FunctionValue;

function isSplittable(value: Value): value is Splittable {
  return (
    value instanceof TupleValue || value instanceof RecordValue || value instanceof FunctionValue
  );
}

function elementsOf(value: Splittable): readonly Value[] {
  return value instanceof TupleValue ? value.elements : value.values;
}

function sameDomain(value: Value, sample: Splittable): value is Splittable {
  if (sample instanceof TupleValue) {
    return value instanceof TupleValue && value.elements.length === sample.elements.length;
  }
  if (sample instanceof RecordValue) {
    return value instanceof RecordValue && value.shape === sample.shape;
  }
  return value instanceof FunctionValue && value.domain === sample.domain;
}

export interface Layout {
  readonly variables: ReadonlyMap<string, Slots>;
  readonly leaves: readonly Leaf[];
}

/** How variables are split; the numbers of a search are the same, whatever it says. */
export interface SlotOptions {
  /** No variable is split more deeply; 0: each is one slot. */
  readonly depthMax?: number;
  /** After so many states, and again after so many, it is as if a value had not fit. */
  readonly misfitEvery?: number;
}

/** `initial` has the values of each variable in the initial states, `depths` where to stop. */
export function layOut(
  initial: ReadonlyMap<string, ReadonlySet<Value>>,
  depths: ReadonlyMap<string, number>,
  { depthMax = Number.POSITIVE_INFINITY }: SlotOptions = {},
): Layout {
  const leaves: Leaf[] = [];
  const place = (variable: string, values: readonly Value[], depth: number): Slots => {
    const [sample] = values;
    const isDeepEnough = depth >= (depths.get(variable) ?? depthMax);
    if (sample === undefined || isDeepEnough || !canSplit(sample, values)) {
      const leaf = new Leaf(leaves.length);
      leaves.push(leaf);
      return leaf;
    }
    const first = leaves.length;
    const children = elementsOf(sample).map((_, i) => {
      const column = new Set(values.map((value) => elementsOf(value as Splittable)[i] as Value));
      return place(variable, [...column], depth + 1);
    });
    return new Split(variable, depth, sample, first, children);
  };
  const variables = new Map(
    [...initial].map(([name, values]) => [name, place(name, [...values], 0)] as const),
  );
  return { variables, leaves };
}

/** What a value would throw that does not fit the deepest slots there are; null: all fit. */
export function misfitOf(layout: Layout): LayoutMisfit | null {
  const splits: Split[] = [];
  const visit = (slots: Slots): void => {
    if (slots instanceof Leaf) return;
    splits.push(slots);
    slots.children.forEach(visit);
  };
  for (const slots of layout.variables.values()) visit(slots);
  const [deepest] = splits.sort((a, b) => b.depth - a.depth);
  return deepest === undefined ? null : new LayoutMisfit(deepest.variable, deepest.depth);
}

function canSplit(sample: Value, values: readonly Value[]): sample is Splittable {
  if (!isSplittable(sample)) return false;
  const count = elementsOf(sample).length;
  if (count === 0 || count > elementCountMax) return false;
  return values.every((value) => sameDomain(value, sample));
}

/** The value that is in the slots. */
export function read(slots: Slots, vector: StateVector): Value {
  if (slots instanceof Leaf) {
    return slots.dictionary.values[vector[slots.first] as number] as Value;
  }
  return slots.compose(slots.children.map((child) => read(child, vector)));
}

/** Puts a value into the slots. */
export function store(slots: Slots, value: Value, vector: StateVector): void {
  if (slots instanceof Leaf) {
    const { dictionary, first } = slots;
    // Most parts of a value do not change.
    if (dictionary.values[vector[first] as number] === value) return;
    vector[first] = dictionary.code(value);
    return;
  }
  const parts = slots.decompose(value);
  for (let i = 0; i < parts.length; i++) {
    store(slots.children[i] as Slots, parts[i] as Value, vector);
  }
}
