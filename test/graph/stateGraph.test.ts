import { describe, expect, it } from 'vitest';
import { buildStateGraph, GraphLimitError } from '../../src/graph/index.js';
import { countersToy, drawnToy, failingToy } from '../explore/toyModels.js';
import { exploreToy, type NamedToy } from './drawnGraph.js';

const build = (toy: NamedToy, options = {}) => {
  const { model, result } = exploreToy(toy, { everyProperty: true, ...options });
  return buildStateGraph(model, result);
};

/** Edges as `from -action-> to`, in the values of the toy's variable. */
const drawn = ({ graph, state }: ReturnType<typeof build>): string[] =>
  graph.mapEdges((_, { action }, source, target) => {
    const name = (node: string) => state(graph.getNodeAttribute(node, 'index')).get('at');
    return `${name(source)} -${action}-> ${name(target)}`;
  });

describe('the graph of all states', () => {
  it('has a node for each state and an edge for each step', () => {
    const { graph } = build(countersToy(3));
    // Each of two counters takes 3 steps at each of the 4 values of the other.
    expect([graph.order, graph.size]).toEqual([16, 24]);
  });

  it('has the edges that were drawn, in the order of states and steps', () => {
    expect(drawn(build(drawnToy(['1 2 3 1', '2 2', '1 3'])))).toEqual([
      '1 -step0-> 2',
      '1 -step0-> 3',
      '2 -step0-> 3',
      '2 -step0-> 2',
      '3 -step0-> 1',
    ]);
  });

  it('keeps parallel steps by different actions', () => {
    const { graph } = build(drawnToy(['1 2:4', '1 2:5']));
    expect(graph.edges('0', '1').sort()).toEqual(['0.0', '0.1']);
    expect(graph.mapEdges((_key, { action }) => action)).toEqual(['step4', 'step5']);
  });

  it('keeps parallel steps by different choices, and merges those that agree in everything', () => {
    let calls = 0;
    const graph = build({
      initial: [[0]],
      next: ([n]) => (n === 0 ? [0, 1, 2, 3].map(() => [0, [1]] as const) : []),
      // Two steps choose 0, two choose 1.
      chosen: () => [{ name: 'x', value: calls++ % 2 }],
    });
    expect(graph.graph.mapEdges((_, { choices }) => [...choices])).toEqual([
      [['x', 0]],
      [['x', 1]],
    ]);
  });

  it('tells depth, initial states and violated invariants of each node', () => {
    const toy = drawnToy(['1 2 3'], {
      invariants: { Low: ([n]) => (n as number) < 2, NotThree: ([n]) => n !== 3, Fine: () => true },
    });
    const { graph } = build(toy);
    expect(graph.mapNodes((_, node) => [node.initial, node.depth, node.violates])).toEqual([
      [true, 1, []],
      [false, 2, ['Low']],
      [false, 3, ['Low', 'NotThree']],
    ]);
    expect(graph.mapNodes((_, { violating }) => violating)).toEqual([false, true, true]);
  });

  it('marks a deadlock only where deadlocks are looked for', () => {
    const toy = drawnToy(['1 2']);
    expect(build(toy).graph.getNodeAttribute('1', 'violating')).toBe(false);
    const { graph } = build(toy, { checkDeadlock: true });
    expect(graph.mapNodes((_, { violating }) => violating)).toEqual([false, true]);
  });

  it('marks the state before a failed step', () => {
    const { graph } = build(failingToy(2, 'assertion'));
    expect(graph.mapNodes((_, { violating }) => violating)).toEqual([false, false, true]);
  });

  it('puts action, process, arguments, choices and place on the edge', () => {
    const location = { file: 'Toy.tla', line: 7, column: 3 };
    const { graph } = build({
      ...drawnToy(['1 2']),
      actions: [
        {
          name: 'send',
          process: 'A',
          args: new Map<string, string | number>([
            ['self', 'A'],
            ['to', 5],
          ]),
          location,
        },
      ],
      chosen: () => [{ name: 'either', value: 2 }],
    });
    expect(graph.getEdgeAttributes('0.0')).toEqual({
      action: 'send',
      process: 'A',
      // `self` says no more than the process does.
      choices: new Map([
        ['to', 5],
        ['either', 2],
      ]),
      location,
    });
  });

  it('leaves out states outside the constraint unless they violate something', () => {
    const toy = drawnToy(['1 2 3', '1 4'], {
      constraint: ([n]) => (n as number) < 3,
      invariants: { NotFour: ([n]) => n !== 4 },
    });
    const graph = build(toy);
    expect(drawn(graph)).toEqual(['1 -step0-> 2', '1 -step0-> 4']);
    expect(graph.graph.mapNodes((_, { outside }) => outside)).toEqual([false, false, true]);
    expect(graph.header.complete).toBe(true);
  });

  it('of a search that stopped at a violation says that it is not complete', () => {
    const toy = drawnToy(['1 2 9 8', '1 9'], { invariants: { NotNine: ([n]) => n !== 9 } });
    const graph = build(toy, { everyProperty: false });
    expect(graph.header.complete).toBe(false);
    // The step to 9 is there although the state 1 was not expanded to its end.
    expect(drawn(graph)).toEqual(['1 -step0-> 2', '1 -step0-> 9']);
  });

  it('is refused beyond the limit: the number, the limit and what to do', () => {
    const { model, result } = exploreToy(countersToy(3));
    const refusal = () => buildStateGraph(model, result, { maxStates: 15 });
    expect(refusal).toThrow(GraphLimitError);
    expect(refusal).toThrow('the graph has 16 states, and the limit is 15');
    try {
      refusal();
    } catch (error) {
      expect(error).toMatchObject({ kind: 'limit', stateCount: 16, limit: 15 });
      expect((error as GraphLimitError).remedy).toContain('--max-graph-states');
    }
    expect(buildStateGraph(model, result, { maxStates: 16 }).graph.order).toBe(16);
  });
});
