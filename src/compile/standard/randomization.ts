/** The module Randomization of TLC: subsets drawn by chance, with the host's numbers. */
import { makeSet, makeSortedSet, makeTuple, type Value } from '../../values/index.js';
import { type Site, show, wrongKind } from '../runtime/fault.js';
import type { Host } from '../runtime/host.js';
import type { RuntimeValue } from '../runtime/lazy.js';
import { elementsOf } from '../runtime/sets.js';
import { effect, type StandardModule } from './operator.js';

/** What numbers are drawn up to where a chance is decided. */
const grain = 1 << 30;

function count(given: RuntimeValue, operator: string, site: Site): number {
  if (typeof given === 'number' && given >= 0) return given;
  return wrongKind(operator, 'a number from 0', given, site);
}

export function randomization(host: Host): StandardModule {
  /** Each subset with k elements is as likely: the first k of a shuffle (Fisher and Yates). */
  function randomSubset(k: RuntimeValue, s: RuntimeValue, site: Site): Value {
    const size = count(k, 'RandomSubset', site);
    const rest = [...elementsOf(s, 'RandomSubset', site)];
    if (size > rest.length) {
      const wanted = `at most the ${rest.length} elements of ${show(s)}`;
      return wrongKind('RandomSubset', wanted, size, site);
    }
    for (let i = 0; i < size; i++) {
      const other = i + host.draw(rest.length - i);
      [rest[i], rest[other]] = [rest[other] as Value, rest[i] as Value];
    }
    return makeSet(rest.slice(0, size));
  }

  /** k subsets, of which some may be equal; each element is in one with the chance n / |S|. */
  function drawn(k: RuntimeValue, n: RuntimeValue, s: RuntimeValue, site: Site): readonly Value[] {
    const subsets = count(k, 'RandomSetOfSubsets', site);
    const average = count(n, 'RandomSetOfSubsets', site);
    const all = elementsOf(s, 'RandomSetOfSubsets', site);
    if (average > all.length) {
      const wanted = `an average of at most the ${all.length} elements of ${show(s)}`;
      return wrongKind('RandomSetOfSubsets', wanted, average, site);
    }
    const chance = (average / Math.max(1, all.length)) * grain;
    return Array.from({ length: subsets }, () =>
      makeSortedSet(all.filter(() => host.draw(grain) < chance)),
    );
  }

  function randomSetOfSubsets(
    k: RuntimeValue,
    n: RuntimeValue,
    s: RuntimeValue,
    site: Site,
  ): Value {
    return makeSet(drawn(k, n, s, site));
  }

  /** The sizes of five such sets. */
  function testRandomSetOfSubsets(
    k: RuntimeValue,
    n: RuntimeValue,
    s: RuntimeValue,
    site: Site,
  ): Value {
    return makeTuple(Array.from({ length: 5 }, () => new Set(drawn(k, n, s, site)).size));
  }

  return {
    RandomSubset: effect('value', 2, randomSubset),
    RandomSetOfSubsets: effect('value', 3, randomSetOfSubsets),
    TestRandomSetOfSubsets: effect('value', 3, testRandomSetOfSubsets),
  };
}
