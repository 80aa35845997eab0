import { describe, expect, it } from 'vitest';
import { explore } from '../../src/explore/index.js';
import {
  fewestContextSwitches,
  firstPaths,
  foundTrace,
  type Path,
  traceOf,
} from '../../src/graph/index.js';
import { countersToy, drawnToy } from '../explore/toyModels.js';
import { type Explored, exploreToy, first, graphModel } from './drawnGraph.js';

const notNine = { invariants: { NotNine: ([n]: readonly number[]) => n !== 9 } };

const traceOfFirst = ({ model, result }: Explored) => {
  const trace = foundTrace(model, result, first(result.violations));
  if (trace === null) throw new Error('no trace');
  return trace;
};

const processes = ({ model }: Explored, path: Path | null) =>
  path?.steps.map((step) => model.actions[step.action]?.process);

describe('the trace that was found', () => {
  it('is a shortest one, its states decoded and its steps named', () => {
    const location = { file: 'Toy.tla', line: 3, column: 1 };
    const explored = exploreToy({
      ...drawnToy(['1 2 3 9', '1 2 9:1'], notNine),
      actions: [{ name: 'walk', process: 'p', location }, { name: 'jump' }],
      chosen: (action) => (action === 1 ? [{ name: 'far', value: true }] : []),
    });
    const trace = traceOfFirst(explored);
    expect(trace).toMatchObject({ spec: 'Toy', property: 'NotNine', loop: null });
    expect(trace.constants).toEqual(new Map([['N', 3]]));
    const none = new Map();
    expect(trace.steps).toEqual([
      { action: null, process: null, choices: none, location: null, state: new Map([['at', 1]]) },
      { action: 'walk', process: 'p', choices: none, location, state: new Map([['at', 2]]) },
      {
        action: 'jump',
        process: null,
        choices: new Map([['far', true]]),
        location: null,
        state: new Map([['at', 9]]),
      },
    ]);
  });

  it('needs no more than a search that stopped at the violation', () => {
    const explored = exploreToy(drawnToy(['1 2 3 9 8', '1 4'], notNine), { everyProperty: false });
    expect(traceOfFirst(explored).steps.map(({ state }) => state.get('at'))).toEqual([1, 2, 3, 9]);
  });

  it('of a deadlock ends in the stuck state and names no property', () => {
    const explored = exploreToy(drawnToy(['1 2 3']), { checkDeadlock: true });
    expect(traceOfFirst(explored)).toMatchObject({ property: null });
    expect(traceOfFirst(explored).steps).toHaveLength(3);
  });

  it('does not exist where there is no state', () => {
    const model = graphModel(drawnToy(['1 2']));
    const result = explore(model);
    const violation = {
      kind: 'evaluation-error',
      property: null,
      state: null,
      failure: null,
      phase: 'initial-states',
    } as const;
    expect(foundTrace(model, result, violation)).toBeNull();
  });
});

describe('several traces', () => {
  it('are different paths of one length, always in the same order', () => {
    const toy = drawnToy(['1 2 9', '1 3 9:1', '1 3 9:2'], notNine);
    const list = () => {
      const { model, result, counterexamples } = exploreToy(toy);
      return firstPaths(counterexamples.shortest(first(result.violations)), 10).map((path) =>
        traceOf(model, result, path, 'NotNine').steps.map((step) => [
          step.action,
          step.state.get('at'),
        ]),
      );
    };
    expect(list()).toEqual([
      [
        [null, 1],
        ['step0', 2],
        ['step0', 9],
      ],
      [
        [null, 1],
        ['step0', 3],
        ['step1', 9],
      ],
      [
        [null, 1],
        ['step0', 3],
        ['step2', 9],
      ],
    ]);
    expect(list()).toEqual(list());
  });
});

describe('the path with the fewest context switches', () => {
  const fewest = (explored: Explored): Path | null =>
    fewestContextSwitches(explored.counterexamples.shortest(first(explored.result.violations)));

  it('lets each of two processes finish at once', () => {
    const explored = exploreToy({
      ...countersToy(4, { invariants: { Inv: ([a, b]) => a !== 4 || b !== 4 } }),
      actions: [{ process: 'A' }, { process: 'B' }],
    });
    expect(processes(explored, fewest(explored))).toEqual([...'AAAABBBB']);
  });

  it('looks ahead: a switch early that saves two later is taken', () => {
    // By way of 2 the processes are A A B A, by way of 3 they are A B B B.
    const explored = exploreToy({
      ...drawnToy(['1 4:0 2:0 5:1 9:0', '1 4:0 3:1 6:1 9:1'], notNine),
      actions: [{ process: 'A' }, { process: 'B' }],
    });
    expect(processes(explored, fewest(explored))).toEqual([...'ABBB']);
  });

  it('chooses among initial states and parallel steps', () => {
    // From 1 the way is A B; from 2 it is B and then A or B.
    const explored = exploreToy({
      ...drawnToy(['1 3:0 9:1', '2 4:1 9:0', '2 4:1 9:1'], notNine),
      actions: [{ process: 'A' }, { process: 'B' }],
    });
    expect(processes(explored, fewest(explored))).toEqual([...'BB']);
  });

  it('is empty where an initial state violates', () => {
    const explored = exploreToy(drawnToy(['9 1'], notNine));
    expect(fewest(explored)).toEqual({ start: 0, steps: [] });
  });
});
