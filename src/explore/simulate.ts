/**
 * Random behaviors, one after the other, checked as TLC's simulation does (`SimulationWorker`): of
 * every state that a behavior goes through, all successors are generated and checked, and one of
 * them is chosen. A chosen state outside the constraints ends its behavior. Unlike TLC it ends one,
 * too, that can only stay where it is, and the successors of a behavior's last state, where the
 * depth ends it, are not generated.
 *
 * Nothing is stored but the numbers of behaviors: what is found can be made again (`recordOf`).
 */
import { Checks, type TraceEnd } from './checks.js';
import { EvaluationFailure, LayoutChanged, type Model, type StateVector } from './model.js';
import { Random } from './random.js';
import { type ActionGroups, RandomBehavior } from './randomBehavior.js';
import type { Violation } from './result.js';
import { type BehaviorEnd, type SimulationCounts, Tally } from './simulationCounts.js';
import { StateRows } from './stateRows.js';

export interface SimulationOptions {
  readonly seed: number;
  /** How many states a behavior has at most. */
  readonly depth: number;
  /** The numbers of the behaviors, from 1. */
  readonly first: number;
  readonly last: number;
  readonly groups: ActionGroups;
  /** True unless given. */
  readonly checkDeadlock?: boolean;
  /** Go on after a violation, and keep the first of each kind and each property. */
  readonly everyProperty?: boolean;
}

/** A violation whose `state` is the place of a state in the behavior, from 0. */
export interface SimulatedViolation {
  readonly violation: Violation;
  /** Null where an initial state is at fault, or there are none. */
  readonly behavior: number | null;
  /** Which of the generated states is at fault, after the state of the violation; or null. */
  readonly successor: number | null;
}

export interface SimulationResult extends SimulationCounts {
  readonly violations: readonly SimulatedViolation[];
  readonly isInterrupted: boolean;
}

export class Simulation {
  readonly tally: Tally;
  private readonly checks: Checks;
  private readonly found: SimulatedViolation[] = [];
  private initial: StateRows | null = null;
  private behavior: RandomBehavior | null = null;
  private next: number;
  private isInterrupted = false;
  /** What is being checked. */
  private successor: StateVector = new Int32Array(0);
  private action = -1;

  private readonly atSuccessor = (): TraceEnd => {
    const next = { action: this.action, state: this.successor.slice() };
    return { state: (this.behavior as RandomBehavior).length - 1, next };
  };

  constructor(
    private readonly model: Model,
    private readonly options: SimulationOptions,
  ) {
    this.checks = new Checks(model, options.everyProperty === true);
    this.tally = new Tally(model.actionCount);
    this.next = options.first;
    model.watch?.({
      levelOf: (state) => this.levelOf(state),
      progress: () => {
        const { generated, steps, longest } = this.tally.counts();
        return { generated, distinct: steps, depth: longest, frontier: 0 };
      },
    });
  }

  /** Takes up to `count` steps. Gives false when the simulation is over. */
  advance(count: number): boolean {
    try {
      if (this.initial === null) this.findInitialStates();
      for (let i = 0; i < count && !this.isOver; i++) this.step();
      return !this.isOver;
    } catch (error) {
      if (!(error instanceof LayoutChanged)) throw error;
      // Vectors mean nothing any more: the behavior is made again, and is the same.
      if (this.behavior !== null) this.next = this.behavior.number;
      this.behavior = null;
      this.initial = null;
      this.tally.drop();
      return true;
    }
  }

  interrupt(): void {
    this.isInterrupted = true;
  }

  result(): SimulationResult {
    const { found, isInterrupted } = this;
    return { ...this.tally.counts(), violations: found, isInterrupted };
  }

  private get isOver(): boolean {
    const { behavior, checks, initial, isInterrupted, next, options } = this;
    if (checks.isHalted || isInterrupted || initial?.count === 0) return true;
    return behavior === null && next > options.last;
  }

