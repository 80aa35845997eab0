/** Values told as words: readers get the very same values, and number them as their writers do. */
import { describe, expect, it } from 'vitest';
import { ValueEntries } from '../../src/compile/valueEntries.js';
import {
  ModelValue,
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  type Value,
} from '../../src/values/index.js';

const record = (fields: Readonly<Record<string, Value>>) =>
  makeRecord(new Map(Object.entries(fields)));
const page = ModelValue.of('page');

const kinds: Readonly<Record<string, Value>> = {
  zero: 0,
  'a negative integer': -7,
  'the least integer of 32 bits': -(2 ** 31),
  'an integer of more than 32 bits': 2 ** 31,
  'a large negative integer': -(2 ** 40) - 3,
  false: false,
  true: true,
  'an empty string': '',
  'a string': 'a "quoted"\n\\ word',
  'a string beyond the first plane': '𝔘 and half of one: \ud835',
  'a string that looks like a value': '{"m":"page"}',
  'a model value': page,
  'the string of its name': 'page',
  'an empty set': makeSet([]),
  'an empty tuple': makeTuple([]),
  'a set of several kinds': makeSet([page, 'page', 3, true, makeTuple([]), makeSet([])]),
  'a tuple with repetitions': makeTuple([1, 1, page, 1]),
  'a record': record({ to: 2, from: 1, page }),
  'a function': makeFunction([
    [page, 1],
    [makeTuple([2]), makeSet([1, 2])],
  ]),
  'a function on integers that is no tuple': makeFunction([
    [0, 'a'],
    [1, 'b'],
  ]),
  'a function on the empty set': makeFunction([]),
  'a set of sets of records': makeSet([
    makeSet([record({ a: 1 }), record({ a: 2 })]),
    makeSet([record({ a: 1 }), record({ b: 1 })]),
  ]),
};

/** What a reader makes of the value, which comes after `before` in the same list of words. */
function tell(writer: ValueEntries, reader: ValueEntries, value: Value, before = 0): Value {
  const entry = writer.describe(value);
  writer.keep();
  const padding = new Array<number>(before).fill(99);
  return reader.read(Int32Array.from([...padding, ...entry]), before);
}

describe('a reader', () => {
  it.each(Object.entries(kinds))('gets back %s', (_, value) => {
    expect(tell(new ValueEntries(), new ValueEntries(), value)).toBe(value);
  });

  it('gets back all of them one after the other, in any order, and again', () => {
    const values = Object.values(kinds);
    for (const list of [values, [...values].reverse()]) {
      const [writer, reader] = [new ValueEntries(), new ValueEntries()];
      for (const value of [...list, ...list]) {
        expect(tell(writer, reader, value, 1)).toBe(value);
      }
    }
  });

  it('may be the next to write: it has given all values the same numbers', () => {
    const members = [new ValueEntries(), new ValueEntries(), new ValueEntries()];
    Object.values(kinds).forEach((value, turn) => {
      const one = makeTuple([turn, value]);
      const entry = members[turn % 3]?.describe(one) ?? [];
      members[turn % 3]?.keep();
      for (const other of members) {
        if (other !== members[turn % 3]) expect(other.read(Int32Array.from(entry), 0)).toBe(one);
      }
      // Nothing is left to be described then, by anybody.
      const numbers = members.map((member) => member.describe(one));
      expect(numbers[0]).toHaveLength(1);
      expect(numbers).toEqual([numbers[0], numbers[0], numbers[0]]);
    });
  });

  it('does not take words for a value that nobody has told', () => {
    expect(() => new ValueEntries().read(Int32Array.of(0), 0)).toThrow('no value has the number 0');
    // A tuple of one part, the first value.
    const forward = Int32Array.of(0, 2, 1, 5);
    expect(() => new ValueEntries().read(forward, 0)).toThrow('no value has the number 5');
  });
});

describe('what was told before', () => {
  it('is not described again, whether alone or as a part', () => {
    const [writer, reader] = [new ValueEntries(), new ValueEntries()];
    const parts = Array.from({ length: 40 }, (_, i) => record({ from: i, to: page }));
    for (const part of parts) tell(writer, reader, part);
    const set = makeSet(parts);
    // Its number, its kind, how many words follow, and these: a number for each part.
    expect(writer.describe(set)).toHaveLength(3 + 40);
    expect(tell(writer, reader, set)).toBe(set);
    expect(writer.describe(set)).toHaveLength(1);
    expect(tell(writer, reader, parts[7] as Value)).toBe(parts[7]);
  });

  it('is described once where a value has it several times', () => {
    const part = makeTuple([-1, -2]);
    // The number; -1 and -2 in three words each; the part and the whole in two words and two parts.
    expect(new ValueEntries().describe(makeTuple([part, part]))).toHaveLength(1 + 6 + 4 + 4);
  });
});

it('a description that was not kept has changed nothing', () => {
  const [writer, reader] = [new ValueEntries(), new ValueEntries()];
  const mine = makeTuple(['mine', 1]);
  const theirs = makeSet(['theirs', 1]);
  const refused = writer.describe(mine);
  expect(writer.describe(mine)).toEqual(refused);
  // Somebody else was first: both take that on, and then the writer tries again.
  expect(tell(reader, writer, theirs)).toBe(theirs);
  expect(tell(writer, reader, mine)).toBe(mine);
  expect(reader.describe(makeTuple([mine, theirs, 1]))).toEqual(
    writer.describe(makeTuple([mine, theirs, 1])),
  );
});

it('a value may have more parts, or be deeper, than a stack has room for', () => {
  const wide = makeSet(Array.from({ length: 300_000 }, (_, i) => i));
  expect(tell(new ValueEntries(), new ValueEntries(), wide)).toBe(wide);
  let deep: Value = 0;
  for (let i = 0; i < 50_000; i++) deep = makeTuple([deep]);
  expect(tell(new ValueEntries(), new ValueEntries(), deep)).toBe(deep);
});
