/** `hunt`, the main job: every configuration checked, every counterexample replayed, one table. */
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ReplayDetection, ReplayVerdict } from '../../../replay/verdict.js';
import { detectionLines } from '../../report/counterexample.js';
import { type PageFinding, renderHuntPage } from '../../report/huntPage.js';
import { type HuntReport, type HuntRow, renderHuntTable } from '../../report/huntReport.js';
import { renderInterleaving } from '../../report/interleaving.js';
import { counted, duration } from '../../report/quantity.js';
import { traceFromJson } from '../../trace/json.js';
import { moduleName } from '../../trace/read.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { differences, scenarioOf } from '../expected.js';
import { expectFolder, expectWritable, writeWhole } from '../files.js';
import { huntAll } from '../huntPool.js';
import { findTargets, type HuntGroup } from '../huntTargets.js';
import type { HuntFinding, HuntOptions, HuntResult } from '../huntVariant.js';
import { quote } from '../reproduce.js';

interface GroupResult {
  readonly group: HuntGroup;
  readonly results: readonly HuntResult[];
  readonly rows: readonly HuntRow[];
  readonly differences: readonly string[];
}

export async function hunt(
  subjects: readonly string[],
  options: HuntOptions,
  context: Context,
): Promise<number> {
  const start = context.terminal.now();
  if (options.report !== undefined) expectWritable(options.report);
  expectFolder(options.out ?? 'out');
  const groups = findTargets(subjects.length > 0 ? subjects : shippedSpecs());
  const done: GroupResult[] = [];
  for (const group of groups) {
    const { results, isInterrupted } = await huntAll(group.targets, options, context);
    done.push(judge(group, results));
    if (isInterrupted) return interrupted(done, context);
  }
  const report = reportOf(done);
  if (context.json) context.document(report);
  else for (const group of done) print(group, context);
  context.say(conclusion(report, done, (context.terminal.now() - start) / 1000, context));
  if (options.report !== undefined) {
    writeWhole(options.report, renderHuntPage(report, done.flatMap(pageFindings)));
    context.say(`Report: ${options.report}`);
  }
  return exitCode(report, done);
}

/** Where nothing at all could be checked, the mistake's own code says more than 12. */
function exitCode(report: HuntReport, done: readonly GroupResult[]): number {
  const codes = done.flatMap((it) => it.results.map((result) => result.exitCode));
  const [first] = codes;
  if (first !== undefined && codes.every((it) => it !== undefined)) return first;
  return report.asExpected ? exitCodes.ok : exitCodes.unexpected;
}

/** The specs that ship, in the current directory or where the package is installed. */
function shippedSpecs(): string[] {
  return ['writeback', 'waiters'].map((name) => {
    const here = join('specs', name);
    if (existsSync(here)) return here;
    // This file is dist/src/cli/commands/hunt.js of the package.
    const packaged = fileURLToPath(new URL(`../../../../specs/${name}`, import.meta.url));
    return relative('', packaged) || packaged;
  });
}

function judge(group: HuntGroup, results: readonly HuntResult[]): GroupResult {
  const rows = results.map(({ row }) => ({
    ...row,
    properties: row.properties.map((property) => ({
      ...property,
      scenario: scenarioOf(group.expected, property.name),
    })),
  }));
  return { group, results, rows, differences: differences(rows, group.expected) };
}

function reportOf(done: readonly GroupResult[]): HuntReport {
  const all = done.flatMap((it) => it.differences);
  return {
    rows: done.flatMap((it) => it.rows),
    asExpected: all.length === 0,
    differences: all,
  };
}

function pageFindings({ results, rows }: GroupResult): PageFinding[] {
  return results.flatMap(({ findings }, i) =>
    findings.flatMap((finding) => {
      const row = rows[i] as HuntRow;
      const property = row.properties.find((it) => it.name === finding.property);
      const trace = traceFromJson(finding.trace, 'the trace of a worker');
      return property === undefined ? [] : [{ row, property, trace, replay: finding.replay }];
    }),
  );
}

function interrupted(done: readonly GroupResult[], context: Context): number {
  context.note('Interrupted. What was done so far:');
  if (context.json) context.document({ ...reportOf(done), asExpected: false });
  else for (const { rows } of done) context.say(table(rows, context));
  return exitCodes.interrupted;
}

