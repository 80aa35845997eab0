/** Sets built from other sets: powersets, products, function and record sets. */
import {
  FunctionValue,
  ModelValue,
  makeFunctionOn,
  makeSet,
  makeShapedRecord,
  makeSortedSet,
  makeTuple,
  type RecordShape,
  RecordValue,
  SetValue,
  TupleValue,
  type Value,
} from '../../values/index.js';
import { member } from './equality.js';
import { Fault, type Site, show } from './fault.js';
import { LazySet, type RuntimeSet, type RuntimeValue, value } from './lazy.js';
import { strange } from './lazySets.js';

export function elements(set: RuntimeSet, site: Site): readonly Value[] {
  return enumerate(set, site).elements;
}

function enumerate(set: RuntimeSet, site: Site): SetValue {
  return set instanceof SetValue ? set : set.force(site);
}

export function sizeOf(set: RuntimeSet, site: Site): number {
  return set instanceof SetValue ? set.elements.length : set.size(site);
}

/** A number of elements, which must be one that TLA+ can say: TLC's integers have 32 bits. */
export function countable(count: number, set: LazySet, site: Site): number {
  if (count <= 0x7fffffff) return count;
  throw new Fault('EVL022', site, { set: set.describe(), what: 'count' });
}

const isFiniteSet = (set: RuntimeSet): boolean => set instanceof SetValue || set.isFinite();

/** `SUBSET S`, smaller subsets first. */
export class PowerSet extends LazySet {
  constructor(private readonly base: RuntimeSet) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    if (element instanceof SetValue || element instanceof LazySet) {
      return elements(element, site).every((one) => member(one, this.base, site));
    }
    return element instanceof ModelValue ? false : strange(element, this, site);
  }

  some(visit: (element: Value) => boolean, site: Site): boolean {
    const base = elements(this.base, site);
    for (let size = 0; size <= base.length; size++) {
      if (someCombination(base, size, (chosen) => visit(makeSortedSet(chosen)))) return true;
    }
    return false;
  }

  size(site: Site): number {
    return countable(2 ** sizeOf(this.base, site), this, site);
  }

  isFinite(): boolean {
    return isFiniteSet(this.base);
  }

  describe(): string {
    return `SUBSET ${show(this.base)}`;
  }
}

/** Visits the ordered choices of `size` elements in lexicographic order. */
export function someCombination(
  base: readonly Value[],
  size: number,
  visit: (chosen: Value[]) => boolean,
): boolean {
  const chosen: Value[] = [];
  const extend = (from: number): boolean => {
    if (chosen.length === size) return visit([...chosen]);
    for (let i = from; i <= base.length - (size - chosen.length); i++) {
      chosen.push(base[i] as Value);
      if (extend(i + 1)) return true;
      chosen.pop();
    }
    return false;
  };
  return extend(0);
}

/** Visits the rows of a product in lexicographic order: the canonical order of its elements. */
export function someRow(
  factors: readonly (readonly Value[])[],
  visit: (row: Value[]) => boolean,
): boolean {
  const row: Value[] = [];
  const extend = (at: number): boolean => {
    const factor = factors[at];
    if (factor === undefined) return visit([...row]);
    for (const element of factor) {
      row.push(element);
      if (extend(at + 1)) return true;
      row.pop();
    }
    return false;
  };
  return extend(0);
}

/** `A \X B \X C` */
export class Product extends LazySet {
  constructor(private readonly factors: readonly RuntimeSet[]) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    const tuple = value(element, site);
    if (!(tuple instanceof TupleValue)) {
      return tuple instanceof ModelValue ? false : strange(tuple, this, site);
    }
    return (
      tuple.elements.length === this.factors.length &&
      tuple.elements.every((one, i) => member(one, this.factors[i] as RuntimeSet, site))
    );
  }

  some(visit: (element: Value) => boolean, site: Site): boolean {
    const factors = this.factors.map((factor) => elements(factor, site));
    return someRow(factors, (row) => visit(makeTuple(row)));
  }

  size(site: Site): number {
    return countable(
      this.factors.reduce((count, factor) => count * sizeOf(factor, site), 1),
      this,
      site,
    );
  }

  isFinite(): boolean {
    return this.factors.every(isFiniteSet);
  }

  describe(): string {
    return this.factors.map(show).join(' \\X ');
  }
}

/** `[S -> T]` */
export class FunctionSet extends LazySet {
  constructor(
    private readonly domain: RuntimeSet,
    private readonly range: RuntimeSet,
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    const f = value(element, site);
    const keys = domainKeys(f);
    if (keys === null) return f instanceof ModelValue ? false : strange(f, this, site);
    if (keys !== enumerate(this.domain, site)) return false;
    return functionValues(f).every((one) => member(one, this.range, site));
  }

  some(visit: (element: Value) => boolean, site: Site): boolean {
    const domain = enumerate(this.domain, site);
    const range = domain.elements.length === 0 ? [] : elements(this.range, site);
    return someRow(
      domain.elements.map(() => range),
      (row) => visit(makeFunctionOn(domain, row)),
    );
  }

  size(site: Site): number {
    const keys = sizeOf(this.domain, site);
    if (keys === 0) return 1;
    return countable(sizeOf(this.range, site) ** keys, this, site);
  }

  isFinite(): boolean {
    return isFiniteSet(this.domain) && isFiniteSet(this.range);
  }

  describe(): string {
    return `[${show(this.domain)} -> ${show(this.range)}]`;
  }
}

/** `[a : S, b : T]`; `sets` are in the order of the shape's names. */
export class RecordSet extends LazySet {
  constructor(
    private readonly shape: RecordShape,
    private readonly sets: readonly RuntimeSet[],
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    const record = value(element, site);
    if (!(record instanceof RecordValue)) {
      return domainKeys(record) !== null || record instanceof ModelValue
        ? false
        : strange(record, this, site);
    }
    return (
      record.shape === this.shape &&
      record.values.every((one, i) => member(one, this.sets[i] as RuntimeSet, site))
    );
  }

  some(visit: (element: Value) => boolean, site: Site): boolean {
    const factors = this.sets.map((set) => elements(set, site));
    return someRow(factors, (row) => visit(makeShapedRecord(this.shape, row)));
  }

  size(site: Site): number {
    return countable(
      this.sets.reduce((count, set) => count * sizeOf(set, site), 1),
      this,
      site,
    );
  }

  isFinite(): boolean {
    return this.sets.every(isFiniteSet);
  }

  describe(): string {
    const fields = this.shape.names.map(
      (name, i) => `${name} : ${show(this.sets[i] as RuntimeSet)}`,
    );
    return `[${fields.join(', ')}]`;
  }
}

/** The domain of a function, tuple or record; null for anything else. */
export function domainKeys(f: Value): SetValue | null {
  if (f instanceof TupleValue) return makeSortedSet(f.elements.map((_, i) => i + 1));
  if (f instanceof RecordValue) return makeSet(f.shape.names);
  if (f instanceof FunctionValue) return makeSortedSet(f.domain.keys);
  return null;
}

/** The values of a function, tuple or record, in the order of its domain. */
export function functionValues(f: Value): readonly Value[] {
  if (f instanceof TupleValue) return f.elements;
  return (f as RecordValue | FunctionValue).values;
}
