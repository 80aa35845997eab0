/**
 * One configuration of a hunt: check every property, replay each violation's trace, write graphs
 * and traces. The result is plain data, so that a worker can hand it over.
 */
import { join } from 'node:path';
import type { ReplayVerdict } from '../../replay/verdict.js';
import type { Violation } from '../explore/index.js';
import {
  type Counterexamples,
  counterexampleOn,
  fewestContextSwitches,
  lassoGraph,
  type StateGraph,
} from '../graph/index.js';
import type { HuntProperty, HuntRow } from '../report/huntReport.js';
import { DiagnosticError } from '../source/diagnostic.js';
import { type TraceJson, traceToJson } from '../trace/json.js';
import { moduleName, writeTrace } from '../trace/read.js';
import type { Trace } from '../trace/trace.js';
import type { PropertyOutcome } from './checkOutcome.js';
import { limited } from './commands/graph.js';
import type { Context } from './context.js';
import { describeFailure } from './describeFailure.js';
import { hasDriver, openDriver } from './drivers.js';
import { exitCodeOf } from './exitCodes.js';
import { counterexamples, type Exploration, exploreFiles } from './exploration.js';
import { writeWhole } from './files.js';
import { graphText } from './graphText.js';
import type { HuntTarget } from './huntTargets.js';
import type { ExploreOptions } from './options.js';
import { replayTrace } from './replaying.js';

export interface HuntOptions extends ExploreOptions {
  readonly out?: string;
  readonly report?: string;
  readonly build?: string;
}

/** A violation as it was shown: its trace, its replay, its files. */
export interface HuntFinding {
  readonly property: string;
  readonly trace: TraceJson;
  /** Null where no driver ships for the spec, or it cannot run this configuration. */
  readonly replay: ReplayVerdict | null;
  readonly files: readonly string[];
  /** How many shortest paths its graph shows, in digits; null where it shows one lasso. */
  readonly shortestPaths: string | null;
}

export interface HuntResult {
  readonly row: HuntRow;
  readonly findings: readonly HuntFinding[];
  /** Where it could not be checked: what `check` would have exited with. */
  readonly exitCode?: number;
}

/** A configuration that cannot be checked is a row that says so: it must not lose the others. */
export async function huntVariant(
  target: HuntTarget,
  options: HuntOptions,
  context: Context,
): Promise<HuntResult> {
  try {
    return await explore(target, options, context);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    for (const diagnostic of error.diagnostics) context.report(diagnostic);
    const { result, message } = describeFailure(error.diagnostics);
    const states = { generated: 0, distinct: 0, depth: 0 };
    const row = { ...target, result, complete: false, states, seconds: 0, properties: [], message };
    return { row, findings: [], exitCode: exitCodeOf(error.diagnostics) };
  }
}

async function explore(
  target: HuntTarget,
  options: HuntOptions,
  context: Context,
): Promise<HuntResult> {
  const title = `${target.variant}: `;
  const exploration = await exploreFiles(target, options, { everyProperty: true, title }, context);
  const findings: HuntFinding[] = [];
  if (exploration.found !== null) {
    const all = counterexamples(exploration);
    const replayer = shippedReplayer(target, options, context);
    for (const violation of exploration.found.run.result.violations) {
      if (violation.state === null) continue;
      findings.push(await investigate(violation, all, target, options, replayer));
    }
    for (const lasso of lassosOf(exploration)) {
      findings.push(await investigateLasso(lasso, target, options, replayer));
    }
  }
  return { row: huntRow(target, exploration, findings), findings };
}

interface FoundLasso {
  readonly property: string;
  readonly trace: Trace;
  readonly graph: StateGraph;
}

function lassosOf({ found, outcome }: Exploration): FoundLasso[] {
  const { liveness = null, model, run } = found ?? {};
  if (liveness === null || model === undefined || run === undefined) return [];
  return liveness.result.violations.map((path) => {
    const property = liveness.temporal.model.properties[path.property]?.name ?? '';
    const trace = outcome.properties.find((it) => it.name === property)?.trace ?? null;
    if (trace === null) throw new Error(`the lasso of ${property} has no trace`);
    return { property, trace, graph: lassoGraph(model, run.result, path, property) };
  });
}

