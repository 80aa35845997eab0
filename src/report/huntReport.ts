/** What `hunt` found, as data (`commands.md`), and its table of variants and scenarios. */
import type { VerdictKind } from '../../replay/verdict.js';
import type { Palette } from './palette.js';
import { count, duration } from './quantity.js';
import { type Cell, renderTable, type Table, tableWidth } from './table.js';

export interface HuntProperty {
  readonly name: string;
  /** The scenario that the folder's `expected.json` gives the property's name to. */
  readonly scenario: string | null;
  readonly result: 'holds' | 'violated' | 'not-checked';
  /** States of the shortest trace, the initial one included. */
  readonly traceLength: number | null;
  readonly verdict: VerdictKind | null;
  /** What the driver says of the replay. */
  readonly note?: string;
}

export interface HuntRow {
  readonly spec: string;
  readonly config: string;
  /** The name of the configuration, which is also the name of the kernel build. */
  readonly variant: string;
  readonly result: string;
  readonly complete: boolean;
  readonly states: {
    readonly generated: number;
    readonly distinct: number;
    readonly depth: number;
  };
  /** How many states were expanded by one process only (partial-order reduction). */
  readonly reduction?: { readonly states: number };
  readonly seconds: number;
  readonly properties: readonly HuntProperty[];
  /** What is wrong with the spec or the configuration, where it could not be checked at all. */
  readonly message?: string;
}

export interface HuntReport {
  readonly rows: readonly HuntRow[];
  readonly asExpected: boolean;
  /** One sentence for each cell that is not as the folder's `expected.json` says. */
  readonly differences: readonly string[];
}

/** From the fullest wording of a violated cell to the tersest; the widest that fits is taken. */
const wordings: readonly ((property: HuntProperty) => string)[] = [
  (it) => `violated ${it.traceLength} ${replayWords(it.verdict)}`,
  (it) => `${it.traceLength} ${replayWords(it.verdict)}`,
  (it) => `${it.traceLength} ${replayMark(it.verdict)}`,
];

function replayWords(verdict: VerdictKind | null): string {
  return verdict === null ? 'not replayed' : `${replayMark(verdict)} ${verdict}`;
}

function replayMark(verdict: VerdictKind | null): string {
  if (verdict === null) return '–';
  return verdict === 'confirmed' ? '✓' : '✗';
}

/** The columns: scenarios (or properties that have none) in the order of their first appearance. */
function columns(rows: readonly HuntRow[]): string[] {
  return [...new Set(rows.flatMap((row) => row.properties.map(columnName)))];
}

const columnName = (property: HuntProperty) => property.scenario ?? property.name;

export function renderHuntTable(
  rows: readonly HuntRow[],
  paint: Palette,
  width: number,
  firstTitle = 'variant',
): string {
  const tables = wordings.map((wording) => huntTable(rows, wording, firstTitle));
  const fitting = tables.find((table) => tableWidth(table) <= width) ?? (tables.at(-1) as Table);
  const lines = [legend(rows, fitting === tables.at(-1)), ...notes(rows)];
  return [renderTable(fitting, paint), ...lines.map((line) => paint.dim(line))].join('\n');
}

/** What the drivers say of some replays, by column. */
function notes(rows: readonly HuntRow[]): string[] {
  const told = rows.flatMap((row) =>
    row.properties.flatMap((it) =>
      it.note === undefined ? [] : [`${columnName(it)}: ${it.note}`],
    ),
  );
  return [...new Set(told)];
}

/** Explains the marks, where they stand without words; those that are not there need none. */
function legend(rows: readonly HuntRow[], terse: boolean): string {
  const violated = rows.flatMap((row) => row.properties.filter((it) => it.result === 'violated'));
  const found = new Set(violated.map((it) => replayMark(it.verdict)));
  const words: readonly [string, string][] = [
    ['✓', 'its replay was confirmed'],
    ['✗', 'it was not'],
    ['–', 'not replayed'],
  ];
  const marks = words.filter(([mark]) => terse && found.has(mark));
  const explained = marks.map(([mark, meaning]) => `; ${mark} ${meaning}`).join('');
  const which = rows.some((row) => row.reduction !== undefined) ? 'the' : 'a shortest';
  return `A number is the length, in states, of ${which} counterexample${explained}.`;
}

function huntTable(
  rows: readonly HuntRow[],
  wording: (property: HuntProperty) => string,
  firstTitle: string,
): Table {
  const names = columns(rows);
  return {
    head: [firstTitle, ...names, 'states', 'time'],
    align: ['left', ...names.map(() => 'left' as const), 'right', 'right'],
    rows: rows.map((row) => [
      { text: row.variant, style: 'strong' },
      ...names.map((name) => cell(row, name, wording)),
      { text: row.message === undefined ? count(row.states.distinct) : row.result },
      { text: duration(row.seconds), style: 'dim' },
    ]),
  };
}

function cell(row: HuntRow, name: string, wording: (property: HuntProperty) => string): Cell {
  if (row.message !== undefined) return { text: 'not checked', style: 'warning' };
  const property = row.properties.find((it) => columnName(it) === name);
  if (property === undefined) return { text: '', style: 'dim' };
  if (property.result === 'holds') return { text: 'holds', style: 'good' };
  if (property.result === 'not-checked') return { text: 'not checked', style: 'warning' };
  return { text: wording(property), style: 'error' };
}
