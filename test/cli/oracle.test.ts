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
  readonly traceLength: number | null;
  readonly exitCode: number;
  readonly stoppedEarly: boolean;
}

const rows = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];
const checkedResults = new Set(['ok', 'invariant', 'deadlock', 'assertion', 'assumption']);

describe('TLC and check agree', () => {
  for (const row of rows) {
    test(`${row.config}: ${row.result}`, async () => {
      const paths = [row.spec, row.config].map((it) => `test/oracle/specs/${it}`) as [
        string,
        string,
      ];
      const { exitCode, document } = await json('check', paths[0], '--config', paths[1], '--quiet');
      console.log(row.config, row.result, exitCode, document.result, document.message, document.states, row.distinct, row.generated, row.depth);
    });
  }
});
