/** From file names to an outcome: reads the files, runs the pipeline and the search. */
import { dirname } from 'node:path';
import type { CompiledSpec, CompileOptions } from '../compile/index.js';
import { LayoutChanged, type Violation } from '../explore/index.js';
import { Counterexamples, foundTrace, type GraphModel } from '../graph/index.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { diagnose } from '../source/diagnostic.js';
import type { SourceText } from '../source/text.js';
import type { Trace } from '../trace/trace.js';
import {
  type CheckOutcome,
  checkOutcome,
  falseAssumption,
  falsePostcondition,
  unusedWarnings,
} from './checkOutcome.js';
import { type RunSources, runIdentity, textsOf } from './checkpoint/identity.js';
import { readConfiguration } from './configuration.js';
import type { Context } from './context.js';
import { expectFolders, findModule, readSource } from './files.js';
import { graphModel } from './graphModel.js';
import { traceOfLasso } from './lassoTraces.js';
import { type LivenessRun, runLiveness } from './liveness.js';
import type { ExploreOptions } from './options.js';
import { type LoadedSpecification, loadSpecification } from './pipeline.js';
import { withRefinement } from './refinedTraces.js';
import {
  type CheckpointSettings,
  runSearch,
  type SearchRun,
  type SearchSettings,
} from './search.js';

export interface SpecFiles {
  readonly spec: string;
  readonly config: string;
}

export interface Exploration {
  readonly files: SpecFiles;
  readonly source: SourceText;
  readonly loaded: LoadedSpecification;
  readonly outcome: CheckOutcome;
  /** Null where assumptions are false: nothing was explored. */
  readonly found: {
    readonly run: SearchRun;
    readonly model: GraphModel;
    /** Null where properties of whole behaviors were not looked at. */
    readonly liveness: LivenessRun | null;
  } | null;
}

/** CFG defaults to SPEC with the extension `.cfg`. */
export function specFiles(spec: string, options: { readonly config?: string }): SpecFiles {
  return { spec, config: options.config ?? `${spec.replace(/\.tla$/, '')}.cfg` };
}

export interface ExplorationSettings {
  readonly everyProperty: boolean;
  /** In front of the progress line. */
  readonly title?: string;
  readonly checkpoints?: CheckpointSettings;
  /** Steps, tests and branches are counted. */
  readonly covers?: boolean;
  /** Gets the lines that the spec prints while it is explored; without it, standard error. */
  readonly print?: (line: string) => void;
}

