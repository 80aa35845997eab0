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
    const value = this.values[words[at] as number];
    if (value === undefined) throw new Error('an entry without a value');
    return value;
  }

  private add(value: Value): void {
    this.numbers.set(value, this.values.push(value) - 1);
  }

  private numberOf(value: Value, words: number[]): number {
    const known = this.numbers.get(value) ?? this.pending.get(value);
    if (known !== undefined) return known;
    if (Number.isInteger(value) && (value as number) === ((value as number) | 0)) {
      words.push(kind.integer, 1, value as number);
    } else if (value instanceof SetValue) this.compose(kind.set, value.elements, words);
    else if (value instanceof TupleValue) this.compose(kind.tuple, value.elements, words);
    else if (value instanceof RecordValue) {
      this.compose(kind.function, [makeSet(value.shape.names), ...value.values], words);
    } else if (value instanceof FunctionValue) {
      this.compose(kind.function, [makeSortedSet(value.domain.keys), ...value.values], words);
    } else {
      const text = JSON.stringify(toStoredJson(value));
      words.push(kind.atom, text.length);
      for (let i = 0; i < text.length; i++) words.push(text.charCodeAt(i));
    }
    const number = this.values.length + this.pending.size;
    this.pending.set(value, number);
    return number;
  }

  private compose(of: number, parts: readonly Value[], words: number[]): void {
    const numbers = parts.map((part) => this.numberOf(part, words));
    words.push(of, numbers.length, ...numbers);
  }

  private made(of: number, words: Int32Array): Value {
    if (of === kind.integer) return words[0] as number;
    if (of === kind.atom) {
      const text = Array.from(words, (unit) => String.fromCharCode(unit)).join('');
      return fromStoredJson(JSON.parse(text) as StoredJson);
    }
    const parts = Array.from(words, (number) => this.values[number] as Value);
    if (of === kind.set) return makeSortedSet(parts);
    if (of === kind.tuple) return makeTuple(parts);
    const [domain, ...values] = parts;
    if (of !== kind.function || !(domain instanceof SetValue)) throw new Error('no value');
    return makeFunctionOn(domain, values);
  }
}
