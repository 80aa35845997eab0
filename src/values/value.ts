/**
 * TLA+ values in one canonical form. Integers, booleans and strings are plain JavaScript ones;
 * every other value is hash-consed: equal values are the same object, so equality is `===` and a
 * dictionary of values is a `Map`. A function whose domain is 1..n is a tuple, one whose domain is
 * a non-empty set of strings is a record, and the empty function is the empty tuple, as in TLA+.
 *
 * Finite, enumerated values live here; `Nat`, `SUBSET S` or `[S -> T]` before enumeration are the
 * evaluator's business, and only as parts of other values they are values, too (`Unenumerated`).
 */

import { Pool } from './pool.js';

export type Value =
  | boolean
  | number
  | string
  | ModelValue
  | SetValue
  | TupleValue
  | RecordValue
  | FunctionValue
  | Unenumerated;

/** A model value of the configuration: equal to itself and to nothing else. */
export class ModelValue {
  private constructor(
    readonly name: string,
    readonly hash: number,
  ) {}

  private static readonly byName = new Map<string, ModelValue>();

  static of(name: string): ModelValue {
    let value = ModelValue.byName.get(name);
    if (value === undefined) {
      value = new ModelValue(name, hashString(name) ^ 0x5bd1e995);
      ModelValue.byName.set(name, value);
    }
    return value;
  }
}

let unenumeratedCount = 0;

/**
 * A set or function that cannot be enumerated, as a part of another value: `<<Nat, 1>>`. Here each
 * object equals only itself; whether two of them can be compared is for the evaluator to say. No
 * state has one in it.
 */
export abstract class Unenumerated {
  private serial = 0;

  /** What a person reads of it. */
  abstract describe(): string;

  get hash(): number {
    if (this.serial === 0) this.serial = ++unenumeratedCount;
    return this.serial;
  }
}

/** Elements are distinct and in the canonical order. */
export class SetValue {
  /** Whether it is known that each element can be compared with the next, as TLC compares. */
  isComparable = false;
  private members: Set<Value> | null = null;

  /** Use `makeSet`. */
  constructor(
    readonly elements: readonly Value[],
    readonly hash: number,
  ) {}

  has(value: Value): boolean {
    if (this.elements.length <= 8) return this.elements.includes(value);
    this.members ??= new Set(this.elements);
    return this.members.has(value);
  }
}

export class TupleValue {
  /** Use `makeTuple`. */
  constructor(
    readonly elements: readonly Value[],
    readonly hash: number,
  ) {}
}

/** The field names of records, shared by all records that have the same ones; sorted. */
export class RecordShape {
  readonly positions: ReadonlyMap<string, number>;
  readonly hash: number;

  constructor(readonly names: readonly string[]) {
    this.positions = new Map(names.map((name, i) => [name, i]));
    this.hash = hashString(names.join('\u0000'));
  }
}

export class RecordValue {
  /** Use `makeRecord`. `values[i]` belongs to `shape.names[i]`. */
  constructor(
    readonly shape: RecordShape,
    readonly values: readonly Value[],
    readonly hash: number,
  ) {}

  get(name: string): Value | undefined {
    const position = this.shape.positions.get(name);
    return position === undefined ? undefined : this.values[position];
  }
}

/** The domain of functions, shared by all functions that have the same one; sorted. */
export class FunctionDomain {
  readonly positions: ReadonlyMap<Value, number>;
  readonly hash: number;

  constructor(readonly keys: readonly Value[]) {
    this.positions = new Map(keys.map((key, i) => [key, i]));
    this.hash = hashAll(keys, 0x7feb352d);
  }
}

/** A function that is neither a tuple nor a record. `values[i]` belongs to `domain.keys[i]`. */
export class FunctionValue {
  /** Use `makeFunction`. */
  constructor(
    readonly domain: FunctionDomain,
    readonly values: readonly Value[],
    readonly hash: number,
  ) {}

  get(key: Value): Value | undefined {
    const position = this.domain.positions.get(key);
    return position === undefined ? undefined : this.values[position];
  }
}

