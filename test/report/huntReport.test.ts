import { expect, test } from 'vitest';
import { type HuntProperty, type HuntRow, renderHuntTable } from '../../src/report/huntReport.js';
import { noColours } from '../../src/report/palette.js';
import { bytes, count, counted, duration } from '../../src/report/quantity.js';

const property = (scenario: string, change: Partial<HuntProperty> = {}): HuntProperty => ({
  name: `No${scenario}`,
  scenario,
  result: 'violated',
  traceLength: 34,
  verdict: 'confirmed',
  ...change,
});
const holds = { result: 'holds', traceLength: null, verdict: null } as const;

const row = (variant: string, properties: readonly HuntProperty[]): HuntRow => ({
  spec: 'W.tla',
  config: `${variant}.cfg`,
  variant,
  result: 'invariant',
  complete: true,
  states: { generated: 300_000, distinct: 123_456, depth: 60 },
  seconds: 4.16,
  properties,
});

const rows = [
  row('base', [property('S1'), property('S3', { traceLength: 39, verdict: 'diverged' })]),
  row('b+e', [property('S1', holds), property('S3', { result: 'not-checked', verdict: null })]),
];

test('the table has a row for each variant and a column for each scenario', () => {
  expect(renderHuntTable(rows, noColours, 100)).toBe(
    [
      'variant  S1                       S3                       states   time',
      '───────  ───────────────────────  ──────────────────────  ───────  ─────',
      'base     violated 34 ✓ confirmed  violated 39 ✗ diverged  123,456  4.2 s',
      'b+e      holds                    not checked             123,456  4.2 s',
      'A number is the length, in states, of a shortest counterexample.',
    ].join('\n'),
  );
});

test('the wording shortens to the width of the terminal', () => {
  expect(renderHuntTable(rows, noColours, 60)).toContain('base     34 ✓ confirmed  39 ✗ diverged');
  const terse = renderHuntTable(rows, noColours, 50);
  expect(terse).toMatch(/base {5}34 ✓ {3}39 ✗/);
  expect(terse).toContain('✓ its replay was confirmed');
});

test('a counterexample that was not replayed says so', () => {
  const unplayed = [row('base', [property('S1', { verdict: null })])];
  expect(renderHuntTable(unplayed, noColours, 100)).toContain('violated 34 not replayed');
});

test('numbers have separators and units', () => {
  expect([count(1234567), count(999), counted(1, 'state'), counted(2000, 'state')]).toEqual([
    '1,234,567',
    '999',
    '1 state',
    '2,000 states',
  ]);
  expect([0.085, 4.16, 65.4, 725].map(duration)).toEqual(['85 ms', '4.2 s', '65 s', '12 min 5 s']);
  expect([12, 2048, 5.5 * 2 ** 30].map(bytes)).toEqual(['12 bytes', '2.0 KB', '5.5 GB']);
});
