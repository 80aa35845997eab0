/**
 * Leads the rounds of a search. It may return while a round is under way, so that its owner can see
 * to other things while a member is busy with a slow state; the next call goes on with the round.
 */
import type { FoundStates } from '../foundStates.js';
import { type Memory, MemoryLimit } from '../memory.js';
import type { Model } from '../model.js';
import type { Violation } from '../result.js';
import { Member } from './member.js';
import { type Phase, phase } from './phases.js';
import { Round, removeNew } from './round.js';
import { RoundSize } from './roundSize.js';
import { type TeamMemory, teamMemory, word } from './shared.js';
import type { Team, TeamOptions } from './team.js';
import { TeamKnowledge } from './teamKnowledge.js';

const defaults = {
  statesMin: 256,
  startAt: 1 << 12,
  successorsMax: 1 << 16,
  logWords: 1 << 23,
  largeTable: 1 << 20,
};

/** A wait ends after so long, so that whoever waits for the search is not kept waiting. */
const waitMs = 50;
/** A member that runs code of the model, and is told to stop, has so much time for it. */
const graceMs = 200;
/** Without that it has long done its share, or is no more. */
const patienceMs = 10_000;
/** While the others get ready, the leader expands so many states before it looks again. */
const statesAtFirst = 256;

/** What a round has come to. */
export type RoundEnd =
  /** These states are expanded; so many successors were generated. */
  | { readonly kind: 'expanded'; readonly states: number; readonly generated: number }
  /** The search is to expand so many states by itself. */
  | { readonly kind: 'alone'; readonly states: number }
  | { readonly kind: 'pending' };

const pending: RoundEnd = { kind: 'pending' };

export interface LeaderOptions {
  readonly checkDeadlock: boolean;
  readonly maxStates: number;
  /** For arrays that are shared. */
  readonly memory: Memory;
  readonly violations: () => readonly Violation[];
}

/** What is made only for a search that turns out to be worth sharing. */
interface Parts {
  readonly memory: TeamMemory;
  /** The leader as a member. */
  readonly self: Member;
  readonly knowledge: TeamKnowledge;
  readonly round: Round;
}

export class Leader {
  private readonly team: Team;
  private readonly limits: typeof defaults;
  private readonly size: RoundSize;
  private partsOrNull: Parts | null = null;
  /** Null: no round is under way. */
  private current: Phase | null = null;
  private hasDoneShare = false;
  /** How many states are new in the round, once that is known. */
  private added = 0;

  constructor(
    private readonly model: Model,
    private found: FoundStates,
    { team, ...limits }: TeamOptions,
    private readonly options: LeaderOptions,
  ) {
    this.team = team;
    this.limits = { ...defaults, ...limits };
    this.size = new RoundSize(team.size, this.limits.successorsMax);
  }

  /** Everything begins again, with no states, and other slots perhaps. No round is under way. */
  restart(found: FoundStates): void {
    this.found = found;
    this.partsOrNull?.knowledge.restart();
    this.size.forgetFailures();
  }

  /**
   * Expands about so many states from `first` on, all of them below `levelEnd`, or goes on with the
   * round that is under way. Throws LayoutChanged.
   */
  advance(first: number, levelEnd: number, wanted: number): RoundEnd {
    if (this.current === null) {
      const alone = this.begin(first, levelEnd, wanted);
      if (alone > 0) return { kind: 'alone', states: alone };
    }
    return this.goOn();
  }

  /** Ends the round that is under way, as if it had not begun. The search will not go on. */
  cancel(): void {
    const { current, team } = this;
    if (current === null) return;
    const isOfModel = current === phase.expand;
    this.parts.round.stop();
    const isDone = team.isDone(isOfModel ? graceMs : patienceMs);
    if (!isDone) team.disband();
    this.undo(isDone);
  }

  /** Throws MemoryLimit where it is not there yet. */
  private get parts(): Parts {
    this.partsOrNull ??= this.makeParts();
    return this.partsOrNull;
  }

  private makeParts(): Parts {
    const { model, team, options } = this;
    const { successorsMax: room, logWords } = this.limits;
    const memory = teamMemory(team.size, room, logWords, options.memory);
    const self = new Member(model, memory, 0, options.checkDeadlock);
    const knowledge = new TeamKnowledge(team, self, room, options.memory);
    return { memory, self, knowledge, round: new Round(memory) };
  }