// The pools of hash-consed values. They are module state on purpose: identity is equality only if
// there is one pool. They grow with the number of different values that a program has made.
const setPool = new Pool<SetValue>();
const tuplePool = new Pool<TupleValue>();
const recordPool = new Pool<RecordValue>();
const functionPool = new Pool<FunctionValue>();
const shapes = new Map<string, RecordShape>();
const domains = new Map<SetValue, FunctionDomain>();

/**
 * What the heap must have free so that the pools can grow, where that is near. Node ends a program
 * whose heap is full, so whoever makes millions of values looks at this first.
 */
export function imminentPoolBytes(): number {
  const pools = [setPool, tuplePool, recordPool, functionPool];
  return pools.reduce((sum, pool) => sum + pool.imminentBytes, 0);
}

/** The set of the given values, which may repeat and stand in any order. */
export function makeSet(values: Iterable<Value>): SetValue {
  const given = [...values];
  if (given.length <= insertedMax) return makeSortedSet(inserted(given));
  return makeSortedSet([...new Set(given)].sort(compareValues));
}

/** Up to so many values are sorted by insertion, which makes neither a Set nor calls a sort. */
const insertedMax = 12;

function inserted(given: readonly Value[]): Value[] {
  const sorted: Value[] = [];
  for (const one of given) {
    let order = 1;
    let place = sorted.length;
    while (place > 0) {
      order = compareValues(one, sorted[place - 1] as Value);
      if (order >= 0) break;
      place--;
    }
    if (place > 0 && order === 0) continue;
    sorted.push(one);
    for (let i = sorted.length - 1; i > place; i--) sorted[i] = sorted[i - 1] as Value;
    sorted[place] = one;
  }
  return sorted;
}

/** The union of a list in the canonical order with a few other values. */
export function withInserted(sorted: readonly Value[], more: readonly Value[]): readonly Value[] {
  const all = sorted.slice();
  for (const one of more) {
    let low = 0;
    let high = all.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (compareValues(all[middle] as Value, one) < 0) low = middle + 1;
      else high = middle;
    }
    if (all[low] !== one) all.splice(low, 0, one);
  }
  return all;
}

/** The set of values that are already distinct and in the canonical order. The array is kept. */
export function makeSortedSet(elements: readonly Value[]): SetValue {
  const hash = hashAll(elements, 0x2f0b4a27);
  const place = setPool.placeOf(hash, null, elements);
  const known = setPool.at(place);
  return known ?? setPool.add(place, hash, null, elements, new SetValue(elements, hash));
}

/** The array is kept. */
export function makeTuple(elements: readonly Value[]): TupleValue {
  const hash = hashAll(elements, 0x1b873593);
  const place = tuplePool.placeOf(hash, null, elements);
  const known = tuplePool.at(place);
  return known ?? tuplePool.add(place, hash, null, elements, new TupleValue(elements, hash));
}

/** A record with at least one field; names are distinct. */
export function makeRecord(fields: ReadonlyMap<string, Value>): RecordValue {
  const shape = recordShape([...fields.keys()]);
  return makeShapedRecord(
    shape,
    shape.names.map((name) => fields.get(name) as Value),
  );
}

export function recordShape(names: readonly string[]): RecordShape {
  const sorted = [...names].sort(compareStrings);
  const key = sorted.join('\u0000');
  let shape = shapes.get(key);
  if (shape === undefined) {
    shape = new RecordShape(sorted);
    shapes.set(key, shape);
  }
  return shape;
}

/** `values` are in the order of `shape.names`. The array is kept. */
export function makeShapedRecord(shape: RecordShape, values: readonly Value[]): RecordValue {
  const hash = hashAll(values, shape.hash);
  const place = recordPool.placeOf(hash, shape, values);
  const known = recordPool.at(place);
  return known ?? recordPool.add(place, hash, shape, values, new RecordValue(shape, values, hash));
}

/** The function with the given pairs, in canonical form: possibly a tuple or a record. */
export function makeFunction(
  pairs: Iterable<readonly [Value, Value]>,
): TupleValue | RecordValue | FunctionValue {
  const map = new Map(pairs);
  const domain = makeSet(map.keys());
  return makeFunctionOn(
    domain,
    domain.elements.map((key) => map.get(key) as Value),
  );
}

