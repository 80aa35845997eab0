/**
 * Recursion and nesting that the usual stack does not hold, in the built program: threads need
 * files of JavaScript. TLC evaluates recursions over some thousands of elements.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const main = 'dist/src/cli/main.js';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function run(name: string, text: string, ...argv: readonly string[]) {
  const file = join(folder, `${name}.tla`);
  writeFileSync(file, `---- MODULE ${name} ----\nEXTENDS Integers, TLC\n${text}\n====\n`);
  const args = argv.map((one) => (one === '@' ? file : one));
  const { stdout, stderr, status } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
  });
  return { stdout, stderr, status };
}

const recursion = `RECURSIVE Count(_)
Count(n) == IF n = 0 THEN 0 ELSE 1 + Count(n - 1)
f[n \\in Nat] == IF n = 0 THEN 0 ELSE 1 + f[n - 1]`;

describe('more than the usual stack holds', () => {
  it.each(['Count(50000)', 'f[50000]'])(
    'is evaluated: %s',
    (expression) => {
      const { stdout, status } = run('Deep', recursion, 'eval', expression, '--spec', '@');
      expect([stdout, status]).toEqual(['50000\n', 0]);
    },
    60_000,
  );

  it('is parsed', () => {
    const text = `V == ${'('.repeat(10_000)}7${')'.repeat(10_000)}`;
    const { stdout, status } = run('Nested', text, 'eval', 'V', '--spec', '@');
    expect([stdout, status]).toEqual(['7\n', 0]);
  }, 60_000);

  it('what was printed before is not printed again', () => {
    const text = `${recursion}
(* --algorithm A { variables x = 0; { a: print "once"; b: x := Count(50000); } } *)`;
    const { stdout, stderr, status } = run('Printing', text, 'check', '@');
    expect(stderr.split('USE074')).toHaveLength(2);
    expect(stdout.split('"once"')).toHaveLength(2);
    expect(stdout).toContain('3 distinct states');
    expect(status).toBe(0);
  }, 60_000);

  it('a recursion without an end is still a mistake', () => {
    const text = 'RECURSIVE Up(_)\nUp(n) == Up(n + 1)';
    const { stderr, status } = run('Endless', text, 'eval', 'Up(0)', '--spec', '@');
    expect(stderr).toContain('error[EVL023]');
    expect(stderr).toContain('Endless.tla:4:10');
    expect(status).toBe(75);
  }, 60_000);
});

describe('several workers', () => {
  /** Each value of x is deep to find, and each member of a team has to find it by itself. */
  const deep = `VARIABLES x, y
RECURSIVE Count(_)
Count(n) == IF n = 0 THEN 0 ELSE 1 + Count(n - 1)
Init == x = 0 /\\ y = 0
Next == \\/ x < 70 /\\ x' = Count(50000 + x) - 49999 /\\ y' = y
        \\/ y < 70 /\\ y' = y + 1 /\\ x' = x`;
  const config = 'INIT Init\nNEXT Next\nCHECK_DEADLOCK FALSE';

  it.each(['1', '2'])(
    'have the stack that the search has: %s',
    (workers) => {
      writeFileSync(join(folder, 'Steps.cfg'), config);
      const { stdout, stderr, status } = run('Steps', deep, 'check', '@', '--workers', workers);
      expect(stdout).toContain('5,041 distinct states');
      expect([stderr, status]).toEqual(['', 0]);
    },
    60_000,
  );

  it('need not leave deep states to the leader', async () => {
    const text = `---- MODULE Deep ----\nEXTENDS Integers\n${deep}\n====\n`;
    const program = pathToFileURL(`${resolve(process.env.COUNTERPLAY_DIST ?? 'dist')}/`).href;
    const thread = new Worker(new URL('deepTeam.mjs', import.meta.url), {
      workerData: { program, spec: text, config },
      resourceLimits: { stackSizeMb: 64 },
    });
    const found = await new Promise<{ readonly rounds: number; readonly settled: number }>(
      (resolve, reject) => {
        thread.once('message', resolve);
        thread.once('error', reject);
      },
    );
    expect(found).toMatchObject({ distinct: 71 * 71, violations: 0, failures: [] });
    expect(found.rounds).toBeGreaterThan(60);
    // A member whose stack is too small ends the round.
    expect(found.settled).toBe(found.rounds);
  }, 60_000);
});
