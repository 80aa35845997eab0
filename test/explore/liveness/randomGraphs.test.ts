/**
 * Random graphs, formulas and fairness: the verdict is that of a second, naive decision procedure,
 * and every lasso is a path that satisfies the assumption and not the property, straight from the
 * definition of the operators.
 */
import { describe, expect, it } from 'vitest';
import type { Formula, LivenessViolation, TemporalModel } from '../../../src/explore/index.js';
import { type ToyStep, toyModel } from '../toyModels.js';
import { decideModel, parseFormula } from './drawnBehaviors.js';
import { type Position, satisfies } from './lassoSemantics.js';
import { isSatisfiable, type PlainGraph } from './naiveDecision.js';

function generator(seed: number): (below: number) => number {
  let bits = Math.imul(seed + 1, 0x9e3779b1) | 1;
  return (below) => {
    bits ^= bits << 13;
    bits ^= bits >>> 17;
    bits ^= bits << 5;
    return (bits >>> 0) % below;
  };
}

interface RandomGraph {
  readonly stateCount: number;
  /** (action, target) of each state. */
  readonly edges: readonly (readonly ToyStep[])[];
  readonly initial: readonly number[];
  /** The states in which p and q hold. */
  readonly atoms: readonly (readonly number[])[];
  /** The step atoms of each action. */
  readonly actions: readonly (readonly number[])[];
}

function randomGraph(random: (below: number) => number, stateMax: number): RandomGraph {
  const stateCount = 1 + random(stateMax);
  const states = Array.from({ length: stateCount }, (_, i) => i);
  const edges = states.map(() =>
    Array.from({ length: random(4) }, (): ToyStep => [random(3), [random(stateCount)]]),
  );
  const initial = random(3) === 0 ? [0, random(stateCount)] : [0];
  const atoms = [0, 1].map(() => states.filter(() => random(2) === 0));
  return { stateCount, edges, initial: [...new Set(initial)], atoms, actions: [[0], [1], [0, 1]] };
}

/** The states that can be reached are numbered by their code: the toy's only slot. */
function modelsOf(
  graph: RandomGraph,
  assumption: Formula,
  property: Formula,
  conditions: TemporalModel['conditions'],
) {
  const model = toyModel({
    initial: graph.initial.map((state) => [state]),
    next: ([state]) => graph.edges[state as number] ?? [],
  });
  const temporal: TemporalModel = {
    stateAtomCount: 2,
    stateAtoms(state, bits) {
      graph.atoms.forEach((states, i) => {
        if (states.includes(state[0] as number)) bits[0] = (bits[0] as number) | (1 << i);
      });
    },
    stepAtoms: [0, 1].map((atom) => ({
      kind: 'actions',
      actions: graph.actions.flatMap((atoms, action) => (atoms.includes(atom) ? [action] : [])),
      guards: [],
      change: null,
    })),
    evaluateStep: () => {},
    conditions,
    assumption,
    properties: [{ name: 'P', formula: property }],
  };
  return { model, temporal };
}

/** A step satisfies what any of the actions says that lead from the one state to the other. */
function plainGraph({ edges, stateCount, initial, atoms, actions }: RandomGraph): PlainGraph {
  const steps = edges.flatMap((all, from) =>
    [...new Set(all.map(([, [to]]) => to as number))]
      .filter((to) => to !== from)
      .map((to) => {
        const made = all
          .filter(([, [target]]) => target === to)
          .flatMap(([action]) => actions[action] ?? []);
        return { from, to, atoms: [...new Set(made)] };
      }),
  );
  return {
    stateCount,
    initial,
    steps,
    atomsOf: (state) => atoms.flatMap((states, i) => (states.includes(state) ? [i] : [])),
    enabledIn: (state) => steps.flatMap(({ from, atoms: made }) => (from === state ? made : [])),
  };
}

function positionsOf(
  violation: LivenessViolation,
  codes: readonly number[],
  graph: PlainGraph,
): Position[] {
  return codes.map((from, i) => {
    const to = codes[i + 1] ?? (codes[violation.loop] as number);
    const step = graph.steps.find((one) => one.from === from && one.to === to);
    const isStuttering = i === codes.length - 1 && violation.loop === i;
    if (step === undefined && !isStuttering) throw new Error(`no step from ${from} to ${to}`);
    return {
      state: new Set(graph.atomsOf(from)),
      step: new Set(step?.atoms ?? []),
      enabled: new Set(graph.enabledIn(from)),
    };
  });
}

