/** Toys with names: the graph model around a drawn toy, whose only variable is `at`. */
import { explore, type SearchOptions, type SearchResult } from '../../src/explore/index.js';
import {
  type Choice,
  Counterexamples,
  type GraphAction,
  type GraphModel,
} from '../../src/graph/index.js';
import { makeTuple } from '../../src/values/index.js';
import { type Toy, toyModel } from '../explore/toyModels.js';

export interface NamedToy extends Toy {
  /** Action number to name and process; `step` and none where there is no entry. */
  readonly actions?: readonly Partial<GraphAction>[];
  /** The variables' names, one per slot. */
  readonly variables?: readonly string[];
  /** The choices of a step, by its action and its target. */
  readonly chosen?: (action: number, target: readonly number[]) => readonly Choice[];
}

export function graphModel(toy: NamedToy): GraphModel {
  const model = toyModel(toy);
  const variables = toy.variables ?? ['at'];
  return {
    ...model,
    slotSize: (slot) => model.slotSize(slot),
    successors: (state, sink) =>
      model.successors(state, (target, action) => {
        const codes = [...target];
        return sink(target, action, () => toy.chosen?.(action, codes) ?? []);
      }),
    spec: 'Toy',
    constants: new Map([['N', 3]]),
    actions: Array.from({ length: 100 }, (_, action) => ({
      name: `step${action}`,
      process: null,
      args: new Map(),
      location: null,
      ...toy.actions?.[action],
    })),
    decode: (state) => new Map(variables.map((name, slot) => [name, state[slot] as number])),
    choices: (raw) => raw as readonly Choice[],
  };
}

export interface Explored {
  readonly model: GraphModel;
  readonly result: SearchResult;
  readonly counterexamples: Counterexamples;
}

/** Explores everything unless told otherwise. */
export function exploreToy(
  toy: NamedToy,
  options: SearchOptions = { everyProperty: true },
): Explored {
  const model = graphModel(toy);
  const result = explore(model, { checkDeadlock: false, ...options });
  return { model, result, counterexamples: new Counterexamples(model, result) };
}

export const first = <T>(items: readonly T[]): T => {
  const [item] = items;
  if (item === undefined) throw new Error('there is nothing');
  return item;
};

export const pair = (a: number, b: number) => makeTuple([a, b]);
