/** `--por`: what a person and a script are told of it, and what it is refused with. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

const specs = 'test/oracle/specs';
const filter = [`${specs}/kernel/FilterLock.tla`, '--config', `${specs}/kernel/FilterLock.cfg`];
const viewed = `${specs}/config/Viewed.tla`;
const folder = mkdtempSync(join(tmpdir(), 'counterplay-por-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('check --por', () => {
  test('has the verdict of the full run with fewer states, and says how many were reduced', async () => {
    const full = await json('check', ...filter);
    const reduced = await json('check', ...filter, '--por');
    expect(full.document).toMatchObject({ result: 'ok', complete: true, reduction: null });
    expect(reduced.document).toMatchObject({ result: 'ok', complete: true });
    expect(reduced.exitCode).toBe(0);
    const { states, reduction } = reduced.document;
    expect(states.distinct).toBeLessThan(full.document.states.distinct);
    expect(reduction.states).toBeGreaterThan(0);
    expect(reduction.states).toBeLessThan(states.distinct);
  });

  test('says so to a person', async () => {
    const { out } = await cli('check', ...filter, '--por');
    expect(out).toMatch(/Partial-order reduction: [\d,]+ of [\d,]+ states expanded by one process/);
    expect((await cli('check', ...filter)).out).not.toContain('reduction');
  });

  test('is not used where it would be unsound, with a warning that says why', async () => {
    const full = await json('check', viewed);
    const { exitCode, err, out } = await cli('check', viewed, '--por', '--json');
    expect(err).toContain('--por is not used, because VIEW decides which states count as one');
    expect(exitCode).toBe(full.exitCode);
    const { states, reduction } = JSON.parse(out);
    expect({ states, reduction }).toEqual({ states: full.document.states, reduction: null });
  });

  test('does not look for witnesses', async () => {
    const run = await cli('check', ...filter, '--por', '--witness', 'TRUE');
    expect(run.exitCode).toBe(2);
    expect(run.err).toContain('--por and --witness cannot be used together');
  });

  test('goes on from its own checkpoints, and from no others', async () => {
    const file = join(folder, 'run');
    const whole = await json('check', ...filter, '--por');
    const part = await cli(
      'check',
      ...filter,
      '--por',
      '--max-states',
      '500',
      '--checkpoint',
      file,
    );
    expect(part.exitCode).toBe(152);
    const resumed = await json('check', ...filter, '--por', '--resume', file);
    for (const key of ['result', 'states', 'reduction']) {
      expect(resumed.document[key], key).toEqual(whole.document[key]);
    }
    const other = await cli('check', ...filter, '--resume', file);
    expect(other.exitCode).not.toBe(0);
    expect(other.err).toContain('--por was on, and is now off');
  });
});

test('hunt --por has the verdicts of a full hunt, and promises no shortest counterexamples', async () => {
  const spec = `${specs}/kernel/SeqCount.tla`;
  const config = ['--config', `${specs}/kernel/SeqCount-noretry.cfg`];
  const out = ['--out', join(folder, 'out')];
  const full = await json('hunt', spec, ...config, ...out);
  const reduced = await json('hunt', spec, ...config, ...out, '--por');
  const verdicts = ({ document }: typeof full) =>
    document.rows.map((row: { result: string; properties: { name: string; result: string }[] }) => [
      row.result,
      row.properties.map(({ name, result }) => [name, result]),
    ]);
  expect(verdicts(reduced)).toEqual(verdicts(full));
  expect(reduced.document.rows[0].reduction.states).toBeGreaterThan(0);
  expect(full.document.rows[0].reduction).toBeUndefined();
  const table = await cli('hunt', spec, ...config, ...out, '--por');
  expect(table.out).toContain('A number is the length, in states, of the counterexample');
});
