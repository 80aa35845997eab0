/** The built program, killed at random moments: what it goes on to find is what is there. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ComparableRun, withoutCost } from './runs.js';

const main = 'dist/src/cli/main.js';
const kernel = 'test/oracle/specs/kernel';
const filter = [`${kernel}/FilterLock.tla`, '--config', `${kernel}/FilterLock-four.cfg`];
// A checkpoint every few milliseconds, so that many are cut off while they are written.
const often = ['--checkpoint-every', '0.05'];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function check(...argv: readonly string[]): ComparableRun {
  const all = [main, 'check', ...argv, '--json'];
  const { status, stdout } = spawnSync(process.execPath, all, { encoding: 'utf8' });
  return withoutCost({ exitCode: status ?? -1, document: JSON.parse(stdout) });
}

/** Whether it was killed before it had an answer. */
function killedAfter(milliseconds: number, ...argv: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, [main, 'check', ...argv], { stdio: 'ignore' });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  return new Promise((resolve) => {
    child.on('exit', (_code, signal) => {
      clearTimeout(timer);
      resolve(signal === 'SIGKILL');
    });
  });
}

describe('a run that is killed', () => {
  test('and resumed from its last checkpoint has the same result, ten times', async () => {
    const start = performance.now();
    const whole = check(...filter);
    const milliseconds = performance.now() - start;
    // What TLC has (`test/oracle/expected.json`).
    expect(whole).toMatchObject({ exitCode: 0, document: { states: { distinct: 184_025 } } });
    for (let round = 0, resumed = 0; resumed < 10; round++) {
      if (round > 60) expect.fail(`only ${resumed} of ${round} runs were killed in time`);
      const file = join(folder, `${round}.checkpoint`);
      const after = milliseconds * (0.2 + 0.8 * Math.random());
      const isKilled = await killedAfter(after, ...filter, '--checkpoint', file, ...often);
      if (!isKilled || !existsSync(file)) continue;
      expect(check(...filter, '--resume', file), `killed after ${after} ms`).toEqual(whole);
      resumed++;
    }
  }, 300_000);

  test('again and again, each time resumed from where the last one was, comes to its end', async () => {
    const file = join(folder, 'again.checkpoint');
    const whole = check(...filter);
    const keep = ['--checkpoint', file, ...often];
    let kills = 0;
    for (let after = 400; kills < 4; after += 50) {
      const resume = existsSync(file) ? ['--resume', file] : [];
      if (!(await killedAfter(after, ...filter, ...resume, ...keep))) break;
      // A slow machine may be killed before its first checkpoint: that run does not count.
      if (existsSync(file)) kills++;
    }
    expect(kills).toBeGreaterThan(0);
    expect(check(...filter, '--resume', file)).toEqual(whole);
  }, 300_000);
});

describe('a run that comes to the end of its memory', () => {
  test('ends with a limit and what it has found', () => {
    const five = ['test/bench/Filter.tla', '--config', 'test/bench/Filter5.cfg'];
    const { exitCode, document } = check(...five, '--max-memory', '150M');
    expect(exitCode).toBe(152);
    expect(document).toMatchObject({ result: 'limit', complete: false, trace: null });
    expect(document.message).toMatch(/^the memory limit of 150 MB was reached \(.* in use/);
    expect(document.states.distinct).toBeGreaterThan(100_000);
    expect(document.properties).toMatchObject([{ name: 'Mutex', result: 'not-checked' }]);
  }, 120_000);

  test('also where it is the heap, which values fill', () => {
    const file = join(folder, 'Pairs.tla');
    const next = "Next == x' = IF Len(x) = 1 THEN <<x[1], 1>> ELSE <<x[1] + 1>>";
    const text = `EXTENDS Naturals, Sequences\nVARIABLE x\nInit == x = <<0>>\n${next}`;
    writeFileSync(file, `---- MODULE Pairs ----\n${text}\n====\n`);
    writeFileSync(join(folder, 'Pairs.cfg'), 'INIT Init\nNEXT Next\n');
    const argv = ['--max-old-space-size=150', main, 'check', file];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, { encoding: 'utf8' });
    expect(status, stderr).toBe(152);
    expect(stdout).toMatch(/\n[\d,]+ states generated, [\d,]+ distinct states, depth [\d,]+, in /);
    expect(stderr).toContain('NODE_OPTIONS=--max-old-space-size=');
  }, 60_000);
});
