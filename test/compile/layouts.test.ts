/**
 * A search has the same numbers and verdicts whatever the slots are and however often stored states
 * are packed anew: on the oracle's specifications, and the numbers are TLC's.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileSpecification } from '../../src/compile/index.js';
import type { SlotOptions } from '../../src/compile/layout.js';
import { explore } from '../../src/explore/index.js';
import { loadOracle, oracle } from './fromText.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
}

const rows: readonly Row[] = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8'));

/** Small enough to be searched several times. */
const distinctMax = 6000;
const complete = rows.filter(
  (row) => row.result === 'ok' && row.distinct !== null && row.distinct <= distinctMax,
);

const layouts: readonly (readonly [string, SlotOptions])[] = [
  ['one slot for each variable', { depthMax: 0 }],
  ['a slot for each element, and no deeper', { depthMax: 1 }],
  ['fewer and fewer slots while it runs', { misfitEvery: 7 }],
];

describe.each(complete)('$config', ({ spec, config, distinct, generated, depth }) => {
  const { specification } = loadOracle(spec, config);
  const { checkDeadlock } = specification;
  const expected = { outcome: 'ok', complete: true, distinct, generated, depth };

  it('with slots that widen bit by bit', () => {
    const result = explore(compileSpecification(specification), { checkDeadlock, isTight: true });
    expect(result).toMatchObject(expected);
  });

  it.each(layouts)('with %s', (_, slots) => {
    const compiled = compileSpecification(specification, { slots });
    expect(explore(compiled, { checkDeadlock })).toMatchObject(expected);
  });
});

describe('the options of these tests do what they say', () => {
  const { specification } = loadOracle('kernel/FilterLock.tla', 'kernel/FilterLock.cfg');
  const slotCounts = (slots: SlotOptions): readonly number[] => {
    const compiled = compileSpecification(specification, { slots });
    const before = compiled.slotCount;
    explore(compiled, { checkDeadlock: false });
    return [before, compiled.slotCount];
  };

  it('depthMax', () => {
    const [whole = 0] = slotCounts({});
    const { variables } = compileSpecification(specification);
    expect(whole).toBeGreaterThan(variables.length);
    expect(slotCounts({ depthMax: 0 })).toEqual([variables.length, variables.length]);
  });

  it('misfitEvery', () => {
    const [before = 0, after = 0] = slotCounts({ misfitEvery: 7 });
    expect(after).toBeLessThan(before);
  });
});
