/**
 * Recursion and nesting that the usual stack does not hold, in the built program: threads need
 * files of JavaScript. TLC evaluates recursions over some thousands of elements.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
