/**
 * A trace for a terminal: numbered states, each with process, label, place and the source line, and
 * under it only what changed. With a replay, what the implementation did stands under each step.
 */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import type { Location } from '../source/text.js';
import { fairnessSentences } from '../trace/cycleFairness.js';
import { changes } from '../trace/difference.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import { formatValue } from '../values/index.js';
import { changeLines } from './changeLines.js';
import type { Palette } from './palette.js';
import { laterDetections, roundsPlayed, roundText } from './rounds.js';

export interface CounterexampleOptions {
  readonly paint: Palette;
  /** Columns of the terminal. */
  readonly width: number;
  /** The text of a line of a spec, when the spec is at hand. */
  readonly sourceLine: (location: Location) => string | null;
  /** The replay of this trace, to be shown beside it. */
  readonly replay?: ReplayVerdict;
}

export function renderTrace(trace: Trace, options: CounterexampleOptions): string {
  const blocks = trace.steps.map((step, i) => [
    ...(i === 0 ? initialState(step, options) : nextState(trace, i, options)),
    ...refinedLines(trace, i, options),
  ]);
  const ends = [...loopLine(trace, options), ...roundLines(trace, options)];
  return [...blocks.map((lines) => lines.join('\n')), ...ends].join('\n');
}

/** What a replay met with behind the first round of the cycle. */
function roundLines(trace: Trace, { replay, paint }: CounterexampleOptions): string[] {
  const played = replay === undefined ? null : roundsPlayed(trace, replay);
  if (replay === undefined || played === null) return [];
  const fired = laterDetections(trace, replay).flatMap((it) => [
    `At step ${it.step}${roundText(trace, it.step)}:`,
    ...detectionLines(it, paint).map((line) => `  ${line}`),
  ]);
  return [paint.strong(`Replayed: ${played}.`), ...fired];
}

/** `C2("A")`, as TLC names a step; the bare label where there is no process. */
export function stepName(step: TraceStep): string {
  const label = step.action ?? 'Initial predicate';
  return step.process === null ? label : `${label}(${formatValue(step.process)})`;
}

function initialState(step: TraceStep, { paint }: CounterexampleOptions): string[] {
  const variables = [...step.state].map(
    ([name, value]) => `  ${paint.name(name)} = ${formatValue(value)}`,
  );
  return [`${paint.strong('State 1:')} <Initial predicate>`, ...variables];
}

function nextState(trace: Trace, index: number, options: CounterexampleOptions): string[] {
  const { paint, width } = options;
  const step = trace.steps[index] as TraceStep;
  const before = (trace.steps[index - 1] as TraceStep).state;
  const isBeside = options.replay !== undefined && width >= besideWidth;
  const left = isBeside ? Math.floor(width * 0.4) : width;
  const changed = changes(before, step.state).flatMap((it) => changeLines(it, paint, left - 2));
  if (changed.length === 0) changed.push(paint.dim('(a stuttering step: nothing changed)'));
  const specification = [...choiceLines(step, paint), ...changed];
  const kernel = implementationLines(index, isBeside ? width - left - 4 : width - 2, options);
  const lines = isBeside ? beside(specification, kernel, left) : [...specification, ...kernel];
  return [
    stepLine(step, `State ${index + 1}:`, options),
    ...lines.map((line) => `  ${line}`.trimEnd()),
  ];
}

/** What the state or step is for the module that the property is about. */
function refinedLines(trace: Trace, index: number, options: CounterexampleOptions): string[] {
  const { refinement } = trace;
  const state = refinement?.states[index];
  if (refinement === undefined || state === undefined) return [];
  const { paint, width } = options;
  const before = refinement.states[index - 1];
  const name = (path: string) => `${refinement.instance}!${path}`;
  if (before === undefined) {
    return [...state].map(
      ([variable, value]) => `  ${paint.dim(name(variable))} = ${formatValue(value)}`,
    );
  }
  const changed = changes(before, state).map((it) => ({ ...it, path: name(it.path) }));
  if (changed.length === 0) return [paint.dim(`  ${refinement.instance}: nothing changes`)];
  return changed.flatMap((it) => changeLines(it, paint, width - 2)).map((line) => `  ${line}`);
}

/** From here on the specification and the kernel stand side by side. */
const besideWidth = 140;

