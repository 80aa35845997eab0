/**
 * SequencesExt: sets and sequences, elements and positions, folds. `subSequences.ts` has the
 * operators on parts of sequences. Strings are sequences only where TLC takes them for such.
 */
import {
  makeSet,
  makeTuple,
  type SetValue,
  type TupleValue,
  type Value,
} from '../../values/index.js';
import { equal } from '../runtime/equality.js';
import { bool, Fault, type Site, show } from '../runtime/fault.js';
import { apply, mapping } from '../runtime/functions.js';
import { type RuntimeSet, type RuntimeValue, value } from '../runtime/lazy.js';
import { Interval } from '../runtime/lazySets.js';
import { FunctionSet, someCombination } from '../runtime/productSets.js';
import { collected, elementsOf, set } from '../runtime/sets.js';
import { bagOfCounts } from './bags.js';
import { type Binary, foldUp, type Unary } from './folds.js';
import { foldFunction } from './functions.js';
import { operator, type StandardModule } from './operator.js';
import { concatenate, integer, length, sequence, subSequence } from './sequences.js';
import { subSequences } from './subSequences.js';
import { sortSequence } from './tlc.js';

type Given = RuntimeValue;

function toSet(s: Given, site: Site): SetValue {
  return collected(sequence(s, 'ToSet', site), site);
}

function toBag(s: Given, site: Site): Value {
  const counts = new Map<Value, number>();
  for (const one of sequence(s, 'ToBag', site)) counts.set(one, (counts.get(one) ?? 0) + 1);
  return bagOfCounts(counts, site);
}

function setToSequence(given: Given, site: Site): TupleValue {
  return makeTuple(elementsOf(given, 'SetToSeq', site));
}

/** Every order of the elements, as sequences. */
function orders(elements: readonly Value[]): Value[] {
  let prefixes: (readonly Value[])[] = [[]];
  for (let i = 0; i < elements.length; i++) {
    prefixes = prefixes.flatMap((prefix) =>
      elements.filter((one) => !prefix.includes(one)).map((one) => [...prefix, one]),
    );
  }
  return prefixes.map(makeTuple);
}

function setToSequences(given: Given, site: Site): Value {
  return makeSet(orders(elementsOf(given, 'SetToSeqs', site)));
}

function setToSortedSequence(given: Given, before: Binary, site: Site): Value {
  return sortSequence(setToSequence(given, site), before, site);
}

function partialPermutations(given: Given, site: Site): Value {
  const elements = elementsOf(given, 'SetToAllKPermutations', site);
  const all: Value[] = [];
  for (let size = 0; size <= elements.length; size++) {
    someCombination(elements, size, (chosen) => {
      all.push(...orders(chosen));
      return false;
    });
  }
  return makeSet(all);
}

function tuplesOf(elements: Given, count: Given, site: Site): RuntimeSet {
  const upTo = integer(count, 'TupleOf', site);
  return new FunctionSet(new Interval(1, upTo), set(elements, 'TupleOf', site));
}

function sequencesUpTo(elements: Given, count: Given, site: Site): Value {
  const all: Value[] = [];
  for (let size = 0; size <= integer(count, 'SeqOf', site); size++) {
    all.push(...elementsOf(tuplesOf(elements, size, site), 'SeqOf', site));
  }
  return makeSet(all);
}

function contains(s: Given, element: Given, site: Site): boolean {
  return sequence(s, 'Contains', site).some((one) => equal(one, element, site));
}

function isSorted(s: Given, before: Binary, site: Site): boolean {
  const all = sequence(s, 'IsSorted', site);
  return all.every((one, i) =>
    all.slice(i + 1).every((later) => bool(before(one, later), 'the order of IsSorted', site)),
  );
}

export function reverse(s: Given, site: Site): Value {
  return makeTuple([...sequence(s, 'Reverse', site)].reverse());
}

function removeAll(s: Given, element: Given, site: Site): Value {
  return makeTuple(sequence(s, 'Remove', site).filter((one) => !equal(one, element, site)));
}

function replaceAll(s: Given, old: Given, by: Given, site: Site): Value {
  const to = value(by, site);
  const all = sequence(s, 'ReplaceAll', site);
  return makeTuple(all.map((one) => (equal(one, old, site) ? to : one)));
}

/** The first position from `from` to `to` whose element passes, or 0. */
function selectIn(
  s: Given,
  range: readonly [number, number],
  test: Unary,
  isLast: boolean,
  site: Site,
): number {
  const all = sequence(s, 'SelectInSeq', site);
  const [from, to] = range;
  if (from <= to && (from < 1 || to > all.length)) {
    throw new Fault('EVL016', site, { sequence: show(s), from, to });
  }
  const isFound = (i: number): boolean =>
    bool(test(all[i - 1] as Value), 'the test of SelectInSeq', site);
  for (let i = 0; i <= to - from; i++) {
    const at = isLast ? to - i : from + i;
    if (isFound(at)) return at;
  }
  return 0;
}

function selectFirst(s: Given, test: Unary, site: Site): number {
  return selectIn(s, [1, sequence(s, 'SelectInSeq', site).length], test, false, site);
}

function selectLast(s: Given, test: Unary, site: Site): number {
  return selectIn(s, [1, sequence(s, 'SelectLastInSeq', site).length], test, true, site);
}

function selectFirstIn(s: Given, from: Given, to: Given, test: Unary, site: Site): number {
  return selectIn(s, bounds(from, to, 'SelectInSubSeq', site), test, false, site);
}

function selectLastIn(s: Given, from: Given, to: Given, test: Unary, site: Site): number {
  return selectIn(s, bounds(from, to, 'SelectLastInSubSeq', site), test, true, site);
}

