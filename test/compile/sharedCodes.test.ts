/** Instances of a specification that share their codes: a value has one code for all of them. */
import { describe, expect, it } from 'vitest';
import { Leaf } from '../../src/compile/layout.js';
import { SharedCodes } from '../../src/compile/sharedCodes.js';
import { CodesStuck } from '../../src/explore/model.js';
import { SharedCodeLog } from '../../src/explore/parallel/codeLog.js';
import { makeSet, makeTuple, type Value } from '../../src/values/index.js';

class Instance {
  readonly leaves = [new Leaf(0), new Leaf(1)];
  readonly log: SharedCodeLog;
  readonly codes = new SharedCodes({
    coding: () => ({
      depths: new Map(),
      dictionaries: this.leaves.map(({ dictionary }) => dictionary.values),
      registers: new Map(),
    }),
    adopt: ({ dictionaries }) =>
      this.leaves.every(({ dictionary }, slot) => dictionary.adopt(dictionaries[slot] ?? [])),
    leaves: () => this.leaves,
  });

  constructor(control: Int32Array, words: Int32Array) {
    this.log = new SharedCodeLog(control, words);
  }

  code(slot: number, value: Value): number {
    return (this.leaves[slot] as Leaf).dictionary.code(value);
  }

  values(slot: number): readonly Value[] {
    return (this.leaves[slot] as Leaf).dictionary.values;
  }
}

function instances(logWords = 10_000) {
  const control = new Int32Array(16);
  const words = new Int32Array(logWords);
  const leader = new Instance(control, words);
  const other = new Instance(control, words);
  return { leader, other };
}

/** As a leader tells its codes to the others before their first round. */
function learn(leader: Instance, other: Instance): void {
  leader.log.clear();
  leader.codes.agreeIn(leader.log);
  const codes = structuredClone(leader.codes.codes());
  expect(other.codes.adopt(codes)).toBe(true);
  other.log.rewind();
  other.codes.agreeIn(other.log);
}

const set = makeSet([makeTuple([1, 2]), 'a']);

describe('codes', () => {
  it('are those of the leader, and then of whoever was first', () => {
    const { leader, other } = instances();
    for (const value of ['a', 7, set]) leader.code(0, value);
    learn(leader, other);
    expect(other.values(0)).toEqual(['a', 7, set]);
    expect(other.code(0, 'b')).toBe(3);
    expect(leader.code(1, set)).toBe(0);
    expect(leader.code(0, 'c')).toBe(4);
    expect(other.code(0, 'c')).toBe(4);
    expect(leader.code(0, 'b')).toBe(3);
    expect(other.code(1, set)).toBe(0);
  });

  it('that the leader has given alone are told when that is over', () => {
    const { leader, other } = instances();
    learn(leader, other);
    leader.codes.standAlone();
    expect([leader.code(0, set), leader.code(0, 5), leader.code(1, 5)]).toEqual([0, 1, 0]);
    leader.codes.publish();
    expect([other.code(0, 5), other.code(0, set), other.code(1, 5)]).toEqual([1, 0, 0]);
    expect(other.code(1, 6)).toBe(1);
    expect(leader.code(1, 6)).toBe(1);
  });

  it('are refused to another instance that has given others', () => {
    const { leader, other } = instances();
    leader.code(0, 'a');
    other.code(0, 'b');
    expect(other.codes.adopt(structuredClone(leader.codes.codes()))).toBe(false);
  });

  it('are all told anew where the log is full, and none was given then', () => {
    const { leader, other } = instances(20);
    learn(leader, other);
    let count = 0;
    expect(() => {
      for (; count < 10; count++) other.code(0, `value ${count}`);
    }).toThrow(CodesStuck);
    expect(other.values(0)).toHaveLength(count);
    leader.codes.catchUp();
    learn(leader, other);
    expect(leader.values(0)).toEqual(other.values(0));
    expect(other.code(0, 0)).toBe(count);
    expect(leader.code(0, 0)).toBe(count);
  });
});

describe('an instance that fails while it takes on a code', () => {
  /** As where the stack has no room for one more call. */
  function failOnce(instance: Instance): void {
    const { dictionary } = instance.leaves[0] as Leaf;
    const add = dictionary.add.bind(dictionary);
    dictionary.add = () => {
      dictionary.add = add;
      throw new RangeError('Maximum call stack size exceeded');
    };
  }

  it('gives no codes until it has learned all anew, if it was its own code', () => {
    const { leader, other } = instances();
    learn(leader, other);
    failOnce(other);
    expect(() => other.code(0, 'lost')).toThrow(RangeError);
    expect(leader.code(0, 'next')).toBe(1);
    expect(() => other.code(0, 'next')).toThrow(CodesStuck);
    expect(() => other.codes.catchUp()).toThrow(CodesStuck);
    learn(leader, other);
    expect(other.values(0)).toEqual(['lost', 'next']);
    expect(other.code(0, 'more')).toBe(2);
  });

  it('nor if it was that of another', () => {
    const { leader, other } = instances();
    learn(leader, other);
    other.code(0, 'lost');
    failOnce(leader);
    expect(() => leader.codes.catchUp()).toThrow(RangeError);
    expect(() => leader.codes.publish()).toThrow(CodesStuck);
    leader.codes.standAlone();
    // The leader gives this code to another value; who knows it already can no longer be told.
    expect(leader.code(0, 'else')).toBe(0);
    expect(other.codes.adopt(structuredClone(leader.codes.codes()))).toBe(false);
  });
});
