/** The built program as a process: exit codes, streams, workers. `npm ci` builds it. */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const main = 'dist/src/cli/main.js';
let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function execute(...argv: readonly string[]) {
  return spawnSync(process.execPath, [main, ...argv], { encoding: 'utf8' });
}

describe('the executable', () => {
  test('exits with the code of the verdict and keeps the streams apart', () => {
    const { status, stdout, stderr } = execute('check', 'test/cli/specs/Ticket.tla', '--json');
    expect([status, stderr]).toEqual([12, '']);
    expect(JSON.parse(stdout).result).toBe('invariant');
    const mistake = execute('check', 'None.tla');
    expect([mistake.status, mistake.stdout]).toEqual([150, '']);
    expect(mistake.stderr).toContain('there is no file None.tla');
  });

  test('a reader that goes away changes no exit code; a full disk is told in one line', () => {
    const command = (rest: string) =>
      spawnSync(
        'sh',
        ['-c', `("${process.execPath}" ${main} check test/cli/specs/Ticket.tla ${rest}`],
        {
          encoding: 'utf8',
        },
      );
    expect(command('; echo "exit $?" >&2) | true').stderr).toBe('exit 12\n');
    if (!existsSync('/dev/full')) return;
    const full = command('> /dev/full)');
    expect(full.status).toBe(2);
    expect(full.stderr).toMatch(/^error: standard output cannot be written: [^\n]*\n$/);
  });

  test('hunts with workers as without them', () => {
    for (const name of ['Ticket.tla', 'Ticket.cfg', 'Ticket-atomic.cfg', 'Ticket-temporal.cfg']) {
      cpSync(`test/cli/specs/${name}`, join(folder, name));
    }
    const argv = ['hunt', folder, '--out', join(folder, 'out'), '--json', '--quiet'];
    const [one, two] = ['1', '2'].map((workers) => execute(...argv, '--workers', workers));
    const timeless = (text: string | undefined) => text?.replace(/"seconds": [\d.]+/g, '"seconds"');
    expect([one?.status, two?.status]).toEqual([12, 12]);
    expect(timeless(two?.stdout)).toBe(timeless(one?.stdout));
    expect(JSON.parse(one?.stdout ?? '').rows).toHaveLength(3);
  });

  test('a mistake in one configuration is told by a worker, and loses no other', () => {
    cpSync('test/cli/specs/Ticket.tla', join(folder, 'Ticket-x.cfg'));
    const out = join(folder, 'out');
    const { status, stdout, stderr } = execute('hunt', folder, '--workers', '2', '--out', out);
    expect(status).toBe(12);
    expect(stdout).toMatch(/Ticket-x +not checked +.*config-error/);
    expect(stdout).toMatch(/Ticket-atomic +holds +holds/);
    expect(stderr).toMatch(/error\[CFG\d+\]/);
    expect(stderr).not.toMatch(/\n {4}at /);
  });
});