function bounds(from: Given, to: Given, name: string, site: Site): readonly [number, number] {
  return [integer(from, name, site), integer(to, name, site)];
}

function insertAt(s: Given, at: Given, element: Given, site: Site): Value {
  const i = integer(at, 'InsertAt', site);
  const before = subSequence(s, 1, i - 1, site);
  const after = subSequence(s, i, length(s, site), site);
  return concatenate(concatenate(before, makeTuple([value(element, site)]), site), after, site);
}

function replaceAt(s: Given, at: Given, element: Given, site: Site): Value {
  const i = integer(at, 'ReplaceAt', site);
  const all = sequence(s, 'ReplaceAt', site);
  return i < 1 || i > all.length
    ? makeTuple(all)
    : makeTuple(all.with(i - 1, value(element, site)));
}

function removeAt(s: Given, at: Given, site: Site): Value {
  const i = integer(at, 'RemoveAt', site);
  const after = subSequence(s, i + 1, length(s, site), site);
  return concatenate(subSequence(s, 1, i - 1, site), after, site);
}

function removeFirst(s: Given, element: Given, site: Site): Value {
  return removeFirstMatch(s, (one) => equal(one, element, site), site);
}

function removeFirstMatch(s: Given, test: Unary, site: Site): Value {
  const at = selectFirst(s, test, site);
  return at === 0 ? value(s, site) : removeAt(s, at, site);
}

function prepend(element: Given, s: Given, site: Site): Value {
  return makeTuple([value(element, site), ...sequence(s, 'Cons', site)]);
}

function appended(element: Given, s: Given, site: Site): Value {
  return makeTuple([...sequence(s, 'Snoc', site), value(element, site)]);
}

function front(s: Given, site: Site): Value {
  return subSequence(s, 1, length(s, site) - 1, site);
}

function last(s: Given, site: Site): RuntimeValue {
  const all = sequence(s, 'Last', site);
  if (all.length === 0) throw new Fault('EVL015', site, { operator: 'Last' });
  return apply(s, all.length, site);
}

function modulo(a: Given, b: Given, site: Site): number {
  const [x, y] = bounds(a, b, 'SeqMod', site);
  if (y <= 0) throw new Fault('EVL011', site, { expression: `${x} % ${y}`, wanted: 'positive' });
  const rest = x - y * Math.floor(x / y);
  return rest === 0 ? y : rest;
}

function foldLeft(op: Binary, base: Given, s: Given, site: Site): Value {
  return foldUp((one, folded) => op(folded, one), base, sequence(s, 'FoldLeft', site), site);
}

function foldRight(op: Binary, s: Given, base: Given, site: Site): Value {
  return foldUp(op, base, [...sequence(s, 'FoldRight', site)].reverse(), site);
}

function positions(s: Given, name: string, site: Site): number[] {
  return sequence(s, name, site).map((_, i) => i + 1);
}

function foldLeftDomain(op: Binary, base: Given, s: Given, site: Site): Value {
  return foldLeft(op, base, makeTuple(positions(s, 'FoldLeftDomain', site)), site);
}

function foldRightDomain(op: Binary, s: Given, base: Given, site: Site): Value {
  return foldRight(op, makeTuple(positions(s, 'FoldRightDomain', site)), base, site);
}

function zip(s: Given, t: Given, site: Site): RuntimeValue {
  const count = Math.min(length(s, site), length(t, site));
  const pair = (i: Value): Value =>
    makeTuple([s, t].map((one) => value(apply(one, i, site), site)));
  return mapping(new Interval(1, count), pair, site);
}

export const sequencesExt: StandardModule = {
  ToSet: operator('value', 1, toSet),
  ToBag: operator('value', 1, toBag),
  SetToSeq: operator('value', 1, setToSequence),
  SetToSeqs: operator('value', 1, setToSequences),
  SetToSortSeq: operator('value', 2, setToSortedSequence),
  SetToAllKPermutations: operator('value', 1, partialPermutations),
  TupleOf: operator('any', 2, tuplesOf),
  SeqOf: operator('value', 2, sequencesUpTo),
  BoundedSeq: operator('value', 2, sequencesUpTo),
  Contains: operator('boolean', 2, contains),
  IsSorted: operator('boolean', 2, isSorted),
  Reverse: operator('value', 1, reverse),
  Remove: operator('value', 2, removeAll),
  ReplaceAll: operator('value', 3, replaceAll),
  SelectInSeq: operator('number', 2, selectFirst),
  SelectInSubSeq: operator('number', 4, selectFirstIn),
  SelectLastInSeq: operator('number', 2, selectLast),
  SelectLastInSubSeq: operator('number', 4, selectLastIn),
  InsertAt: operator('value', 3, insertAt),
  ReplaceAt: operator('value', 3, replaceAt),
  RemoveAt: operator('value', 2, removeAt),
  RemoveFirst: operator('value', 2, removeFirst),
  RemoveFirstMatch: operator('value', 2, removeFirstMatch),
  Cons: operator('value', 2, prepend),
  Snoc: operator('value', 2, appended),
  Front: operator('value', 1, front),
  Last: operator('any', 1, last),
  SeqMod: operator('number', 2, modulo),
  FoldSeq: operator('value', 3, foldFunction),
  FoldLeft: operator('value', 3, foldLeft),
  FoldRight: operator('value', 3, foldRight),
  FoldLeftDomain: operator('value', 3, foldLeftDomain),
  FoldRightDomain: operator('value', 3, foldRightDomain),
  Zip: operator('value', 2, zip),
  ...subSequences,
};