/** The easiest to read of the shortest traces, its replay, and the graph of all shortest ones. */
async function investigate(
  violation: Violation,
  all: Counterexamples,
  target: HuntTarget,
  options: HuntOptions,
  replayer: Replayer,
): Promise<HuntFinding> {
  const paths = all.shortest(violation);
  const path = fewestContextSwitches(paths);
  if (path === null) throw new Error('a violation that no path leads to');
  const { config } = target;
  const trace = { ...counterexampleOn(path, violation, paths.expander), config };
  const property = violation.property ?? violation.kind;
  const graph = limited(() => all.graph(violation, 'shortest'));
  return {
    property,
    trace: traceToJson(trace),
    replay: await replayer(trace),
    files: writeFindings(graph, trace, property, target, options),
    shortestPaths: String(paths.count),
  };
}

/** A behavior that never ends: its trace, its replay, its graph. */
async function investigateLasso(
  { property, trace, graph }: FoundLasso,
  target: HuntTarget,
  options: HuntOptions,
  replayer: Replayer,
): Promise<HuntFinding> {
  return {
    property,
    trace: traceToJson(trace),
    replay: await replayer(trace),
    files: writeFindings(graph, trace, property, target, options),
    shortestPaths: null,
  };
}

type Replayer = (trace: Trace) => Promise<ReplayVerdict | null>;

/** Plays traces on the driver that ships; where it cannot run this configuration, it says so once. */
function shippedReplayer(
  { spec, config }: HuntTarget,
  { build }: HuntOptions,
  context: Context,
): Replayer {
  let canReplay = hasDriver(spec);
  return async (trace) => {
    if (!canReplay || trace.steps.length < 2) return null;
    try {
      const { driver } = await openDriver(spec, config, build === undefined ? {} : { build });
      return await replayTrace(trace, driver);
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      // No kernel of this name, for instance: what was checked still stands.
      for (const diagnostic of error.diagnostics) context.report(diagnostic);
      canReplay = false;
      return null;
    }
  };
}

function writeFindings(
  graph: StateGraph,
  trace: Trace,
  property: string,
  target: HuntTarget,
  options: HuntOptions,
): string[] {
  const folder = join(options.out ?? 'out', moduleName(target.spec));
  const base = join(folder, `${target.variant}-${property}`);
  const files: [string, string | Iterable<string>][] = [
    [`${base}.dot`, graphText(graph, 'dot')],
    [`${base}.graph.json`, graphText(graph, 'json')],
    [`${base}.trace.json`, writeTrace(trace, `${base}.trace.json`)],
  ];
  for (const [file, text] of files) writeWhole(file, text);
  return files.map(([file]) => file);
}

function huntRow(
  target: HuntTarget,
  { outcome }: Exploration,
  findings: readonly HuntFinding[],
): HuntRow {
  const { result, complete, states, seconds } = outcome;
  const known = new Set(outcome.properties.map((it) => it.name));
  const others = findings.filter((it) => !known.has(it.property));
  const ofFinding = (name: string): Omit<HuntProperty, 'result'> => {
    const finding = findings.find((it) => it.property === name);
    const traceLength = finding?.trace.steps.length ?? null;
    const { verdict = null, note } = finding?.replay ?? {};
    const told = note === undefined ? {} : { note };
    return { name, scenario: null, traceLength, verdict, ...told };
  };
  const checked = (it: PropertyOutcome) => ({ ...ofFinding(it.name), result: it.result });
  return {
    ...target,
    result,
    complete,
    states,
    ...(outcome.reduced === null ? {} : { reduction: { states: outcome.reduced } }),
    seconds: Math.round(seconds * 1000) / 1000,
    properties: [
      ...outcome.properties.map(checked),
      ...others.map((it) => ({ ...ofFinding(it.property), result: 'violated' as const })),
    ],
  };
}