  private findInitialStates(): void {
    const { checks, model, options, tally } = this;
    const { constraint } = model;
    const initial = new StateRows(model.slotCount);
    let ordinal = 0;
    const look = (state: StateVector): boolean => {
      const at = ordinal++;
      const ending = (): TraceEnd => ({
        state: null,
        next: { action: -1, state: state.slice() },
      });
      checks.checkInvariants(state, ending);
      checks.checkInitial(state, ending);
      this.place(null, at);
      try {
        if (constraint === null || constraint.holds(state)) initial.add(state);
      } catch (error) {
        checks.fail(error, 'constraint', null, ending);
        this.place(null, at);
      }
      return !checks.isHalted;
    };
    model.reseed?.(Random.of(options.seed).bits());
    try {
      model.initialStates(look);
    } catch (error) {
      checks.fail(error, 'initial-states', null, null);
      this.place(null, null);
    }
    tally.initial = ordinal;
    this.initial = initial;
  }

  private step(): void {
    const behavior = this.behavior ?? this.begin();
    const how = this.endOf(behavior);
    if (how === null) return;
    this.tally.end(how);
    this.behavior = null;
  }

  /** Takes a step, and gives how the behavior ends; null if it goes on. */
  private endOf(behavior: RandomBehavior): BehaviorEnd | null {
    if (behavior.length === this.options.depth) return 'depth';
    if (!this.expand(behavior)) return 'violation';
    if (behavior.actions.length === 0) return 'deadlock';
    if (behavior.staysForEver) return 'stuttering';
    const before = this.model.actionConstraint ? behavior.vector.slice() : behavior.vector;
    const place = behavior.choose();
    this.tally.take(behavior.follow(place));
    const isInside = this.isInside(before, behavior, place);
    if (isInside === null) return 'violation';
    return isInside ? null : 'constraint';
  }

  private begin(): RandomBehavior {
    const { model, options } = this;
    const initial = this.initial as StateRows;
    const { groups, seed } = options;
    this.behavior = new RandomBehavior(model, groups, seed, this.next++, initial);
    return this.behavior;
  }

  /** Generates and checks all successors. Gives false where the behavior cannot go on. */
  private expand(behavior: RandomBehavior): boolean {
    const { checks, options, tally } = this;
    const state = behavior.length - 1;
    let generated = 0;
    try {
      behavior.expand((successor, action) => {
        generated++;
        this.successor = successor;
        this.action = action;
        checks.checkInvariants(successor, this.atSuccessor);
        checks.checkStep(behavior.vector, successor, this.atSuccessor);
        this.place(behavior.number, generated - 1);
        return !checks.isHalted;
      });
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
      checks.fail(error, 'step', null, () => ({ state }));
      this.place(behavior.number, null);
      return false;
    } finally {
      tally.generate(generated);
    }
    if (generated === 0 && options.checkDeadlock !== false) {
      checks.deadlock(state);
      this.place(behavior.number, null);
    }
    return !checks.isHalted;
  }

  /** Whether the step that was chosen stays inside the constraints; null: that has no value. */
  private isInside(before: StateVector, behavior: RandomBehavior, place: number): boolean | null {
    const { constraint, actionConstraint } = this.model;
    const { vector } = behavior;
    try {
      if (constraint !== null && !constraint.holds(vector)) return false;
      return actionConstraint?.holds(before, vector) !== false;
    } catch (error) {
      const state = behavior.length - 2;
      const action = behavior.actions[place] as number;
      const next = { action, state: vector.slice() };
      this.checks.fail(error, 'constraint', null, () => ({ state, next }));
      this.place(behavior.number, place);
      return null;
    }
  }

  /** Where the violations lie that were recorded since the last call. */
  private place(behavior: number | null, successor: number | null): void {
    const { violations } = this.checks;
    while (this.found.length < violations.length) {
      this.found.push({
        violation: violations[this.found.length] as Violation,
        behavior,
        successor,
      });
    }
  }

  private levelOf(state: StateVector): number {
    const { behavior } = this;
    if (behavior === null) return 1;
    const isLast = state.every((code, slot) => code === behavior.vector[slot]);
    return isLast ? behavior.length : behavior.length + 1;
  }
}
