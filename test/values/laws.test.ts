/** Laws of values, for all small ones and for random ones. */
import { describe, expect, it } from 'vitest';
import { compileConstant } from '../../src/compile/index.js';
import { equal } from '../../src/compile/runtime/equality.js';
import { Fault } from '../../src/compile/runtime/fault.js';
import { EvaluationFailure } from '../../src/explore/index.js';
import { SourceText } from '../../src/source/text.js';
import { parseExpression } from '../../src/syntax/parse.js';
import {
  compareValues,
  decodeItf,
  encodeItf,
  formatValue,
  fromStoredJson,
  functionPairs,
  hashValue,
  ModelValue,
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  RecordValue,
  SetValue,
  TupleValue,
  toStoredJson,
  type Value,
} from '../../src/values/index.js';
import { Draw, modelNames, randomValue, smallValues } from './generate.js';

const small = smallValues();
const random = Array.from({ length: 600 }, (_, seed) => randomValue(seed));
const several = [...small, ...random];

describe('the order of values', () => {
  it('is 0 for identical values only, and antisymmetric', () => {
    expect(small.length).toBeGreaterThan(100);
    for (const a of several) {
      for (const b of several) {
        const [there, back] = [compareValues(a, b), compareValues(b, a)];
        if (Math.sign(there) !== -Math.sign(back) || (there === 0) !== Object.is(a, b)) {
          expect.fail(`${formatValue(a)} and ${formatValue(b)}: ${there}, ${back}`);
        }
      }
    }
  });

  it('is transitive', () => {
    const sorted = [...several].sort(compareValues);
    // Sorting by a relation that is not transitive would leave some pair in the wrong order.
    sorted.forEach((a, i) => {
      for (const b of sorted.slice(i + 1)) {
        if (compareValues(a, b) > 0) expect.fail(`${formatValue(a)} after ${formatValue(b)}`);
      }
    });
    for (const a of small) {
      for (const b of small) {
        if (compareValues(a, b) > 0) continue;
        for (const c of small) {
          if (compareValues(b, c) <= 0 && compareValues(a, c) > 0) {
            expect.fail([a, b, c].map(formatValue).join(' '));
          }
        }
      }
    }
  });

  it.each([
    ['integers ascending', [-3, 0, 1, 10]],
    ['FALSE before TRUE', [false, true]],
    ['small sets before large ones', [makeSet([]), makeSet([9]), makeSet([1, 2]), makeSet([1, 3])]],
    ['short tuples before long ones', [makeTuple([]), makeTuple([9]), makeTuple([1, 2])]],
  ])('has %s, as TLC has', (_, list) => {
    expect([...list].reverse().sort(compareValues)).toEqual(list);
  });
});

/** The same value, made anew from its parts in another order. */
function rebuilt(value: Value, draw: Draw): Value {
  const parts = (list: readonly Value[]) => list.map((one) => rebuilt(one, draw));
  if (typeof value !== 'object') return typeof value === 'string' ? value.slice() : value;
  if (value instanceof ModelValue) return ModelValue.of(value.name);
  if (value instanceof SetValue) {
    const elements = parts(value.elements);
    return makeSet(draw.shuffled([...elements, ...elements.slice(0, 1)]));
  }
  if (value instanceof TupleValue && draw.below(2) === 0) return makeTuple(parts(value.elements));
  if (value instanceof RecordValue && draw.below(2) === 0) {
    const fields = value.shape.names.map((name, i): [string, Value] => {
      return [name, rebuilt(value.values[i] as Value, draw)];
    });
    return makeRecord(new Map(draw.shuffled(fields)));
  }
  const pairs = functionPairs(value) ?? [];
  return makeFunction(
    draw.shuffled(pairs.map(([key, to]) => [rebuilt(key, draw), rebuilt(to, draw)] as const)),
  );
}

describe('equal values', () => {
  it('are the same object, however they were made, and have the same hash', () => {
    several.forEach((value, seed) => {
      const other = rebuilt(value, new Draw(seed));
      if (!Object.is(other, value)) expect.fail(formatValue(value));
      expect(hashValue(other)).toBe(hashValue(value));
    });
  });

  it('are what TLC calls equal; unlike ones are unequal or cannot be compared, in both orders', () => {
    const answer = (a: Value, b: Value): boolean | 'error' => {
      try {
        return equal(a, b, 0);
      } catch (error) {
        if (error instanceof Fault) return 'error';
        throw error;
      }
    };
    let errorCount = 0;
    for (const a of small) {
      for (const b of small) {
        const there = answer(a, b);
        if (there !== answer(b, a)) expect.fail(`${formatValue(a)} = ${formatValue(b)}`);
        if ((there === true) !== Object.is(a, b))
          expect.fail(`${formatValue(a)} ${formatValue(b)}`);
        if (there === 'error') errorCount++;
      }
    }
    expect(errorCount).toBeGreaterThan(1000);
  });
});

