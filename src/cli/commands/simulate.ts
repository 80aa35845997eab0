/** `simulate`: random behaviors, the first one that violates something, and how to see it again. */
import { randomInt } from 'node:crypto';
import { Simulation, type SimulationOptions } from '../../explore/index.js';
import { renderTrace } from '../../report/counterexample.js';
import { coverageLines } from '../../report/coverage.js';
import { counted as countOf } from '../../report/quantity.js';
import { frequencyLines, simulationLines } from '../../report/simulation.js';
import { fail } from '../../source/diagnostic.js';
import { renderPlaces } from '../../source/render.js';
import { writeTrace } from '../../trace/read.js';
import { aliasedTrace } from '../aliasedTraces.js';
import { falseAssumption } from '../checkOutcome.js';
import type { Context } from '../context.js';
import { type CoverageOptions, coverageReport, isCovering, writeCoverage } from '../coverage.js';
import { exitCodes } from '../exitCodes.js';
import { loadFiles, specFiles } from '../exploration.js';
import { expectWritable, writeWhole } from '../files.js';
import { generatedActions } from '../generatedActions.js';
import { graphModel } from '../graphModel.js';
import type { ExploreOptions } from '../options.js';
import type { LoadedSpecification } from '../pipeline.js';
import { groupsOf, runSimulation, type Uniform } from '../simulation.js';
import { type SimulationOutcome, simulationOutcome, uncheckedNames } from '../simulationOutcome.js';
import {
  commandFor,
  defaultDepth,
  defaultUniform,
  type SimulationReport,
  simulationDocument,
  verdictLine,
} from '../simulationReport.js';
import { sourceLines } from '../sourceLines.js';

export interface SimulateOptions
  extends Omit<ExploreOptions, 'maxStates' | 'workers'>,
    CoverageOptions {
  readonly seed?: number;
  readonly depth?: number;
  /** 0: until it is interrupted. */
  readonly behaviors?: number;
  /** Only the behavior of this number. */
  readonly behavior?: number;
  readonly uniform?: Uniform;
  readonly trace?: string;
}

/** A few seconds for most specifications. */
const defaultBehaviors = 10_000;

export async function simulate(
  spec: string,
  options: SimulateOptions,
  context: Context,
): Promise<number> {
  if (options.trace !== undefined) expectWritable(options.trace);
  const files = specFiles(spec, options);
  const start = context.terminal.now();
  const seed = options.seed ?? randomInt(2 ** 32);
  let isSimulating = true;
  // Behaviors are made again for traces; what they print is not news then.
  const print = (line: string) => (isSimulating ? context.print(line) : undefined);
  const coverage = isCovering(options);
  if (options.coverageOut !== undefined) expectWritable(options.coverageOut);
  const host = { print, warn: context.report, now: Date.now, seed, coverage };
  const { source, loaded } = loadFiles(files, options, host);
  for (const warning of loaded.warnings) context.report(warning);
  const settings = settingsOf(options, seed, loaded);
  const assumption = falseAssumption(loaded, (context.terminal.now() - start) / 1000);
  const run =
    assumption === null
      ? await runSimulation(loaded.compiled, settings, options, context)
      : { result: new Simulation(loaded.compiled, settings).result(), seconds: 0, limit: null };
  isSimulating = false;
  const model = graphModel(files.spec, loaded.compiled);
  // Behaviors that are made again would count.
  const counted = loaded.compiled.coverage();
  const covered = counted && coverageReport(counted, model, null);
  if (covered !== null) writeCoverage(covered, options);
  const found = simulationOutcome(loaded, run, settings, model, files.config);
  const outcome = assumption === null ? found : { ...found, verdict: assumption };
  const written = writeFirst(outcome, options.trace);
  const shown = withAlias(outcome, loaded);
  const unchecked = uncheckedNames(loaded);
  const generated = generatedActions(loaded);
  const report = {
    files,
    settings,
    options,
    run,
    outcome: shown,
    model,
    generated,
    unchecked,
    covered,
  };
  if (context.json) context.document(simulationDocument(report));
  else printReport(report, sourceLines([source]), written, context);
  if (!run.result.isInterrupted || run.limit !== null) return outcome.verdict.exitCode;
  context.note('Interrupted.');
  return exitCodes.interrupted;
}

function settingsOf(
  options: SimulateOptions,
  seed: number,
  { compiled, specification }: LoadedSpecification,
): SimulationOptions {
  const { behavior, behaviors = defaultBehaviors, depth = defaultDepth } = options;
  if (behavior !== undefined && options.behaviors !== undefined) {
    fail('USE003', null, { first: '--behavior', second: '--behaviors' });
  }
  return {
    seed,
    depth,
    first: behavior ?? 1,
    last: behavior ?? (behaviors === 0 ? Number.POSITIVE_INFINITY : behaviors),
    groups: groupsOf(compiled, options.uniform ?? defaultUniform),
    checkDeadlock: options.deadlock && specification.checkDeadlock,
    everyProperty: options.everyProperty === true,
  };
}

function writeFirst({ violations }: SimulationOutcome, file: string | undefined): string | null {
  const [first] = violations;
  if (file === undefined || first === undefined || first.trace === null) return null;
  writeWhole(file, writeTrace(first.trace, file));
  return file;
}

function withAlias(
  outcome: SimulationOutcome,
  { compiled }: LoadedSpecification,
): SimulationOutcome {
  const violations = outcome.violations.map((it) => ({
    ...it,
    trace: it.trace && aliasedTrace(it.trace, compiled),
  }));
  return { ...outcome, violations };
}

function printReport(
  report: SimulationReport,
  sourceLine: ReturnType<typeof sourceLines>,
  written: string | null,
  context: Context,
): void {
  const { model, outcome, run, settings, unchecked } = report;
  const { paint, terminal } = context;
  context.say(verdictLine(report, paint));
  for (const violation of outcome.violations) {
    if (violation !== outcome.violations[0])
      context.say(`\n${paint.error(violation.message ?? '')}`);
    if (violation.failure !== null) context.say(renderPlaces(violation.failure, paint));
    else if (violation.location !== null) {
      const { file, line, column } = violation.location;
      context.say(paint.dim(`  ${file}:${line}:${column}`));
    }
    if (violation.trace === null) continue;
    context.say(
      `\n${renderTrace(violation.trace, { paint, width: terminal.width, sourceLine })}\n`,
    );
    // The verdict stands above the trace, which may have scrolled away.
    const length = countOf(violation.trace.steps.length, 'state');
    const told = `${paint.error(violation.message ?? '')}  The trace has ${length}`;
    context.say(`${told}; it need not be a shortest one.`);
    context.say(`Reproduce: ${commandFor(report, violation.behavior)}`);
  }
  if (written !== null) context.say(`Trace: ${written}`);
  if (outcome.verdict.result === 'assumption') return;
  if (outcome.violations.length === 0 && run.result.steps > 0) {
    const isGenerated = (name: string) => report.generated.has(name);
    const end = report.covered === null ? '\n' : '';
    context.say(`\n${frequencyLines(run.result, model.actions, isGenerated, paint)}${end}`);
  }
  if (report.covered !== null) context.say(`\n${coverageLines(report.covered, paint)}\n`);
  context.say(simulationLines(run.result, run.seconds));
  for (const name of unchecked) {
    context.say(
      `${paint.warning('Not checked:')} ${name}; \`counterplay check\` explores all states.`,
    );
  }
  context.say(`Seed ${settings.seed}, uniform over ${report.options.uniform ?? defaultUniform}.`);
  if (run.limit !== null) context.report(run.limit);
}
