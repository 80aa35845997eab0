/** Progress, end to end: the lassos of S7 and S8 as a person sees them, written and played again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('hunt specs/waiters', () => {
  test('shows a lasso, and how often it was gone round on the simulator', async () => {
    const page = join(folder, 'page.html');
    const argv = ['hunt', 'specs/waiters', '--out', folder, '--report', page];
    const { exitCode, out } = await cli(...argv);
    expect(exitCode).toBe(0);
    expect(out).toMatch(/S7 +S8 +L1 +L2/);
    expect(out).toMatch(/↺ steps \d+ to \d+ are the cycle; it was gone round 10 times/);
    expect(out).toMatch(/▲ watchdog starvation in \w+ \(round 10 of the cycle\)/);
    expect(out).toContain('All as specs/waiters/expected.json says.');
    expect(out).toMatch(/Counterexample graphs and traces: 15 files in /);
    expect(out).toMatch(/Draw one: dot -Tsvg \S+Waiters\/old-FsyncReturns\.dot/);
    const dot = readFileSync(join(folder, 'Waiters', 'old-FsyncReturns.dot'), 'utf8');
    // A step for each state of the lasso, the last of them the one that leads back.
    expect(dot.match(/^ *\S+ -> /gm)).toHaveLength(14);
    const html = readFileSync(page, 'utf8');
    expect(html).toMatch(/<td>back to \d+<\/td>/);
    expect(html).toContain('it was gone round 10 times.');
  });

  test('every lasso that it wrote is confirmed again, and parts from the kernel that returns', async () => {
    const files = readdirSync(join(folder, 'Waiters')).sort();
    const traces = files.filter((it) => it.endsWith('.trace.json'));
    expect(traces).toEqual([
      'b+e-FsyncReturns.trace.json',
      'b+e-WakerFinishes.trace.json',
      'e-FsyncReturns.trace.json',
      'e-WakerFinishes.trace.json',
      'old-FsyncReturns.trace.json',
    ]);
    for (const trace of traces) {
      const file = join(folder, 'Waiters', trace);
      const own = await json('replay', file);
      expect([own.exitCode, own.document.replays[0].verdict]).toEqual([0, 'confirmed']);
      const other = await json('replay', file, '--build', 'base');
      expect([other.exitCode, other.document.replays[0].verdict]).toEqual([20, 'diverged']);
    }
    const { out } = await cli('replay', join(folder, 'Waiters', traces[1] as string), '--steps');
    expect(out).toMatch(/Replayed: steps \d+ to \d+ are the cycle; it was gone round 10 times\./);
    expect(out).toContain('wait queue: bookmark of A1');
  });
});
