/**
 * A reduced search has the verdicts of a full one: on the specifications of the oracle, of the
 * benchmarks and of the page cache, and on algorithms made at random.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadSpecification } from '../../../src/cli/pipeline.js';
import type { CompiledSpec } from '../../../src/compile/compiledSpec.js';
import { compileSpecification } from '../../../src/compile/index.js';
import { explore, type SearchResult } from '../../../src/explore/index.js';
import type { Specification } from '../../../src/semantics/specification.js';
import { SourceText } from '../../../src/source/text.js';
import { loadOracle, oracle } from '../fromText.js';
import { randomAlgorithm } from './randomAlgorithm.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
}

const rows: readonly Row[] = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8'));

interface Pair {
  readonly full: SearchResult;
  readonly reduced: SearchResult;
  /** Reduced, up to the first violation. */
  readonly first: SearchResult;
  readonly compiled: CompiledSpec;
}

function compare(specification: Specification): Pair {
  const { checkDeadlock } = specification;
  const full = explore(compileSpecification(specification), {
    checkDeadlock,
    everyProperty: true,
  });
  const compiled = compileSpecification(specification, { reduces: true });
  const reduced = explore(compiled, { checkDeadlock, everyProperty: true });
  return { full, reduced, first: explore(compiled, { checkDeadlock }), compiled };
}

const violated = ({ violations }: SearchResult): string[] =>
  violations.map(({ kind, property }) => `${kind} ${property}`).sort();

const hasFailed = ({ violations }: SearchResult): boolean =>
  violations.some(({ failure }) => failure !== null);

function expectSameVerdicts({ full, reduced, first }: Pair): void {
  expect(reduced.stopped).toBeNull();
  expect(hasFailed(reduced)).toBe(hasFailed(full));
  // What fails ends the expansion of its state, so what else would have been found is chance.
  if (!hasFailed(full)) {
    expect(violated(reduced)).toEqual(violated(full));
    expect(reduced.distinct).toBeLessThanOrEqual(full.distinct);
  }
  expect(first.outcome === 'ok').toBe(full.violations.length === 0);
}

describe('a specification of the oracle has the same verdicts with and without reduction', () => {
  let reducedCount = 0;

  it.each(rows.filter(({ result }) => result !== 'liveness'))('$config: $result', (row) => {
    const { specification, compiled } = loadOracle(row.spec, row.config);
    if (compiled.falseAssumptions().length > 0) return;
    const pair = compare(specification);
    expectSameVerdicts(pair);
    if (pair.reduced.reducedCount > 0) reducedCount++;
    // Where it does not apply, it is as if nobody had asked for it.
    if (pair.compiled.reduction === null) {
      expect(pair.compiled.whyUnreduced).not.toBeNull();
      expect(pair.reduced.generated).toBe(pair.full.generated);
      expect(pair.reduced.distinct).toBe(pair.full.distinct);
    }
  });

  it('and many of them are reduced', () => expect(reducedCount).toBeGreaterThan(15));
});

function load(spec: string, config: string): Specification {
  const read = (file: string) =>
    new SourceText(file, readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8'));
  return loadSpecification({ spec: read(spec), config: read(config), findModule: () => null })
    .specification;
}

describe('so has', () => {
  const variants = ['old', 'base', 'a', 'b', 'e', 'b+e'];

  it.each(variants)(
    'the page cache, kernel %s',
    (variant) => {
      const folder = 'specs/writeback';
      expectSameVerdicts(compare(load(`${folder}/Writeback.tla`, `${folder}/${variant}.cfg`)));
    },
    60_000,
  );

  it('the filter lock, which is reduced to less than half', () => {
    const pair = compare(load('test/bench/Filter.tla', 'test/bench/Filter4.cfg'));
    expectSameVerdicts(pair);
    expect(pair.full.distinct).toBe(612_717);
    expect(pair.reduced.distinct).toBeLessThan(612_717 / 2);
  }, 60_000);

  it('the TLB shootdown, whose steps all touch what all read', () => {
    const specification = load('test/bench/Shootdown.tla', 'test/bench/Shootdown.cfg');
    const compiled = compileSpecification(specification, { reduces: true });
    const { outcome, distinct } = explore(compiled);
    expect({ outcome, distinct }).toEqual({ outcome: 'ok', distinct: 943_297 });
  }, 120_000);
});

describe('algorithms made at random', () => {
  const seeds = 300;

  it(`have the same verdicts, seeds 0 to ${seeds - 1}`, () => {
    const kinds = new Map<string, number>();
    let reducedCount = 0;
    for (let seed = 0; seed < seeds; seed++) {
      const { spec, config } = randomAlgorithm(seed);
      const { specification } = loadSpecification({
        spec: new SourceText('Random.tla', spec),
        config: new SourceText('Random.cfg', config),
        findModule: () => null,
      });
      const pair = compare(specification);
      try {
        expectSameVerdicts(pair);
      } catch (error) {
        throw new Error(`seed ${seed}: ${(error as Error).message}\n${spec}\n${config}`);
      }
      if (pair.reduced.distinct < pair.full.distinct) reducedCount++;
      const { outcome } = pair.full;
      kinds.set(outcome, (kinds.get(outcome) ?? 0) + 1);
    }
    // The comparison is worth something: all kinds of verdicts, and many smaller searches.
    for (const kind of ['ok', 'invariant', 'deadlock', 'assertion', 'evaluation-error']) {
      expect(kinds.get(kind) ?? 0, kind).toBeGreaterThan(2);
    }
    expect(reducedCount).toBeGreaterThan(seeds / 3);
  }, 120_000);
});
