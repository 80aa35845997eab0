/**
 * SequencesExt on parts of sequences: prefixes, suffixes, subsequences (of neighbours, but for
 * AllSubSeqs) and their replacement. Where TLC takes strings for sequences of characters, so do
 * these.
 */
import { makeSet, makeTuple, type Value } from '../../values/index.js';
import { equal } from '../runtime/equality.js';
import { Fault, type Site, show, wrongKind } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { elementsOf } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';
import { concatenate, integer, length, sequence } from './sequences.js';

type Given = RuntimeValue;

/** A sequence, or the characters of a string. */
type Part = readonly Value[] | string;

function part(s: Given, name: string, site: Site): Part {
  return typeof s === 'string' ? s : sequence(s, name, site);
}

function made(from: Part): Value {
  return typeof from === 'string' ? from : makeTuple(from);
}

/** Whether `s` stands in `t` from index `at` (from 0) on. */
function standsAt(s: Part, t: Part, at: number, site: Site): boolean {
  if (typeof s === 'string' || typeof t === 'string') {
    return typeof s === 'string' && typeof t === 'string'
      ? t.startsWith(s, at)
      : equal(made(s), made(t), site);
  }
  if (at + s.length > t.length) return false;
  return s.every((one, i) => equal(one, t[at + i] as Value, site));
}

function isPrefix(s: Given, t: Given, site: Site): boolean {
  return standsAt(part(s, 'IsPrefix', site), part(t, 'IsPrefix', site), 0, site);
}

function isStrictPrefix(s: Given, t: Given, site: Site): boolean {
  return isPrefix(s, t, site) && length(s, site) < length(t, site);
}

function isSuffix(s: Given, t: Given, site: Site): boolean {
  const [shorter, longer] = [sequence(s, 'IsSuffix', site), sequence(t, 'IsSuffix', site)];
  const at = longer.length - shorter.length;
  return at >= 0 && standsAt(shorter, longer, at, site);
}

function isStrictSuffix(s: Given, t: Given, site: Site): boolean {
  return isSuffix(s, t, site) && length(s, site) < length(t, site);
}

function prefixes(s: Given, site: Site): Value {
  const all = part(s, 'Prefixes', site);
  return makeSet(Array.from({ length: all.length + 1 }, (_, i) => made(all.slice(0, i))));
}

function suffixes(s: Given, site: Site): Value {
  const all = sequence(s, 'Suffixes', site);
  return makeSet(Array.from({ length: all.length + 1 }, (_, i) => made(all.slice(i))));
}

/** The longest common prefix; null if there are no sequences. */
function commonPrefix(given: Given, name: string, site: Site): Part | null {
  const all = elementsOf(given, name, site).map((one) => part(one, name, site));
  return all.reduce<Part | null>((shared, next) => {
    if (shared === null) return next;
    let count = Math.min(shared.length, next.length);
    while (!standsAt(shared.slice(0, count), next, 0, site)) count--;
    return shared.slice(0, count);
  }, null);
}

function commonPrefixes(given: Given, site: Site): Value {
  const longest = commonPrefix(given, 'CommonPrefixes', site);
  return longest === null ? makeSet([]) : prefixes(made(longest), site);
}

function longestCommonPrefix(given: Given, site: Site): Value {
  const longest = commonPrefix(given, 'LongestCommonPrefix', site);
  if (longest !== null) return made(longest);
  throw new Fault('EVL027', site, { operator: 'LongestCommonPrefix' });
}

function flatten(given: Given, site: Site): Value {
  const [first, ...rest] = sequence(given, 'FlattenSeq', site);
  if (first === undefined) return makeTuple([]);
  const start = made(part(first, 'FlattenSeq', site));
  return rest.reduce<Value>((joined, next) => concatenate(joined, next, site), start);
}

/** `<< <<s[1]>>, <<t[1]>>, <<s[2]>>, … >>` */
function interleave(s: Given, t: Given, site: Site): Value {
  const [first, second] = [sequence(s, 'Interleave', site), sequence(t, 'Interleave', site)];
  if (first.length !== second.length) {
    return wrongKind('Interleave', `a second sequence as long as ${show(s)}`, t, site);
  }
  const singles = first.flatMap((one, i) => [makeTuple([one]), makeTuple([second[i] as Value])]);
  return makeTuple(singles);
}

function subSequencesOf(s: Given, site: Site): Value {
  const all = part(s, 'SubSeqs', site);
  const found: Value[] = [made(all.slice(0, 0))];
  for (let from = 0; from < all.length; from++) {
    for (let to = from + 1; to <= all.length; to++) found.push(made(all.slice(from, to)));
  }
  return makeSet(found);
}

