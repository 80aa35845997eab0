/**
 * Values as words that say how each is made of values that were told before, so that a set of forty
 * records that everybody knows is forty words. Whoever reads all entries in the order in which they
 * were added numbers the values alike.
 */
import {
  FunctionValue,
  fromStoredJson,
  makeFunctionOn,
  makeSet,
  makeSortedSet,
  makeTuple,
  RecordValue,
  SetValue,
  type StoredJson,
  TupleValue,
  toStoredJson,
  type Value,
} from '../values/index.js';

/** A description is its kind, how many words follow, and these words. */
const kind = {
  integer: 0,
  /** The units of a text in JSON. */
  atom: 1,
  /** The numbers of the parts, and of a function first that of its domain. */
  set: 2,
  tuple: 3,
  function: 4,
} as const;

export class ValueEntries {
  private readonly numbers = new Map<Value, number>();
  private readonly values: Value[] = [];
  /** Of values described since `describe` was called, which have no number until they are told. */
  private readonly pending = new Map<Value, number>();

  /**
   * The number of the value, and then a description of each of its parts, and of itself, that was
   * not told before; nothing has changed yet.
   */
  describe(value: Value): readonly number[] {
    this.pending.clear();
    const words = [0];
    words[0] = this.numberOf(value, words);
    return words;
  }

  /** What `describe` has given last is told to everybody. */
  keep(): void {
    for (const value of this.pending.keys()) this.add(value);
    this.pending.clear();
  }

  /** The value that is described by the words from `at` on. */
  read(words: Int32Array, at: number): Value {
    for (let next = at + 1; next < words.length; ) {
      const end = next + 2 + (words[next + 1] as number);
      this.add(this.made(words[next] as number, words.subarray(next + 2, end)));
      next = end;
    }
    return this.known(words[at] as number);
  }

  private known(number: number): Value {
    const value = this.values[number];
    if (value === undefined) throw new Error(`no value has the number ${number}`);
    return value;
  }

  private add(value: Value): void {
    this.numbers.set(value, this.values.push(value) - 1);
  }

  /** Its number, once it and its parts are described; a value may be deeper than the stack. */
  private numberOf(value: Value, words: number[]): number {
    const open = [value];
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const parts = this.knownNumber(top) === undefined ? partsOf(top) : [];
      const before = open.length;
      for (let i = parts.length - 1; i >= 0; i--) {
        const part = parts[i] as Value;
        if (this.knownNumber(part) === undefined) open.push(part);
      }
      if (open.length > before) continue;
      open.pop();
      if (this.knownNumber(top) !== undefined) continue;
      this.write(top, parts, words);
      this.pending.set(top, this.values.length + this.pending.size);
    }
    return this.knownNumber(value) as number;
  }

  private knownNumber(value: Value): number | undefined {
    return this.numbers.get(value) ?? this.pending.get(value);
  }

  /** The parts have numbers. */
  private write(value: Value, parts: readonly Value[], words: number[]): void {
    const of = kindOf(value);
    if (of === kind.integer) words.push(of, 1, value as number);
    else if (of === kind.atom) {
      const text = JSON.stringify(toStoredJson(value));
      words.push(of, text.length);
      for (let i = 0; i < text.length; i++) words.push(text.charCodeAt(i));
    } else {
      words.push(of, parts.length);
      for (const part of parts) words.push(this.knownNumber(part) as number);
    }
  }

  private made(of: number, words: Int32Array): Value {
    if (of === kind.integer) return words[0] as number;
    if (of === kind.atom) {
      const text = Array.from(words, (unit) => String.fromCharCode(unit)).join('');
      return fromStoredJson(JSON.parse(text) as StoredJson);
    }
    const parts = Array.from(words, (number) => this.known(number));
    if (of === kind.set) return makeSortedSet(parts);
    if (of === kind.tuple) return makeTuple(parts);
    const [domain, ...values] = parts;
    if (of !== kind.function || !(domain instanceof SetValue)) throw new Error('no value');
    return makeFunctionOn(domain, values);
  }
}

function kindOf(value: Value): number {
  if (typeof value === 'number') return value === (value | 0) ? kind.integer : kind.atom;
  if (value instanceof SetValue) return kind.set;
  if (value instanceof TupleValue) return kind.tuple;
  return value instanceof RecordValue || value instanceof FunctionValue ? kind.function : kind.atom;
}

/** A record is a function on the names of its fields. */
function partsOf(value: Value): readonly Value[] {
  if (value instanceof SetValue || value instanceof TupleValue) return value.elements;
  if (value instanceof RecordValue) return [makeSet(value.shape.names), ...value.values];
  if (value instanceof FunctionValue) return [makeSortedSet(value.domain.keys), ...value.values];
  return [];
}
