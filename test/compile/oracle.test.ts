/** Whole specifications: the verdicts and the numbers are TLC's. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { FailureDetail } from '../../src/compile/compiledSpec.js';
import { explore } from '../../src/explore/index.js';
import { loadOracle, oracle } from './fromText.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly property: string | null;
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
  readonly traceLength: number | null;
  readonly fullDistinct?: number | null;
  readonly fullGenerated?: number | null;
}

const rows: readonly Row[] = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8'));

/** What the search calls a violation that TLC calls a false property. */
const outcomes: Readonly<Record<string, readonly string[]>> = {
  'action-property': ['action-property', 'initial-property'],
};

function run(row: Row) {
  const { compiled, specification } = loadOracle(row.spec, row.config);
  if (compiled.falseAssumptions().length > 0) return null;
  const { checkDeadlock } = specification;
  return { compiled, result: explore(compiled, { checkDeadlock }) };
}

describe('a search that ends without violation', () => {
  it.each(rows.filter((row) => row.result === 'ok'))('$config', (row) => {
    const found = run(row);
    expect(found?.result).toMatchObject({
      outcome: 'ok',
      distinct: row.distinct,
      generated: row.generated,
      depth: row.depth,
    });
  });
});

describe('the states of a specification with a false property of behaviors', () => {
  it.each(rows.filter((row) => row.result === 'liveness'))('$config', (row) => {
    const found = run(row);
    expect(found?.result.outcome).toBe('ok');
    if (row.fullDistinct != null) {
      expect(found?.result).toMatchObject({
        distinct: row.fullDistinct,
        generated: row.fullGenerated,
      });
    }
  });
});

describe('a violation and the length of its shortest trace', () => {
  const violated = rows.filter(({ result }) => result !== 'ok' && result !== 'liveness');

  it.each(violated)('$config: $result', (row) => {
    const found = run(row);
    if (row.result === 'assumption') {
      expect(found).toBeNull();
      return;
    }
    expect(outcomes[row.result] ?? [row.result]).toContain(found?.result.outcome);
    const violation = found?.result.violations[0];
    if (row.property !== null) expect(violation?.property).toBe(row.property);
    const state = violation?.state ?? null;
    if (row.traceLength === null || state === null) return;
    // The last state need not be one of the search's: a step violates, or leaves variables open.
    const { step } = (violation?.failure?.detail ?? {}) as Partial<FailureDetail>;
    const added = violation?.next !== undefined || step !== undefined ? 1 : 0;
    expect((found?.result.depthOf(state) ?? 0) + added).toBe(row.traceLength);
  });
});
