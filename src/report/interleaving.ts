/**
 * A replayed trace in brief: who took each step, which label, what the kernel did. An event that
 * begins with a space is a detail of the one before it and is left out here.
 */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import type { Trace } from '../trace/trace.js';
import { formatValue } from '../values/index.js';
import { detectionLines } from './counterexample.js';
import type { Palette } from './palette.js';
import { counted } from './quantity.js';

interface Row {
  readonly who: string;
  readonly label: string;
  readonly events: readonly string[];
  readonly detections: readonly ReplayDetection[];
}

export interface InterleavingOptions {
  readonly paint: Palette;
  readonly width: number;
  /** One line a step: its first event, and how many more there are. */
  readonly isBrief?: boolean;
}

export function renderInterleaving(
  trace: Trace,
  replay: ReplayVerdict,
  options: InterleavingOptions,
): string {
  const rows = trace.steps.slice(1).map(
    (step, i): Row => ({
      who: step.process === null ? '' : formatValue(step.process).replaceAll('"', ''),
      label: step.action ?? '',
      events: (replay.events[i] ?? []).filter((event) => !event.startsWith(' ')),
      detections: replay.detections.filter((it) => it.step === i + 1),
    }),
  );
  // What lies behind the step at which a replay stopped was never played.
  const played = rows.slice(0, replay.at ?? rows.length);
  const widths = {
    number: String(rows.length).length,
    who: Math.max(0, ...played.map((it) => it.who.length)),
    label: Math.max(0, ...played.map((it) => it.label.length)),
  };
  const lines = played.flatMap((row, i) => rowLines(row, i + 1, widths, options));
  return [...lines, ...stopLines(replay, rows.length, options.paint)].join('\n');
}

function rowLines(
  { who, label, events, detections }: Row,
  number: number,
  widths: { readonly number: number; readonly who: number; readonly label: number },
  { paint, width, isBrief = false }: InterleavingOptions,
): string[] {
  const indent = ' '.repeat(widths.number + widths.who + widths.label + 8);
  const room = width - indent.length;
  const clip = (text: string, space: number) =>
    text.length <= space ? text : `${text.slice(0, Math.max(0, space - 1))}…`;
  const more = isBrief && events.length > 1 ? ` (+${events.length - 1})` : '';
  const shown = events.map((event) => clip(event, room - more.length));
  const columns = [
    paint.dim(String(number).padStart(widths.number)),
    paint.name(who.padEnd(widths.who)),
    paint.strong(label.padEnd(widths.label)),
    `${shown[0] ?? ''}${paint.dim(more)}`,
  ];
  // The evidence is shown in full elsewhere; here one line says when the detector fired.
  const fired = detections.map((it) => `${indent}${detectionLines(it, paint)[0]}`);
  return [
    `  ${columns.join('  ')}`.trimEnd(),
    ...(isBrief ? [] : shown.slice(1).map((event) => `${indent}${event}`)),
    ...fired,
  ];
}

function stopLines({ at, verdict }: ReplayVerdict, steps: number, paint: Palette): string[] {
  if (at === null) return [];
  const rest = at === steps ? '' : `, ${counted(steps - at, 'step')} of the trace not taken`;
  return [paint.error(`  ✗ ${verdict} here${rest}`)];
}
