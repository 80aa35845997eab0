/** `graph`: write the state graph, or the graph of counterexamples. */
import type { Violation } from '../../explore/index.js';
import {
  buildStateGraph,
  type CounterexampleSelection,
  defaultMaxGraphStates,
  GraphLimitError,
  lassoGraph,
  type StateGraph,
} from '../../graph/index.js';
import { count, counted } from '../../report/quantity.js';
import { diagnose, fail } from '../../source/diagnostic.js';
import type { Context } from '../context.js';
import { exitCodes } from '../exitCodes.js';
import { counterexamples, type Exploration, exploreFiles, specFiles } from '../exploration.js';
import { expectWritable, writeWhole } from '../files.js';
import { type GraphFormat, graphText } from '../graphText.js';
import type { ExploreOptions } from '../options.js';

export interface GraphOptions extends ExploreOptions {
  readonly out?: string;
  readonly format?: GraphFormat;
  readonly counterexamples?: string;
  readonly property?: string;
  readonly maxGraphStates?: number;
}

export async function graph(
  spec: string,
  options: GraphOptions,
  context: Context,
): Promise<number> {
  const out = options.out ?? needsOut();
  const format = options.format ?? formatOf(out);
  const selection = readSelection(options.counterexamples);
  if (selection === null && options.property !== undefined) {
    fail('USE004', null, {
      what: 'the selection of --property',
      option: '--counterexamples shortest|all|N',
      remedy: 'The graph of all states belongs to no property.',
    });
  }
  expectWritable(out);
  const files = specFiles(spec, options);
  // A graph of all states must not end at the first violation.
  const exploration = await exploreFiles(files, options, { everyProperty: true }, context);
  if (exploration.found === null || isCutShort(exploration)) return cutShort(exploration, context);
  const built = limited(() => build(exploration, selection, options, context));
  const text = graphText(built, format);
  writeWhole(out, text);
  tell(built, out, format, exploration, context);
  return exitCodes.ok;
}

function needsOut(): never {
  return fail('USE004', null, {
    what: 'the file to write',
    option: '--out FILE',
    remedy: 'FILE ends in .dot or .json.',
  });
}

function formatOf(file: string): GraphFormat {
  const extension = /\.(dot|gv|json)$/.exec(file)?.[1];
  if (extension === undefined) {
    fail('USE004', null, {
      what: 'the format of the graph',
      option: '--format dot|json',
      remedy: `It cannot be told from the name ${file}.`,
    });
  }
  return extension === 'json' ? 'json' : 'dot';
}

export function readSelection(text: string | undefined): CounterexampleSelection | null {
  if (text === undefined) return null;
  if (text === 'shortest' || text === 'all') return text;
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 1) return number;
  const option = '--counterexamples';
  return fail('USE002', null, {
    value: text,
    option,
    expected: 'shortest, all or a whole number from 1',
  });
}

/** A search that met a limit or an interrupt: its graph would claim to be whole. */
function isCutShort({ found }: Exploration): boolean {
  return found !== null && found.run.result.stopped !== null;
}

function cutShort({ outcome }: Exploration, context: Context): number {
  if (outcome.limit !== null) context.report(outcome.limit);
  context.note(`${outcome.message ?? outcome.result}  No graph was written.`);
  if (context.json) context.document({ result: outcome.result, message: outcome.message });
  return outcome.exitCode;
}

function build(
  exploration: Exploration,
  selection: CounterexampleSelection | null,
  options: GraphOptions,
  context: Context,
): StateGraph {
  const { found } = exploration;
  if (found === null) throw new Error('nothing was explored');
  const { result } = found.run;
  const { maxGraphStates: maxStates = defaultMaxGraphStates } = options;
  const isTooLarge = selection === null && result.states.size > maxStates;
  const hasPaths = result.violations.some(({ state }) => state !== null);
  if (selection === null && !(isTooLarge && hasPaths)) {
    return buildStateGraph(found.model, result, { maxStates });
  }
  const lasso = chosenLasso(exploration, options.property);
  if (lasso !== null) return lassoGraph(found.model, found.run.result, lasso.path, lasso.property);
  const violation = chooseViolation(exploration, options.property);
  if (isTooLarge) {
    const states = count(result.states.size);
    const limit = count(maxStates);
    const property = violation.property ?? violation.kind;
    context.report(diagnose('USE078', null, { states, limit, property }));
  }
  return counterexamples(exploration).graph(violation, selection ?? 'shortest', { maxStates });
}

/** The lasso of the property that was asked for; without one, where nothing else is violated. */
function chosenLasso({ found, outcome }: Exploration, property: string | undefined) {
  const { run, liveness = null } = found ?? {};
  if (run === undefined || liveness === null) return null;
  if (property === undefined && run.result.violations.length > 0) return null;
  const { violations } = liveness.result;
  const path = violations.find((it) => {
    const { name } = liveness.temporal.model.properties[it.property] ?? {};
    return property === undefined || name === property;
  });
  if (path === undefined) return null;
  return { path, property: property ?? (outcome.property as string) };
}

/** The violation of the property that was asked for, else the one found first. */
function chooseViolation(exploration: Exploration, property: string | undefined): Violation {
  const { files, found } = exploration;
  const all = (found?.run.result.violations ?? []).filter((it) => it.state !== null);
  const chosen = property === undefined ? all[0] : all.find((it) => it.property === property);
  if (chosen !== undefined) return chosen;
  if (property === undefined || all.length === 0) {
    fail('USE053', null, { spec: files.spec, config: files.config });
  }
  const violated = all.map((it) => it.property ?? it.kind).join(', ');
  return fail('USE051', null, { property, config: files.config, violated });
}

/** A graph beyond the limit is a diagnostic with its remedy. */
export function limited<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof GraphLimitError)) throw error;
    return fail('USE062', null, { message: error.message }, { hint: error.remedy });
  }
}

function tell(
  { graph: built, header }: StateGraph,
  out: string,
  format: GraphFormat,
  exploration: Exploration,
  context: Context,
): void {
  const { property, selection, shortestPaths } = header;
  const size = { nodes: built.order, edges: built.size };
  if (context.json) {
    const paths = shortestPaths === null ? null : String(shortestPaths);
    const { files } = exploration;
    context.document({ ...files, out, format, property, selection, ...size, shortestPaths: paths });
    return;
  }
  const what = property === null ? '' : ` of the counterexamples of ${property}`;
  const paths = shortestPaths === null ? '' : ` (${pathCount(shortestPaths)})`;
  const states = `${counted(size.nodes, 'state')}, ${counted(size.edges, 'edge')}`;
  context.say(`${out}: the graph${what}, ${states}${paths}.`);
}

export function pathCount(count: bigint): string {
  const number = String(count).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${number} shortest ${count === 1n ? 'path' : 'paths'}`;
}
