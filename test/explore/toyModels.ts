/** Models of a few lines, whose states, counts and shortest traces can be counted by hand. */
import {
  EvaluationFailure,
  type Model,
  type StateKeys,
  type StatePredicate,
  type StateVector,
  type StepPredicate,
} from '../../src/explore/index.js';

/** A step of a toy: the action's number and the codes of the successor. */
export type ToyStep = readonly [action: number, successor: readonly number[]];

export interface Toy {
  readonly initial: readonly (readonly number[])[];
  readonly next: (state: readonly number[]) => Iterable<ToyStep>;
  readonly invariants?: Readonly<Record<string, (state: readonly number[]) => boolean>>;
  readonly constraint?: (state: readonly number[]) => boolean;
  readonly initially?: Readonly<Record<string, (state: readonly number[]) => boolean>>;
  readonly steps?: Readonly<Record<string, ToyStepTest>>;
  readonly stepConstraint?: ToyStepTest;
  /** What decides whether two states are one; the codes of a key are small numbers, too. */
  readonly key?: (state: readonly number[]) => readonly number[];
}

export type ToyStepTest = (from: readonly number[], to: readonly number[]) => boolean;

/** Codes are the numbers themselves; sizes grow as the codes appear, as a compiled spec's do. */
export function toyModel(toy: Toy): Model {
  const slotCount = toy.initial[0]?.length ?? 1;
  const sizes = new Array<number>(slotCount).fill(0);
  const vector = (codes: readonly number[]): StateVector => {
    codes.forEach((code, slot) => {
      sizes[slot] = Math.max(sizes[slot] ?? 0, code + 1);
    });
    return Int32Array.from(codes);
  };
  const predicate = (
    name: string,
    test: (state: readonly number[]) => boolean,
  ): StatePredicate => ({
    name,
    holds: (state) => test([...state]),
  });
  const ofStep = (name: string, test: ToyStepTest): StepPredicate => ({
    name,
    holds: (from, to) => test([...from], [...to]),
  });
  const { initially = {}, steps = {}, stepConstraint, key } = toy;
  return {
    slotCount,
    slotSize: (slot) => sizes[slot] ?? 0,
    actionCount: 100,
    initialStates(sink) {
      for (const codes of toy.initial) if (!sink(vector(codes))) return;
    },
    successors(state, sink) {
      for (const [action, codes] of toy.next([...state])) {
        if (!sink(vector(codes), action, () => [])) return;
      }
    },
    invariants: Object.entries(toy.invariants ?? {}).map(([name, test]) => predicate(name, test)),
    initialProperties: Object.entries(initially).map(([name, test]) => predicate(name, test)),
    actionProperties: Object.entries(steps).map(([name, test]) => ofStep(name, test)),
    constraint: toy.constraint ? predicate('Constraint', toy.constraint) : null,
    actionConstraint: stepConstraint ? ofStep('StepConstraint', stepConstraint) : null,
    keys: key ? keysOf(toy, key) : null,
  };
}

function keysOf(toy: Toy, key: (state: readonly number[]) => readonly number[]): StateKeys {
  const [first = []] = toy.initial;
  return {
    slotCount: key(first).length,
    slotSize: () => 1,
    keyOf: (state) => Int32Array.from(key([...state])),
  };
}

/**
 * A graph drawn by paths: `'1 2 3'` is the initial state 1 and the edges from 1 to 2 and 2 to 3.
 * A path that begins in a state not drawn before makes it initial. Action numbers are all 0; `'1 2:7'` takes action 7 to 2.
 */
export function drawnToy(paths: readonly string[], rest: Omit<Toy, 'initial' | 'next'> = {}): Toy {
  const initial: number[] = [];
  const drawn = new Set<number>();
  const edges = new Map<number, ToyStep[]>();
  for (const path of paths) {
    const [first, ...others] = path.split(' ').map((word) => word.split(':').map(Number));
    let at = first?.[0] as number;
    if (!drawn.has(at)) initial.push(at);
    drawn.add(at);
    for (const [target, action] of others) {
      const steps = edges.get(at) ?? [];
      edges.set(at, steps);
      const step: ToyStep = [action ?? 0, [target as number]];
      if (!steps.some(([a, [t]]) => a === step[0] && t === target)) steps.push(step);
      at = target as number;
      drawn.add(at);
    }
  }
  return {
    initial: initial.map((state) => [state]),
    next: ([state]) => edges.get(state as number) ?? [],
    ...rest,
  };
}

/** A clock that shows 0 to `hours - 1` for ever. */
export function clockToy(hours: number): Toy {
  return { initial: [[0]], next: ([hour]) => [[0, [((hour as number) + 1) % hours]]] };
}

/** Two counters from 0 to `max`; action 0 counts the first one up, action 1 the second one. */
export function countersToy(max: number, rest: Omit<Toy, 'initial' | 'next'> = {}): Toy {
  return {
    initial: [[0, 0]],
    *next([a, b]) {
      if ((a as number) < max) yield [0, [(a as number) + 1, b as number]];
      if ((b as number) < max) yield [1, [a as number, (b as number) + 1]];
    },
    ...rest,
  };
}

/** Counts up and fails when it is to leave `last`. */
export function failingToy(last: number, kind: 'assertion' | 'evaluation-error'): Toy {
  return {
    initial: [[0]],
    next: ([n]) => {
      if (n === last) throw new EvaluationFailure(kind, `nothing follows ${last}`);
      return [[0, [(n as number) + 1]]];
    },
  };
}
