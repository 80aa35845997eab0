/**
 * A team whose members are objects of one thread, which do their shares of a phase one after the
 * other, in any order: whatever threads may do at once must come to the same in any order, so that a
 * broken phase shows as a result that depends on it. Real threads: `test/cli/threadSearch.test.ts`.
 */
import type { Model } from '../../../src/explore/index.js';
import { Member, type TeamMessage } from '../../../src/explore/parallel/member.js';
import type { Phase } from '../../../src/explore/parallel/phases.js';
import type { Team, TeamStart } from '../../../src/explore/parallel/team.js';

export interface ObjectTeamOptions {
  readonly size: number;
  /** Decides the order of the members, and who is late. */
  readonly seed?: number;
  /** After so many orders the others are gone. */
  readonly diesAfter?: number;
}

export class ObjectTeam implements Team {
  readonly size: number;
  private now: Team['state'] = 'idle';
  /** How many orders of each phase there were. */
  readonly orders = new Map<Phase, number>();
  private readonly members: Member[] = [];
  private waiting: (() => void)[] = [];
  private random: number;
  private ordersLeft: number;

  constructor(
    private readonly makeModel: () => Model,
    { size, seed = 1, diesAfter = Number.POSITIVE_INFINITY }: ObjectTeamOptions,
  ) {
    this.size = size;
    this.random = seed;
    this.ordersLeft = diesAfter;
  }

  /** The others are ready some time after they were started. */
  get state(): Team['state'] {
    if (this.now === 'starting' && this.next(3) === 0) this.now = 'ready';
    return this.now;
  }

  start({ memory, checkDeadlock }: TeamStart): void {
    for (let number = 1; number < this.size; number++) {
      this.members.push(new Member(this.makeModel(), memory, number, checkDeadlock));
    }
    this.now = 'starting';
  }

  tell(message: TeamMessage): void {
    for (const member of this.members) member.take(structuredClone(message));
  }

  order(phase: Phase): void {
    this.orders.set(phase, (this.orders.get(phase) ?? 0) + 1);
    if (this.ordersLeft-- <= 0) {
      this.waiting = [() => {}];
      return;
    }
    const [...members] = this.members;
    // Some come before the leader, some after it.
    while (members.length > 0) {
      const [member] = members.splice(this.next(members.length), 1);
      const run = () => member?.run(phase);
      if (this.next(2) === 0) run();
      else this.waiting.push(run);
    }
  }

  isDone(): boolean {
    if (this.ordersLeft < 0) {
      this.now = 'failed';
      return false;
    }
    // The leader must bear with a wait that was too short.
    if (this.waiting.length > 0 && this.next(4) === 0) return false;
    for (const run of this.waiting) run();
    this.waiting = [];
    return true;
  }

  disband(): void {
    this.now = 'failed';
  }

  /** From 0 below `count`; a linear congruence (Numerical Recipes). */
  private next(count: number): number {
    this.random = (Math.imul(this.random, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.random / 2 ** 32) * count);
  }
}
