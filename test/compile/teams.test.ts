/**
 * Several workers find what one finds: every state under its number, with its predecessor and its
 * action, every count and every violation; on the oracle's specifications. The codes that the
 * workers give to values differ from run to run, so states are compared as values.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileSpecification } from '../../src/compile/index.js';
import type { SlotOptions } from '../../src/compile/layout.js';
import { explore, type SearchOptions } from '../../src/explore/index.js';
import { phase } from '../../src/explore/parallel/phases.js';
import type { Specification } from '../../src/semantics/specification.js';
import { formatValue } from '../../src/values/index.js';
import { contents } from '../explore/parallel/contents.js';
import { ObjectTeam } from '../explore/parallel/objectTeam.js';
import { loadOracle, oracle } from './fromText.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly distinct: number | null;
}

const all: readonly Row[] = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8'));
const rows = all.filter(
  ({ result, distinct }) => result !== 'assumption' && (distinct ?? 0) < 2000,
);

interface Way {
  readonly size: number;
  readonly search?: SearchOptions;
  readonly slots?: SlotOptions;
  readonly logWords?: number;
}

function search(specification: Specification, { size, slots, logWords, ...way }: Way) {
  const make = () => compileSpecification(specification, slots === undefined ? {} : { slots });
  const { checkDeadlock } = specification;
  const compiled = make();
  const others = new ObjectTeam(make, { size, seed: size });
  const log = logWords === undefined ? {} : { logWords };
  const small = { statesMin: 2, startAt: 1, successorsMax: 64, ...log };
  const team = size === 1 ? {} : { team: { team: others, ...small } };
  const result = explore(compiled, { checkDeadlock, ...way.search, ...team });
  const decode = (state: Int32Array) =>
    [...compiled.decode(state).values()].map(formatValue).join();
  return { found: contents(result, decode), inserts: others.orders.get(phase.sort) ?? 0 };
}

const ways: Readonly<Record<string, Way>> = {
  'two workers': { size: 2 },
  'three workers, every property': { size: 3, search: { everyProperty: true } },
  'three workers, with slots that widen bit by bit': { size: 3, search: { isTight: true } },
  'two workers, where new values soon have no room in the log': { size: 2, logWords: 40 },
  'two workers, with fewer and fewer slots': { size: 2, slots: { misfitEvery: 7 } },
  'three workers, with one slot for each variable': { size: 3, slots: { depthMax: 0 } },
};

describe.each(Object.entries(ways))('%s', (_, way) => {
  it.each(rows)('$config', ({ spec, config }) => {
    const { specification } = loadOracle(spec, config);
    const one = search(specification, { ...way, size: 1 });
    expect(search(specification, way).found).toEqual(one.found);
  });
});

describe('these tests', () => {
  it.each([
    ['kernel/FilterLock.tla', 'kernel/FilterLock.cfg'],
    ['kernel/SeqCount.tla', 'kernel/SeqCount.cfg'],
  ])('have many rounds: %s', (spec, config) => {
    const { specification } = loadOracle(spec, config);
    expect(search(specification, { size: 2 }).inserts).toBeGreaterThan(20);
  });
});
