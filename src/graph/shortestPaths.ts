/**
 * All shortest violating paths of one property at once: the steps from each state on such a path
 * that stay on one. The paths are many (they multiply), the steps few.
 */
import type { Violation } from '../explore/result.js';
import type { Expander, Step } from './expander.js';
import type { ReverseEdges } from './reverseEdges.js';

/** An initial state and the steps from it. */
export interface Path {
  readonly start: number;
  readonly steps: readonly Step[];
}

export class ShortestPaths {
  /** The initial states from which a shortest violating path begins, ascending. */
  readonly starts: readonly number[];
  /** How many paths there are; two that differ in a parallel step are two. */
  readonly count: bigint;

  private constructor(
    readonly expander: Expander,
    readonly violation: Violation,
    /** Where the paths end: the violating states of the smallest depth, ascending. */
    readonly targets: readonly number[],
    /** Every state on a shortest violating path, with its steps that stay on one. */
    private readonly stepsByState: ReadonlyMap<number, readonly Step[]>,
    counts: ReadonlyMap<number, bigint>,
  ) {
    const { level } = expander.result;
    this.starts = this.states.filter((state) => state < level(1).end);
    this.count = this.starts.reduce((sum, state) => sum + (counts.get(state) ?? 0n), 0n);
  }

  /** `isTarget` says which states of the violation's depth violate the same property. */
  static find(
    expander: Expander,
    violation: Violation,
    reverse: ReverseEdges,
    isTarget: (state: number) => boolean,
  ): ShortestPaths {
    const { result } = expander;
    const depth = result.depthOf(violation.state as number);
    const { start, end } = result.level(depth);
    const targets: number[] = [];
    for (let state = start; state < end; state++) if (isTarget(state)) targets.push(state);
    const stepsByState = new Map<number, readonly Step[]>();
    const counts = new Map<number, bigint>();
    for (const target of targets) {
      stepsByState.set(target, []);
      counts.set(target, 1n);
    }
    let reached = new Set(targets);
    for (let at = depth - 1; at >= 1; at--) {
      const level = result.level(at);
      const before = new Set<number>();
      for (const state of reached) {
        for (const source of reverse.predecessors(state)) {
          if (source >= level.start && source < level.end) before.add(source);
        }
      }
      for (const source of before) {
        const steps = expander.steps(source).filter((step) => reached.has(step.target));
        stepsByState.set(source, steps);
        counts.set(
          source,
          steps.reduce((sum, { target }) => sum + (counts.get(target) ?? 0n), 0n),
        );
      }
      reached = before;
    }
    return new ShortestPaths(expander, violation, targets, stepsByState, counts);
  }

  /** Every state on a shortest violating path, ascending. */
  get states(): number[] {
    return [...this.stepsByState.keys()].sort((a, b) => a - b);
  }

  /** The steps from the state that stay on a shortest violating path; none from a target. */
  steps(state: number): readonly Step[] {
    return this.stepsByState.get(state) ?? [];
  }

  /**
   * The paths one after the other, in the order of initial states and then of steps; always in the
   * same order. Every step leads on to a target, so no work is lost between two paths.
   */
  *paths(): Generator<Path> {
    for (const start of this.starts) {
      const taken: Step[] = [];
      const pending: Step[][] = [[...this.steps(start)].reverse()];
      if (this.steps(start).length === 0) yield { start, steps: [] };
      while (pending.length > 0) {
        const step = pending.at(-1)?.pop();
        if (step === undefined) {
          pending.pop();
          taken.pop();
          continue;
        }
        const following = this.steps(step.target);
        if (following.length === 0) {
          yield { start, steps: [...taken, step] };
        } else {
          taken.push(step);
          pending.push([...following].reverse());
        }
      }
    }
  }
}
