/** A replayed trace, one line per step: who, which label, what the kernel did. */
import type { ReplayVerdict } from '../../replay/verdict.js';
import type { Trace } from '../trace/trace.js';
import { formatValue } from '../values/index.js';
import { detectionLines } from './counterexample.js';
import type { Palette } from './palette.js';

export function renderInterleaving(
  trace: Trace,
  replay: ReplayVerdict,
  paint: Palette,
  width: number,
): string {
  const steps = trace.steps.slice(1).map((step, i) => ({
    number: String(i + 1),
    who: step.process === null ? '' : String(formatValue(step.process)).replaceAll('"', ''),
    label: step.action ?? '',
    events: replay.events[i] ?? [],
    detections: replay.detections.filter((it) => it.step === i + 1),
  }));
  const numberWidth = String(steps.length).length;
  const whoWidth = Math.max(0, ...steps.map((it) => it.who.length));
  const labelWidth = Math.max(0, ...steps.map((it) => it.label.length));
  const room = width - numberWidth - whoWidth - labelWidth - 8;
  return steps
    .flatMap(({ number, who, label, events, detections }) => {
      const event = events.join('; ');
      const shown = event.length <= room ? event : `${event.slice(0, Math.max(0, room - 1))}…`;
      const columns = [
        paint.dim(number.padStart(numberWidth)),
        paint.name(who.padEnd(whoWidth)),
        paint.strong(label.padEnd(labelWidth)),
        shown,
      ];
      const indent = ' '.repeat(numberWidth + 4);
      // The evidence is shown in full elsewhere; here one line says when the detector fired.
      const fired = detections.map((it) => `${indent}${detectionLines(it, paint)[0]}`);
      return [`  ${columns.join('  ')}`.trimEnd(), ...fired];
    })
    .join('\n');
}
