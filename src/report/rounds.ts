/**
 * The rounds of a lasso in a replay, which goes round the cycle several times: the steps behind the
 * last one of the trace are those of the cycle again.
 */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import { counted } from './quantity.js';

/** Steps of one round; null where the trace has no cycle, or does not tell all of its steps. */
function cycleLength({ loop, steps, closing }: Trace): number | null {
  if (loop === null || loop === steps.length - 1) return null;
  return closing === undefined ? steps.length - 1 - loop : steps.length - loop;
}

/** The step that leads from the last state back, with the state that it leads to. */
export function closingStep({ loop, steps, closing }: Trace): TraceStep | null {
  const start = loop === null ? undefined : steps[loop];
  return closing === undefined || start === undefined ? null : { ...closing, state: start.state };
}

/** The step of that number in a replay: of the trace, or of a later round. */
export function stepAt(trace: Trace, index: number): TraceStep | undefined {
  const length = cycleLength(trace);
  if (trace.loop === null || length === null || index < trace.steps.length) {
    return trace.steps[index];
  }
  const inCycle = trace.loop + 1 + ((index - trace.loop - 1) % length);
  return trace.steps[inCycle] ?? closingStep(trace) ?? undefined;
}

/** ` (round 10 of the cycle)` for a step behind the first round; else nothing. */
export function roundText(trace: Trace, index: number): string {
  const length = cycleLength(trace);
  if (trace.loop === null || length === null || index <= trace.loop + length) return '';
  return ` (round ${Math.ceil((index - trace.loop) / length)} of the cycle)`;
}

/** `steps 4 to 13 are the cycle; it was gone round 10 times`; null where it was not gone round. */
export function roundsPlayed(trace: Trace, { events }: ReplayVerdict): string | null {
  const length = cycleLength(trace);
  if (trace.loop === null || length === null) return null;
  const rounds = Math.floor((events.length - trace.loop) / length);
  if (rounds < 1) return null;
  const last = trace.loop + length;
  const times = counted(rounds, 'time');
  return `steps ${trace.loop + 1} to ${last} are the cycle; it was gone round ${times}`;
}

/** What fired behind the first round. */
export function laterDetections(trace: Trace, { detections }: ReplayVerdict): ReplayDetection[] {
  const length = cycleLength(trace);
  if (trace.loop === null || length === null) return [];
  const last = trace.loop + length;
  return detections.filter(({ step }) => step > last);
}