function beside(left: readonly string[], right: readonly string[], width: number): string[] {
  const rows = Math.max(left.length, right.length);
  return Array.from({ length: rows }, (_, i) => {
    const text = left[i] ?? '';
    return `${text}${' '.repeat(Math.max(0, width - shownLength(text)))}  ${right[i] ?? ''}`;
  });
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours take no room on the screen
const shownLength = (text: string) => text.replace(/\u001b\[\d+m/g, '').length;

/** `State 3: <C2("A") Writeback.tla:120>  page.wb := FALSE;` */
function stepLine(step: TraceStep, number: string, options: CounterexampleOptions): string {
  const { paint, width, sourceLine } = options;
  const place = step.location === null ? '' : ` ${fileName(step.location)}:${step.location.line}`;
  const source = step.location === null ? '' : (sourceLine(step.location)?.trim() ?? '');
  const room = width - `${number} <${stepName(step)}${place}>  `.length;
  const shown = source.length <= room ? source : `${source.slice(0, Math.max(0, room - 1))}…`;
  return `${paint.strong(number)} <${paint.strong(stepName(step))}${paint.dim(place)}>${
    shown.length > 1 ? `  ${paint.dim(shown)}` : ''
  }`;
}

const fileName = (location: Location) => location.file.replace(/^.*[/\\]/, '');

function choiceLines(step: TraceStep, paint: Palette): string[] {
  const choices = [...step.choices].map(([name, value]) => `${name} = ${formatValue(value)}`);
  return choices.length === 0 ? [] : [paint.dim(`choosing ${choices.join(', ')}`)];
}

/** What the implementation did in this step, whether the states agreed, and what it detected. */
function implementationLines(
  index: number,
  width: number,
  { paint, replay }: CounterexampleOptions,
): string[] {
  if (replay === undefined) return [];
  const events = replay.events[index - 1];
  const stopped = replay.at === index;
  if (events === undefined && !stopped) return [];
  const mark = stopped ? paint.error('✗') : paint.good('✓');
  const did = events ?? [`${replay.function ?? 'the implementation'}: ${replay.reason ?? ''}`];
  const shown = did.length === 0 ? ['(nothing to do)'] : withDetails(did, width - 10, paint);
  return [
    ...shown.map((event, i) => `${paint.dim('kernel:')} ${event}${i === 0 ? ` ${mark}` : ''}`),
    ...differenceLines(stopped ? replay : null, paint),
    ...replay.detections
      .filter((it) => it.step === index)
      .flatMap((it) => detectionLines(it, paint)),
  ];
}

/** A detail stands behind its event where the line has room for it, else on its own. */
function withDetails(events: readonly string[], width: number, paint: Palette): string[] {
  const lines: { text: string; length: number }[] = [];
  for (const event of events) {
    const last = lines.at(-1);
    const detail = event.startsWith(' ') ? `  [${event.trim()}]` : null;
    if (detail === null || last === undefined || last.length + detail.length > width) {
      const text = detail === null ? event : paint.dim(detail);
      lines.push({ text, length: (detail ?? event).length });
    } else {
      last.text += paint.dim(detail);
      last.length += detail.length;
    }
  }
  return lines.map((it) => it.text);
}

function differenceLines(replay: ReplayVerdict | null, paint: Palette): string[] {
  if (!replay?.difference) return [];
  const { path, specification, implementation } = replay.difference;
  return [
    paint.error(`the states differ at ${path}:`),
    `  specification   ${specification}`,
    `  implementation  ${implementation}`,
  ];
}

/** A detector that fired: its words in red, then its evidence as it stands. */
export function detectionLines(detection: ReplayDetection, paint: Palette): string[] {
  const where = detection.function === null ? '' : ` in ${detection.function}`;
  return [
    paint.error(`${detection.kind} ${detection.name}${where}: ${detection.message}`),
    ...detection.evidence.map((line) => `  ${line}`),
  ];
}

function loopLine(trace: Trace, options: CounterexampleOptions): string[] {
  const { paint } = options;
  const { loop, closing, steps } = trace;
  if (loop === null) return [];
  const why = fairnessSentences(trace).map((line) => `  ${paint.dim('·')} ${line}`);
  if (loop === steps.length - 1) {
    return [paint.strong('Stuttering: it stays in this state forever.'), ...why];
  }
  if (closing === undefined) {
    return [paint.strong(`Back to state ${loop + 1}, and so on forever.`), ...why];
  }
  const back = { ...closing, state: (steps[loop] as TraceStep).state };
  return [
    stepLine(back, `Back to state ${loop + 1}:`, options),
    paint.strong(`The cycle is states ${loop + 1} to ${steps.length}, over and over.`),
    ...why,
  ];
}
