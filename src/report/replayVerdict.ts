/** A replay's verdict in words: what happened, at which step, in which kernel function. */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import type { Trace } from '../trace/trace.js';
import { stepName } from './counterexample.js';
import type { Palette } from './palette.js';
import { counted } from './quantity.js';
import { roundText, stepAt } from './rounds.js';

/** One paragraph; the first line begins with the property and the verdict. */
export function renderVerdict(verdict: ReplayVerdict, trace: Trace, paint: Palette): string {
  const isConfirmed = verdict.verdict === 'confirmed';
  const accent = isConfirmed ? paint.good : paint.error;
  const mark = isConfirmed ? '✓' : '✗';
  const at = verdict.at === null ? '' : ` at step ${verdict.at}`;
  const property = verdict.property ?? 'the trace';
  const title = `${accent(`${mark} ${verdict.verdict}${at}`)}  ${paint.name(property)}`;
  const matched = `${verdict.matched} of ${counted(verdict.steps, 'step')} matched`;
  const note = verdict.note === undefined ? [] : [`Note: ${verdict.note}`];
  const lines = [...explanation(verdict, trace), ...fired(verdict.detections, trace), ...note];
  return [`${title}  ${paint.dim(matched)}`, ...lines.map((line) => `  ${line}`)].join('\n');
}

function explanation(verdict: ReplayVerdict, trace: Trace): string[] {
  const step = verdict.at === null ? undefined : stepAt(trace, verdict.at);
  const where = verdict.function === null ? '' : `, in kernel function ${verdict.function}`;
  const round = verdict.at === null ? '' : roundText(trace, verdict.at);
  const number = (verdict.at as number) + 1;
  const place = step ? `${stepName(step)} (state ${number})${round}${where}` : where;
  switch (verdict.verdict) {
    case 'confirmed':
      return [];
    case 'confirmed otherwise':
      return ['A detector fired, but none that stands for this property.'];
    case 'unobserved':
      return ['Every step was possible and every state agreed, but no detector fired.'];
    case 'diverged':
      return [`After ${place} the states differ:`, ...difference(verdict)];
    case 'blocked':
      return [`The implementation cannot take ${place}: ${verdict.reason ?? 'no reason given'}`];
    case 'unmapped':
    case 'flaky':
      return [verdict.reason ?? 'no reason given'];
  }
}

function difference(verdict: ReplayVerdict): string[] {
  if (verdict.difference === null) return [];
  const { path, specification, implementation } = verdict.difference;
  return [`${path}: specification ${specification}, implementation ${implementation}`];
}

function fired(detections: readonly ReplayDetection[], trace: Trace): string[] {
  return detections.map(({ kind, name, step, function: where, message }) => {
    const inside = where === null ? '' : ` in ${where}`;
    return `${kind} ${name} at step ${step}${roundText(trace, step)}${inside}: ${message}`;
  });
}
