/**
 * Behaviors of a spec for tests: led to a state that was drawn from all there are, so that rare
 * interleavings are as likely as common ones, and then on by steps that were taken least often. A
 * step counts once for each situation that the page and its wait queue were in before it.
 */
import type { SearchResult, StateVector } from '../../../src/explore/index.js';
import { actionOf, type GraphModel, stepChoices } from '../../../src/graph/graphModel.js';
import type { TraceState, TraceStep } from '../../../src/trace/trace.js';
import { formatValue } from '../../../src/values/index.js';

export type Pick = (bound: number) => number;

/** mulberry32 */
export function randomBelow(seed: number): Pick {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

type Step = Omit<TraceStep, 'state'>;

interface Successor {
  readonly vector: StateVector;
  readonly step: Step;
}

/** A behavior in the making: it is in a state, and `next` takes it to another. */
export class Behavior {
  #state: TraceState = new Map();
  #successors: readonly Successor[] = [];
  /** Where it is led first, the next state last. */
  readonly #lead: StateVector[] = [];

  constructor(
    private readonly model: GraphModel,
    private readonly pick: Pick,
    /** How often each step has been taken in each situation; shared by all behaviors. */
    private readonly seen: Map<string, number>,
  ) {
    model.initialStates((state) => {
      this.#enter(state.slice());
      return false;
    });
  }

  /** Lets it go to the state by a shortest way. */
  leadTo(result: SearchResult, state: number): void {
    const [, ...way] = result.pathTo(state).states;
    this.#lead.push(...way.map((index) => result.stateAt(index)).reverse());
  }

  get isLed(): boolean {
    return this.#lead.length > 0;
  }

  get state(): TraceState {
    return this.#state;
  }

  /** The steps that the spec allows now. */
  get steps(): readonly Step[] {
    return this.#successors.map(({ step }) => step);
  }

  #enter(vector: StateVector): void {
    this.#state = this.model.decode(vector);
    const successors: Successor[] = [];
    this.model.successors(vector, (next, index, choices) => {
      const action = actionOf(this.model, index);
      const { name, process, location } = action;
      const chosen = stepChoices(action, this.model.choices(choices()));
      const step = { action: name, process, location, choices: chosen };
      successors.push({ vector: next.slice(), step });
      return true;
    });
    this.#successors = successors;
  }

  /** Takes a step; null where there is none. */
  next(): Step | null {
    const { page, queue } = Object.fromEntries(this.#state);
    if (page === undefined || queue === undefined) throw new Error('the spec has page and queue');
    const situation = `${formatValue(page)} ${formatValue(queue)}`;
    const keyOf = ({ step }: Successor) => `${step.action} ${String(step.process)} ${situation}`;
    const countOf = (successor: Successor) => this.seen.get(keyOf(successor)) ?? 0;
    const candidates = this.#candidates();
    const least = Math.min(...candidates.map(countOf));
    const rarest = candidates.filter((successor) => countOf(successor) === least);
    const chosen = rarest[this.pick(rarest.length)];
    if (chosen === undefined) return null;
    this.seen.set(keyOf(chosen), least + 1);
    this.#enter(chosen.vector);
    return chosen.step;
  }

  #candidates(): readonly Successor[] {
    const target = this.#lead.pop();
    if (target === undefined) return this.#successors;
    const isTarget = ({ vector }: Successor) => vector.every((code, slot) => code === target[slot]);
    return this.#successors.filter(isTarget);
  }
}
