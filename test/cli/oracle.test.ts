/**
 * Every configuration that TLC was run on, through the program: the same verdict and numbers, from
 * the source as it is and again from its own printed translation, read as plain TLA+.
 */
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

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
  readonly violated?: readonly string[];
}

const specs = 'test/oracle/specs';
const rows = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];

/** TLC prints no behavior where an invariant has no value in an initial state; here it is shown. */
const traceWithoutTlc = new Set(['verdicts/NatQuant-bound.cfg']);

function run({ config }: Row, spec: string) {
  return json('check', spec, '--config', `${specs}/${config}`, '--quiet');
}

/** What TLC says, as the program must say it. */
function agree({ exitCode, document }: Awaited<ReturnType<typeof run>>, row: Row): void {
  expect([document.result, document.property]).toEqual([row.result, row.property]);
  // TLC has its generic 255 where it did not foresee an evaluation error.
  const wanted = row.exitCode === 255 ? 75 : row.exitCode;
  expect(exitCode).toBe(wanted);
  // A property of whole behaviors is decided on all states, which TLC has not found by then.
  const isLiveness = row.result === 'liveness';
  const generated = isLiveness ? row.fullGenerated : row.generated;
  const distinct = isLiveness ? row.fullDistinct : row.distinct;
  const depth = isLiveness ? row.fullDepth : row.depth;
  if (distinct != null) expect(document.states).toMatchObject({ generated, distinct, depth });
  if (traceWithoutTlc.has(row.config)) return;
  const length = document.trace?.steps.length ?? null;
  if (!isLiveness) {
    expect(length).toBe(row.traceLength);
    return;
  }
  // TLC's lassos are not the shortest ones.
  expect(length).toBeLessThanOrEqual(row.traceLength as number);
  expect(document.trace.loop).toBeLessThan(length);
  if (row.violated === undefined) return;
  const violated = document.properties.filter((it: { result: string }) => it.result === 'violated');
  expect(violated.map((it: { name: string }) => it.name)).toEqual(row.violated);
}

describe('TLC and check agree', () => {
  test('on all rows', () => expect(rows).toHaveLength(133));

  for (const row of rows) {
    test(`${row.config}: ${row.result}`, async () => {
      agree(await run(row, `${specs}/${row.spec}`), row);
    });
  }
});

describe('TLC and check agree on the printed translation', () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterplay-oracle-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  const isPluscal = ({ spec }: Row) => {
    const text = readFileSync(`${specs}/${spec}`, 'utf8');
    return /--(fair\s+)?algorithm/.test(text);
  };

  /** A copy with the translation that the program prints, and an algorithm that is none any more. */
  async function translated(spec: string): Promise<string> {
    const source = join(specs, spec);
    for (const file of readdirSync(dirname(source)).filter((name) => name.endsWith('.tla'))) {
      copyFileSync(join(dirname(source), file), join(folder, file));
    }
    const copy = join(folder, basename(spec));
    expect((await cli('translate', source, '--out', copy, '--quiet')).exitCode).toBe(0);
    const text = readFileSync(copy, 'utf8');
    expect(text).toMatch(/BEGIN TRANSLATION.*\nNext ==.*END TRANSLATION/s);
    writeFileSync(copy, text.replace(/--(?=(fair\s+)?algorithm)/, '  '));
    return copy;
  }

  const pluscal = rows.filter(isPluscal);
  test('on more than a few', () => expect(pluscal.length).toBeGreaterThan(50));

  for (const row of pluscal) {
    test(`${row.config}: ${row.result}`, async () => {
      agree(await run(row, await translated(row.spec)), row);
    });
  }
});
