/** What TLC says of its specifications is what random behaviors find, or do not find. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { json } from './runCli.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly exitCode: number;
}

const specs = 'test/oracle/specs';
const all = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];

const run = ({ spec, config }: Row, behaviors: number) =>
  json(
    ...['simulate', `${specs}/${spec}`, '--config', `${specs}/${config}`, '--quiet'],
    ...['--seed', '1', '--behaviors', String(behaviors), '--depth', '60'],
  );

const foundInBehaviors = [
  ...['invariant', 'deadlock', 'assertion', 'action-property'],
  ...['assumption', 'evaluation-error'],
];

/** Two faults: TLC finds the nearer one first, and a random behavior may come to the other. */
const otherViolations = new Map([
  ['verdicts/DoubleCheck.cfg', ['invariant', 12]],
  ['processes/SpuriousWake.cfg', ['deadlock', 11]],
]);

describe('what is violated is found by random behaviors', () => {
  const rows = all.filter(({ result }) => foundInBehaviors.includes(result));
  test('in more than a few specifications', () => expect(rows.length).toBeGreaterThan(40));

  test.each(rows.map((row) => [row.config, row] as const))('%s', async (_, row) => {
    const { exitCode, document } = await run(row, 3000);
    // TLC has its generic 255 where it did not foresee an evaluation error.
    const wanted = [row.result, row.exitCode === 255 ? 75 : row.exitCode];
    const other = otherViolations.get(row.config) ?? wanted;
    expect([wanted, other]).toContainEqual([document.result, exitCode]);
  });
});

describe('nothing is found where nothing is violated', () => {
  // What is violated by whole behaviors only is none of a simulation's business.
  const rows = all.filter(({ result }) => ['ok', 'liveness'].includes(result));
  test('in many specifications', () => expect(rows.length).toBeGreaterThan(60));

  test.each(rows.map((row) => [row.config, row] as const))('%s', async (_, row) => {
    const { exitCode, document } = await run(row, 50);
    expect([exitCode, document.result]).toEqual([0, 'ok']);
    expect(document.behaviors).toBe(50);
  });
});
