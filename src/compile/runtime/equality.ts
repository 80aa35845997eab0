/**
 * Equality and membership as TLC decides them: values of different kinds cannot be compared, except
 * for model values; different lengths or sizes are unequal before any element is looked at.
 */
import {
  type FunctionValue,
  ModelValue,
  RecordValue,
  SetValue,
  TupleValue,
  Unenumerated,
  type Value,
} from '../../values/index.js';
import { Fault, type Site, show } from './fault.js';
import { LazySet, type RuntimeValue, value } from './lazy.js';
import { Interval } from './lazySets.js';

export function equal(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  if (a === b) return true;
  const kind = typeof a;
  if (kind !== 'object' && typeof b === kind) return false;
  if (a instanceof Interval && b instanceof Interval) return a.sameAs(b);
  const left = value(a, site);
  const right = value(b, site);
  return left === right || unlike(left, right, site);
}

export function notEqual(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  return !equal(a, b, site);
}

/** For two values that are not identical: false, or a Fault when they cannot be compared. */
export function unlike(a: Value, b: Value, site: Site): false {
  if (a instanceof ModelValue || b instanceof ModelValue) return unlikeModel(a, b, site);
  if (a instanceof Unenumerated || b instanceof Unenumerated) return unlikeUnenumerated(a, b, site);
  if (typeof a !== 'object' || typeof b !== 'object') {
    if (typeof a === typeof b) return false;
    return incomparable(a, b, site);
  }
  if (a instanceof SetValue || b instanceof SetValue) {
    if (!(a instanceof SetValue && b instanceof SetValue)) return incomparable(a, b, site);
    return unlikeLists(a.elements, b.elements, site);
  }
  if (a instanceof TupleValue && b instanceof TupleValue) {
    return unlikeLists(a.elements, b.elements, site);
  }
  if (a instanceof RecordValue && b instanceof RecordValue && a.shape === b.shape) {
    return unlikeLists(a.values, b.values, site);
  }
  const [keysOfA, valuesOfA] = graph(a);
  const [keysOfB, valuesOfB] = graph(b);
  if (keysOfA.length !== keysOfB.length) return false;
  for (let i = 0; i < keysOfA.length; i++) {
    const [p, q] = [keysOfA[i] as Value, keysOfB[i] as Value];
    if (p !== q) return unlike(p, q, site);
  }
  return unlikeLists(valuesOfA, valuesOfB, site);
}

/** Other kinds than sets and functions are unlike; the rest would need all the elements. */
function unlikeUnenumerated(a: Value, b: Value, site: Site): never {
  for (const one of [a, b]) if (typeof one !== 'object') return incomparable(a, b, site);
  // A finite set has too many elements, and says so.
  for (const one of [a, b]) if (one instanceof LazySet && one.isFinite()) one.force(site);
  throw new Fault('EVL029', site, { left: show(a), right: show(b) });
}

/** The first two elements that differ decide; sets are compared in the canonical order. */
function unlikeLists(a: readonly Value[], b: readonly Value[], site: Site): false {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) {
    const [p, q] = [a[i] as Value, b[i] as Value];
    if (p !== q) return unlike(p, q, site);
  }
  throw new Error('two equal values are not the same object');
}

function graph(f: TupleValue | RecordValue | FunctionValue): [readonly Value[], readonly Value[]] {
  if (f instanceof TupleValue) return [f.elements.map((_, i) => i + 1), f.elements];
  if (f instanceof RecordValue) return [f.shape.names, f.values];
  return [f.domain.keys, f.values];
}

/** A model value such as `A_x` has the type `A`: it may only meet model values that have it, too. */
function unlikeModel(a: Value, b: Value, site: Site): false {
  const [typeOfA, typeOfB] = [modelType(a), modelType(b)];
  if (typeOfA === typeOfB || typeOfA === null || typeOfB === null) return false;
  return incomparable(a, b, site);
}

/** Null is an untyped model value, which may be compared with everything. */
function modelType(a: Value): string | null {
  if (!(a instanceof ModelValue)) return '';
  return a.name[1] === '_' ? (a.name[0] as string) : null;
}

function incomparable(a: Value, b: Value, site: Site): never {
  throw new Fault('EVL002', site, { left: show(a), right: show(b) });
}

/** Throws a Fault unless each element can be compared with the next one in the canonical order. */
export function checkComparable(set: SetValue, site: Site): void {
  if (set.isComparable) return;
  const { elements } = set;
  const count = elements.length;
  const first = typeof elements[0];
  // Kinds are contiguous in the canonical order.
  if (first === 'object' || typeof elements[count - 1] !== first) {
    for (let i = 1; i < count; i++) unlike(elements[i - 1] as Value, elements[i] as Value, site);
  }
  set.isComparable = true;
}

export function member(element: RuntimeValue, set: RuntimeValue, site: Site): boolean {
  if (set instanceof SetValue) {
    const wanted = value(element, site);
    if (set.has(wanted)) return true;
    const first = set.elements[0];
    return first === undefined ? false : unlike(wanted, first, site);
  }
  if (set instanceof LazySet) return set.contains(element, site);
  throw new Fault('EVL001', site, { operator: '\\in', wanted: 'a set', value: show(set) });
}

export function notMember(element: RuntimeValue, set: RuntimeValue, site: Site): boolean {
  return !member(element, set, site);
}
