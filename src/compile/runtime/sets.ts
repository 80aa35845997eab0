/** The operators on sets, and the loops over them. */
import {
  makeSet,
  makeSortedSet,
  SetValue,
  TupleValue,
  type Value,
  withInserted,
} from '../../values/index.js';
import { checkComparable, member, unlike } from './equality.js';
import { Fault, type Site, show, wrongKind } from './fault.js';
import { LazySet, type RuntimeSet, type RuntimeValue, value } from './lazy.js';
import { TestedSet } from './lazySets.js';
import { elements, sizeOf } from './productSets.js';
import { ResultCache } from './resultCache.js';

export function set(given: RuntimeValue, operator: string, site: Site): RuntimeSet {
  if (given instanceof SetValue || given instanceof LazySet) return given;
  return wrongKind(operator, 'a set', given, site);
}

/** The elements that a quantifier, a constructor or an action walks through. */
export function elementsOf(given: RuntimeValue, what: string, site: Site): readonly Value[] {
  return elements(set(given, what, site), site);
}

/** Elements with their numbers, in the same order. */
export interface NumberedElements {
  readonly elements: readonly Value[];
  readonly numbers: readonly number[];
}

/** As `elementsOf`; `numbers` has those that were given before, from 0. */
export function numbered(
  numbers: Map<Value, number>,
  given: RuntimeValue,
  what: string,
  site: Site,
): NumberedElements {
  const all = elementsOf(given, what, site);
  const numberOf = (one: Value): number => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  };
  return { elements: all, numbers: all.map(numberOf) };
}

/** `{a, b, c}` */
export function enumerate(given: readonly RuntimeValue[], site: Site): SetValue {
  return collected(
    given.map((one) => value(one, site)),
    site,
  );
}

/** The set of the values, which must be comparable with each other. */
export function collected(values: Iterable<Value>, site: Site): SetValue {
  const made = makeSet(values);
  checkComparable(made, site);
  return made;
}

const hasEnd = (given: RuntimeSet): boolean => given instanceof SetValue || given.isFinite();

const unions = new ResultCache<RuntimeSet>();
const intersections = new ResultCache<RuntimeSet>();
const differences = new ResultCache<RuntimeSet>();

/** What has a fault is not remembered, and is so found again, at its own place. */
function remembered(
  cache: ResultCache<RuntimeSet>,
  compute: (a: RuntimeValue, b: RuntimeValue, site: Site) => RuntimeSet,
  a: RuntimeValue,
  b: RuntimeValue,
  site: Site,
): RuntimeSet {
  if (!(a instanceof SetValue && b instanceof SetValue)) return compute(a, b, site);
  return cache.get(a, b) ?? cache.set(a, b, compute(a, b, site));
}

export function union(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  return remembered(unions, unite, a, b, site);
}

export function intersection(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  return remembered(intersections, intersect, a, b, site);
}

export function difference(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  return remembered(differences, subtract, a, b, site);
}

export function unite(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  const left = set(a, '\\cup', site);
  const right = set(b, '\\cup', site);
  if (hasEnd(left) && hasEnd(right)) {
    const more = elements(right, site);
    if (more.length === 0) return left;
    const some = elements(left, site);
    if (some.length === 0) return right;
    if (more.length > some.length) return collected([...some, ...more], site);
    const made = makeSortedSet(withInserted(some, more));
    checkNeighbours(made, left, site);
    return made;
  }
  return new TestedSet(
    (one, at) => member(one, left, at) || member(one, right, at),
    `${show(left)} \\cup ${show(right)}`,
  );
}

/** As `checkComparable`: what is comparable in a part of the set need not be looked at again. */
function checkNeighbours(made: SetValue, part: RuntimeSet, site: Site): void {
  if (made.isComparable || !(part instanceof SetValue) || !part.isComparable) {
    checkComparable(made, site);
    return;
  }
  const { elements: all } = made;
  let next = 0;
  for (let i = 0; i < all.length; i++) {
    const isNew = all[i] !== part.elements[next];
    if (!isNew) next++;
    if (i > 0 && (isNew || all[i - 1] !== part.elements[next - 2])) {
      unlike(all[i - 1] as Value, all[i] as Value, site);
    }
  }
  made.isComparable = true;
}

export function intersect(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  const left = set(a, '\\cap', site);
  const right = set(b, '\\cap', site);
  if (hasEnd(left)) return kept(left, (one) => member(one, right, site), site);
  if (hasEnd(right)) return kept(right, (one) => member(one, left, site), site);
  return new TestedSet(
    (one, at) => member(one, left, at) && member(one, right, at),
    `${show(left)} \\cap ${show(right)}`,
  );
}

