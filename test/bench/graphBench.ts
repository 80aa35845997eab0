/**
 * `npm run bench -- --graph`: how long the graph of all states takes after the search, and how much
 * memory the process needs for both. The page-cache spec has a quarter of a million states.
 */
import { loadFiles } from '../../src/cli/exploration.js';
import { graphModel } from '../../src/cli/graphModel.js';
import { explore } from '../../src/explore/index.js';
import { buildStateGraph, dotLines, graphJsonLines } from '../../src/graph/index.js';
import { bytes, count } from '../../src/report/quantity.js';

export interface GraphMeasurement {
  readonly spec: string;
  readonly config: string;
  readonly states: number;
  readonly edges: number;
  readonly searchSeconds: number;
  readonly graphSeconds: number;
  /** Of the processor, in all threads: on a machine that is busy it tells more. */
  readonly graphProcessorSeconds: number;
  /** Making the lines, without writing them. */
  readonly dotSeconds: number;
  readonly jsonSeconds: number;
  /** Of the whole process: before the search, and at the most until the graph is there. */
  readonly startBytes: number;
  readonly peakBytes: number;
}

/** What the graph may take, of about as many states and edges (issue 4, item 7). */
export const goal = { seconds: 15, bytes: 2 * 2 ** 30 } as const;

export function measureGraph(spec: string, config: string): GraphMeasurement {
  const { loaded } = loadFiles({ spec, config }, { path: [] });
  const startBytes = peak();
  const [result, searchSeconds] = timed(() => explore(loaded.compiled, { everyProperty: true }));
  const model = graphModel(spec, loaded.compiled);
  const before = process.cpuUsage();
  const [graph, graphSeconds] = timed(() => {
    return buildStateGraph(model, result, { maxStates: Number.POSITIVE_INFINITY });
  });
  const { user, system } = process.cpuUsage(before);
  const peakBytes = peak();
  const [, dotSeconds] = timed(() => length(dotLines(graph)));
  const [, jsonSeconds] = timed(() => length(graphJsonLines(graph)));
  return {
    spec,
    config,
    states: graph.graph.order,
    edges: graph.graph.size,
    searchSeconds,
    graphSeconds,
    graphProcessorSeconds: (user + system) / 1e6,
    dotSeconds,
    jsonSeconds,
    startBytes,
    peakBytes,
  };
}

export function graphPage(found: GraphMeasurement): string {
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  const isMet = found.graphSeconds <= goal.seconds && found.peakBytes <= goal.bytes;
  return [
    `${found.spec}, ${found.config}: ${count(found.states)} states, ${count(found.edges)} edges`,
    `search      ${seconds(found.searchSeconds)}`,
    `graph       ${seconds(found.graphSeconds)}  after the search, ` +
      `${seconds(found.graphProcessorSeconds)} of processor time; at most ${goal.seconds} s wanted`,
    `DOT, JSON   ${seconds(found.dotSeconds)}, ${seconds(found.jsonSeconds)}  without writing the file`,
    `peak        ${bytes(found.peakBytes)}  of the process until the graph is there, of which ` +
      `${bytes(found.startBytes)} before the search; at most ${bytes(goal.bytes)} wanted`,
    isMet ? 'as wanted' : 'not as wanted',
  ].join('\n');
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  return [work(), (performance.now() - start) / 1000];
}

function length(lines: Iterable<string>): number {
  let sum = 0;
  for (const line of lines) sum += line.length;
  return sum;
}

function peak(): number {
  return process.resourceUsage().maxRSS * 1024;
}
