import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, json } from './runCli.js';

const gate = 'test/cli/specs/Gate.tla';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what never happens is said aloud', () => {
  test('labels that are never reached, and never taken', async () => {
    const { exitCode, out } = await cli('check', gate);
    expect(exitCode).toBe(0);
    expect(out).toContain('\nNever reached: L (Gate.tla:14:13)\n');
    expect(out).toContain('\nReached, but never taken: S (Gate.tla:18:8)\n');
  });

  test('invariants that hold only because something never happens', async () => {
    const { document } = await json('check', gate);
    const told = document.unmet.antecedents.map(
      (it: { invariant: string; kind: string; text: string; location: { line: number } }) => [
        ...[it.invariant, it.kind, it.text, it.location.line],
      ],
    );
    // Of Queued and Inner only what is outermost; Opened does say something.
    expect(told).toEqual([
      ['Late', 'premise', 'n > 1', 24],
      ['Queued', 'element', 'DOMAIN queue', 26],
      ['Inner', 'premise', 'n = 2', 28],
    ]);
    const { out } = await cli('check', gate);
    expect(out).toContain(
      '\nHolds vacuously: Late, for n > 1 is true in no reachable state (Gate.tla:24:9)\n',
    );
    expect(out).toContain(
      '\nHolds vacuously: Queued, for DOMAIN queue is always empty (Gate.tla:26:20)\n',
    );
  });

  test('and nothing of it where not all states are known', async () => {
    const { document, exitCode } = await json('check', gate, '--max-states', '2');
    expect([exitCode, document.unmet]).toEqual([152, null]);
  });

  test('nor with --quiet', async () => {
    const { out } = await cli('check', gate, '--quiet');
    expect(out).not.toMatch(/Never reached|vacuously/);
  });
});

