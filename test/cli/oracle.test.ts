/** Every configuration that TLC was run on, through the program: the same verdict and numbers. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { json } from './runCli.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly property: string | null;
  readonly distinct: number | null;
  readonly generated: number | null;
  readonly depth: number | null;
  readonly fullDistinct?: number | null;
  readonly fullGenerated?: number | null;
  readonly fullDepth?: number | null;
  readonly traceLength: number | null;
  readonly exitCode: number;
}

const all = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];
const text = (row: Row) => readFileSync(`test/oracle/specs/${row.config}`, 'utf8');

/** What this version does not evaluate or use; without its VIEW that search does not end. */
const leftOut = /^(values\/BagsAndTlc|config\/Viewed)/;
const isTemporal = ({ result }: Row) => result === 'liveness' || result === 'action-property';
const hasSymmetry = (row: Row) => /^SYMMETRY/m.test(text(row));

function run(row: Row) {
  const [spec, config] = [row.spec, row.config].map((it) => `test/oracle/specs/${it}`);
  return json('check', spec as string, '--config', config as string, '--quiet');
}

const states = ({ generated, distinct, depth }: Row) =>
  distinct === null ? null : { generated, distinct, depth };

describe('TLC and check agree', () => {
  const rows = all.filter((row) => !leftOut.test(row.config) && !isTemporal(row));
  test('on more than a few', () => expect(rows.length).toBeGreaterThan(80));

  for (const row of rows) {
    test(`${row.config}: ${row.result}`, async () => {
      const { exitCode, document } = await run(row);
      expect([document.result, document.property]).toEqual([row.result, row.property]);
      // TLC has its generic 255 where it did not foresee an evaluation error.
      const wanted = row.exitCode === 255 ? 75 : row.exitCode;
      // Success is not claimed where something was not checked.
      const isUnchecked = document.result === 'ok' && !document.complete;
      expect(exitCode).toBe(isUnchecked ? 152 : wanted);
      if (states(row) !== null && !hasSymmetry(row)) expect(document.states).toEqual(states(row));
      // Of an evaluation error TLC shows sometimes a state more, sometimes none.
      if (row.traceLength !== null && row.result !== 'evaluation-error') {
        expect(document.trace.steps).toHaveLength(row.traceLength);
      }
    });
  }
});

describe('what is not checked yet is not claimed', () => {
  for (const row of all.filter(isTemporal)) {
    test(`${row.config}: ${row.result}`, async () => {
      const { exitCode, document } = await run(row);
      expect(exitCode).toBe(152);
      expect(document).toMatchObject({ result: 'ok', complete: false });
      const property = document.properties.find((it: { name: string }) => it.name === row.property);
      expect(property.result).toBe('not-checked');
      // The search itself is complete: TLC's numbers without the property.
      const { fullGenerated, fullDistinct, fullDepth } = row;
      expect(document.states).toEqual({
        generated: fullGenerated,
        distinct: fullDistinct,
        depth: fullDepth,
      });
    });
  }
});