/** Mistakes in the files are thrown as diagnostics; warnings are reported on the way. */
export async function exploreFiles(
  files: SpecFiles,
  options: ExploreOptions,
  settings: ExplorationSettings,
  context: Context,
): Promise<Exploration> {
  const start = context.terminal.now();
  let isExploring = true;
  // States are evaluated again for traces and graphs; what they print is not news then.
  const show = settings.print ?? ((line: string) => context.terminal.err(`${line}\n`));
  const print = (line: string) => (isExploring ? show(line) : undefined);
  const { source, sources, loaded } = loadFiles(files, options, {
    print,
    warn: context.report,
    now: Date.now,
    reduces: options.por === true,
    coverage: settings.covers === true,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  for (const warning of loaded.warnings) context.report(warning);
  for (const warning of unreduced(loaded, options)) context.report(warning);
  for (const warning of unusedWarnings(loaded)) context.report(warning);
  // What cannot be checked is told before the search, not after it.
  loaded.compiled.temporal();
  const seconds = () => (context.terminal.now() - start) / 1000;
  const assumption = falseAssumption(loaded, seconds());
  if (assumption !== null) return { files, source, loaded, outcome: assumption, found: null };
  const checkDeadlock = options.deadlock && loaded.specification.checkDeadlock;
  const { pluscal = '', seed = 0 } = options;
  const { everyProperty } = settings;
  const reduces = options.por === true;
  const asked = { everyProperty, checkDeadlock, reduces, pluscal, seed };
  const identity = runIdentity(sources, asked);
  const searched = { ...settings, checkDeadlock, identity, sources: textsOf(sources) };
  const { run, liveness } = await decide(loaded, searched, options, context);
  const isLive = liveness === null || liveness.result.violations.length === 0;
  const postcondition = isLive ? falsePostcondition(loaded, run.result) : null;
  isExploring = false;
  const model = graphModel(files.spec, loaded.compiled);
  const makeTrace = traceMaker(loaded.compiled, model, run, files.config);
  const spent = { ...run, seconds: seconds() + run.secondsBefore };
  const lassos = liveness && {
    run: liveness,
    traces: liveness.result.violations.map((one) =>
      traceOfLasso(one, {
        compiled: loaded.compiled,
        temporal: liveness.temporal,
        model,
        search: run.result,
        config: files.config,
      }),
    ),
  };
  const outcome = checkOutcome(loaded, spent, makeTrace, { postcondition, lassos });
  return { files, source, loaded, outcome, found: { run, model, liveness } };
}

/** Where a value that only ENABLED has made does not fit its slots, everything begins again. */
async function decide(
  loaded: LoadedSpecification,
  settings: SearchSettings,
  options: ExploreOptions,
  context: Context,
): Promise<{ readonly run: SearchRun; readonly liveness: LivenessRun | null }> {
  for (;;) {
    const run = await runSearch(loaded.compiled, settings, options, context);
    try {
      const liveness = await runLiveness(loaded, run.result, settings, options, context);
      if (liveness === null) return { run, liveness };
      const { limit, isInterrupted } = liveness;
      return { run: { ...run, limit: limit ?? run.limit, isInterrupted }, liveness };
    } catch (error) {
      if (!(error instanceof LayoutChanged)) throw error;
    }
  }
}

export function loadFiles(
  files: SpecFiles,
  options: Pick<ExploreOptions, 'config' | 'path' | 'pluscal' | 'seed'>,
  host: CompileOptions = {},
  witnesses: readonly SourceText[] = [],
): {
  readonly source: SourceText;
  readonly sources: RunSources;
  readonly loaded: LoadedSpecification;
} {
  expectFolders(options.path, '--path');
  const source = readSource(files.spec, 'spec');
  const folders = [dirname(files.spec), ...options.path];
  const modules = [source];
  const config = readConfiguration(files, source, options);
  const loaded = loadSpecification({
    spec: source,
    config: config.source,
    findModule: (name) => {
      const found = findModule(name, folders);
      if (found !== null) modules.push(found);
      return found;
    },
    host,
    witnesses,
    ...(options.pluscal === undefined ? {} : { pluscal: options.pluscal }),
  });
  const warnings = [...config.warnings, ...loaded.warnings];
  const sources = { modules, config: config.source };
  return { source, sources, loaded: { ...loaded, warnings } };
}

/** One trace per violation, made once. */
function traceMaker(
  compiled: CompiledSpec,
  model: GraphModel,
  run: SearchRun,
  config: string,
): (violation: Violation) => Trace | null {
  const made = new Map<Violation, Trace | null>();
  return (violation) => {
    let trace = made.get(violation);
    if (trace === undefined) {
      const found = foundTrace(model, run.result, violation);
      trace = found && withRefinement({ ...found, config }, compiled);
      made.set(violation, trace);
    }
    return trace;
  };
}

export function counterexamples(exploration: Exploration): Counterexamples {
  if (exploration.found === null) throw new Error('nothing was explored');
  return new Counterexamples(exploration.found.model, exploration.found.run.result);
}

function unreduced({ compiled }: LoadedSpecification, { por }: ExploreOptions): Diagnostic[] {
  const why = por === true ? compiled.whyUnreduced : null;
  return why === null ? [] : [diagnose('USE075', null, { why })];
}
