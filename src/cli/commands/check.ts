/** `check`: explore all states, print the verdict and a shortest counterexample. */
import { renderTrace } from '../../report/counterexample.js';
import { coverageLines, unmetLines } from '../../report/coverage.js';
import type { Palette } from '../../report/palette.js';
import { counted, duration } from '../../report/quantity.js';
import { DiagnosticError, fail } from '../../source/diagnostic.js';
import { renderPlaces } from '../../source/render.js';
import { locate } from '../../source/text.js';
import { traceToJson } from '../../trace/json.js';
import { writeTrace } from '../../trace/read.js';
import { withAlias } from '../aliasedTraces.js';
import {
  type CheckOutcome,
  type PropertyOutcome,
  reductionLine,
  statesLine,
} from '../checkOutcome.js';
import type { Context } from '../context.js';
import {
  type CoverageOptions,
  coverageDocument,
  expectCoverable,
  isCovering,
  type Met,
  metBy,
  writeCoverage,
} from '../coverage.js';
import { describeFailure } from '../describeFailure.js';
import { exitCodeOf, exitCodes } from '../exitCodes.js';
import { type Exploration, exploreFiles, type SpecFiles, specFiles } from '../exploration.js';
import { expectWritable, writeWhole } from '../files.js';
import { memoryLine } from '../memoryLine.js';
import type { ExploreOptions } from '../options.js';
import { reproduce } from '../reproduce.js';
import type { CheckpointSettings } from '../search.js';
import { sourceLines } from '../sourceLines.js';

export interface CheckOptions extends ExploreOptions, CoverageOptions {
  readonly trace?: string;
  readonly checkpoint?: string;
  /** Seconds. */
  readonly checkpointEvery?: number;
  readonly resume?: string;
  /** State predicates to look for, instead of checking. */
  readonly witness?: readonly string[];
}

export async function check(
  spec: string,
  options: CheckOptions,
  context: Context,
): Promise<number> {
  if (options.trace !== undefined) expectWritable(options.trace);
  const { witness: wanted = [] } = options;
  if (wanted.length > 0) {
    expectOnlyWitnesses(options);
    return (await import('./witness.js')).witness(spec, wanted, options, context);
  }
  const files = specFiles(spec, options);
  const start = context.terminal.now();
  let exploration: Exploration;
  try {
    const everyProperty = options.everyProperty === true;
    const covers = isCovering(options);
    if (covers) expectCoverable(options);
    // Workers repeat what they could not finish, which counts must not.
    const alone = covers ? { ...options, workers: 1 } : options;
    const checked = { everyProperty, print: context.print, checkpoints: checkpoints(options) };
    exploration = await exploreFiles(files, alone, { ...checked, covers }, context);
  } catch (error) {
    if (!(error instanceof DiagnosticError) || !context.json) throw error;
    return failed(error, files, (context.terminal.now() - start) / 1000, context);
  }
  const { outcome } = exploration;
  const written = writeCounterexample(outcome, options.trace);
  const shown = withAlias(outcome, exploration.loaded.compiled);
  const met = metBy(exploration, options);
  if (met.report !== null) writeCoverage(met.report, options);
  if (context.json) context.document(checkDocument(files, shown, met));
  else print({ ...exploration, outcome: shown }, met, options, written, context);
  if (exploration.found?.run.isInterrupted !== true) return outcome.exitCode;
  context.note('Interrupted: what was not found yet may still be there.');
  return exitCodes.interrupted;
}

/** What a run that only looks for states has no use for. */
function expectOnlyWitnesses(options: CheckOptions): void {
  const { por, checkpoint, resume } = options;
  const others = [
    ['--por', por === true],
    ['--checkpoint', checkpoint !== undefined],
    ['--resume', resume !== undefined],
    ['--coverage', isCovering(options)],
  ] as const;
  const other = others.find(([, isGiven]) => isGiven);
  if (other !== undefined) fail('USE003', null, { first: other[0], second: '--witness' });
}

function checkpoints({ checkpoint, checkpointEvery, resume }: CheckOptions): CheckpointSettings {
  if (checkpointEvery !== undefined && checkpoint === undefined) {
    const remedy = 'Say where checkpoints go.';
    fail('USE004', null, {
      what: 'the file of --checkpoint-every',
      option: '--checkpoint FILE',
      remedy,
    });
  }
  return {
    ...(checkpoint === undefined ? {} : { file: checkpoint }),
    ...(checkpointEvery === undefined ? {} : { everySeconds: checkpointEvery }),
    ...(resume === undefined ? {} : { resume }),
  };
}

