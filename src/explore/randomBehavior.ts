/**
 * One random behavior, step by step. Which one it is follows from the model, the seed and the
 * behavior's number alone, so that it can be made again at any time, whatever came before it.
 */
import type { Model, StateVector, SuccessorSink } from './model.js';
import { Random } from './random.js';
import { StateRows } from './stateRows.js';

/**
 * The group of each action. A step is chosen in two draws: first a group, each that has a step
 * being equally likely, then one of its steps, equally likely again.
 */
export type ActionGroups = Int32Array;

export class RandomBehavior {
  /** How many states it has so far. */
  length = 1;
  /** Its last state. */
  readonly vector: StateVector;
  /** The action of each successor of the last state, once that is expanded. */
  readonly actions: number[] = [];
  private readonly successors: StateRows;
  private readonly random: Random;
  /** By group: the draw in which it was last among those to choose from. */
  private readonly lastDraw: Int32Array;
  private draws = 0;
  private isStuttering = true;

  /** It begins in one of these states, each equally likely. */
  constructor(
    private readonly model: Model,
    private readonly groups: ActionGroups,
    seed: number,
    readonly number: number,
    initial: StateRows,
  ) {
    this.random = Random.of(seed, number);
    this.vector = new Int32Array(model.slotCount);
    this.successors = new StateRows(model.slotCount);
    this.lastDraw = new Int32Array(Math.max(0, ...groups) + 1);
    initial.read(this.random.below(initial.count), this.vector);
    model.forgetEffects?.();
  }

  /** Generates the successors of the last state, and shows each; `look` may end that. */
  expand(look: SuccessorSink): void {
    const { model, successors, actions, vector } = this;
    successors.clear();
    actions.length = 0;
    this.isStuttering = true;
    model.reseed?.(this.random.bits());
    model.successors(vector, (successor, action, choices) => {
      successors.add(successor);
      actions.push(action);
      if (this.isStuttering && !isSame(successor, vector)) this.isStuttering = false;
      return look(successor, action, choices);
    });
  }

  /** Whether no successor differs from the last state: it stays there for ever. */
  get staysForEver(): boolean {
    return this.isStuttering && this.model.hasEffects !== true;
  }

  /** Chooses one of the successors, of which there is one at least; gives its place among them. */
  choose(): number {
    const { actions, groups } = this;
    if (actions.length === 0) throw new Error('there is no step to choose');
    const group = this.chosenGroup();
    let members = 0;
    for (const action of actions) if (groups[action] === group) members++;
    let left = this.below(members);
    let place = 0;
    while (groups[actions[place] as number] !== group || left-- > 0) place++;
    return place;
  }

  /** The successor at this place becomes the last state; gives the action that leads to it. */
  follow(place: number): number {
    this.successors.read(place, this.vector);
    this.length++;
    return this.actions[place] as number;
  }

  private chosenGroup(): number {
    const candidates: number[] = [];
    this.draws++;
    for (const action of this.actions) {
      const group = this.groups[action];
      if (group === undefined) throw new Error(`action ${action} is in no group`);
      if (this.lastDraw[group] === this.draws) continue;
      this.lastDraw[group] = this.draws;
      candidates.push(group);
    }
    return candidates[this.below(candidates.length)] as number;
  }

  /** Where nothing is to be chosen, nothing is drawn. */
  private below(count: number): number {
    return count === 1 ? 0 : this.random.below(count);
  }
}

function isSame(one: StateVector, other: StateVector): boolean {
  for (let slot = 0; slot < one.length; slot++) if (one[slot] !== other[slot]) return false;
  return true;
}
