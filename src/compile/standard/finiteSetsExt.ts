/** FiniteSetsExt. */
import { ModelValue, makeSet, makeSortedSet, SetValue, type Value } from '../../values/index.js';
import { add, multiply } from '../runtime/arithmetic.js';
import { member } from '../runtime/equality.js';
import { bool, Fault, type Site, show, wrongKind } from '../runtime/fault.js';
import { LazySet, type RuntimeSet, type RuntimeValue } from '../runtime/lazy.js';
import { strange } from '../runtime/lazySets.js';
import { countable, elements, sizeOf, someCombination, someRow } from '../runtime/productSets.js';
import { collected, difference, elementsOf, exists, flatten, set, union } from '../runtime/sets.js';
import { type Binary, foldUp, type Unary } from './folds.js';
import { operator, type StandardModule } from './operator.js';

type Given = RuntimeValue;

function foldSet(op: Binary, base: Given, given: Given, site: Site): Value {
  return foldUp(op, base, elementsOf(given, 'FoldSet', site), site);
}

function reduceSet(op: Binary, given: Given, base: Given, site: Site): Value {
  return foldUp(op, base, elementsOf(given, 'ReduceSet', site), site);
}

function sumSet(given: Given, site: Site): Value {
  return foldUp((a, b) => add(b, a, site), 0, elementsOf(given, 'SumSet', site), site);
}

function productSet(given: Given, site: Site): Value {
  return foldUp((a, b) => multiply(b, a, site), 1, elementsOf(given, 'ProductSet', site), site);
}

function mapThenSumSet(map: Unary, given: Given, site: Site): Value {
  const all = elementsOf(given, 'MapThenSumSet', site);
  return foldUp((one, sum) => add(sum, map(one), site), 0, all, site);
}

function symmetricDifference(a: Given, b: Given, site: Site): RuntimeSet {
  return union(difference(a, b, site), difference(b, a, site), site);
}

function quantify(given: Given, test: Unary, site: Site): number {
  let count = 0;
  const visit = (one: Value): boolean => {
    if (bool(test(one), 'the predicate of Quantify', site)) count++;
    return false;
  };
  exists(set(given, 'Quantify', site), visit, site);
  return count;
}

/** The subsets of a set that have a given size, without all the others. */
class SubsetsOfSize extends LazySet {
  constructor(
    private readonly base: RuntimeSet,
    private readonly count: number,
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    if (!(element instanceof SetValue || element instanceof LazySet)) {
      return element instanceof ModelValue ? false : strange(element, this, site);
    }
    if (sizeOf(element, site) !== this.count) return false;
    return elements(element, site).every((one) => member(one, this.base, site));
  }

  some(visit: (element: Value) => boolean, site: Site): boolean {
    const base = elements(this.base, site);
    if (this.count < 0 || this.count > base.length) return false;
    return someCombination(base, this.count, (chosen) => visit(makeSortedSet(chosen)));
  }

  /** The binomial coefficient. */
  size(site: Site): number {
    const all = sizeOf(this.base, site);
    if (this.count < 0 || this.count > all) return 0;
    let size = 1;
    for (let i = 1; i <= Math.min(this.count, all - this.count); i++) {
      size = (size * (all - i + 1)) / i;
    }
    return countable(size, this, site);
  }

  isFinite(): boolean {
    return this.base instanceof SetValue || this.base.isFinite();
  }

  describe(): string {
    return `kSubset(${this.count}, ${show(this.base)})`;
  }
}

function subsetsOfSize(count: Given, given: Given, site: Site): RuntimeSet {
  if (typeof count !== 'number') return wrongKind('kSubset', 'an integer', count, site);
  return new SubsetsOfSize(set(given, 'kSubset', site), count);
}

function integers(given: Given, name: string, site: Site): readonly number[] {
  const all = elementsOf(given, name, site);
  for (const one of all) {
    if (typeof one !== 'number') return wrongKind(name, 'a set of integers', given, site);
  }
  return all as readonly number[];
}

function largest(given: Given, site: Site): number {
  const found = integers(given, 'Max', site).at(-1);
  if (found === undefined) throw new Fault('EVL027', site, { operator: 'Max' });
  return found;
}

function smallest(given: Given, site: Site): number {
  const found = integers(given, 'Min', site)[0];
  if (found === undefined) throw new Fault('EVL027', site, { operator: 'Min' });
  return found;
}

/** One element of each set, in all ways. */
function choices(given: Given, site: Site): Value {
  const sets = elementsOf(given, 'Choices', site);
  const factors = sets.map((one) => elementsOf(one, 'Choices', site));
  const all: Value[] = [];
  someRow(factors, (row) => {
    all.push(collected(row, site));
    return false;
  });
  return makeSet(all);
}

function chooseUnique(given: Given, test: Unary, site: Site): Value {
  const found = elementsOf(given, 'ChooseUnique', site).filter((one) =>
    bool(test(one), 'the predicate of ChooseUnique', site),
  );
  const [first, second] = found;
  if (first === undefined) throw new Fault('EVL007', site, { set: show(given) });
  if (second === undefined) return first;
  throw new Fault('EVL025', site, { first: show(first), second: show(second) });
}

export const finiteSetsExt: StandardModule = {
  FoldSet: operator('value', 3, foldSet),
  ReduceSet: operator('value', 3, reduceSet),
  SumSet: operator('number', 1, sumSet),
  ProductSet: operator('number', 1, productSet),
  Sum: operator('number', 1, sumSet),
  Product: operator('number', 1, productSet),
  MapThenSumSet: operator('number', 2, mapThenSumSet),
  FlattenSet: operator('value', 1, flatten),
  SymDiff: operator('any', 2, symmetricDifference),
  Quantify: operator('number', 2, quantify),
  kSubset: operator('any', 2, subsetsOfSize),
  Max: operator('number', 1, largest),
  Min: operator('number', 1, smallest),
  Choices: operator('value', 1, choices),
  ChooseUnique: operator('value', 2, chooseUnique),
};
