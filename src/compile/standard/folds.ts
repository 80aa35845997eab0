/**
 * The module Folds, and the orders in which the folds of its relatives go through their elements:
 * where the order is left open, TLC's is taken, the smallest element first.
 */
import { makeSet, type Value } from '../../values/index.js';
import { member } from '../runtime/equality.js';
import { Fault, type Site, show } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { elementsOf } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';

/** An operator argument: evaluated values in, an expression's value out. */
export type Unary = (one: Value) => RuntimeValue;
export type Binary = (one: Value, other: Value) => RuntimeValue;

/** `op(last, … op(second, op(first, base)))` */
export function foldUp(op: Binary, base: RuntimeValue, given: Iterable<Value>, site: Site): Value {
  let folded = value(base, site);
  for (const one of given) folded = value(op(one, folded), site);
  return folded;
}

/** `op(x, … op(z, base))`, where `choose` gives x for the whole set, and so on for what is left. */
function mapThenFoldSet(
  op: Binary,
  base: RuntimeValue,
  map: Unary,
  choose: Unary,
  given: RuntimeValue,
  site: Site,
): Value {
  const order: Value[] = [];
  let rest = makeSet(elementsOf(given, 'MapThenFoldSet', site));
  while (rest.elements.length > 0) {
    const chosen = value(choose(rest), site);
    if (!member(chosen, rest, site)) {
      throw new Fault('EVL026', site, { chosen: show(chosen), set: show(rest) });
    }
    order.push(chosen);
    rest = makeSet(rest.elements.filter((one) => one !== chosen));
  }
  const mapped: Binary = (one, folded) => op(value(map(one), site), folded);
  return foldUp(mapped, base, order.reverse(), site);
}

export const folds: StandardModule = {
  MapThenFoldSet: operator('value', 5, mapThenFoldSet),
};
