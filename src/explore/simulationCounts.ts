/** What is counted of random behaviors: of those that have ended, so that none counts twice. */

/** Why a behavior ended. Stuttering: it can only stay where it is. */
export type BehaviorEnd = 'depth' | 'stuttering' | 'deadlock' | 'constraint' | 'violation';

export interface SimulationCounts {
  readonly behaviors: number;
  /** Initial states, as often as they were generated, and every successor. */
  readonly generated: number;
  readonly steps: number;
  /** States of the shortest and of the longest behavior; 0 where there is none. */
  readonly shortest: number;
  readonly longest: number;
  /** By the number of the action: how often it was chosen. */
  readonly taken: Float64Array;
  readonly ends: Readonly<Record<BehaviorEnd, number>>;
}

export class Tally {
  /** How many initial states were generated. */
  initial = 0;
  private readonly taken: Float64Array;
  private readonly ends = { depth: 0, stuttering: 0, deadlock: 0, constraint: 0, violation: 0 };
  private behaviors = 0;
  private steps = 0;
  private generated = 0;
  private shortest = Number.POSITIVE_INFINITY;
  private longest = 0;
  /** Of the behavior that is under way. */
  private actions: number[] = [];
  private successors = 0;

  constructor(actionCount: number) {
    this.taken = new Float64Array(actionCount);
  }

  generate(successors: number): void {
    this.successors += successors;
  }

  take(action: number): void {
    this.actions.push(action);
  }

  /** The behavior that is under way is over, and counts. */
  end(how: BehaviorEnd): void {
    const length = this.actions.length + 1;
    this.ends[how]++;
    this.behaviors++;
    this.steps += this.actions.length;
    this.generated += this.successors;
    this.shortest = Math.min(this.shortest, length);
    this.longest = Math.max(this.longest, length);
    for (const action of this.actions) this.taken[action] = (this.taken[action] as number) + 1;
    this.drop();
  }

  /** The behavior that is under way does not count. */
  drop(): void {
    this.actions = [];
    this.successors = 0;
  }

  counts(): SimulationCounts {
    const { behaviors, initial, steps, longest, taken, ends } = this;
    const generated = initial + this.generated;
    const shortest = behaviors === 0 ? 0 : this.shortest;
    return { behaviors, generated, steps, shortest, longest, taken, ends };
  }
}
