/** The main job, end to end: the table of the dossier, every violation confirmed, the fix that bites. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

const spec = 'specs/writeback/Writeback.tla';
const config = (variant: string) => ['--config', `specs/writeback/${variant}.cfg`];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Section 4.5 of the dossier: the scenarios that each kernel reaches. */
const reachable: Readonly<Record<string, readonly string[]>> = {
  old: [],
  base: ['S1', 'S2', 'S3', "S3'", 'S4', 'P4'],
  a: ['S3', "S3'", 'S4', 'P4'],
  b: ['S2', "S3'", 'S4', 'P4'],
  e: [],
  'b+e': [],
};

interface Property {
  readonly name: string;
  readonly scenario: string;
  readonly result: string;
  readonly traceLength: number | null;
  readonly verdict: string | null;
}

describe('hunt specs/writeback', () => {
  test('every cell is as the dossier says, every violation is confirmed', {
    timeout: 300_000,
  }, async () => {
    const page = join(folder, 'page.html');
    const argv = ['hunt', 'specs/writeback', '--out', folder, '--report', page];
    const { exitCode, document } = await json(...argv);
    expect(document.differences).toEqual([]);
    expect([exitCode, document.asExpected]).toEqual([0, true]);
    const rows = document.rows as readonly { variant: string; properties: readonly Property[] }[];
    expect(rows.map((it) => it.variant)).toEqual(Object.keys(reachable));
    for (const { variant, properties } of rows) {
      const violated = properties.filter((it) => it.result === 'violated');
      expect(violated.map((it) => it.scenario)).toEqual(reachable[variant]);
      expect(properties).toHaveLength(6);
      for (const { name, verdict } of violated) {
        expect(verdict).toBe('confirmed');
        expect(existsSync(join(folder, 'Writeback', `${variant}-${name}.dot`))).toBe(true);
      }
    }
    expect(readFileSync(page, 'utf8')).toContain('Everything is as expected.');
  });

  test('a trace that it wrote is confirmed on its own kernel, and blocked or diverged on the fixed one', async () => {
    const trace = join(folder, 'Writeback', 'base-NoForeignBytesAfterReuse.trace.json');
    const own = await json('replay', trace, ...config('base'));
    expect([own.exitCode, own.document.replays[0].verdict]).toEqual([0, 'confirmed']);
    const fixed = await json('replay', trace, '--build', 'b+e');
    expect(fixed.exitCode).toBe(20);
    const [replay] = fixed.document.replays;
    expect(['diverged', 'blocked']).toContain(replay.verdict);
    expect(replay.at).toBeGreaterThan(0);
    // The first fix takes a page reference in the completion handler (c. 4.6, column b).
    expect(replay.function).toBe('get_page');
    const { out } = await cli('replay', trace, '--build', 'b+e');
    expect(out).toContain(`at step ${replay.at}`);
    expect(out).toContain('kernel function get_page');
  });
});

test('every trace that hunt wrote knows its kernel, and replays to the same verdict', async () => {
  const files = readdirSync(join(folder, 'Writeback')).filter((it) => it.endsWith('.trace.json'));
  expect(files).toHaveLength(Object.values(reachable).flat().length);
  for (const file of files) {
    const { exitCode, document } = await json('replay', join(folder, 'Writeback', file));
    expect([file, exitCode]).toEqual([file, 0]);
    const [{ verdict, note }] = document.replays;
    expect(verdict).toBe('confirmed');
    // Only CONFIG_DEBUG_VM notices that a page is freed under writeback (P4).
    expect(note?.includes('CONFIG_DEBUG_VM') ?? false).toBe(file.includes('NoFreeUnderWriteback'));
  }
});

test('a trace without a configuration needs a kernel, and one without constants is refused', async () => {
  const trace = join(folder, 'Writeback', 'base-NoForeignBytesAfterReuse.trace.json');
  const { config: _, ...anonymous } = JSON.parse(readFileSync(trace, 'utf8'));
  const other = join(folder, 'anonymous.json');
  writeFileSync(other, JSON.stringify(anonymous));
  const unnamed = await cli('replay', other);
  expect(unnamed.exitCode).toBe(2);
  expect(unnamed.err).toContain('which kernel build');
  const unknown = await cli('replay', trace, '--build', 'b+f');
  expect(unknown.exitCode).toBe(2);
  expect(unknown.err).toContain('there is no kernel build named "b+f"');
  expect(unknown.err).toContain('b+e');
  writeFileSync(other, JSON.stringify({ ...anonymous, constants: {} }));
  const bare = await cli('replay', other, '--build', 'base');
  expect(bare.exitCode).toBe(2);
  expect(bare.err).toContain('the trace has no number for the constant Allocations');
});

test('check finds a shortest counterexample of the kernel before the fixes', async () => {
  const { exitCode, document } = await json('check', spec, ...config('base'));
  expect(exitCode).toBe(12);
  expect(document.result).toBe('invariant');
  // Found first are the two that are shortest in the dossier: S4 and P4.
  expect(['NoWriteAfterTruncate', 'NoFreeUnderWriteback']).toContain(document.property);
  expect(document.location.file).toBe(spec);
});