const constants = new Map(
  modelNames.map((name) => [name, { kind: 'model', name, span: null as never }] as const),
);

function evaluate(text: string): Value {
  return compileConstant(parseExpression(new SourceText('text', text)), { constants });
}

describe('a value that is printed', () => {
  it('is read back as the same value', () => {
    random.forEach((value) => {
      const text = formatValue(value);
      if (!Object.is(evaluate(text), value)) expect.fail(text);
    });
  });

  it.each([
    [makeTuple([makeSet([]), makeTuple([])]), '<<{}, <<>>>>'],
    [
      makeRecord(
        new Map<string, Value>([
          ['b', 1],
          ['a', true],
        ]),
      ),
      '[a |-> TRUE, b |-> 1]',
    ],
    [
      makeFunction([
        [0, 'x'],
        [-1, 'y'],
      ] as const),
      '(-1 :> "y" @@ 0 :> "x")',
    ],
    [makeFunction([['two words', 1]] as const), '("two words" :> 1)'],
    [makeFunction([['', 1]] as const), '("" :> 1)'],
    ['a "b"\\\n', '"a \\"b\\"\\\\\\n"'],
  ])('is %o as %s', (value, text) => {
    expect(formatValue(value)).toBe(text);
    expect(evaluate(text)).toBe(value);
  });
});

describe('a value in ITF', () => {
  it('is read back as the same value, through JSON', () => {
    const models = new Set(modelNames);
    for (const value of several) {
      const text = JSON.stringify(encodeItf(value));
      if (!Object.is(decodeItf(JSON.parse(text), models), value)) expect.fail(text);
    }
  });
});

describe('what TLC compares and what it refuses', () => {
  it.each([
    ['1 = "1"', 'error'],
    ['1 = TRUE', 'error'],
    ['{} = <<>>', 'error'],
    ['{1} = 1', 'error'],
    ['<<1, 2>> = <<"a">>', false],
    ['<<1, 2>> = <<"a", 2>>', 'error'],
    ['<<1, 2>> = <<2, "a">>', false],
    ['{1, 2} = {"a"}', false],
    ['{1} = {"a"}', 'error'],
    ['[a |-> 1] = [b |-> "x"]', false],
    ['[a |-> 1] = <<1>>', 'error'],
    ['m1 = 1', false],
    ['m1 = m2', false],
    ['m1 = {m1}', false],
    ['A_1 = B_1', 'error'],
    ['A_1 = m1', false],
    ['A_1 = 1', 'error'],
    ['1 \\in {1, "a"}', true],
    ['2 \\in {1, "a"}', 'error'],
    ['m1 \\in {1, 2}', false],
    ['m1 \\in Nat', false],
    ['"a" \\in Nat', 'error'],
    ['{1, "a"} = {1, "a"}', 'error'],
    ['{m1, 1, "a"} = {m1}', 'error'],
    ['{m1, 1} = {m1, 1}', true],
  ])('%s: %s', (text, expected) => {
    let found: Value | 'error';
    try {
      found = evaluate(text);
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
      found = 'error';
    }
    expect(found).toBe(expected);
  });
});

describe('values that are stored as JSON', () => {
  it('come back as they were, through text', () => {
    for (const value of several) {
      const text = JSON.stringify(toStoredJson(value));
      if (fromStoredJson(JSON.parse(text)) !== value) expect.fail(`${formatValue(value)}: ${text}`);
    }
  });

  it('keep a model value and its name apart, also inside of others', () => {
    const pair = makeTuple([ModelValue.of('m1'), 'm1']);
    expect(toStoredJson(pair)).toEqual([{ m: 'm1' }, 'm1']);
    const [model, name] = (fromStoredJson([{ m: 'm1' }, 'm1']) as TupleValue).elements;
    expect([model, name]).toEqual([ModelValue.of('m1'), 'm1']);
  });

  it('keep a record apart from what it is stored as', () => {
    const record = makeRecord(new Map([['m', 'm1']]));
    expect(fromStoredJson(toStoredJson(record))).toBe(record);
  });

  it('are refused if they are not', () => {
    expect(() => fromStoredJson({ x: 1 } as never)).toThrow('no stored value: {"x":1}');
  });
});
