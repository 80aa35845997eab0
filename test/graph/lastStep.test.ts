/** Counterexamples that end with a step: its state need not be one of the search's. */
import { describe, expect, it } from 'vitest';
import {
  buildStateGraph,
  counterexampleOn,
  fewestContextSwitches,
  foundTrace,
} from '../../src/graph/index.js';
import { drawnToy } from '../explore/toyModels.js';
import { type Explored, exploreToy, first } from './drawnGraph.js';

type Codes = readonly number[];
const grows = { Grows: ([a = 0]: Codes, [b = 0]: Codes) => b > a };

const states = ({ model, result }: Explored) =>
  foundTrace(model, result, first(result.violations))?.steps.map(({ state }) => state.get('at'));

describe('the trace of a violated action property', () => {
  const toy = drawnToy(['1 2 5', '1 2 3 4', '3 1:7'], {
    steps: grows,
  });

  it('ends with the second state of the step, with its action and choices', () => {
    const explored = exploreToy({
      ...toy,

      actions: Array.from({ length: 8 }, (_, i) => ({ name: `act${i}`, process: `p${i}` })),
      chosen: (action) => (action === 7 ? [{ name: 'back', value: true }] : []),
    });
    const violation = first(explored.result.violations);
    const trace = foundTrace(explored.model, explored.result, violation);
    expect(trace?.steps.map(({ state }) => state.get('at'))).toEqual([1, 2, 3, 1]);
    expect(trace?.steps.at(-1)).toMatchObject({ action: 'act7', process: 'p7' });
    expect(trace?.steps.at(-1)?.choices).toEqual(new Map([['back', true]]));
    expect(trace?.property).toBe('Grows');
  });

  it('is the same on the path that is easiest to read', () => {
    const { result, counterexamples } = exploreToy(toy);
    const violation = first(result.violations);
    const paths = counterexamples.shortest(violation);
    const path = fewestContextSwitches(paths);
    if (path === null) throw new Error('no path');
    const trace = counterexampleOn(path, violation, paths.expander);
    expect(trace.steps.map(({ state }) => state.get('at'))).toEqual([1, 2, 3, 1]);
  });
});

describe('the graph of the counterexamples of an action property', () => {
  it('has all states from which a step violates it, and those steps', () => {
    // The property is violated by 3-1 and by 4-2, both three steps from 1, and by 6-5, deeper.
    const toy = drawnToy(['1 2 3 1', '1 2 4 2', '4 6 5'], { steps: grows });
    const { result, counterexamples } = exploreToy(toy);
    const { graph, state } = counterexamples.graph(first(result.violations), 'shortest');
    const at = (node: string) => state(Number(node)).get('at') as number;
    const edges = graph.mapEdges((_, __, from, to) => `${at(from)}-${at(to)}`);
    expect(edges.sort()).toEqual(['1-2', '2-3', '2-4', '3-1', '4-2']);
    const ends = graph.filterNodes((_, { violating }) => violating).map(at);
    expect(ends).toEqual([3, 4]);
  });

  it('marks those states in the graph of all states as well', () => {
    const { model, result } = exploreToy(drawnToy(['1 2 3 1', '2 0'], { steps: grows }));
    const { graph, state } = buildStateGraph(model, result);
    const ends = graph.filterNodes((_, { violating }) => violating);
    expect(ends.map((node) => state(Number(node)).get('at'))).toEqual([2, 3]);
  });
});

describe('a trace beyond the states of the search', () => {
  it('is an initial state alone, if that is outside the search', () => {
    const toy = drawnToy(['9', '1 2'], {
      constraint: ([n]) => n !== 9,
      invariants: { NotNine: ([n]) => n !== 9 },
      stepConstraint: () => true,
    });
    expect(states(exploreToy(toy))).toEqual([9]);
  });

  it('ends with a state that only a step outside the action constraint reaches', () => {
    const toy = drawnToy(['1 3 2'], {
      invariants: { NotTwo: ([n]) => n !== 2 },
      stepConstraint: grows.Grows,
    });
    expect(states(exploreToy(toy))).toEqual([1, 3, 2]);
  });

  it('shows a step that failed in the making as far as it got', () => {
    const { model, result } = exploreToy(drawnToy(['1 2']));
    const values = new Map([['at', 7]]);
    const unfinished = { action: 4, choices: [{ name: 'x', value: 1 }], values };
    const told = { ...model, unfinishedStep: () => unfinished };
    const failure = Object.assign(new Error('open'), { kind: 'evaluation-error', detail: null });
    const violation = {
      kind: 'evaluation-error',
      property: null,
      state: 1,
      failure,
      phase: 'step',
    } as const;
    const last = foundTrace(told, result, violation as never)?.steps.at(-1);
    expect(last).toMatchObject({ action: 'step4', state: values });
    expect(last?.choices).toEqual(new Map([['x', 1]]));
  });
});

describe('a graph of states that stand for others', () => {
  // 1 goes to 2 and 12, which stands behind 2; each goes on to 3, and 2 back to 11, that is to 1.
  const toy = drawnToy(['1 2 3', '1 12 3', '2 11'], {
    key: ([n = 0]: Codes) => [n % 10],
    invariants: { NotThree: ([n]) => n !== 3 },
  });

  it('has the steps to a state that another stands for, as steps to that one', () => {
    const { model, result } = exploreToy(toy);
    expect(result.distinct).toBe(3);
    const { graph, state } = buildStateGraph(model, result);
    const at = (node: string) => state(Number(node)).get('at');
    const edges = graph.mapEdges((_, __, from, to) => `${at(from)}-${at(to)}`);
    expect(edges.sort()).toEqual(['1-2', '2-1', '2-3']);
  });

  it('has real steps only in counterexamples', () => {
    const { result, counterexamples } = exploreToy(toy);
    const { graph, state } = counterexamples.graph(first(result.violations), 'all');
    const at = (node: string) => state(Number(node)).get('at');
    const edges = graph.mapEdges((_, __, from, to) => `${at(from)}-${at(to)}`);
    expect(edges.sort()).toEqual(['1-2', '2-3']);
  });
});

it('leaves steps outside the action constraint out of every graph', () => {
  const toy = drawnToy(['1 2 3 1', '1 3'], { stepConstraint: grows.Grows });
  const { model, result } = exploreToy(toy);
  const { graph, state } = buildStateGraph(model, result);
  const at = (node: string) => state(Number(node)).get('at');
  const edges = graph.mapEdges((_, __, from, to) => `${at(from)}-${at(to)}`);
  expect(edges.sort()).toEqual(['1-2', '1-3', '2-3']);
});