function randomFormula(random: (below: number) => number, depth: number): Formula {
  const inner = () => randomFormula(random, depth - 1);
  if (depth === 0 || random(8) === 0) {
    return random(3) === 0 ? stepFormula(random) : { kind: 'state', atom: random(2) };
  }
  switch (random(7)) {
    case 0:
      return { kind: 'not', operand: inner() };
    case 1:
      return { kind: 'and', operands: [inner(), inner()] };
    case 2:
      return { kind: 'or', operands: [inner(), inner()] };
    case 3:
    case 4:
      return { kind: 'always', operand: inner() };
    default:
      return { kind: 'eventually', operand: inner() };
  }
}

/** `<><<A>>_v` or `[][~A]_v`: nothing else can be said of a step. */
function stepFormula(random: (below: number) => number): Formula {
  const step: Formula = { kind: 'step', atom: random(2) };
  if (random(2) === 0) return { kind: 'eventually', operand: step };
  return { kind: 'always', operand: { kind: 'not', operand: step } };
}

/** What people write, with the atoms drawn at random. */
const shapes = [
  'p ~> q',
  '[]<>p',
  '<>[]p',
  '<>p',
  '[]p \\/ <>q',
  '[]<>p => []<>q',
  '<>[](p => <>q)',
  '[](p => []q) \\/ <>[]~p',
  '[]<><a>',
  '<>[]~<a>',
  '[](<a> => <>q)',
  '<>[](p \\/ ~<b>)',
  'WF(a)',
  'SF(b)',
  '[]<>p /\\ (q ~> p)',
  '(p ~> q) => WF(b)',
];

const conditions: TemporalModel['conditions'] = (['weak', 'strong'] as const).flatMap((strength) =>
  [0, 1].map((step) => ({ strength, step, enabled: null })),
);

const fair = (strength: string, name: string): number =>
  (strength === 'weak' ? 0 : 2) + (name === 'a' ? 0 : 1);

const assumptions = [
  'TRUE',
  'WF(a)',
  'SF(a)',
  'WF(a) /\\ WF(b)',
  'SF(a) /\\ WF(b)',
  'SF(a) /\\ SF(b)',
  'WF(a) /\\ []<>p',
  'SF(b) /\\ <>[]q',
  '[]p \\/ WF(b)',
  '([]<>q => []<>p) /\\ SF(a)',
  'SF(a) /\\ (p ~> q)',
];

const read = (text: string) => parseFormula(text, ['p', 'q'], ['a', 'b'], fair);

function compare(seed: number, stateMax: number, depth: number | null): 'holds' | 'violated' {
  const random = generator(seed);
  const graph = randomGraph(random, stateMax);
  const assumption = read(assumptions[random(assumptions.length)] as string);
  const property =
    depth === null ? read(shapes[random(shapes.length)] as string) : randomFormula(random, depth);
  const { model, temporal } = modelsOf(graph, assumption, property, conditions);
  const { violation, search } = decideModel(model, temporal, 1 + random(50));
  const plain = plainGraph(graph);
  const negation: Formula = { kind: 'not', operand: property };
  const wanted = isSatisfiable(plain, { kind: 'and', operands: [assumption, negation] }, temporal);
  expect(violation !== null, `seed ${seed}: ${JSON.stringify(property)}`).toBe(wanted);
  if (violation === null) return 'holds';
  const codes = violation.states.map((state) => search.stateAt(state)[0] as number);
  expect(graph.initial).toContain(codes[0]);
  const positions = positionsOf(violation, codes, plain);
  const { loop } = violation;
  expect(satisfies(positions, loop, assumption, temporal), `seed ${seed}: fair`).toBe(true);
  expect(satisfies(positions, loop, property, temporal), `seed ${seed}: violated`).toBe(false);
  return 'violated';
}

describe('the naive procedure agrees', () => {
  const kinds: readonly (readonly [string, number, number, number | null])[] = [
    ['on properties that people write', 800, 5, null],
    ['on random formulas of small depth', 600, 5, 2],
    ['on random formulas that are nested deeper', 200, 4, 3],
  ];
  const blocks = kinds.flatMap(([name, count, stateMax, depth]) =>
    Array.from({ length: count / 100 }, (_, i) => [name, 100 * i, stateMax, depth] as const),
  );
  it.each(blocks)('%s, from seed %i', { timeout: 60_000 }, (_, first, stateMax, depth) => {
    const verdicts = { holds: 0, violated: 0 };
    for (let seed = first; seed < first + 100; seed++) verdicts[compare(seed, stateMax, depth)]++;
    // Both answers are common, or the comparison says little.
    expect(Math.min(verdicts.holds, verdicts.violated)).toBeGreaterThan(10);
  });
});
