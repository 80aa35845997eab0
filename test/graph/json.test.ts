import { MultiDirectedGraph } from 'graphology';
import { describe, expect, it } from 'vitest';
import {
  buildStateGraph,
  GraphFormatError,
  readGraphJson,
  type StateGraph,
  writeDot,
  writeGraphJson,
} from '../../src/graph/index.js';
import { ModelValue, makeSet, makeTuple, type Value } from '../../src/values/index.js';
import { countersToy, drawnToy } from '../explore/toyModels.js';
import { exploreToy, first, pair } from './drawnGraph.js';

const notNine = { invariants: { NotNine: ([n]: readonly number[]) => n !== 9 } };

/** A graph with a value of every kind somewhere on it. */
const rich = (): StateGraph => {
  const { model, result } = exploreToy({
    ...drawnToy(['1 2:1', '1 2:2', '2 9 1'], notNine),
    actions: [
      { name: 'begin', process: 7, location: { file: 'Toy.tla', line: 2, column: 4 } },
      { name: 'left', process: ModelValue.of('p1') },
      { name: 'right', process: null },
    ],
    chosen: (action) =>
      action === 2
        ? [{ name: 'q', value: makeSet([ModelValue.of('p2'), ModelValue.of('p1')]) }]
        : [],
  });
  const decode = (state: Int32Array) =>
    new Map<string, Value>([
      ['at', state[0] as number],
      ['who', makeTuple([ModelValue.of('nobody'), 'nobody else', pair(1, 2)])],
    ]);
  return buildStateGraph({ ...model, decode }, result);
};

const contents = ({ header, graph, state }: StateGraph) => ({
  header,
  nodes: graph.mapNodes((key, node) => [key, node, state(node.index)]),
  edges: graph.mapEdges((key, edge, source, target) => [key, edge, source, target]),
});

describe('a graph as JSON', () => {
  it('is read back as it was, model values too', () => {
    expect(contents(readGraphJson(writeGraphJson(rich())))).toEqual(contents(rich()));
  });

  it('written, read and written again is the same text', () => {
    const text = writeGraphJson(rich());
    expect(writeGraphJson(readGraphJson(text))).toBe(text);
    expect(writeDot(readGraphJson(text))).toBe(writeDot(rich()));
  });

  it('keeps a number of paths that no JSON number can hold', () => {
    const toy = countersToy(60, { invariants: { Inv: ([a, b]) => a !== 60 || b !== 60 } });
    const { result, counterexamples } = exploreToy(toy);
    const graph = counterexamples.graph(first(result.violations), 'shortest');
    const { header } = readGraphJson(writeGraphJson(graph));
    expect(header).toMatchObject({ property: 'Inv', selection: 'shortest', complete: true });
    expect(header.shortestPaths).toBe(graph.header.shortestPaths);
  });

  it('begins with its format and what it is of, and codes values as ITF does', () => {
    const document = JSON.parse(writeGraphJson(rich()));
    expect(document).toMatchObject({
      format: 'counterplay-graph-1',
      spec: 'Toy',
      property: null,
      selection: 'all states',
      constants: { N: { '#bigint': '3' } },
      modelValues: ['nobody', 'p1', 'p2'],
    });
    expect(document.nodes[0]).toEqual({
      key: '0',
      attributes: {
        index: 0,
        initial: true,
        depth: 1,
        violates: [],
        violating: false,
        outside: false,
        state: {
          at: { '#bigint': '1' },
          who: {
            '#tup': ['nobody', 'nobody else', { '#tup': [{ '#bigint': '1' }, { '#bigint': '2' }] }],
          },
        },
      },
    });
    expect(document.edges[1]).toMatchObject({
      key: '0.1',
      source: '0',
      target: '1',
      attributes: { action: 'right', process: null, choices: { q: { '#set': ['p1', 'p2'] } } },
    });
  });

  it('is a graph to Graphology itself', () => {
    const graph = new MultiDirectedGraph().import(JSON.parse(writeGraphJson(rich())));
    expect([graph.order, graph.size]).toEqual([3, 4]);
    expect(graph.edges('0', '1')).toHaveLength(2);
  });

  it.each([
    ['text that is no JSON', '{', 'no JSON'],
    [
      'another format',
      '{"format": "counterplay-trace-1"}',
      'at /format: expected "counterplay-graph-1"',
    ],
    ['a list', '[]', 'expected an object'],
    [
      'a node without a state',
      '{"format": "counterplay-graph-1", "modelValues": [], "nodes": [{"key": "0", "attributes": {}}]}',
      'at /nodes/0/attributes/state: expected an object',
    ],
    [
      'a value that is none',
      '{"format": "counterplay-graph-1", "modelValues": [], "nodes": [{"key": "0", "attributes": {"state": {"x": 1.5}}}]}',
      'at /nodes/0/attributes/state/x: 1.5 is no ITF value',
    ],
    [
      'an edge to nowhere',
      '{"format": "counterplay-graph-1", "modelValues": [], "nodes": [], "edges": [{"key": "0.0", "source": "0", "target": "1", "attributes": {"process": null, "choices": {}}}]}',
      'at /edges/0: ',
    ],
  ])('refuses %s, and says where', (_, text, message) => {
    expect(() => readGraphJson(text)).toThrow(GraphFormatError);
    expect(() => readGraphJson(text)).toThrow(message);
  });
});
