/**
 * What `hunt` found as one HTML page that needs nothing else: the table, and for each violated
 * cell the trace with what changed, the replay beside it, and the evidence.
 */
import type { ReplayDetection, ReplayVerdict } from '../../replay/verdict.js';
import type { Location } from '../source/text.js';
import { type Change, changes } from '../trace/difference.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import { formatValue, type Value } from '../values/index.js';
import { stepName } from './counterexample.js';
import type { HuntProperty, HuntReport, HuntRow } from './huntReport.js';
import { noColours } from './palette.js';
import { count, duration } from './quantity.js';
import { renderVerdict } from './replayVerdict.js';
import { closingStep, laterDetections, roundsPlayed, roundText } from './rounds.js';

export interface PageFinding {
  readonly row: HuntRow;
  readonly property: HuntProperty;
  readonly trace: Trace;
  readonly replay: ReplayVerdict | null;
}

export function renderHuntPage(report: HuntReport, findings: readonly PageFinding[]): string {
  const title = 'Counterplay: what was found';
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${title}</title>`,
    `<meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<style>${style}</style></head><body>`,
    `<h1>${title}</h1>`,
    ...tables(report),
    conclusion(report),
    ...[...findings].sort(byColumn(report)).map(section),
    '</body></html>',
    '',
  ].join('\n');
}

const style = `
:root { color-scheme: light dark; font: 15px/1.45 system-ui, sans-serif; }
body { max-width: 80rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; }
td { font: 13px/1.4 ui-monospace, monospace; }
section { border-top: 2px solid #8886; margin-top: 2rem; }
summary { cursor: pointer; }
tr { border-bottom: 1px solid #8884; }
code, pre { font: 13px/1.4 ui-monospace, monospace; }
pre { overflow-x: auto; margin: .25rem 0; }
.number { text-align: right; white-space: nowrap; }
.detail { padding-left: 1rem; }
.good { color: #2a7d2a; } .bad { color: #c33; } .dim { opacity: .65; }
`;

function escapeHtml(text: string): string {
  const names: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (character) => names[character] as string);
}

const code = (text: string) => `<code>${escapeHtml(text)}</code>`;

/** The sections in the order of the table: row by row, each from left to right. */
function byColumn({ rows }: HuntReport) {
  const rank = ({ row, property }: PageFinding) => {
    const at = rows.indexOf(row);
    return at * 1000 + row.properties.indexOf(property);
  };
  return (a: PageFinding, b: PageFinding) => rank(a) - rank(b);
}

/** The place in the page of a violated cell. */
const anchor = (row: HuntRow, property: HuntProperty) =>
  encodeURIComponent(`${row.variant}-${property.name}`);

/** One for each spec: scenarios of one say nothing of another. */
function tables({ rows }: HuntReport): string[] {
  const specs = [...new Set(rows.map(({ spec }) => spec))];
  return specs.map((spec) => {
    const title = specs.length > 1 ? `<h2>${escapeHtml(spec)}</h2>\n` : '';
    return title + table(rows.filter((row) => row.spec === spec));
  });
}

function table(rows: readonly HuntRow[]): string {
  const name = (property: HuntProperty) => property.scenario ?? property.name;
  const names = [...new Set(rows.flatMap((row) => row.properties.map(name)))];
  const head = ['variant', ...names, 'states', 'time'].map((it) => `<th>${escapeHtml(it)}</th>`);
  const lines = rows.map((row) => {
    const cells = names.map((it) =>
      cell(
        row,
        row.properties.find((one) => name(one) === it),
      ),
    );
    const states = row.message === undefined ? count(row.states.distinct) : row.result;
    const numbers = [states, duration(row.seconds)];
    return `<tr><th>${escapeHtml(row.variant)}</th>${cells.join('')}${numbers
      .map((it) => `<td class="number">${it}</td>`)
      .join('')}</tr>`;
  });
  return `<table><tr>${head.join('')}</tr>\n${lines.join('\n')}</table>`;
}

function cell(row: HuntRow, property: HuntProperty | undefined): string {
  if (row.message !== undefined) return '<td class="dim">not checked</td>';
  if (property === undefined) return '<td></td>';
  if (property.result === 'holds') return '<td class="good">holds</td>';
  if (property.result === 'not-checked') return '<td class="dim">not checked</td>';
  const verdict = escapeHtml(property.verdict ?? 'not replayed');
  const link = `<a href="#${anchor(row, property)}">violated</a>`;
  return `<td class="bad">${link} ${property.traceLength}, ${verdict}</td>`;
}

function conclusion({ asExpected, differences }: HuntReport): string {
  if (asExpected) return '<p class="good">Everything is as expected.</p>';
  const items = differences.map((it) => `<li>${escapeHtml(it)}</li>`).join('');
  return `<p class="bad">Not as expected:</p><ul>${items}</ul>`;
}

function section({ row, property, trace, replay }: PageFinding): string {
  const scenario = property.scenario === null ? '' : `${property.scenario}: `;
  const title = `${row.variant}, ${scenario}${property.name}`;
  const verdict =
    replay === null ? '' : `<pre>${escapeHtml(renderVerdict(replay, trace, noColours))}</pre>`;
  const back = closingStep(trace);
  const closing = back === null ? [] : [back];
  const steps = [...trace.steps.slice(1), ...closing];
  const rows = steps.map((step, i) => stepRow(trace, step, i + 1, replay));
  return [
    `<section><h2 id="${anchor(row, property)}">${escapeHtml(title)}</h2>`,
    verdict,
    initialState(trace),
    '<table><tr><th>state</th><th>step</th><th>what changed</th><th>implementation</th></tr>',
    ...rows,
    '</table>',
    replay === null ? '' : cycle(trace, replay),
    '</section>',
  ].join('\n');
}

/** Long and rarely read, so it is folded. */
function initialState({ steps: [initial] }: Trace): string {
  const lines = [...(initial?.state ?? [])].map(
    ([name, value]) => `${name} = ${formatValue(value)}`,
  );
  return `<details><summary>State 1, the initial state</summary><pre>${escapeHtml(
    lines.join('\n'),
  )}</pre></details>`;
}

/** The step that closes a cycle leads to a state that has its number already. */
function stepRow(
  trace: Trace,
  step: TraceStep,
  index: number,
  replay: ReplayVerdict | null,
): string {
  const before = trace.steps[index - 1] as Trace['steps'][number];
  const changed = changes(before.state, step.state).map((it) => code(changeText(it)));
  const place =
    step.location === null
      ? ''
      : `<br><span class="dim">${escapeHtml(placeText(step.location))}</span>`;
  const events = replay?.events[index - 1] ?? [];
  const fired = replay?.detections.filter((it) => it.step === index) ?? [];
  const cells = [
    index < trace.steps.length ? String(index + 1) : `back to ${(trace.loop ?? 0) + 1}`,
    code(stepName(step)) + place,
    changed.join('<br>'),
    [...events.map(eventLine), ...fired.map(detection)].join('<br>'),
  ];
  return `<tr>${cells.map((it) => `<td>${it}</td>`).join('')}</tr>`;
}

/** What came of going round the cycle again and again. */
function cycle(trace: Trace, replay: ReplayVerdict): string {
  const played = roundsPlayed(trace, replay);
  const fired = laterDetections(trace, replay).map((it) => {
    return `<br>step ${it.step}${roundText(trace, it.step)}: ${detection(it)}`;
  });
  return played === null ? '' : `<p>${escapeHtml(played)}.${fired.join('')}</p>`;
}

const placeText = ({ file, line }: Location) => `${file.replace(/^.*[/\\]/, '')}:${line}`;

/** A detail begins with a space and stands under its event. */
function eventLine(event: string): string {
  const text = escapeHtml(event.trim());
  return event.startsWith(' ') ? `<span class="detail dim">${text}</span>` : text;
}

function changeText({ path, before, after }: Change): string {
  const show = (value: Value | null) => (value === null ? 'none' : formatValue(value));
  return `${path}: ${show(before)} → ${show(after)}`;
}

function detection({ kind, name, message, evidence }: ReplayDetection): string {
  const words = `<span class="bad">${escapeHtml(`${kind} ${name}: ${message}`)}</span>`;
  return evidence.length === 0 ? words : `${words}<pre>${escapeHtml(evidence.join('\n'))}</pre>`;
}
