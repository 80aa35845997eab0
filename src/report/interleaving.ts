/**
 * A replayed trace in brief, a line per step: who took it, which label, what the kernel did first
 * and how much more, and what changed. What changed is the specification's side, which a step that
 * matched has in common with the implementation.
 */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import { changes } from '../trace/difference.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import { formatValue } from '../values/index.js';
import { briefChanges, clip } from './changeLines.js';
import type { Palette } from './palette.js';
import { counted } from './quantity.js';
import { closingStep, laterDetections, roundsPlayed, roundText } from './rounds.js';

interface Row {
  readonly who: string;
  readonly label: string;
  /** The first event; a detail of it begins with a space and is left out here. */
  readonly event: string;
  /** ` (+2)` where there are more events. */
  readonly more: string;
  readonly changed: string;
}

export interface InterleavingOptions {
  readonly paint: Palette;
  readonly width: number;
}

interface Widths {
  readonly number: number;
  readonly who: number;
  readonly label: number;
  readonly event: number;
  readonly changed: number;
}

/** The empty text where no step was taken. */
export function renderInterleaving(
  trace: Trace,
  replay: ReplayVerdict,
  { paint, width }: InterleavingOptions,
): string {
  const back = closingStep(trace);
  const closing = back === null ? [] : [back];
  // What lies behind the step at which a replay stopped was never played.
  const steps = [...trace.steps.slice(1), ...closing];
  const played = steps.slice(0, Math.max(replay.events.length, replay.at ?? 0));
  const rows = played.map((step, i) => makeRow(trace, step, i + 1, replay));
  const widths = columnWidths(rows, width);
  const indent = ' '.repeat(widths.number + widths.who + widths.label + 8);
  const lines = rows.flatMap((row, i) => [
    rowLine(row, i + 1, widths, paint),
    ...firedLines(replay, i + 1).map((line) => indent + paint.error(line)),
  ]);
  const rounds = roundLines(trace, replay, paint).map((line) => `  ${line}`);
  const stop = stopLines(replay, replay.steps, paint);
  return [...lines, ...rounds, ...stop].join('\n');
}

/** What came of going round the cycle again and again. */
function roundLines(trace: Trace, replay: ReplayVerdict, paint: Palette): string[] {
  const played = roundsPlayed(trace, replay);
  if (played === null) return [];
  const fired = laterDetections(trace, replay).map(
    (it) => paint.error(`${firedText(it)}`) + paint.dim(roundText(trace, it.step)),
  );
  return [paint.strong(`↺ ${played}`), ...fired];
}

function makeRow(trace: Trace, step: TraceStep, number: number, replay: ReplayVerdict): Row {
  const events = (replay.events[number - 1] ?? []).filter((event) => !event.startsWith(' '));
  const before = trace.steps[number - 1] as TraceStep;
  // The label says where the process is, so its program counter would only repeat that.
  const changed = changes(before.state, step.state).filter((it) => it.variable !== 'pc');
  return {
    who: step.process === null ? '' : formatValue(step.process).replaceAll('"', ''),
    label: step.action ?? '',
    event: events[0] ?? '',
    more: events.length > 1 ? ` (+${events.length - 1})` : '',
    changed: number === replay.at ? '' : briefChanges(changed),
  };
}

/** Below this the words of two columns would be cut to nothing, so there is only one. */
const roomForTwo = 48;

/** What changed may take half of the room, or all that the events leave. */
function columnWidths(rows: readonly Row[], width: number): Widths {
  const widest = (text: (row: Row) => string) => Math.max(0, ...rows.map((it) => text(it).length));
  const number = String(rows.length).length;
  const who = widest((it) => it.who);
  const label = widest((it) => it.label);
  const room = Math.max(20, width - number - who - label - 10);
  const changed = widest((it) => it.changed);
  const wanted = widest((it) => it.event + it.more);
  const share = room < roomForTwo ? room : Math.max(room - changed, Math.ceil(room / 2));
  const event = Math.min(wanted, share);
  return { number, who, label, event, changed: room < roomForTwo ? 0 : room - event };
}

function rowLine(row: Row, number: number, widths: Widths, paint: Palette): string {
  const event = clip(row.event, widths.event - row.more.length);
  const padding = ' '.repeat(Math.max(0, widths.event - event.length - row.more.length));
  const changed = widths.changed === 0 ? '' : clip(row.changed, widths.changed);
  const columns = [
    paint.dim(String(number).padStart(widths.number)),
    paint.name(row.who.padEnd(widths.who)),
    paint.strong(row.label.padEnd(widths.label)),
    `${event}${paint.dim(row.more)}${changed === '' ? '' : padding}`,
    changed,
  ];
  return `  ${columns.join('  ')}`.trimEnd();
}

/** The words and the evidence stand elsewhere; here one line says when the detector fired. */
function firedLines({ detections }: ReplayVerdict, step: number): string[] {
  return detections.filter((it) => it.step === step).map(firedText);
}

function firedText({ kind, name, function: where }: ReplayDetection): string {
  return `▲ ${kind} ${name}${where === null ? '' : ` in ${where}`}`;
}

function stopLines(replay: ReplayVerdict, steps: number, paint: Palette): string[] {
  const { at, verdict, difference, events } = replay;
  if (at === null) return [];
  const rest = at === steps ? '' : `, ${counted(steps - at, 'step')} of the trace not taken`;
  // In the step that differs, everything that the kernel did may be the reason.
  const did = (events[at - 1] ?? []).map((event) => `    ${event}`);
  const differs = difference !== null &&
    at > 0 && [
      `    ${difference.path}: specification ${difference.specification}, ` +
        `implementation ${difference.implementation}`,
    ];
  return [paint.error(`  ✗ ${verdict} here${rest}`), ...did, ...(differs || [])];
}