export function subtract(a: RuntimeValue, b: RuntimeValue, site: Site): RuntimeSet {
  const left = set(a, '\\', site);
  const right = set(b, '\\', site);
  if (hasEnd(left)) return kept(left, (one) => !member(one, right, site), site);
  return new TestedSet(
    (one, at) => member(one, left, at) && !member(one, right, at),
    `${show(left)} \\ ${show(right)}`,
  );
}

function kept(from: RuntimeSet, keep: (one: Value) => boolean, site: Site): SetValue {
  return makeSortedSet(elements(from, site).filter(keep));
}

export function subsetOrEqual(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  const left = set(a, '\\subseteq', site);
  const right = set(b, '\\subseteq', site);
  return elements(left, site).every((one) => member(one, right, site));
}

/** `UNION S` */
export function flatten(given: RuntimeValue, site: Site): RuntimeSet {
  const parts = elementsOf(given, 'UNION', site);
  const all: Value[] = [];
  for (const one of parts) {
    if (one instanceof LazySet) {
      return new TestedSet((wanted, at) => isInOne(wanted, parts, at), `UNION ${show(given)}`);
    }
    if (!(one instanceof SetValue)) return wrongKind('UNION', 'a set of sets', one, site);
    for (const element of one.elements) all.push(element);
  }
  return collected(all, site);
}

function isInOne(wanted: RuntimeValue, sets: readonly Value[], site: Site): boolean {
  return sets.some((one) => member(wanted, one, site));
}

export function cardinality(given: RuntimeValue, site: Site): number {
  const over = set(given, 'Cardinality', site);
  const count = sizeOf(over, site);
  if (count <= 0x7fffffff) return count;
  throw new Fault('EVL022', site, { set: show(over), what: 'count' });
}

export function isFiniteSet(given: RuntimeValue, site: Site): boolean {
  return hasEnd(set(given, 'IsFiniteSet', site));
}

export function exists(
  given: RuntimeValue,
  test: (element: Value) => boolean,
  site: Site,
): boolean {
  const over = set(given, '\\E', site);
  if (over instanceof LazySet) return over.some(test, site);
  const list = over.elements;
  for (let i = 0; i < list.length; i++) if (test(list[i] as Value)) return true;
  return false;
}

export function forAll(
  given: RuntimeValue,
  test: (element: Value) => boolean,
  site: Site,
): boolean {
  const over = set(given, '\\A', site);
  if (over instanceof LazySet) return !over.some((one) => !test(one), site);
  const list = over.elements;
  for (let i = 0; i < list.length; i++) if (!test(list[i] as Value)) return false;
  return true;
}

export function choose(given: RuntimeValue, test: (element: Value) => boolean, site: Site): Value {
  let found: Value | undefined;
  const over = set(given, 'CHOOSE', site);
  exists(
    over,
    (one) => {
      if (!test(one)) return false;
      found = one;
      return true;
    },
    site,
  );
  if (found !== undefined) return found;
  throw new Fault('EVL007', site, { set: show(over) });
}

/** `{x \in S : P}`; of an infinite set only membership is known. */
export function filter(
  given: RuntimeValue,
  test: (element: Value) => boolean,
  site: Site,
): RuntimeSet {
  const from = set(given, 'the set filter', site);
  if (hasEnd(from)) return kept(from, test, site);
  return new TestedSet(
    (one, at) => member(one, from, at) && test(value(one, at)),
    `{x \\in ${show(from)} : …}`,
  );
}

/** `{e : x \in S}` */
export function image(
  given: RuntimeValue,
  compute: (element: Value) => RuntimeValue,
  site: Site,
): SetValue {
  const from = elementsOf(given, 'the set constructor', site);
  return collected(
    from.map((one) => value(compute(one), site)),
    site,
  );
}

/** `{e : x \in S, y \in T}`: `walk` calls its argument with the value of each row. */
export function gather(walk: (add: (element: RuntimeValue) => void) => void, site: Site): SetValue {
  const all: Value[] = [];
  walk((one) => all.push(value(one, site)));
  return collected(all, site);
}

export function each(given: RuntimeValue, visit: (element: Value) => void, site: Site): void {
  for (const one of elementsOf(given, 'the set constructor', site)) visit(one);
}

/** Component `position` (from 0) of an element of a set that `<<x, y>> \in S` takes apart. */
export function component(tuple: Value, position: number, count: number, site: Site): Value {
  if (tuple instanceof TupleValue && tuple.elements.length === count) {
    return tuple.elements[position] as Value;
  }
  return wrongKind('the bound tuple', `a set of ${count}-tuples`, tuple, site);
}

export function unbounded(what: string, site: Site): never {
  throw new Fault('EVL008', site, { what });
}
