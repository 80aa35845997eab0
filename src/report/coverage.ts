/** What a run covered, for a person: labels, guards and branches, and what never happened. */
import type { GraphAction } from '../graph/index.js';
import type { Location } from '../source/text.js';
import type { Value } from '../values/index.js';
import { placeOf, processName } from './labels.js';
import type { Palette } from './palette.js';
import { count } from './quantity.js';
import { type Cell, renderTable } from './table.js';

export interface LabelCoverage {
  readonly label: string;
  readonly location: GraphAction['location'];
  readonly steps: number;
  /** States that a step of it found first; null where states are not kept. */
  readonly newStates: number | null;
  readonly processes: readonly {
    readonly process: Value | null;
    readonly steps: number;
    readonly newStates: number | null;
  }[];
}

export interface TestCoverage {
  readonly location: Location;
  /** As it is written, on one line. */
  readonly text: string;
  readonly isTrue: number;
  readonly isFalse: number;
}

export interface BranchCoverage {
  readonly location: Location;
  /** From 1. */
  readonly branch: number;
  readonly steps: number;
}

export interface CoverageReport {
  /** Initial states: generated, and distinct ones where states are kept. */
  readonly initial: { readonly generated: number; readonly distinct: number | null };
  readonly labels: readonly LabelCoverage[];
  readonly tests: readonly TestCoverage[];
  readonly branches: readonly BranchCoverage[];
}

/** What was met in no state of a complete search. */
export interface Unmet {
  readonly labels: readonly {
    readonly label: string;
    readonly location: GraphAction['location'];
    /** Control was there, and it was never taken. */
    readonly isReached: boolean;
  }[];
  readonly antecedents: readonly {
    readonly invariant: string;
    readonly kind: 'premise' | 'element';
    readonly location: Location;
    readonly text: string;
  }[];
}

const textMax = 44;

export function coverageLines(report: CoverageReport, paint: Palette): string {
  const { tests, branches } = report;
  const parts = [labelTable(report, paint)];
  if (tests.length > 0) parts.push(testTable(tests, paint));
  const untaken = branches.filter(({ steps }) => steps === 0);
  if (untaken.length > 0) {
    const lines = untaken.map((one) => `  ${one.branch} of the one at ${placeOf(one.location)}`);
    parts.push([`${paint.warning('Branches of either never taken:')}`, ...lines].join('\n'));
  }
  return parts.join('\n\n');
}

function labelTable({ initial, labels }: CoverageReport, paint: Palette): string {
  const isKept = initial.distinct !== null;
  const row = (name: string, steps: number, found: number | null, place: string): Cell[] => [
    { text: name, ...(steps === 0 ? { style: 'warning' as const } : {}) },
    { text: count(steps) },
    ...(isKept ? [{ text: count(found ?? 0) }] : []),
    { text: place, style: 'dim' },
  ];
  const rows = labels.flatMap(({ label, location, steps, newStates, processes }) => [
    row(label, steps, newStates, placeOf(location)),
    ...(processes.length < 2
      ? []
      : processes.map((one) => row(`  ${processName(one.process)}`, one.steps, one.newStates, ''))),
  ]);
  const first = row('Initial states', initial.generated, initial.distinct, '');
  const head = ['label', 'steps', ...(isKept ? ['new states'] : []), 'place'];
  const align = head.map((title) => {
    return title === 'steps' || title === 'new states' ? ('right' as const) : ('left' as const);
  });
  return renderTable({ head, align, rows: [first, ...rows] }, paint);
}

function testTable(tests: readonly TestCoverage[], paint: Palette): string {
  const rows = tests.map(({ isTrue, isFalse, location, text }): Cell[] => [
    { text: shortened(text), ...(isTrue === 0 ? { style: 'warning' as const } : {}) },
    { text: count(isTrue), ...(isTrue === 0 ? { style: 'warning' as const } : {}) },
    { text: count(isFalse), ...(isFalse === 0 ? { style: 'warning' as const } : {}) },
    { text: placeOf(location), style: 'dim' },
  ]);
  const head = ['guard', 'true', 'false', 'place'];
  return renderTable({ head, align: ['left', 'right', 'right', 'left'], rows }, paint);
}

function shortened(text: string): string {
  return text.length <= textMax ? text : `${text.slice(0, textMax - 1)}…`;
}

/** Empty where everything was met. */
export function unmetLines({ labels, antecedents }: Unmet, paint: Palette): readonly string[] {
  const list = (isReached: boolean): string =>
    labels
      .filter((one) => one.isReached === isReached)
      .map(
        ({ label, location }) => `${label}${location === null ? '' : ` (${shortPlace(location)})`}`,
      )
      .join(', ');
  const [unreached, blocked] = [list(false), list(true)];
  return [
    ...(unreached === '' ? [] : [`${paint.warning('Never reached:')} ${unreached}`]),
    ...(blocked === '' ? [] : [`${paint.warning('Reached, but never taken:')} ${blocked}`]),
    ...antecedents.map(({ invariant, kind, location, text }) => {
      const why = kind === 'premise' ? 'is true in no reachable state' : 'is always empty';
      const place = `(${shortPlace(location)})`;
      return `${paint.warning('Holds vacuously:')} ${invariant}, for ${shortened(text)} ${why} ${place}`;
    }),
  ];
}

function shortPlace({ file, line, column }: Location): string {
  return `${file.replace(/^.*[/\\]/, '')}:${line}:${column}`;
}