  /** Gives how many states must be expanded alone first; 0: the round is under way. */
  private begin(first: number, levelEnd: number, wanted: number): number {
    const { team, found } = this;
    const rest = levelEnd - first;
    if (rest < this.limits.statesMin || team.state === 'failed') return rest;
    try {
      if (!this.isTeamReady()) return Math.min(rest, statesAtFirst);
      const states = this.size.statesOf(rest, wanted);
      if (found.isAnyOutside(first, first + states)) return states;
      if (!this.parts.knowledge.tellLastCodes()) return states;
      this.beginRound(first, states);
      return 0;
    } catch (error) {
      if (!(error instanceof MemoryLimit)) throw error;
      if (this.current === phase.scatter) found.restoreTable();
      this.leave();
      // Alone it may go on for a while, and it is known there what to do then.
      return rest;
    }
  }

  private isTeamReady(): boolean {
    const { team, found, options } = this;
    if (team.state === 'idle' && found.size >= this.limits.startAt) {
      team.start({ memory: this.parts.memory, checkDeadlock: options.checkDeadlock });
    }
    return team.state === 'ready' && this.parts.knowledge.hasLearned();
  }

  private beginRound(first: number, states: number): void {
    const { team, found, limits, options, size } = this;
    const { knowledge, round } = this.parts;
    const most = found.size + team.size * limits.successorsMax + 1;
    const isUnplaced = found.reserve(most, limits.largeTable);
    // From here on a table without states is seen to, whatever happens.
    this.current = isUnplaced ? phase.scatter : null;
    knowledge.tell(found, options.violations());
    round.begin(first, states, size.blockShiftOf(states), found.size);
    this.order(isUnplaced ? phase.scatter : phase.expand);
  }

  private order(next: Phase): void {
    this.parts.memory.control[word.cursor] = 0;
    this.current = next;
    this.hasDoneShare = false;
    this.team.order(next);
  }

  private goOn(): RoundEnd {
    const { team } = this;
    const { round, self } = this.parts;
    for (;;) {
      const { current } = this;
      if (current === null) throw new Error('there is no round');
      if (!this.hasDoneShare) self.run(current);
      this.hasDoneShare = true;
      if (!this.areOthersDone()) {
        if (team.state !== 'failed') return pending;
        this.expectLayout(false);
        this.undo(false);
        return { kind: 'alone', states: round.states };
      }
      const end = this.afterPhase(current);
      if (end !== null) return end;
    }
  }

  /**
   * Nobody may look at the states once the leader's slots are others than theirs: no wait for the
   * other members ends before they do, and those who do not come to an end are given up.
   */
  private areOthersDone(): boolean {
    const { team } = this;
    if (this.parts.self.layoutChange === null) return team.isDone(waitMs);
    const isDone = team.isDone(patienceMs);
    if (!isDone) team.disband();
    return isDone;
  }

  /** All have done their share of it. Null: the next phase is under way. */
  private afterPhase(done: Phase): RoundEnd | null {
    const { round, knowledge } = this.parts;
    this.expectLayout(true);
    if (round.isForeign) knowledge.forgetCodes();
    if (round.isStopped) return this.giveUp();
    if (done === phase.expand) round.keepExpanded();
    if (done === phase.sort) {
      this.added = round.numberNew();
      if (this.found.distinct + this.added > this.options.maxStates) return this.giveUp();
    }
    if (done === phase.settle) return this.finish();
    // The phases are numbered in their order.
    this.order((done + 1) as Phase);
    return null;
  }

  /** The leader's own model has taken on other slots: the states there are mean nothing now. */
  private expectLayout(isWhole: boolean): void {
    const { self } = this.parts;
    const change = self.layoutChange;
    if (change === null) return;
    self.layoutChange = null;
    this.undo(isWhole);
    throw change;
  }

  /** What stopped the round, the search finds again alone. */
  private giveUp(): RoundEnd {
    const states = this.parts.round.statesToStop;
    this.undo(true);
    return { kind: 'alone', states: this.size.fail(states) };
  }

  /** Nobody is at work any more. `isWhole`: the phase under way has come to its end. */
  private undo(isWhole: boolean): void {
    const { current, found } = this;
    this.leave();
    if (isWhole && (current === phase.expand || current === phase.sort)) {
      removeNew(found.arrays.table, this.parts.knowledge.news);
    } else {
      found.restoreTable();
    }
  }

  /** The round is over; the leader goes on alone for now. */
  private leave(): void {
    this.current = null;
    // There is none where memory has ended before its arrays were made.
    this.partsOrNull?.self.standAlone();
  }

  private finish(): RoundEnd {
    const { states, generated } = this.parts.round.expanded();
    this.found.adopt(this.added);
    this.leave();
    this.size.succeed(states, generated);
    return { kind: 'expanded', states, generated };
  }
}
