/**
 * The product of the step graph and an automaton: its nodes are pairs of a state and a place of the
 * automaton that reads it, numbered `place * stateCount + state`. Besides the steps of the graph
 * there is one from each state to itself.
 */
import type { Automaton } from './automaton.js';
import type { Goal, Literal, NowTest } from './goals.js';
import { enabledAtom } from './goals.js';
import type { StepGraph } from './stepGraph.js';
import type { TemporalModel } from './temporalModel.js';

/** The label of a step that changes nothing. */
export const stutter = 0;

/** Words of which some bits are given: (word, mask, value), one after the other. */
type Masks = readonly number[];

/** A test for states and labels of one graph. */
export class GraphTest {
  private readonly ofState: readonly Masks[];
  private readonly ofStep: readonly Masks[];
  /** Whether some state passes it only by the step that leaves it. */
  readonly readsStep: boolean;

  constructor(
    test: NowTest,
    private readonly graph: StepGraph,
  ) {
    this.ofState = test.map((literals) => masksOf(literals.filter(({ isStep }) => !isStep)));
    this.ofStep = test.map((literals) => masksOf(literals.filter(({ isStep }) => isStep)));
    this.readsStep = this.ofStep.some((masks) => masks.length > 0);
  }

  holds(state: number, label: number): boolean {
    const { ofState, ofStep, graph } = this;
    for (let i = 0; i < ofState.length; i++) {
      const masks = ofState[i] as Masks;
      if (!fits(masks, graph.stateBits, state * graph.stateWords)) continue;
      if (fits(ofStep[i] as Masks, graph.labelBits, label * graph.stepWords)) return true;
    }
    return false;
  }

  /** Whatever step leaves the state. */
  holdsOfState(state: number): boolean {
    const { ofState, ofStep, graph } = this;
    for (let i = 0; i < ofState.length; i++) {
      if ((ofStep[i] as Masks).length > 0) continue;
      if (fits(ofState[i] as Masks, graph.stateBits, state * graph.stateWords)) return true;
    }
    return false;
  }
}

function masksOf(literals: readonly Literal[]): Masks {
  const words = new Map<number, { mask: number; value: number }>();
  for (const { atom, positive } of literals) {
    const word = atom >>> 5;
    const bit = 1 << (atom & 31);
    const { mask, value } = words.get(word) ?? { mask: 0, value: 0 };
    words.set(word, { mask: mask | bit, value: positive ? value | bit : value });
  }
  return [...words].flatMap(([word, { mask, value }]) => [word, mask, value]);
}

function fits(masks: Masks, bits: ArrayLike<number>, at: number): boolean {
  for (let i = 0; i < masks.length; i += 3) {
    const word = bits[at + (masks[i] as number)] as number;
    if ((word & (masks[i + 1] as number)) !== masks[i + 2]) return false;
  }
  return true;
}

/** Strong fairness, as a Streett condition on the bits of the graph. */
export interface StrongCondition {
  readonly enabled: number;
  readonly step: number;
}

export class Product {
  readonly stateCount: number;
  readonly placeCount: number;
  readonly recurring: readonly GraphTest[];
  readonly strong: readonly StrongCondition[];
  private readonly entry: readonly (readonly GraphTest[])[];
  private readonly leaving: readonly (readonly GraphTest[])[];

  constructor(
    readonly graph: StepGraph,
    readonly automaton: Automaton,
    goal: Goal,
    temporal: TemporalModel,
  ) {
    const { nodes } = automaton;
    this.stateCount = graph.stateCount;
    this.placeCount = nodes.length;
    const tests = nodes.map((node) => node.tests.map((test) => new GraphTest(test, graph)));
    this.entry = tests.map((all) => all.filter(({ readsStep }) => !readsStep));
    this.leaving = tests.map((all) => all.filter(({ readsStep }) => readsStep));
    this.recurring = goal.recurring.map((test) => new GraphTest(test, graph));
    this.strong = goal.strong.map((number) => {
      const { step = -1 } = temporal.conditions[number] ?? {};
      return { enabled: enabledAtom(number, temporal), step };
    });
  }

  /** Whether the automaton may read the state in this place. */
  admits(state: number, place: number): boolean {
    const tests = this.entry[place] as readonly GraphTest[];
    for (let i = 0; i < tests.length; i++) {
      if (!(tests[i] as GraphTest).holds(state, stutter)) return false;
    }
    return this.graph.isInside(state);
  }

  /** Whether it may read it with a step of this label. */
  lets(state: number, label: number, place: number): boolean {
    const tests = this.leaving[place] as readonly GraphTest[];
    for (let i = 0; i < tests.length; i++) {
      if (!(tests[i] as GraphTest).holds(state, label)) return false;
    }
    return true;
  }

  next(place: number): readonly number[] {
    return this.automaton.nodes[place]?.next ?? [];
  }

  keeps(place: number): number {
    return this.automaton.nodes[place]?.kept ?? 0;
  }

  /** Every state may be read there, with any step, for as long as one likes. */
  isUniversal(place: number): boolean {
    const isFree = this.entry[place]?.length === 0 && this.leaving[place]?.length === 0;
    return isFree && this.next(place).includes(place) && this.automaton.initial.includes(place);
  }
}