/** What is left of the sequence when any of its elements are removed. */
function allSubSequences(s: Given, site: Site): Value {
  const all = sequence(s, 'AllSubSeqs', site);
  const lists = all.reduce<(readonly Value[])[]>(
    (shorter, one) => shorter.concat(shorter.map((list) => [...list, one])),
    [[]],
  );
  return makeSet(lists.map(makeTuple));
}

/** The index (from 0) at which `s` first stands in `t` from `start` on, or -1. */
function indexOf(s: Part, t: Part, start: number, site: Site): number {
  for (let i = start; i <= t.length - s.length; i++) if (standsAt(s, t, i, site)) return i;
  return -1;
}

function indexOfFirst(s: Given, t: Given, site: Site): number {
  const name = 'IndexFirstSubSeq';
  const index = indexOf(part(s, name, site), part(t, name, site), 0, site);
  if (index >= 0) return index + 1;
  throw new Fault('EVL012', site, { expression: `${name}(${show(s)}, ${show(t)})` });
}

function joined(parts: readonly Part[]): Value {
  if (typeof parts[0] === 'string') return parts.join('');
  return makeTuple(parts.flatMap((one) => [...one]));
}

/** Three sequences, or three strings. */
function three(given: readonly Given[], name: string, site: Site): readonly [Part, Part, Part] {
  const parts = given.map((one) => part(one, name, site));
  const strange = parts.findIndex((one) => typeof one !== typeof parts[0]);
  if (strange < 0) return parts as unknown as readonly [Part, Part, Part];
  const wanted = typeof parts[0] === 'string' ? 'a string like the first' : 'a sequence';
  return wrongKind(name, wanted, given[strange] as Given, site);
}

function replaceAt(at: Given, r: Given, s: Given, t: Given, site: Site): Value {
  const i = integer(at, 'ReplaceSubSeqAt', site);
  const [by, old, whole] = three([r, s, t], 'ReplaceSubSeqAt', site);
  if (i < 1 || i - 1 > whole.length) {
    throw new Fault('EVL016', site, { sequence: show(t), from: 1, to: i - 1 });
  }
  return joined([whole.slice(0, i - 1), by, whole.slice(i - 1 + old.length)]);
}

function replaceFirst(r: Given, s: Given, t: Given, site: Site): Value {
  const [, old, whole] = three([r, s, t], 'ReplaceFirstSubSeq', site);
  const index = indexOf(old, whole, 0, site);
  return index < 0 ? value(t, site) : replaceAt(index + 1, r, s, t, site);
}

/** Every occurrence, from the left, none overlapping; an empty one stands before each element. */
function replaceAll(r: Given, s: Given, t: Given, site: Site): Value {
  const [by, old, whole] = three([r, s, t], 'ReplaceAllSubSeqs', site);
  if (old.length === 0 && whole.length === 0) return made(by);
  const parts: Part[] = [whole.slice(0, 0)];
  if (old.length === 0) {
    for (let i = 0; i < whole.length; i++) parts.push(by, whole.slice(i, i + 1));
    return joined(parts);
  }
  let start = 0;
  for (;;) {
    const next = indexOf(old, whole, start, site);
    if (next < 0) return joined([...parts, whole.slice(start)]);
    parts.push(whole.slice(start, next), by);
    start = next + old.length;
  }
}

export const subSequences: StandardModule = {
  IsPrefix: operator('boolean', 2, isPrefix),
  IsStrictPrefix: operator('boolean', 2, isStrictPrefix),
  IsSuffix: operator('boolean', 2, isSuffix),
  IsStrictSuffix: operator('boolean', 2, isStrictSuffix),
  Prefixes: operator('value', 1, prefixes),
  CommonPrefixes: operator('value', 1, commonPrefixes),
  LongestCommonPrefix: operator('value', 1, longestCommonPrefix),
  Suffixes: operator('value', 1, suffixes),
  FlattenSeq: operator('value', 1, flatten),
  Interleave: operator('value', 2, interleave),
  SubSeqs: operator('value', 1, subSequencesOf),
  AllSubSeqs: operator('value', 1, allSubSequences),
  IndexFirstSubSeq: operator('number', 2, indexOfFirst),
  ReplaceSubSeqAt: operator('value', 4, replaceAt),
  ReplaceFirstSubSeq: operator('value', 3, replaceFirst),
  ReplaceAllSubSeqs: operator('value', 3, replaceAll),
};
