/** Bags: functions from elements to positive counts. */
import { functionPairs, makeFunction, makeSet, makeTuple, type Value } from '../../values/index.js';
import { member } from '../runtime/equality.js';
import { type Site, wrongKind } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { someRow } from '../runtime/productSets.js';
import { collected, elementsOf } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';

/** The elements in order, each with the number of its copies. */
export function countsOf(bag: RuntimeValue, name: string, site: Site): Map<Value, number> {
  const pairs = functionPairs(value(bag, site));
  const isBag = pairs?.every(([, count]) => typeof count === 'number' && count > 0);
  if (pairs === null || !isBag) return wrongKind(name, 'a bag', bag, site);
  return new Map(pairs as readonly [Value, number][]);
}

export function bagOfCounts(of: ReadonlyMap<Value, number>, site: Site): Value {
  collected(of.keys(), site);
  return makeFunction([...of].filter(([, count]) => count > 0));
}

function isBag(bag: RuntimeValue, site: Site): boolean {
  const pairs = functionPairs(value(bag, site));
  return pairs?.every(([, count]) => typeof count === 'number' && count > 0) ?? false;
}

function bagOfSet(given: RuntimeValue, site: Site): Value {
  return bagOfCounts(new Map(elementsOf(given, 'SetToBag', site).map((one) => [one, 1])), site);
}

function setOfBag(bag: RuntimeValue, site: Site): Value {
  return makeSet(countsOf(bag, 'BagToSet', site).keys());
}

export function copiesIn(element: RuntimeValue, bag: RuntimeValue, site: Site): number {
  const of = countsOf(bag, 'CopiesIn', site);
  const wanted = value(element, site);
  return member(wanted, makeSet(of.keys()), site) ? (of.get(wanted) as number) : 0;
}

function isInBag(element: RuntimeValue, bag: RuntimeValue, site: Site): boolean {
  return copiesIn(element, bag, site) > 0;
}

function bagSum(a: RuntimeValue, b: RuntimeValue, site: Site): Value {
  const sum = countsOf(a, '(+)', site);
  for (const [one, count] of countsOf(b, '(+)', site)) sum.set(one, (sum.get(one) ?? 0) + count);
  return bagOfCounts(sum, site);
}

function bagDifference(a: RuntimeValue, b: RuntimeValue, site: Site): Value {
  const rest = countsOf(a, '(-)', site);
  for (const [one, count] of countsOf(b, '(-)', site)) {
    if (rest.has(one)) rest.set(one, (rest.get(one) as number) - count);
  }
  return bagOfCounts(rest, site);
}

function bagUnion(bags: RuntimeValue, site: Site): Value {
  return elementsOf(bags, 'BagUnion', site).reduce<Value>(
    (sum, bag) => bagSum(sum, bag, site),
    makeTuple([]),
  );
}

function isSubBag(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  const whole = countsOf(b, '\\sqsubseteq', site);
  return [...countsOf(a, '\\sqsubseteq', site)].every(
    ([one, count]) => count <= (whole.get(one) ?? 0),
  );
}

function subBags(bag: RuntimeValue, site: Site): Value {
  const of = [...countsOf(bag, 'SubBag', site)];
  const all: Value[] = [];
  someRow(
    of.map(([, count]) => Array.from({ length: count + 1 }, (_, i) => i)),
    (row) => {
      all.push(bagOfCounts(new Map(of.map(([one], i) => [one, row[i] as number])), site));
      return false;
    },
  );
  return makeSet(all);
}

function bagSize(bag: RuntimeValue, site: Site): number {
  return [...countsOf(bag, 'BagCardinality', site).values()].reduce((sum, count) => sum + count, 0);
}

function bagImage(f: (one: Value) => RuntimeValue, bag: RuntimeValue, site: Site): Value {
  const sum = new Map<Value, number>();
  for (const [one, count] of countsOf(bag, 'BagOfAll', site)) {
    const image = value(f(one), site);
    sum.set(image, (sum.get(image) ?? 0) + count);
  }
  return bagOfCounts(sum, site);
}

function emptyBag(): Value {
  return makeTuple([]);
}

export const bags: StandardModule = {
  IsABag: operator('boolean', 1, isBag),
  BagToSet: operator('value', 1, setOfBag),
  SetToBag: operator('value', 1, bagOfSet),
  BagIn: operator('boolean', 2, isInBag),
  EmptyBag: operator('value', 0, emptyBag),
  '(+)': operator('value', 2, bagSum),
  '(-)': operator('value', 2, bagDifference),
  BagUnion: operator('value', 1, bagUnion),
  '\\sqsubseteq': operator('boolean', 2, isSubBag),
  SubBag: operator('value', 1, subBags),
  BagOfAll: operator('value', 2, bagImage),
  BagCardinality: operator('number', 1, bagSize),
  CopiesIn: operator('number', 2, copiesIn),
};
