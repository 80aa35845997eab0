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

/** What is read and not honoured yet; the numbers of these rows are of what it leaves out. */
const elsewhere = new Map([
  ['config/SymClients.cfg', 'SYMMETRY'],
  ['config/SymClients-part.cfg', 'SYMMETRY'],
  ['config/Viewed.cfg', 'VIEW'],
]);
/** Temporal and action properties are not the compiler's: only the states are compared. */
const temporal = new Set(['liveness', 'action-property']);

const checked = rows.filter((row) => !elsewhere.has(row.config));

function run(row: Row) {
  const { compiled, specification } = loadOracle(row.spec, row.config);
  if (compiled.falseAssumptions().length > 0) return null;
  const { checkDeadlock } = specification;
  return { compiled, result: explore(compiled, { checkDeadlock }) };
}

describe('a search that ends without violation', () => {
  it.each(checked.filter((row) => row.result === 'ok'))('$config', (row) => {
    const found = run(row);
    expect(found?.result).toMatchObject({
      outcome: 'ok',
      distinct: row.distinct,
      generated: row.generated,
      depth: row.depth,
    });
  });
});

describe('the states of a specification with a false temporal property', () => {
  it.each(checked.filter((row) => temporal.has(row.result)))('$config', (row) => {
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
  const violated = checked.filter((row) => row.result !== 'ok' && !temporal.has(row.result));

  it.each(violated)('$config: $result', (row) => {
    const found = run(row);
    if (row.result === 'assumption') {
      expect(found).toBeNull();
      return;
    }
    expect(found?.result.outcome).toBe(row.result);
    const violation = found?.result.violations[0];
    if (row.property !== null) expect(violation?.property).toBe(row.property);
    // An incomplete successor has no vector: our trace ends with the state before it.
    const isIncomplete = codeOf(violation?.failure?.detail) === 'EVL018';
    const state = violation?.state ?? null;
    if (row.traceLength !== null && state !== null) {
      const missing = isIncomplete ? 1 : 0;
      expect(found?.result.depthOf(state)).toBe(row.traceLength - missing);
    }
  });
});

function codeOf(detail: unknown): string | undefined {
  return (detail as FailureDetail | undefined)?.code;
}
