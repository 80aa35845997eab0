/** Which variables are split into slots, and what happens to values that do not fit. */
import { describe, expect, it } from 'vitest';
import { LayoutMisfit, layOut, read, store } from '../../src/compile/layout.js';
import { explore, LayoutChanged } from '../../src/explore/index.js';
import {
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  type Value,
} from '../../src/values/index.js';
import { compileText, initialStates, show, steps } from './fromText.js';

const pc = (a: string, b: string): Value =>
  makeFunction([
    [7, a],
    [9, b],
  ]);

function slotsOf(...values: readonly Value[]): number {
  return layOut(new Map([['v', new Set(values)]]), new Map()).leaves.length;
}

describe('a variable has', () => {
  it('one slot per element of a function, recursively', () => {
    const inner = makeRecord(
      new Map<string, Value>([
        ['a', 1],
        ['b', makeTuple([2, 3, 4])],
      ]),
    );
    expect(slotsOf(pc('x', 'y'))).toBe(2);
    expect(slotsOf(makeTuple([inner, inner]))).toBe(8);
  });

  it('one slot if it is a set, or anything else without elements of its own', () => {
    expect(slotsOf(makeSet([1, 2, 3]))).toBe(1);
    expect(slotsOf(makeTuple([]))).toBe(1);
    expect(slotsOf(5)).toBe(1);
  });

  it('one slot if the initial states do not agree on the domain', () => {
    expect(slotsOf(makeTuple([1]), makeTuple([1, 2]))).toBe(1);
    expect(slotsOf(makeTuple([1, 2]), makeTuple([3, 4]))).toBe(2);
  });

  it('one slot if it has very many elements', () => {
    expect(slotsOf(makeTuple(Array.from({ length: 64 }, () => 0)))).toBe(64);
    expect(slotsOf(makeTuple(Array.from({ length: 65 }, () => 0)))).toBe(1);
  });
});

describe('the slots of a variable', () => {
  const layout = layOut(new Map([['v', new Set([pc('x', 'y')])]]), new Map());
  const slots = layout.variables.get('v');
  if (slots === undefined) throw new Error('v has no slots');

  it('give back the value that was stored', () => {
    const vector = new Int32Array(2);
    for (const value of [pc('x', 'y'), pc('y', 'x'), pc('z', 'z')]) {
      store(slots, value, vector);
      expect(read(slots, vector)).toBe(value);
    }
  });

  it('are equal for equal values only', () => {
    const [one, other, same] = [new Int32Array(2), new Int32Array(2), new Int32Array(2)];
    store(slots, pc('x', 'y'), one);
    store(slots, pc('y', 'x'), other);
    store(slots, pc('x', 'y'), same);
    expect(same).toEqual(one);
    expect(other).not.toEqual(one);
  });

  it('refuse a value of another domain, and say of which variable', () => {
    const misfit = () => store(slots, makeTuple(['x', 'y']), new Int32Array(2));
    expect(misfit).toThrow(LayoutMisfit);
    expect(misfit).toThrow(/\bv\b/);
  });
});

describe('a sequence that is not empty at first and grows', () => {
  const body = `EXTENDS Integers, Sequences
VARIABLES q, p
Init == q = <<1>> /\\ p = [i \\in {3, 4} |-> <<0>>]
Next == Len(q) < 3 /\\ q' = Append(q, 2) /\\ p' = [p EXCEPT ![3] = Append(@, 1)]`;

  it('changes the layout once per variable, and then fits', () => {
    const spec = compileText(body);
    expect(spec.slotCount).toBe(3);
    for (const slotCount of [3, 3]) {
      const [initial] = initialStates(spec);
      expect(() => steps(spec, initial as Int32Array)).toThrow(LayoutChanged);
      expect(spec.slotCount).toBe(slotCount);
    }
    const [initial] = initialStates(spec);
    expect(steps(spec, initial as Int32Array).map((one) => one.state)).toEqual([
      'q=<<1, 2>> p=(3 :> <<0, 1>> @@ 4 :> <<0>>)',
    ]);
  });

  it('is explored all the same', () => {
    const spec = compileText(body);
    const result = explore(spec, { checkDeadlock: false });
    expect(result).toMatchObject({ distinct: 3, generated: 3, depth: 3 });
    expect(show(spec, result.stateAt(2))).toBe('q=<<1, 2, 2>> p=(3 :> <<0, 1, 1>> @@ 4 :> <<0>>)');
  });
});