/** The document of a spec or configuration that could not be checked. */
function failed(
  error: DiagnosticError,
  files: SpecFiles,
  seconds: number,
  context: Context,
): number {
  for (const diagnostic of error.diagnostics) context.report(diagnostic);
  const { result, message, location, diagnostics } = describeFailure(error.diagnostics);
  context.document({
    ...files,
    result,
    property: null,
    message,
    location,
    complete: false,
    states: { generated: 0, distinct: 0, depth: 0, bytesPerState: null },
    reduction: null,
    seconds: Math.round(seconds * 1000) / 1000,
    trace: null,
    properties: [],
    diagnostics,
  });
  return exitCodeOf(error.diagnostics);
}

/** `check --json` (`commands.md`). */
export function checkDocument(
  files: SpecFiles,
  outcome: CheckOutcome,
  { unmet, report }: Met = { unmet: null, report: null },
): unknown {
  const { result, property, message, location, complete, states, seconds, trace } = outcome;
  const { bytesPerState, reduced } = outcome;
  return {
    ...files,
    result,
    property,
    message,
    location,
    complete,
    states: { ...states, bytesPerState: bytesPerState && Math.round(bytesPerState * 10) / 10 },
    // Null without --por, and where it is not used.
    reduction: reduced === null ? null : { states: reduced },
    seconds: Math.round(seconds * 1000) / 1000,
    trace: trace && traceToJson(trace),
    properties: outcome.properties.map((it) => ({
      name: it.name,
      kind: it.kind,
      result: it.result,
      trace: it.trace && traceToJson(it.trace),
    })),
    // Null where not all states are known.
    unmet,
    coverage: report && coverageDocument(report),
  };
}

/** Without a counterexample there is nothing to write, and an older file is left alone. */
function writeCounterexample(outcome: CheckOutcome, file: string | undefined): string | null {
  if (file === undefined || outcome.trace === null) return null;
  writeWhole(file, writeTrace(outcome.trace, file));
  return file;
}

function print(
  exploration: Exploration,
  { unmet, report }: Met,
  options: CheckOptions,
  written: string | null,
  context: Context,
): void {
  const { outcome, files } = exploration;
  const { paint, terminal } = context;
  context.say(verdictLine(outcome, paint));
  if (outcome.failure !== null) context.say(renderPlaces(outcome.failure, paint));
  else if (outcome.span !== null && outcome.result !== 'ok') {
    const { file, line, column } = locate(outcome.span);
    context.say(paint.dim(`  ${file}:${line}:${column}`));
  }
  if (outcome.trace !== null) {
    const sourceLine = sourceLines([exploration.source]);
    context.say('');
    context.say(renderTrace(outcome.trace, { paint, width: terminal.width, sourceLine }));
    context.say('');
    // The verdict stands above the trace, which may have scrolled away.
    const { length } = outcome.trace.steps;
    const told = outcome.message === null ? '' : `${outcome.message}  `;
    context.say(`${paint.error(told)}The trace has ${counted(length, 'state')}.`);
  }
  if (options.everyProperty) context.say(propertyLines(outcome.properties, paint));
  const speed = `in ${duration(outcome.seconds)}`;
  context.say(`${statesLine(outcome)}, ${speed}.${written === null ? '' : `  Trace: ${written}`}`);
  const reduction = reductionLine(outcome);
  if (reduction !== null) context.say(reduction);
  const memory = memoryLine(outcome, terminal);
  if (memory !== null) context.say(memory);
  if (report !== null) context.say(`\n${coverageLines(report, paint)}\n`);
  if (unmet !== null && !context.quiet) {
    for (const line of unmetLines(unmet, paint)) context.say(line);
  }
  if (outcome.limit !== null) context.report(outcome.limit);
  if (outcome.trace !== null) context.say(reproduce(files, written));
}

/** `Invariant Mutex is violated.                    (exit 12)` */
function verdictLine(outcome: CheckOutcome, paint: Palette): string {
  if (outcome.exitCode === 0) return paint.good('Nothing is violated.');
  const accent = outcome.result === 'ok' ? paint.warning : paint.error;
  return `${accent(outcome.message ?? outcome.result)}  ${paint.dim(`(exit ${outcome.exitCode})`)}`;
}

function propertyLines(properties: readonly PropertyOutcome[], paint: Palette): string {
  const width = Math.max(0, ...properties.map((it) => it.name.length));
  const lines = properties.map((it) => {
    const name = it.name.padEnd(width);
    if (it.result === 'holds') return `${name}  ${paint.good('holds')}`;
    if (it.result === 'not-checked') return `${name}  ${paint.warning('not checked')}`;
    return `${name}  ${paint.error('violated')} by a trace of ${it.trace?.steps.length ?? '?'} states`;
  });
  return `${lines.join('\n')}\n`;
}
