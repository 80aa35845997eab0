/**
 * What an expression may evaluate to: a value, or a set or function that is not enumerated yet.
 * `Nat`, `a..b`, `SUBSET S` or `[S -> T]` answer membership without their elements; they are
 * enumerated when they must be stored, compared or walked through, and an infinite one never can be.
 * Elements come in the canonical order of values, so a lazy set and its enumeration agree.
 */

import {
  formatValue,
  functionPairs,
  makeFunctionOn,
  makeSortedSet,
  SetValue,
  Unenumerated,
  type Value,
} from '../../values/index.js';
import { Fault } from './fault.js';

/** More elements than this are not put into one set. */
const elementCountMax = 8_000_000;

export type RuntimeValue = Value | LazySet | LazyFunction;
export type RuntimeSet = SetValue | LazySet;

export abstract class LazySet extends Unenumerated {
  private enumerated: SetValue | null = null;

  abstract contains(value: RuntimeValue, site: number): boolean;
  /** Visits the elements in the canonical order until `visit` is true; whether it ever was. */
  abstract some(visit: (element: Value) => boolean, site: number): boolean;
  /** The number of elements, none of which is made; throws a Fault for an infinite set. */
  abstract size(site: number): number;
  abstract isFinite(): boolean;
  abstract describe(): string;

  /** Throws a Fault where there are more elements than one set may have. */
  private checkEnumerable(site: number): void {
    if (this.size(site) > elementCountMax) {
      throw new Fault('EVL022', site, { set: this.describe(), what: 'enumerate' });
    }
  }

  /** Whether all elements can be listed: there are not too many, and they have an end. */
  isEnumerable(site: number): boolean {
    if (this.enumerated !== null) return true;
    if (!this.isFinite()) return false;
    try {
      return this.size(site) <= elementCountMax;
    } catch (error) {
      if (error instanceof Fault && error.code === 'EVL022') return false;
      throw error;
    }
  }

  force(site: number): SetValue {
    if (this.enumerated === null) {
      this.checkEnumerable(site);
      const elements: Value[] = [];
      this.some((element) => {
        elements.push(element);
        return false;
      }, site);
      this.enumerated = makeSortedSet(elements);
    }
    return this.enumerated;
  }
}

/**
 * A function whose values are computed when it is applied: every recursive function, and every
 * function with an infinite domain. Values are remembered.
 */
export class LazyFunction extends Unenumerated {
  private readonly known = new Map<Value, RuntimeValue>();
  private forced: Value | null = null;

  constructor(
    readonly domain: RuntimeSet,
    private readonly compute: (argument: Value) => RuntimeValue,
  ) {
    super();
  }

  /** `argument` is in the domain. */
  apply(argument: Value): RuntimeValue {
    let result = this.known.get(argument);
    if (result === undefined) {
      result = this.compute(argument);
      this.known.set(argument, result);
    }
    return result;
  }

  isEnumerable(site: number): boolean {
    return this.domain instanceof SetValue || this.domain.isEnumerable(site);
  }

  isInfinite(): boolean {
    return !(this.domain instanceof SetValue) && !this.domain.isFinite();
  }

  describe(): string {
    return `a function on ${this.domain instanceof SetValue ? formatValue(this.domain) : this.domain.describe()}`;
  }

  force(site: number): Value {
    if (this.forced === null) {
      const domain = this.domain instanceof SetValue ? this.domain : this.domain.force(site);
      this.forced = makeFunctionOn(
        domain,
        domain.elements.map((key) => value(this.apply(key), site)),
      );
    }
    return this.forced;
  }
}

/**
 * The value itself: a lazy set or function is enumerated. One that cannot be stays as it is, so
 * that it can be a part of a value: `[ids |-> Nat].ids` is `Nat`, as for TLC.
 */
export function value(given: RuntimeValue, site: number): Value {
  if (!(given instanceof LazySet || given instanceof LazyFunction)) return given;
  if (given.isEnumerable(site)) return given.force(site);
  isKept = true;
  return given;
}

/** The value, which must be a finite one all through: that of a variable. */
export function enumerated(given: RuntimeValue, site: number): Value {
  const made =
    given instanceof LazySet || given instanceof LazyFunction ? given.force(site) : given;
  checkEnumerated(made, site);
  return made;
}

/** Throws a Fault for a value with a part that is not enumerated. */
export function checkEnumerated(made: Value, site: number): void {
  const part = unenumeratedPart(made);
  if (part !== null) throw new Fault('EVL030', site, { set: part.describe() });
}

/** Whether there can be values with parts that are not enumerated: a look at each is not needed. */
let isKept = false;

/** A part of the value that is not enumerated, or the value itself; null where there is none. */
export function unenumeratedPart(whole: Value): Unenumerated | null {
  return isKept ? openPart(whole) : null;
}

function openPart(whole: Value): Unenumerated | null {
  if (whole instanceof Unenumerated) return whole;
  if (whole instanceof SetValue) return firstOf(whole.elements);
  const pairs = functionPairs(whole);
  return pairs && firstOf(pairs.flat());
}

function firstOf(parts: readonly Value[]): Unenumerated | null {
  for (const part of parts) {
    const found = openPart(part);
    if (found !== null) return found;
  }
  return null;
}

/** A computation that is made at most once, when first asked for. */
export function lazy<T>(compute: () => T): () => T {
  let known: T | undefined;
  return () => {
    if (known === undefined) known = compute();
    return known;
  };
}
