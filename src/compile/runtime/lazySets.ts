/** The sets that are not enumerated until they must be: intervals, number sets, strings, Seq(S). */
import {
  FunctionValue,
  ModelValue,
  RecordValue,
  TupleValue,
  type Value,
} from '../../values/index.js';
import { member } from './equality.js';
import { Fault, type Site, show } from './fault.js';
import { LazySet, type RuntimeSet, type RuntimeValue, value } from './lazy.js';

/** `low..high`, empty when `low > high`. */
export class Interval extends LazySet {
  constructor(
    readonly low: number,
    readonly high: number,
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    if (typeof element === 'number') return element >= this.low && element <= this.high;
    return element instanceof ModelValue || this.high < this.low
      ? false
      : strange(element, this, site);
  }

  some(visit: (element: Value) => boolean): boolean {
    for (let i = this.low; i <= this.high; i++) if (visit(i)) return true;
    return false;
  }

  size(): number {
    return Math.max(0, this.high - this.low + 1);
  }

  isFinite(): boolean {
    return true;
  }

  sameAs(other: Interval): boolean {
    if (this.size() === 0) return other.size() === 0;
    return this.low === other.low && this.high === other.high;
  }

  describe(): string {
    return `${this.low}..${this.high}`;
  }
}

/** A set that can only be asked for membership. */
export abstract class InfiniteSet extends LazySet {
  some(_visit: (element: Value) => boolean, site: Site): boolean {
    throw new Fault('EVL009', site, { set: this.describe() });
  }

  size(site: Site): number {
    throw new Fault('EVL009', site, { set: this.describe() });
  }

  isFinite(): boolean {
    return false;
  }
}

/** `Nat` and `Int`. */
export class NumberSet extends InfiniteSet {
  constructor(
    private readonly name: string,
    private readonly low: number,
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    if (typeof element === 'number') return element >= this.low;
    return element instanceof ModelValue ? false : strange(element, this, site);
  }

  describe(): string {
    return this.name;
  }
}

export class StringSet extends InfiniteSet {
  contains(element: RuntimeValue, site: Site): boolean {
    if (typeof element === 'string') return true;
    return element instanceof ModelValue ? false : strange(element, this, site);
  }

  describe(): string {
    return 'STRING';
  }
}

/** `Seq(S)` */
export class SequenceSet extends InfiniteSet {
  constructor(private readonly elements: RuntimeSet) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    const sequence = value(element, site);
    if (sequence instanceof TupleValue) {
      return sequence.elements.every((one) => member(one, this.elements, site));
    }
    if (sequence instanceof RecordValue || sequence instanceof FunctionValue) return false;
    return sequence instanceof ModelValue ? false : strange(sequence, this, site);
  }

  describe(): string {
    return `Seq(${show(this.elements)})`;
  }
}

/** A set of which only the membership test is known, such as `Nat \ {0}`. */
export class TestedSet extends InfiniteSet {
  constructor(
    private readonly test: (element: RuntimeValue, site: Site) => boolean,
    private readonly text: string,
  ) {
    super();
  }

  contains(element: RuntimeValue, site: Site): boolean {
    return this.test(element, site);
  }

  describe(): string {
    return this.text;
  }
}

export const naturals = new NumberSet('Nat', 0);
export const integers = new NumberSet('Int', Number.NEGATIVE_INFINITY);
export const strings = new StringSet();

export function strange(element: RuntimeValue, set: LazySet, site: Site): never {
  throw new Fault('EVL017', site, { element: show(element), set: set.describe() });
}
