/** The rows as a person reads them. */
import type { Palette } from '../../src/report/palette.js';
import { bytes, count } from '../../src/report/quantity.js';
import { type Cell, renderTable, type Table } from '../../src/report/table.js';
import { programTitle } from './measurement.js';
import type { BenchRow } from './rows.js';

const columns: readonly { title: string; align: 'left' | 'right' }[] = [
  { title: 'spec', align: 'left' },
  { title: 'program', align: 'left' },
  { title: 'states', align: 'right' },
  { title: 'time', align: 'right' },
  { title: 'states/s', align: 'right' },
  { title: 'bytes/state', align: 'right' },
  { title: 'peak', align: 'right' },
  { title: '× Spin', align: 'right' },
  { title: '× TLC', align: 'right' },
];

export function benchTable(rows: readonly BenchRow[], paint: Palette): string {
  const table: Table = {
    head: columns.map((it) => it.title),
    align: columns.map((it) => it.align),
    rows: rows.map((row, i) => cells(row, rows[i - 1]?.case !== row.case)),
  };
  return renderTable(table, paint);
}

function cells(row: BenchRow, isFirstOfCase: boolean): readonly Cell[] {
  const ratio = (value: number | null) => (value === null ? '–' : threeDigits(value));
  const texts = [
    programName(row),
    count(row.distinct),
    time(row),
    count(Math.round(Number(row.statesPerSecond.toPrecision(3)))),
    bytesPerState(row),
    row.peakBytes === null ? '–' : bytes(row.peakBytes),
    ratio(row.ratioToSpin),
    ratio(row.ratioToRecordedTlc),
  ];
  const title = { text: isFirstOfCase ? row.title : '' };
  return [
    title,
    ...texts.map((text): Cell => (row.isRecorded ? { text, style: 'dim' } : { text })),
  ];
}

function programName({ program, workers, isRecorded }: BenchRow): string {
  return `${programTitle({ name: program, workers })}${isRecorded ? ' (recorded)' : ''}`;
}

/** `1.23 s`; `10–13 s` of a recorded row that has a fastest and a slowest run. */
function time({ seconds, allSeconds, isRecorded }: BenchRow): string {
  const slowest = Math.max(...allSeconds);
  const isRange = isRecorded && slowest > seconds;
  return `${threeDigits(seconds)}${isRange ? `–${threeDigits(slowest)}` : ''} s`;
}

function bytesPerState({ bytesPerState, isBytesPerStateBound }: BenchRow): string {
  if (bytesPerState === null) return '–';
  return `${isBytesPerStateBound ? '≤ ' : ''}${threeDigits(bytesPerState)}`;
}

/** More would be noise: `0.36`, `1.28`, `23.1`, `207`, `1,234`. */
export function threeDigits(number: number): string {
  return number >= 100 ? count(Math.round(number)) : String(Number(number.toPrecision(3)));
}
