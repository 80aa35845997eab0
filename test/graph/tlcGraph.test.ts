import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildStateGraph } from '../../src/graph/index.js';
import { exploreToy } from './drawnGraph.js';

/** Codes are not negative and x is: -5 is coded as 0, and -6, outside anyway, as `farAway`. */
const offset = 5;
const farAway = 1000;

/** `test/oracle/specs/config/Constrained.tla` by hand: a plane that CONSTRAINT cuts. */
const constrained = {
  initial: [[offset, 0]],
  *next([x = 0, y = 0]: readonly number[]) {
    yield [0, [x === 0 ? farAway : x - 1, y]] as const;
    yield [1, [x + 1, y]] as const;
    yield [2, [x, y + 1]] as const;
  },
  constraint: ([x = 0, y = 0]: readonly number[]) => x <= 2 * offset && y <= 4,
  actions: [{ name: 'Left' }, { name: 'Right' }, { name: 'Up' }],
};

/** TLC's file, as (state, action, state) in the words of its own labels. */
function readTlc(file: string): { nodes: string[]; edges: string[] } {
  const text = readFileSync(new URL(`../oracle/graphs/${file}`, import.meta.url), 'utf8');
  const labels = new Map<string, string>();
  for (const [, node, label] of text.matchAll(/^(-?\d+) \[label="([^"]*)"/gm)) {
    labels.set(node as string, label as string);
  }
  const edges = [...text.matchAll(/^(-?\d+) -> (-?\d+) \[label="(\w+)"/gm)].map(
    ([, from, to, action]) =>
      `${labels.get(from as string)} -${action}-> ${labels.get(to as string)}`,
  );
  return { nodes: [...labels.values()].sort(), edges: edges.sort() };
}

it('has the states and steps that TLC writes for the same spec', () => {
  const { model, result } = exploreToy(constrained);
  const { graph, state } = buildStateGraph(model, result);
  const label = (node: string): string => {
    const [x, y] = result.stateAt(graph.getNodeAttribute(node, 'index'));
    expect(state(Number(node)).get('at')).toBe(x);
    return `/\\\\ x = ${(x as number) - offset}\\n/\\\\ y = ${y}`;
  };
  const ours = {
    nodes: graph.mapNodes(label).sort(),
    edges: graph
      .mapEdges((_, { action }, from, to) => `${label(from)} -${action}-> ${label(to)}`)
      .sort(),
  };
  const tlc = readTlc('config__Constrained.dot');
  expect(tlc.nodes).toHaveLength(55);
  expect(ours).toEqual(tlc);
});
