/**
 * What an expression may evaluate to: a value, or a set or function that is not enumerated yet.
 * `Nat`, `a..b`, `SUBSET S` or `[S -> T]` answer membership without their elements; they are
 * enumerated when they must be stored, compared or walked through, and an infinite one never can be.
 * Elements come in the canonical order of values, so a lazy set and its enumeration agree.
 */

import { makeFunctionOn, makeSortedSet, SetValue, type Value } from '../../values/index.js';
import { Fault } from './fault.js';

/** More elements than this are not put into one set. */
const elementCountMax = 8_000_000;

export type RuntimeValue = Value | LazySet | LazyFunction;
export type RuntimeSet = SetValue | LazySet;

export abstract class LazySet {
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
export class LazyFunction {
  private readonly known = new Map<Value, RuntimeValue>();
  private forced: Value | null = null;

  constructor(
    readonly domain: RuntimeSet,
    private readonly compute: (argument: Value) => RuntimeValue,
  ) {}

  /** `argument` is in the domain. */
  apply(argument: Value): RuntimeValue {
    let result = this.known.get(argument);
    if (result === undefined) {
      result = this.compute(argument);
      this.known.set(argument, result);
    }
    return result;
  }

  isInfinite(): boolean {
    return !(this.domain instanceof SetValue) && !this.domain.isFinite();
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

/** The value itself: a lazy set or function is enumerated. */
export function value(given: RuntimeValue, site: number): Value {
  if (given instanceof LazySet || given instanceof LazyFunction) return given.force(site);
  return given;
}

/** A computation that is made at most once, when first asked for. */
export function lazy<T>(compute: () => T): () => T {
  let known: T | undefined;
  return () => {
    if (known === undefined) known = compute();
    return known;
  };
}
