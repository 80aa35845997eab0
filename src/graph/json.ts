/**
 * Graphs as JSON: what Graphology itself exports (so that its `import` reads it), with a header
 * beside it, the state of every node, and all values coded as in ITF. Reading it gives the graph
 * back. One node or edge a line.
 *
 * ITF writes model values as strings. `modelValues` lists them, so that they come back as model
 * values; a spec in which a string and a model value have the same spelling loses the difference.
 */
import { MultiDirectedGraph } from 'graphology';
import type { TraceState } from '../trace/trace.js';
import { decodeItf, type Value } from '../values/index.js';
import type { EdgeAttributes, NodeAttributes, Selection, StateGraph } from './stateGraph.js';
import { ValueTexts } from './valueTexts.js';

export const graphFormat = 'counterplay-graph-1';

export function writeGraphJson(stateGraph: StateGraph): string {
  return [...graphJsonLines(stateGraph)].map((line) => `${line}\n`).join('');
}

/** The lines of the file one by one, for graphs whose text is too long for one string. */
export function* graphJsonLines(stateGraph: StateGraph): Generator<string> {
  const { graph, header } = stateGraph;
  const texts = new ValueTexts();
  const field = (name: string, value: unknown): string =>
    `  ${JSON.stringify(name)}: ${JSON.stringify(value)},`;
  yield '{';
  yield field('format', graphFormat);
  yield field('spec', header.spec);
  yield field('property', header.property);
  yield field('selection', header.selection);
  yield field('complete', header.complete);
  // A decimal string: there may be more paths than a JSON number can count.
  yield field('shortestPaths', header.shortestPaths === null ? null : String(header.shortestPaths));
  yield `  "constants": ${texts.jsonOf(header.constants)},`;
  yield field('options', { type: 'directed', multi: true, allowSelfLoops: true });
  yield field('attributes', {});
  yield '  "nodes": [';
  yield* separated(graph.nodes(), (key) => {
    const attributes = graph.getNodeAttributes(key);
    const state = texts.jsonOf(stateGraph.state(attributes.index));
    return `{"key":${JSON.stringify(key)},"attributes":${withField(attributes, 'state', state)}}`;
  });
  yield '  ],';
  yield '  "edges": [';
  yield* separated(graph.edges(), (key) => {
    const [source, target] = graph.extremities(key);
    const step = stepText(graph.getEdgeAttributes(key), texts);
    return `{${pair('key', key)},${pair('source', source)},${pair('target', target)},${step}}`;
  });
  yield '  ],';
  yield `  "modelValues": ${JSON.stringify([...texts.modelValues].sort())}`;
  yield '}';
}

function* separated<T>(items: readonly T[], write: (item: T) => string): Generator<string> {
  for (const [i, item] of items.entries()) {
    yield `    ${write(item)}${i + 1 < items.length ? ',' : ''}`;
  }
}

/** The JSON of an object with one more field at its end, of which there is the JSON already. */
function withField(object: object, name: string, json: string): string {
  return `${JSON.stringify(object).slice(0, -1)},${JSON.stringify(name)}:${json}}`;
}

function pair(name: string, value: string): string {
  return `"${name}":${JSON.stringify(value)}`;
}

function stepText({ process, choices, ...rest }: EdgeAttributes, texts: ValueTexts): string {
  const by = process === null ? 'null' : texts.json(process);
  const coded = `"process":${by},"choices":${texts.jsonOf(choices)}`;
  return `"attributes":${JSON.stringify(rest).slice(0, -1)},${coded}}`;
}

/** Thrown for text that is no graph of ours; `path` says where in the JSON. */
export class GraphFormatError extends Error {
  constructor(
    message: string,
    readonly path: string,
  ) {
    super(path === '' ? message : `at ${path}: ${message}`);
    this.name = 'GraphFormatError';
  }
}

/** The inverse of `writeGraphJson`. */
export function readGraphJson(text: string): StateGraph {
  const document = object(parse(text), '');
  if (document.format !== graphFormat) {
    throw new GraphFormatError(`expected "${graphFormat}"`, '/format');
  }
  const names = array(document.modelValues, '/modelValues').map(String);
  const read = new ValueReader(new Set(names));
  const states = new Map<number, TraceState>();
  const graph = new MultiDirectedGraph<NodeAttributes, EdgeAttributes>();
  for (const [i, item] of array(document.nodes, '/nodes').entries()) {
    const path = `/nodes/${i}`;
    const { key, attributes } = object(item, path);
    const { state, ...rest } = object(attributes, `${path}/attributes`);
    const node = rest as unknown as NodeAttributes;
    states.set(node.index, read.values(state, `${path}/attributes/state`));
    adding(path, () => graph.addNode(key, node));
  }
  for (const [i, item] of array(document.edges, '/edges').entries()) {
    const path = `/edges/${i}`;
    const { key, source, target, attributes } = object(item, path);
    const edge = readEdge(object(attributes, `${path}/attributes`), read, `${path}/attributes`);
    adding(path, () => graph.addDirectedEdgeWithKey(key, source, target, edge));
  }
  return {
    header: readHeader(document, read),
    graph,
    state: (index) => {
      const state = states.get(index);
      if (state === undefined) throw new Error(`the graph has no state ${index}`);
      return state;
    },
  };
}

function readHeader(document: Record<string, unknown>, read: ValueReader): StateGraph['header'] {
  const { spec, property, selection, complete, shortestPaths } = document;
  if (typeof spec !== 'string') throw new GraphFormatError('expected a string', '/spec');
  return {
    spec,
    constants: read.values(document.constants, '/constants'),
    property: typeof property === 'string' ? property : null,
    selection: selection as Selection,
    complete: complete === true,
    shortestPaths: typeof shortestPaths === 'string' ? BigInt(shortestPaths) : null,
  };
}

function readEdge(data: Record<string, unknown>, read: ValueReader, path: string): EdgeAttributes {
  const { process, choices, ...rest } = data;
  return {
    ...(rest as unknown as Pick<EdgeAttributes, 'action' | 'location'>),
    process: process === null ? null : read.value(process, `${path}/process`),
    choices: read.values(choices, `${path}/choices`),
  };
}

class ValueReader {
  constructor(private readonly modelValues: ReadonlySet<string>) {}

  value(data: unknown, path: string): Value {
    try {
      return decodeItf(data, this.modelValues);
    } catch (error) {
      throw new GraphFormatError((error as Error).message, path);
    }
  }

  values(data: unknown, path: string): ReadonlyMap<string, Value> {
    const entries = Object.entries(object(data, path));
    return new Map(entries.map(([name, it]) => [name, this.value(it, `${path}/${name}`)]));
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new GraphFormatError(`no JSON: ${(error as Error).message}`, '');
  }
}

/** Graphology refuses a key that is there twice and an edge whose ends are not there. */
function adding(path: string, add: () => void): void {
  try {
    add();
  } catch (error) {
    throw new GraphFormatError((error as Error).message, path);
  }
}

function object(data: unknown, path: string): Record<string, unknown> {
  if (typeof data === 'object' && data !== null && !Array.isArray(data)) {
    return data as Record<string, unknown>;
  }
  throw new GraphFormatError('expected an object', path);
}

function array(data: unknown, path: string): readonly unknown[] {
  if (Array.isArray(data)) return data;
  throw new GraphFormatError('expected an array', path);
}
