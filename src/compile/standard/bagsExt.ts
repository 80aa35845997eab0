/** BagsExt. */
import type { Value } from '../../values/index.js';
import { add, multiply } from '../runtime/arithmetic.js';
import type { Site } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { bagOfCounts, copiesIn, countsOf } from './bags.js';
import { type Binary, foldUp, type Unary } from './folds.js';
import { operator, type StandardModule } from './operator.js';

type Given = RuntimeValue;

/** The bag with another number of copies of one element; none for 0. */
function withCopies(bag: Given, element: Given, count: number, name: string, site: Site): Value {
  const counts = countsOf(bag, name, site);
  counts.set(value(element, site), count);
  return bagOfCounts(counts, site);
}

function addOne(bag: Given, element: Given, site: Site): Value {
  return withCopies(bag, element, copiesIn(element, bag, site) + 1, 'BagAdd', site);
}

function removeOne(bag: Given, element: Given, site: Site): Value {
  const left = Math.max(0, copiesIn(element, bag, site) - 1);
  return withCopies(bag, element, left, 'BagRemove', site);
}

function removeAll(bag: Given, element: Given, site: Site): Value {
  copiesIn(element, bag, site);
  return withCopies(bag, element, 0, 'BagRemoveAll', site);
}

/** Each element as often as it is in the bag, equal ones together, the smallest first. */
function* copies(counts: ReadonlyMap<Value, number>): Iterable<Value> {
  for (const [one, count] of counts) for (let i = 0; i < count; i++) yield one;
}

/** `op(op(base, first), second) …` */
function foldBag(op: Binary, base: Given, bag: Given, site: Site): Value {
  const all = copies(countsOf(bag, 'FoldBag', site));
  return foldUp((one, folded) => op(folded, one), base, all, site);
}

/**
 * The copies of each element are folded for themselves, starting from `base`, and then these
 * results, starting from `base` again. As the module defines it, `choose` is not asked.
 */
function mapThenFoldBag(
  op: Binary,
  base: Given,
  map: Unary,
  _choose: Unary,
  bag: Given,
  site: Site,
): Value {
  const parts = [...countsOf(bag, 'MapThenFoldBag', site)].map(([one, count]) => {
    const mapped = value(map(one), site);
    const equals = Array.from({ length: count }, () => mapped);
    return foldUp((next, folded) => op(folded, next), base, equals, site);
  });
  return foldUp(op, base, parts.reverse(), site);
}

function sumBag(bag: Given, site: Site): Value {
  return foldBag((sum, one) => add(sum, one, site), 0, bag, site);
}

function productBag(bag: Given, site: Site): Value {
  return foldBag((product, one) => multiply(product, one, site), 1, bag, site);
}

export const bagsExt: StandardModule = {
  BagAdd: operator('value', 2, addOne),
  BagRemove: operator('value', 2, removeOne),
  BagRemoveAll: operator('value', 2, removeAll),
  MapThenFoldBag: operator('value', 5, mapThenFoldBag),
  FoldBag: operator('value', 3, foldBag),
  SumBag: operator('number', 1, sumBag),
  ProductBag: operator('number', 1, productBag),
};