function table(rows: readonly HuntRow[], { paint, terminal }: Context): string {
  return rows.length === 0 ? '(nothing)' : renderHuntTable(rows, paint, terminal.width);
}

function print({ group, results, rows }: GroupResult, context: Context): void {
  const { paint } = context;
  const specs = [...new Set(rows.map((row) => moduleName(row.spec)))].join(', ');
  const title = `${specs}: ${counted(rows.length, 'configuration')} in ${group.folder}`;
  context.say(`${paint.strong(title)}\n\n${table(rows, context)}\n`);
  const shown = chooseEvidence(results);
  if (shown !== null) context.say(`${evidence(shown, group, context)}\n`);
  const findings = results.flatMap((it) => it.findings);
  if (findings.length > 0) context.say(`${written(findings)}\n`);
}

interface Shown {
  readonly result: HuntResult;
  readonly finding: HuntFinding;
  readonly replay: ReplayVerdict;
  readonly detection: ReplayDetection;
}

/** A corrupted block if there is one, else any confirmed bug that has evidence to show. */
function chooseEvidence(results: readonly HuntResult[]): Shown | null {
  const all = results.flatMap((result) =>
    result.row.properties.flatMap(({ name }) => {
      const finding = result.findings.find((it) => it.property === name);
      const { replay = null } = finding ?? {};
      if (finding === undefined || replay?.verdict !== 'confirmed') return [];
      return replay.detections
        .filter((it) => it.evidence.length > 0)
        .map((detection) => ({ result, finding, replay, detection }));
    }),
  );
  return all.find(({ detection }) => detection.kind === 'disk') ?? all[0] ?? null;
}

/** The interleaving, a line per step, and then the bytes. */
function evidence(shown: Shown, group: HuntGroup, context: Context): string {
  const { paint, terminal } = context;
  const { result, finding, replay, detection } = shown;
  const { property } = finding;
  const trace = traceFromJson(finding.trace, 'the trace of a worker');
  const scenario = scenarioOf(group.expected, property);
  const { note } = replay;
  const name = scenario === null ? property : `${scenario} (${property})`;
  const { variant } = result.row;
  const traceFile = finding.files.find((it) => it.endsWith('.trace.json')) as string;
  return [
    paint.strong(`How kernel ${variant} comes to ${name}, step by step on the simulator:`),
    '',
    ...(note === undefined ? [] : [`Note: ${note}`, '']),
    renderInterleaving(trace, replay, { paint, width: terminal.width }),
    '',
    ...detectionLines(detection, paint),
    '',
    `Reproduce: counterplay replay ${quote(traceFile)} --steps`,
  ].join('\n');
}

function written(findings: readonly HuntFinding[]): string {
  const files = findings.flatMap((it) => it.files);
  const folders = [...new Set(files.map((it) => it.replace(/[/\\][^/\\]*$/, '')))].join(', ');
  // A graph of few paths can be read; one of millions is for programs.
  const [clearest] = [...findings].sort((a, b) => pathsOf(a) - pathsOf(b));
  const first = clearest?.files[0] ?? '';
  return (
    `Counterexample graphs and traces: ${counted(files.length, 'file')} in ${folders}\n` +
    `Draw one: dot -Tsvg ${quote(first)} -o ${quote(first.replace(/\.dot$/, '.svg'))}`
  );
}

const pathsOf = ({ shortestPaths }: HuntFinding) => Number(shortestPaths ?? 1);

function conclusion(
  report: HuntReport,
  done: readonly GroupResult[],
  seconds: number,
  { paint }: Context,
): string {
  const cells = report.rows.flatMap((row) => row.properties);
  const violated = cells.filter((it) => it.result === 'violated');
  const confirmed = violated.filter((it) => it.verdict === 'confirmed').length;
  const summary =
    `${counted(cells.length, 'verdict')}, ${violated.length} violated, ` +
    `${confirmed} confirmed by replay, in ${duration(seconds)}.`;
  if (!report.asExpected) {
    const lines = report.differences.map((it) => `  ${it}`).join('\n');
    return `${summary}\n${paint.error('Not as expected:')}\n${lines}`;
  }
  const sources = done.flatMap((it) => it.group.expected?.file ?? []);
  const says = `All as ${sources.join(' and ')} ${sources.length === 1 ? 'says' : 'say'}.`;
  return `${summary}  ${paint.good(sources.length === 0 ? 'Nothing is violated.' : says)}`;
}
