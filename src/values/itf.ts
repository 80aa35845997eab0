/**
 * Values as ITF codes them (Apalache's ADR 015): integers `{"#bigint"}`, sets `{"#set"}`, tuples
 * `{"#tup"}`, functions `{"#map"}`, records plain objects. ITF has no model values: they are
 * written as strings. Sequences are read from arrays too, and integers from plain numbers.
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
  Unenumerated,
  type Value,
} from './value.js';

export type Itf = boolean | string | number | readonly Itf[] | { readonly [key: string]: Itf };

export function encodeItf(value: Value): Itf {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return { '#bigint': String(value) };
  if (value instanceof ModelValue) return value.name;
  if (value instanceof Unenumerated) return { '#unserializable': value.describe() };
  if (value instanceof SetValue) return { '#set': value.elements.map(encodeItf) };
  if (value instanceof TupleValue) return { '#tup': value.elements.map(encodeItf) };
  // Names with a # are tags; such a record is written as the function that it is.
  if (value instanceof RecordValue && !value.shape.names.some((name) => name.startsWith('#'))) {
    return Object.fromEntries(
      value.shape.names.map((name, i) => [name, encodeItf(value.values[i] as Value)]),
    );
  }
  const pairs = functionPairs(value);
  if (pairs === null) throw new Error('a value of no known kind');
  return { '#map': pairs.map(([key, to]) => [encodeItf(key), encodeItf(to)]) };
}

/** Thrown for JSON that is no ITF value; `path` says where inside it. */
export class ItfError extends Error {
  constructor(
    message: string,
    readonly path: string,
  ) {
    super(message);
    this.name = 'ItfError';
  }
}

/** `modelValues` names the strings that stand for model values; without it, strings stay strings. */
export function decodeItf(data: unknown, modelValues?: ReadonlySet<string>, path = ''): Value {
  const inner = (part: unknown, at: string | number): Value =>
    decodeItf(part, modelValues, `${path}/${at}`);
  if (typeof data === 'boolean') return data;
  if (typeof data === 'string') return modelValues?.has(data) ? ModelValue.of(data) : data;
  if (typeof data === 'number' && Number.isSafeInteger(data)) return data;
  if (Array.isArray(data)) return makeTuple(data.map(inner));
  if (typeof data !== 'object' || data === null) {
    throw new ItfError(`${JSON.stringify(data)} is no ITF value`, path);
  }
  const object = data as Record<string, unknown>;
  if ('#bigint' in object) {
    const integer = Number(object['#bigint']);
    if (Number.isSafeInteger(integer)) return integer;
    throw new ItfError(`${JSON.stringify(object['#bigint'])} is no integer in range`, path);
  }
  if (Array.isArray(object['#set'])) return makeSet(object['#set'].map(inner));
  if (Array.isArray(object['#tup'])) return makeTuple(object['#tup'].map(inner));
  if (Array.isArray(object['#map'])) {
    return makeFunction(
      object['#map'].map((pair, i) => {
        if (!Array.isArray(pair) || pair.length !== 2) {
          throw new ItfError(
            'each entry of "#map" must be a [key, value] pair',
            `${path}/#map/${i}`,
          );
        }
        return [inner(pair[0], `#map/${i}/0`), inner(pair[1], `#map/${i}/1`)] as const;
      }),
    );
  }
  const entries = Object.entries(object);
  const unknown = entries.find(([name]) => name.startsWith('#'));
  if (unknown) throw new ItfError(`unknown ITF tag "${unknown[0]}"`, path);
  if (entries.length === 0) return makeTuple([]);
  return makeRecord(new Map(entries.map(([name, part]) => [name, inner(part, name)])));
}
