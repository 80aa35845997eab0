/** A finished simulation: its JSON document, its verdict in a line, and the command that repeats it. */
import { existsSync } from 'node:fs';
import type { SimulationOptions } from '../explore/index.js';
import type { GraphModel } from '../graph/index.js';
import type { CoverageReport } from '../report/coverage.js';
import { labelsOf, sumOf } from '../report/labels.js';
import type { Palette } from '../report/palette.js';
import { counted } from '../report/quantity.js';
import { meanLength } from '../report/simulation.js';
import { traceToJson } from '../trace/json.js';
import { coverageDocument } from './coverage.js';
import type { SpecFiles } from './exploration.js';
import { quote } from './reproduce.js';
import type { SimulationRun, Uniform } from './simulation.js';
import type { SimulationOutcome } from './simulationOutcome.js';

/** TLC's. */
export const defaultDepth = 100;
export const defaultUniform: Uniform = 'actions';

export interface SimulationReport {
  readonly files: SpecFiles;
  readonly settings: SimulationOptions;
  readonly options: {
    readonly uniform?: Uniform;
    readonly deadlock: boolean;
    readonly pluscal?: string;
    readonly path: readonly string[];
  };
  readonly run: SimulationRun;
  readonly outcome: SimulationOutcome;
  readonly model: GraphModel;
  /** Names of actions that no person wrote. */
  readonly generated: ReadonlySet<string>;
  /** What was counted of the steps that were generated, if that was asked for. */
  readonly covered: CoverageReport | null;
  /** What the configuration asks for, and random behaviors cannot tell. */
  readonly unchecked: readonly string[];
}

/** `simulate --json`. */
export function simulationDocument(report: SimulationReport): unknown {
  const { files, model, options, outcome, run, settings, unchecked } = report;
  const { result, property, message, location } = outcome.verdict;
  const { behaviors, generated, steps, shortest, longest, taken, ends } = run.result;
  const [first] = outcome.violations;
  return {
    ...files,
    result,
    property,
    message,
    location,
    complete: false,
    seed: settings.seed,
    depth: settings.depth,
    uniform: options.uniform ?? defaultUniform,
    behaviors,
    steps,
    states: { generated },
    lengths: { shortest, longest, mean: Math.round(meanLength(run.result) * 10) / 10 },
    ends,
    labels: labelsOf(model.actions).map(({ name, location: place, actions }) => {
      return { label: name, location: place, steps: sumOf(actions, taken) };
    }),
    seconds: Math.round(run.seconds * 1000) / 1000,
    interrupted: run.result.isInterrupted,
    trace: first?.trace ? traceToJson(first.trace) : null,
    behavior: first?.behavior ?? null,
    reproduce: first === undefined ? null : commandFor(report, first.behavior),
    properties: outcome.properties,
    unchecked,
    coverage: report.covered && coverageDocument(report.covered),
  };
}

export function verdictLine({ outcome, run }: SimulationReport, paint: Palette): string {
  const { exitCode, message, result } = outcome.verdict;
  if (exitCode !== 0) {
    const accent = result === 'limit' ? paint.warning : paint.error;
    return `${accent(message ?? result)}  ${paint.dim(`(exit ${exitCode})`)}`;
  }
  const { behaviors } = run.result;
  if (behaviors === 0) {
    const why = run.result.isInterrupted ? 'interrupted' : 'there is no initial state to begin in';
    return paint.warning(`No behavior was simulated: ${why}.`);
  }
  const those = counted(behaviors, 'random behavior');
  return `${paint.good(`Nothing is violated in ${those}.`)} Others may still violate something.`;
}

/** The command for one behavior, or for the whole run. */
export function commandFor(
  { files, options, settings }: SimulationReport,
  behavior: number | null,
): string {
  const { deadlock, path, pluscal, uniform } = options;
  const words = [
    'counterplay simulate',
    quote(files.spec),
    // A spec without constants may do without the file.
    ...(existsSync(files.config) ? ['--config', quote(files.config)] : []),
    `--seed ${settings.seed}`,
    ...(behavior === null ? [] : [`--behavior ${behavior}`]),
    ...(settings.depth === defaultDepth ? [] : [`--depth ${settings.depth}`]),
    ...(uniform === undefined ? [] : [`--uniform ${uniform}`]),
    ...(deadlock ? [] : ['--no-deadlock']),
    ...(pluscal === undefined ? [] : [`--pluscal ${quote(pluscal)}`]),
    ...path.map((folder) => `--path ${quote(folder)}`),
  ];
  return words.join(' ');
}
