import { describe, expect, test } from 'vitest';
import type { ReplayVerdict } from '../../replay/verdict.js';
import { renderHuntPage } from '../../src/report/huntPage.js';
import { type HuntProperty, type HuntRow, renderHuntTable } from '../../src/report/huntReport.js';
import { noColours } from '../../src/report/palette.js';
import { bytes, count, counted, duration } from '../../src/report/quantity.js';
import type { Trace } from '../../src/trace/trace.js';
import type { Value } from '../../src/values/index.js';

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
  expect(terse).toContain('✓ its replay was confirmed; ✗ it was not.');
});

test('a counterexample that was not replayed says so', () => {
  const unplayed = [row('base', [property('S1', { verdict: null })])];
  expect(renderHuntTable(unplayed, noColours, 100)).toContain('violated 34 not replayed');
});

test('a configuration that could not be checked has a row that says why, and notes stand below', () => {
  const broken = {
    ...row('x', []),
    result: 'config-error',
    states: { generated: 0, distinct: 0, depth: 0 },
    message: 'the constant `N` has no value',
  };
  const noted = row('base', [property('P4', { note: 'on a kernel with CONFIG_DEBUG_VM' })]);
  const lines = renderHuntTable([noted, noted, broken], noColours, 100).split('\n');
  expect(lines[4]).toMatch(/^x +not checked +config-error/);
  expect(lines.slice(6)).toEqual(['P4: on a kernel with CONFIG_DEBUG_VM']);
});

describe('the page', () => {
  const state = (ref: number) => new Map<string, Value>([['ref', ref]]);
  const step = { process: null, choices: new Map(), location: null };
  const trace: Trace = {
    spec: 'specs/W.tla',
    constants: new Map(),
    property: 'NoS1',
    steps: [
      { ...step, action: null, state: state(1) },
      {
        ...step,
        action: 'Put',
        location: { file: 'specs/W.tla', line: 7, column: 3 },
        state: state(0),
      },
    ],
    loop: null,
  };
  const replay: ReplayVerdict = {
    property: 'NoS1',
    verdict: 'confirmed',
    steps: 1,
    matched: 1,
    at: null,
    detections: [],
    difference: null,
    reason: null,
    function: null,
    note: 'on a <debug> kernel',
    events: [['put_page: drop it', '  _refcount 1 → 0']],
  };
  const [first, second] = [property('S1'), property('S3')];
  const violated = row('base', [first, second]);
  const finding = (it: HuntProperty) => ({ row: violated, property: it, trace, replay });
  const report = { rows: [violated], asExpected: true, differences: [] };
  const page = renderHuntPage(report, [finding(second), finding(first)]);

  test('has its sections in the order of the table', () => {
    expect([...page.matchAll(/<h2 id="(.*?)"/g)].map(([, id]) => id)).toEqual([
      'base-NoS1',
      'base-NoS3',
    ]);
  });

  test('folds the initial state, and sets details under their events', () => {
    expect(page).toMatch(/<details><summary>State 1.*<pre>ref = 1<\/pre><\/details>/);
    expect(page).toContain('W.tla:7</span>');
    expect(page).toContain('put_page: drop it<br><span class="detail dim">_refcount 1 → 0</span>');
  });

  test('shows the words of a driver as text', () => {
    expect(page).toContain('Note: on a &lt;debug&gt; kernel');
  });
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
