import { describe, expect, it } from 'vitest';
import type { CounterexampleSelection, StateGraph } from '../../src/graph/index.js';
import { countersToy, drawnToy, failingToy } from '../explore/toyModels.js';
import { exploreToy, first, type NamedToy } from './drawnGraph.js';

const notNine = { invariants: { NotNine: ([n]: readonly number[]) => n !== 9 } };

const graphOf = (toy: NamedToy, selection: CounterexampleSelection, options = {}): StateGraph => {
  const { result, counterexamples } = exploreToy(toy, { everyProperty: true, ...options });
  return counterexamples.graph(first(result.violations), selection);
};

/** Edges as `1→2`, sorted, in the values of the toy's variable. */
const drawn = ({ graph, state }: StateGraph): string[] => {
  const name = (node: string) => state(graph.getNodeAttribute(node, 'index')).get('at');
  return graph.mapEdges((_, __, source, target) => `${name(source)}→${name(target)}`).sort();
};

const corner = (size: number) =>
  countersToy(size, { invariants: { Inv: ([a, b]) => a !== size || b !== size } });

/** n! */
const factorial = (n: number): bigint => (n < 2 ? 1n : BigInt(n) * factorial(n - 1));

describe('all shortest counterexamples', () => {
  it('leave out longer paths, dead ends and what lies behind the violation', () => {
    const toy = drawnToy(['1 2 9 5', '1 3 9', '1 4 6 9', '1 7', '2 3'], notNine);
    const graph = graphOf(toy, 'shortest');
    expect(drawn(graph)).toEqual(['1→2', '1→3', '2→9', '3→9']);
    expect(graph.header).toMatchObject({ property: 'NotNine', shortestPaths: 2n, complete: true });
  });

  it('end in every violating state of the smallest depth, and in none that is deeper', () => {
    const toy = drawnToy(['1 2 8', '1 3 9', '3 4 7'], {
      invariants: { Low: ([n]) => (n as number) < 7 },
    });
    expect(drawn(graphOf(toy, 'shortest'))).toEqual(['1→2', '1→3', '2→8', '3→9']);
  });

  it('begin in each initial state that is near enough', () => {
    const toy = drawnToy(['1 3 9', '2 3 9', '4 5 3'], notNine);
    const graph = graphOf(toy, 'shortest');
    expect(drawn(graph)).toEqual(['1→3', '2→3', '3→9']);
    expect(graph.header.shortestPaths).toBe(2n);
  });

  it('are as many as there are ways through a grid', () => {
    const { result, counterexamples } = exploreToy(corner(4));
    const violation = first(result.violations);
    const { count } = counterexamples.shortest(violation);
    // 8 steps, of which 4 belong to the first counter.
    expect(count).toBe(factorial(8) / (factorial(4) * factorial(4)));
    expect([...counterexamples.shortest(violation).paths()]).toHaveLength(Number(count));
  });

  it('are counted, not listed, where they are too many', () => {
    const { result, counterexamples } = exploreToy(corner(60));
    const { count } = counterexamples.shortest(first(result.violations));
    expect(count).toBe(factorial(120) / (factorial(60) * factorial(60)));
  });

  it('count parallel steps as different', () => {
    const toy = drawnToy(['1 2:1 9:1', '1 2:2 9:1', '1 2:1 9:3'], notNine);
    const graph = graphOf(toy, 'shortest');
    // Two steps to 2 and two from there.
    expect(graph.header.shortestPaths).toBe(4n);
    expect(graph.graph.size).toBe(4);
  });

  it('may be one initial state', () => {
    const { graph, header } = graphOf(drawnToy(['9 1', '2 9'], notNine), 'shortest');
    expect([graph.order, graph.size, header.shortestPaths]).toEqual([1, 0, 1n]);
  });

  it('lead to deadlocks', () => {
    const toy = drawnToy(['1 2 4', '1 3 5', '1 3 1']);
    const graph = graphOf(toy, 'shortest', { checkDeadlock: true });
    expect(drawn(graph)).toEqual(['1→2', '1→3', '2→4', '3→5']);
    expect(graph.header.property).toBeNull();
  });

  it('lead to the state before a failed assertion', () => {
    const { graph, header } = graphOf(failingToy(3, 'assertion'), 'shortest');
    expect([graph.order, graph.size, header.shortestPaths]).toEqual([4, 3, 1n]);
  });

  it('lead out of the constraint where the violation lies there', () => {
    const toy = drawnToy(['1 2 9', '1 3 9', '3 8'], { ...notNine, constraint: ([n]) => n !== 9 });
    expect(drawn(graphOf(toy, 'shortest'))).toEqual(['1→2', '1→3', '2→9', '3→9']);
  });

  it('are told to be incomplete where the search stopped at the first violation', () => {
    const toy = drawnToy(['1 2 9', '1 3 9'], notNine);
    expect(graphOf(toy, 'shortest', { everyProperty: false }).header.complete).toBe(false);
    expect(graphOf(toy, 'shortest').header.complete).toBe(true);
  });

  it('are the same whichever property is asked for first', () => {
    const toy = drawnToy(['1 2 9 8'], {
      invariants: { NotNine: ([n]) => n !== 9, NotEight: ([n]) => n !== 8 },
    });
    const { result, counterexamples } = exploreToy(toy);
    const sizes = result.violations.map(
      (violation) => counterexamples.graph(violation, 'shortest').graph.order,
    );
    expect(sizes).toEqual([3, 4]);
  });
});

describe('every counterexample', () => {
  it('has all states from which a violation can be reached, cycles too', () => {
    const toy = drawnToy(['1 2 9 5', '1 3 4 3', '4 9', '1 7 7', '9 6 9'], notNine);
    expect(drawn(graphOf(toy, 'all'))).toEqual([
      '1→2',
      '1→3',
      '2→9',
      '3→4',
      '4→3',
      '4→9',
      '6→9',
      '9→6',
    ]);
  });

  it('is refused beyond the limit, with the smaller graph as a way out', () => {
    const { result, counterexamples } = exploreToy(corner(3));
    expect(() => counterexamples.graph(first(result.violations), 'all', { maxStates: 3 })).toThrow(
      'the graph has 16 states, and the limit is 3',
    );
  });
});

describe('the first N counterexamples', () => {
  it('are a path where one is asked for', () => {
    expect(drawn(graphOf(drawnToy(['1 2 9', '1 3 9'], notNine), 1))).toEqual(['1→2', '2→9']);
  });

  it('are the union of their paths', () => {
    const toy = drawnToy(['1 2 5 9', '1 3 5 9', '1 4 6 9'], notNine);
    expect(drawn(graphOf(toy, 2))).toEqual(['1→2', '1→3', '2→5', '3→5', '5→9']);
  });

  it('are all of them where there are fewer', () => {
    const toy = drawnToy(['1 2 9', '1 3 9'], notNine);
    expect(drawn(graphOf(toy, 50))).toEqual(drawn(graphOf(toy, 'shortest')));
  });

  it('come without listing the others, however deep', () => {
    const graph = graphOf(corner(60), 3);
    // Three paths of 120 steps that part only near the end, of the 10^34 there are.
    expect(graph.graph.order).toBeLessThan(130);
    expect(graph.graph.order).toBeGreaterThan(121);
  });
});

it('an edge has the same key in every graph', () => {
  const toy = drawnToy(['1 3', '1 2 9'], notNine);
  expect(graphOf(toy, 'shortest').graph.edges()).toEqual(['0.1', '2.0']);
});
