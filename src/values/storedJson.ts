/**
 * Values as JSON that gives back exactly what was written: unlike in ITF, a model value and the
 * string of its name stay apart. Tuples are arrays; model values, sets, records and functions are
 * objects with one key, `m`, `s`, `r` or `f`.
 */
import {
  functionPairs,
  ModelValue,
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  RecordValue,
  SetValue,
  TupleValue,
  type Value,
} from './value.js';

export type StoredJson =
  | boolean
  | number
  | string
  | readonly StoredJson[]
  | { readonly m: string }
  | { readonly s: readonly StoredJson[] }
  | { readonly r: readonly (readonly [string, StoredJson])[] }
  | { readonly f: readonly (readonly [StoredJson, StoredJson])[] };

export function toStoredJson(value: Value): StoredJson {
  if (typeof value !== 'object') return value;
  if (value instanceof ModelValue) return { m: value.name };
  if (value instanceof SetValue) return { s: value.elements.map(toStoredJson) };
  if (value instanceof TupleValue) return value.elements.map(toStoredJson);
  if (value instanceof RecordValue) {
    const { shape, values } = value;
    return { r: shape.names.map((name, i) => [name, toStoredJson(values[i] as Value)]) };
  }
  const pairs = functionPairs(value);
  if (pairs === null) throw new Error('a value of no known kind');
  return { f: pairs.map(([key, to]) => [toStoredJson(key), toStoredJson(to)]) };
}

/** For what `toStoredJson` has written; anything else is an Error. */
export function fromStoredJson(json: StoredJson): Value {
  if (typeof json !== 'object') return json;
  if (Array.isArray(json)) return makeTuple((json as readonly StoredJson[]).map(fromStoredJson));
  if ('m' in json) return ModelValue.of(json.m);
  if ('s' in json) return makeSet(json.s.map(fromStoredJson));
  if ('r' in json)
    return makeRecord(new Map(json.r.map(([name, to]) => [name, fromStoredJson(to)])));
  if ('f' in json) {
    return makeFunction(json.f.map(([key, to]) => [fromStoredJson(key), fromStoredJson(to)]));
  }
  throw new Error(`no stored value: ${JSON.stringify(json)}`);
}
