/** What codes mean travels from one run to another: dictionaries, split variables, registers. */
import { describe, expect, it } from 'vitest';
import type { Coding } from '../../src/compile/compiledSpec.js';
import { explore } from '../../src/explore/index.js';
import { formatValue, ModelValue } from '../../src/values/index.js';
import { compileText, show, steps } from './fromText.js';

const config = 'CONSTANT m = m INIT Init NEXT Next';
const body = `
EXTENDS Naturals, TLC
CONSTANT m
VARIABLES n, name, queue
Init == n = 0 /\\ name = m /\\ queue = <<1, 2>>
Next == /\\ n < 3 /\\ n' = n + 1 /\\ TLCSet(7, n)
        /\\ name' = (IF n = 1 THEN "m" ELSE m)
        /\\ queue' = (IF n = 2 THEN <<5>> ELSE queue)`;

/** As it comes back from a file: nothing of the other run is shared. */
const copied = ({ depths, dictionaries, registers }: Coding): Coding => ({
  depths: new Map(depths),
  dictionaries: dictionaries.map((values) => [...values]),
  registers: new Map(registers),
});

const explored = () => {
  const spec = compileText(body, config);
  const result = explore(spec, { checkDeadlock: false });
  expect(result.distinct).toBe(4);
  return { spec, result };
};

describe('a coding', () => {
  it('lets another run read the states of the first', () => {
    const { spec, result } = explored();
    const other = compileText(body, config);
    // The queue has got shorter on the way, so that it is one slot in the first run only.
    expect([spec.slotCount, other.slotCount]).toEqual([3, 4]);
    expect(other.adopt(copied(spec.coding(false)))).toBe(true);
    expect(other.slotCount).toBe(3);
    const texts = [0, 1, 2, 3].map((index) => show(other, result.stateAt(index)));
    expect(texts).toEqual([
      'n=0 name=m queue=<<1, 2>>',
      'n=1 name=m queue=<<1, 2>>',
      'n=2 name="m" queue=<<1, 2>>',
      'n=3 name=m queue=<<5>>',
    ]);
    const [next] = steps(other, result.stateAt(2));
    expect([...(next?.vector ?? [])]).toEqual([...result.stateAt(3)]);
  });

  it('holds values, of which a model value is not its name', () => {
    const { dictionaries } = explored().spec.coding(false);
    expect(dictionaries[1]).toEqual([ModelValue.of('m'), 'm']);
    expect(dictionaries[2]?.map(formatValue)).toEqual(['<<1, 2>>', '<<5>>']);
  });

  it('holds registers, also as they were before the last expansion', () => {
    const { spec, result } = explored();
    expect(spec.coding(false).registers).toEqual(new Map([[7, 2]]));
    spec.successors(result.stateAt(0), () => true);
    expect(spec.coding(false).registers).toEqual(new Map([[7, 0]]));
    expect(spec.coding(true).registers).toEqual(new Map([[7, 2]]));
    spec.successors(result.stateAt(3), () => true);
    expect(spec.coding(true).registers).toEqual(new Map([[7, 0]]));
  });

  it('is refused where it is of other slots, or numbers values in another way', () => {
    const coding = copied(explored().spec.coding(false));
    const [n = [], ...others] = coding.dictionaries;
    const adopts = (dictionaries: Coding['dictionaries']) => {
      const spec = compileText(body, config);
      // Some values have their codes already.
      spec.initialStates(() => true);
      return spec.adopt({ ...coding, dictionaries });
    };
    expect(adopts([n, ...others])).toBe(true);
    expect(adopts(others)).toBe(false);
    expect(adopts([n, ['a', 'b'], ['b', 'b']])).toBe(false);
  });
});