/** The function on `domain` whose values are in the order of `domain.elements`. The array is kept. */
export function makeFunctionOn(
  domain: SetValue,
  values: readonly Value[],
): TupleValue | RecordValue | FunctionValue {
  const keys = domain.elements;
  if (keys.every((key, i) => key === i + 1)) return makeTuple(values);
  if (keys.every((key) => typeof key === 'string')) {
    // Canonical order of strings is the order of field names, so positions agree.
    return makeShapedRecord(recordShape(keys as string[]), values);
  }
  let shared = domains.get(domain);
  if (shared === undefined) {
    shared = new FunctionDomain(keys);
    domains.set(domain, shared);
  }
  return makeFunctionShaped(shared, values);
}

/** As `makeFunctionOn` for the domain of an existing `FunctionValue`. The array is kept. */
export function makeFunctionShaped(
  domain: FunctionDomain,
  values: readonly Value[],
): FunctionValue {
  const hash = hashAll(values, domain.hash);
  const place = functionPool.placeOf(hash, domain, values);
  const known = functionPool.at(place);
  if (known !== undefined) return known;
  return functionPool.add(place, hash, domain, values, new FunctionValue(domain, values, hash));
}

function hashAll(values: readonly Value[], seed: number): number {
  let hash = seed ^ values.length;
  for (let i = 0; i < values.length; i++) {
    hash = Math.imul(hash ^ hashValue(values[i] as Value), 0x01000193) ^ (hash >>> 15);
  }
  return hash | 0;
}

/** Equal values have equal hashes, in every run of the program. */
export function hashValue(value: Value): number {
  if (typeof value === 'number') return Math.imul(value, 0x9e3779b1);
  if (typeof value === 'string') return hashString(value);
  if (typeof value === 'boolean') return value ? 0x3c6ef372 : 0x1234567;
  return value.hash;
}

function hashString(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash;
}

const kindOrder = (value: Value): number => {
  if (typeof value === 'boolean') return 0;
  if (typeof value === 'number') return 1;
  if (typeof value === 'string') return 2;
  if (value instanceof ModelValue) return 3;
  if (value instanceof SetValue) return 4;
  if (value instanceof TupleValue) return 5;
  if (value instanceof RecordValue) return 6;
  if (value instanceof FunctionValue) return 7;
  return 8;
};

/**
 * The canonical order: total, and 0 exactly for equal values. By kind, then FALSE before TRUE,
 * integers ascending, strings and model values by UTF-16 code, sets and tuples by size and then
 * element by element, functions by domain and then by value (TLC's order, but for strings, which
 * TLC orders by first use).
 */
export function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  const kind = kindOrder(a) - kindOrder(b);
  if (kind !== 0) return kind;
  if (typeof a === 'number') return a - (b as number);
  if (typeof a === 'boolean') return a ? 1 : -1;
  if (typeof a === 'string') return compareStrings(a, b as string);
  if (a instanceof ModelValue) return compareStrings(a.name, (b as ModelValue).name);
  if (a instanceof SetValue) return compareArrays(a.elements, (b as SetValue).elements);
  if (a instanceof TupleValue) return compareArrays(a.elements, (b as TupleValue).elements);
  if (a instanceof RecordValue) {
    const other = b as RecordValue;
    return compareArrays(a.shape.names, other.shape.names) || compareArrays(a.values, other.values);
  }
  if (a instanceof Unenumerated) return a.hash - (b as Unenumerated).hash;
  const other = b as FunctionValue;
  return compareArrays(a.domain.keys, other.domain.keys) || compareArrays(a.values, other.values);
}

function compareStrings(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareArrays(a: readonly Value[], b: readonly Value[]): number {
  if (a.length !== b.length) return a.length - b.length;
  for (let i = 0; i < a.length; i++) {
    const order = compareValues(a[i] as Value, b[i] as Value);
    if (order !== 0) return order;
  }
  return 0;
}

/** The (key, value) pairs of a function, tuple or record in order; null for anything else. */
export function functionPairs(value: Value): readonly (readonly [Value, Value])[] | null {
  if (value instanceof TupleValue) return value.elements.map((element, i) => [i + 1, element]);
  if (value instanceof RecordValue) {
    return value.shape.names.map((name, i) => [name, value.values[i] as Value]);
  }
  if (value instanceof FunctionValue) {
    return value.domain.keys.map((key, i) => [key, value.values[i] as Value]);
  }
  return null;
}