describe('check --coverage', () => {
  test('counts steps and new states of labels, outcomes of guards, and branches', async () => {
    const { document } = await json('check', gate, '--coverage');
    expect(document.states).toMatchObject({ generated: 4, distinct: 4, depth: 4 });
    const { initial, labels, guards, branches } = document.coverage;
    expect(initial).toEqual({ generated: 1, distinct: 1 });
    const counts = (it: { label: string; steps: number; newStates: number }) => [
      ...[it.label, it.steps, it.newStates],
    ];
    expect(labels.map(counts)).toEqual([
      ['Terminating', 0, 0],
      ['O', 1, 1],
      ['W', 1, 1],
      ['X', 1, 1],
      ['L', 0, 0],
      ['S', 0, 0],
    ]);
    const outcomes = (it: { text: string; true: number; false: number }) => [
      ...[it.text, it.true, it.false],
    ];
    // W is asked in the first two states, S in all four.
    expect(guards.map(outcomes)).toEqual([
      ['open', 1, 1],
      ['n > 5', 0, 1],
      ['n = 0', 0, 1],
      ['n = 7', 0, 4],
    ]);
    expect(branches.map((it: { branch: number; steps: number }) => [it.branch, it.steps])).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test('shows them', async () => {
    const { out } = await cli('check', gate, '--coverage');
    expect(out).toContain(
      [
        'label           steps  new states  place',
        '──────────────  ─────  ──────────  ─────────────────────────────',
        'Initial states      1           1',
      ].join('\n'),
    );
    expect(out).toContain('\nopen      1      1  test/cli/specs/Gate.tla:11:14\n');
    expect(out).toContain(
      'Branches of either never taken:\n  2 of the one at test/cli/specs/Gate.tla:12:8\n',
    );
  });

  test('tells processes apart', async () => {
    const ticket = 'test/cli/specs/Ticket.tla';
    const { document } = await json('check', ticket, '--every-property', '--coverage');
    const [read] = document.coverage.labels.filter((it: { label: string }) => it.label === 'read');
    const { processes, steps, newStates } = read;
    expect(processes.map((it: { process: unknown }) => it.process)).toEqual(['A', 'B']);
    const [a, b] = processes;
    expect([a.steps + b.steps, a.newStates + b.newStates]).toEqual([steps, newStates]);
  });

  test('--coverage-out writes it for editors', async () => {
    const file = join(folder, 'gate.info');
    await cli('check', gate, '--coverage-out', file);
    expect(readFileSync(file, 'utf8').split('\n')).toEqual([
      'TN:',
      `SF:${gate}`,
      ...['FN:5,Terminating', 'FNDA:0,Terminating', 'FN:8,O', 'FNDA:1,O', 'FN:11,W', 'FNDA:1,W'],
      ...['FN:13,X', 'FNDA:1,X', 'FN:14,L', 'FNDA:0,L', 'FN:18,S', 'FNDA:0,S'],
      ...['BRDA:11,0,0,1', 'BRDA:11,0,1,1', 'BRDA:12,1,0,0', 'BRDA:12,1,1,1'],
      ...['BRDA:13,2,0,0', 'BRDA:13,2,1,1', 'BRDA:18,3,0,0', 'BRDA:18,3,1,4'],
      ...['BRDA:12,4,1,1', 'BRDA:12,4,2,0'],
      ...['DA:5,0', 'DA:8,1', 'DA:11,2', 'DA:12,1', 'DA:13,1', 'DA:14,0', 'DA:18,4'],
      ...['LF:7', 'LH:5', 'end_of_record', ''],
    ]);
  });

  test.each([['--por'], ['--workers', '2'], ['--resume', 'x']])('not with %s', async (...words) => {
    const { exitCode, err } = await cli('check', gate, '--coverage', ...words);
    expect(exitCode).toBe(2);
    expect(err).toContain(`--coverage and ${words[0]} cannot be used together`);
  });
});

describe('simulate --coverage', () => {
  test('counts what was generated', async () => {
    const { document } = await json(
      ...['simulate', gate, '--coverage', '--behaviors', '10', '--no-deadlock'],
    );
    const { initial, labels, guards } = document.coverage;
    expect(initial).toEqual({ generated: 1, distinct: null });
    const steps = labels.map((it: { label: string; steps: number }) => [it.label, it.steps]);
    // There is one behavior only, and it was taken ten times.
    expect(steps).toEqual([
      ['Terminating', 0],
      ...['O', 'W', 'X'].map((label) => [label, 10]),
      ...['L', 'S'].map((label) => [label, 0]),
    ]);
    expect(guards[0]).toMatchObject({ text: 'open', true: 10, false: 10 });
    expect(document.states.generated).toBe(31);
  });
});

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly generated: number;
  readonly distinct: number;
}

const specs = 'test/oracle/specs';
const all = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];

describe('coverage adds up to what TLC counts', () => {
  const rows = all.filter(({ result }) => result === 'ok');
  test('in many specifications', () => expect(rows.length).toBeGreaterThan(60));

  test.each(rows.map((row) => [row.config, row] as const))('%s', async (_, row) => {
    const { spec, config, generated, distinct } = row;
    const { document } = await json(
      ...['check', `${specs}/${spec}`, '--config', `${specs}/${config}`, '--quiet', '--coverage'],
    );
    const { initial, labels } = document.coverage;
    const sum = (what: 'steps' | 'newStates') =>
      labels.reduce((total: number, it: Record<typeof what, number>) => total + it[what], 0);
    expect(initial.generated + sum('steps')).toBe(generated);
    expect(initial.distinct + sum('newStates')).toBe(distinct);
    // States that a view does not tell apart are left out, so that nothing can be said of them.
    if (/^VIEW\b/m.test(readFileSync(`${specs}/${config}`, 'utf8'))) {
      expect(document.unmet).toBeNull();
      return;
    }
    // Found again by other means: in the states, and not by counting.
    const untaken = labels
      .filter(
        (it: { label: string; steps: number }) => it.steps === 0 && it.label !== 'Terminating',
      )
      .map((it: { label: string }) => it.label);
    expect(document.unmet.labels.map((it: { label: string }) => it.label)).toEqual(untaken);
  });
});
