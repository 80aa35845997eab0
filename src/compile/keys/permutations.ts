/**
 * The group of permutations of model values that a SYMMETRY statement generates, and what a
 * permutation makes of a value.
 */
import {
  formatValue,
  functionPairs,
  ModelValue,
  makeFunction,
  makeSet,
  makeShapedRecord,
  makeTuple,
  RecordValue,
  SetValue,
  TupleValue,
  type Value,
} from '../../values/index.js';

/** Model values that are moved, with what takes their place. */
export type Permutation = ReadonlyMap<ModelValue, ModelValue>;

/** As many as permutations of eight values: every state is compared with so many others. */
export const groupSizeMax = 40_320;

/** Why a set does not generate a group; for a person, after a colon. */
export class NoPermutations extends Error {}

/** All permutations but the identity. `generators` are functions from model values to such. */
export function permutationGroup(generators: Value): readonly Permutation[] {
  if (!(generators instanceof SetValue)) {
    throw new NoPermutations(`${formatValue(generators)} is no set`);
  }
  const given = generators.elements.map(permutation).filter((one) => one.size > 0);
  const group = new Map<string, Permutation>([[keyOf(new Map()), new Map()]]);
  // A Map visits what is added while it is walked through.
  for (const one of group.values()) {
    for (const generator of given) {
      const product = compose(one, generator);
      const key = keyOf(product);
      if (!group.has(key)) group.set(key, product);
      if (group.size > groupSizeMax) {
        throw new NoPermutations(`it generates more than ${groupSizeMax} permutations`);
      }
    }
  }
  return [...group.values()].filter((one) => one.size > 0);
}

function permutation(value: Value): Permutation {
  const pairs = functionPairs(value);
  if (pairs === null) throw new NoPermutations(`its element ${formatValue(value)} is no function`);
  const moved = new Map<ModelValue, ModelValue>();
  const images = new Set<Value>();
  for (const [from, to] of pairs) {
    if (!(from instanceof ModelValue) || !(to instanceof ModelValue)) {
      const text = `${formatValue(from)} to ${formatValue(to)}`;
      throw new NoPermutations(`it maps ${text}, and only model values can be permuted`);
    }
    images.add(to);
    if (from !== to) moved.set(from, to);
  }
  if (images.size < pairs.length || pairs.some(([from]) => !images.has(from))) {
    throw new NoPermutations(`its element ${formatValue(value)} is no permutation`);
  }
  return moved;
}

/** First `one`, then `other`. */
function compose(one: Permutation, other: Permutation): Permutation {
  const product = new Map<ModelValue, ModelValue>();
  for (const from of new Set([...one.keys(), ...other.keys()])) {
    const between = one.get(from) ?? from;
    const to = other.get(between) ?? between;
    if (to !== from) product.set(from, to);
  }
  return product;
}

function keyOf(one: Permutation): string {
  const pairs = [...one].map(([from, to]) => JSON.stringify([from.name, to.name]));
  return pairs.sort().join();
}

/** The value with every model value in it replaced by what takes its place. */
export function permuted(value: Value, by: Permutation): Value {
  if (typeof value !== 'object') return value;
  if (value instanceof ModelValue) return by.get(value) ?? value;
  const inner = (one: Value): Value => permuted(one, by);
  if (value instanceof SetValue) return makeSet(value.elements.map(inner));
  if (value instanceof TupleValue) return makeTuple(value.elements.map(inner));
  if (value instanceof RecordValue) {
    return makeShapedRecord(value.shape, value.values.map(inner));
  }
  const pairs = functionPairs(value) ?? [];
  return makeFunction(pairs.map(([key, result]) => [inner(key), inner(result)]));
}
