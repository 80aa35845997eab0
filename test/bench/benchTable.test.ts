/** The rows, their ratios, and how a person sees them. */
import { describe, expect, it } from 'vitest';
import { noColours } from '../../src/report/palette.js';
import { benchDocument, benchPage, type Machine } from './benchPage.js';
import { benchTable, threeDigits } from './benchTable.js';
import type { BenchCase } from './cases.js';
import type { Recorded, RecordedCase } from './recorded.js';
import { caseRows, type MeasuredProgram } from './rows.js';

const toy: BenchCase = {
  id: 'toy',
  title: 'Toy',
  spec: 'Toy.tla',
  config: 'Toy.cfg',
  options: [],
  exitCode: 0,
  isLarge: false,
  spin: null,
};

const recorded: RecordedCase = {
  distinct: 6000,
  peers: [
    { program: 'TLC', workers: 1, seconds: [10, 13] },
    { program: 'TLC', workers: 2, seconds: [8] },
    { program: 'Spin, unreduced', distinct: 4000, seconds: [1], megabytes: 3 },
  ],
};

const ours: MeasuredProgram = {
  name: 'Counterplay',
  workers: 1,
  allSeconds: [1, 2, 9],
  summary: { distinct: 6000, seconds: 2, peakBytes: 1_200_000, storeBytesPerState: null },
};
const spin: MeasuredProgram = {
  name: 'Spin, unreduced',
  workers: null,
  allSeconds: [4],
  summary: { distinct: 4000, seconds: 4, peakBytes: 4_194_304, storeBytesPerState: 49.25 },
};

describe('ratios', () => {
  it('are of states per second, to Spin of the same run and to TLC with as many workers', () => {
    const [row, spinRow] = caseRows(toy, [ours, spin], recorded);
    // 3000 states/s; Spin has 1000; TLC's faster run has 600.
    expect(row).toMatchObject({ statesPerSecond: 3000, ratioToSpin: 3, ratioToRecordedTlc: 5 });
    expect(spinRow).toMatchObject({ ratioToSpin: 1, ratioToRecordedTlc: null });
  });

  it('with other workers are to the TLC of other workers', () => {
    const [row] = caseRows(toy, [{ ...ours, workers: 2 }], recorded);
    expect(row?.ratioToRecordedTlc).toBe(4);
    const [many] = caseRows(toy, [{ ...ours, workers: 3 }], recorded);
    expect(many?.ratioToRecordedTlc).toBeNull();
  });

  it('are never to a recorded Spin', () => {
    const rows = caseRows(toy, [ours], recorded);
    expect(rows.map((it) => it.ratioToSpin)).toEqual([null, null, null, null]);
  });
});

describe('rows', () => {
  it('of a recorded Spin give way to a measured one', () => {
    const names = (measured: MeasuredProgram[]) =>
      caseRows(toy, measured, recorded).map((it) => `${it.program} ${it.isRecorded}`);
    expect(names([ours, spin])).toEqual([
      'Counterplay false',
      'Spin, unreduced false',
      'TLC true',
      'TLC true',
    ]);
    expect(names([ours])).toContain('Spin, unreduced true');
  });

  it('say whether the bytes of a state are of the store or of the whole process', () => {
    const [bound, exact] = caseRows(toy, [ours, spin], undefined);
    expect(bound).toMatchObject({ bytesPerState: 200, isBytesPerStateBound: true });
    expect(exact).toMatchObject({ bytesPerState: 49.25, isBytesPerStateBound: false });
    const unknown = { ...ours, summary: { ...ours.summary, peakBytes: null } };
    expect(caseRows(toy, [unknown], undefined)).toMatchObject([
      { bytesPerState: null, isBytesPerStateBound: false },
    ]);
  });
});

it('the table', () => {
  const rows = [
    ...caseRows(toy, [ours, spin], recorded),
    ...caseRows({ ...toy, id: 'other', title: 'Other' }, [ours], undefined),
  ];
  expect(benchTable(rows, noColours).split('\n')).toEqual([
    'spec   program                    states     time  states/s  bytes/state    peak  × Spin  × TLC',
    '─────  ─────────────────────────  ──────  ───────  ────────  ───────────  ──────  ──────  ─────',
    'Toy    Counterplay, 1 worker       6,000      2 s     3,000        ≤ 200  1.1 MB       3      5',
    '       Spin, unreduced             4,000      4 s     1,000         49.3  4.0 MB       1      –',
    '       TLC, 1 worker (recorded)    6,000  10–13 s       600            –       –       –      –',
    '       TLC, 2 workers (recorded)   6,000      8 s       750            –       –       –      –',
    'Other  Counterplay, 1 worker       6,000      2 s     3,000        ≤ 200  1.1 MB       –      –',
  ]);
});

it('numbers have three digits where more would be noise', () => {
  expect([0.3649, 1.2849, 23.09, 206.7, 1234.4].map(threeDigits)).toEqual([
    '0.365',
    '1.28',
    '23.1',
    '207',
    '1,234',
  ]);
});

describe('the whole answer', () => {
  const machine: Machine = {
    processor: 'A processor',
    cores: 2,
    memoryBytes: 2 ** 31,
    node: 'v20.0.0',
    spin: null,
    gcc: null,
  };
  const all: Recorded = { machine: 'a machine of the past', settings: {}, cases: {} };
  const session = {
    rows: caseRows(toy, [ours], recorded),
    notes: ['No Spin here.'],
    problems: ['Toy, Other: it broke'],
  };

  it('as a page says where it was measured, what was recorded, and what is left out', () => {
    const page = benchPage(session, machine, all, noColours);
    expect(page).toContain('2 × A processor, 2.0 GB; Node v20.0.0\n');
    expect(page).toContain('(recorded): not measured here, but on a machine of the past.');
    expect(page.endsWith('\nNo Spin here.')).toBe(true);
  });

  it('as a document has every row, note and problem', () => {
    expect(benchDocument(session, machine, all)).toEqual({
      machine,
      recorded: { machine: 'a machine of the past', settings: {} },
      ...session,
    });
  });
});
