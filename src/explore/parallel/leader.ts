/**
 * Leads the rounds of a search. It may return while a round is under way, so that its owner can see
 * to other things while a member is busy with a slow state; the next call goes on with the round.
 */
import type { FoundStates } from '../foundStates.js';
import { type Memory, MemoryLimit } from '../memory.js';
import type { Model } from '../model.js';
import type { Violation } from '../result.js';
import { Member, type TeamMessage } from './member.js';
import { type Phase, phase } from './phases.js';
import { RoundArrays } from './roundArrays.js';
import { blockCountMax, statesMax, stopAt, type TeamMemory, teamMemory, word } from './shared.js';
import type { Team, TeamOptions } from './team.js';
import { knownOf } from './watch.js';

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
const blockSizeMax = 32;
/** So many blocks for each member: the last one that is taken should not take long. */
const blocksEach = 32;
/** After rounds that came to nothing, a stretch alone is 2 to this power times as long at most. */
const failuresMax = 10;

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

export class Leader {
  private readonly team: Team;
  private readonly statesMin: number;
  private readonly startAt: number;
  /** How many successors a member may generate in a round. */
  private readonly room: number;
  private readonly logWords: number;
  private readonly largeTable: number;
  private arrays: RoundArrays;
  private members: { readonly memory: TeamMemory; readonly self: Member } | null = null;
  private current: Phase | null = null;
  private hasDoneShare = false;
  private isToldCodes = false;
  /** They are taking on the codes, and can do nothing else. */
  private isLearning = false;
  private toldViolations = -1;
  /** The states of the round. */
  private first = 0;
  private end = 0;
  /** New ones in the round. */
  private added = 0;
  /** Rounds in a row that came to nothing. */
  private failures = 0;
  private successorsOfState = 8;

  constructor(
    private readonly model: Model,
    private found: FoundStates,
    teamOptions: TeamOptions,
    private readonly options: LeaderOptions,
  ) {
    this.team = teamOptions.team;
    this.statesMin = teamOptions.statesMin ?? defaults.statesMin;
    this.startAt = teamOptions.startAt ?? defaults.startAt;
    this.room = teamOptions.successorsMax ?? defaults.successorsMax;
    this.logWords = teamOptions.logWords ?? defaults.logWords;
    this.largeTable = teamOptions.largeTable ?? defaults.largeTable;
    this.arrays = new RoundArrays(this.team.size, this.room, options.memory);
  }

  /** Everything begins again, with no states, and other slots perhaps. No round is under way. */
  restart(found: FoundStates): void {
    this.found = found;
    this.arrays = new RoundArrays(this.team.size, this.room, this.options.memory);
    this.isToldCodes = false;
    this.toldViolations = -1;
    this.failures = 0;
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
    stopAt(this.memory.control, this.first);
    const isDone = team.isDone(isOfModel ? graceMs : patienceMs);
    if (!isDone) team.disband();
    this.undo(isDone);
  }

  private get memory(): TeamMemory {
    return this.makeMembers().memory;
  }

  private get self(): Member {
    return this.makeMembers().self;
  }

  private makeMembers() {
    const { model, team, options, logWords } = this;
    if (this.members === null) {
      const memory = teamMemory(team.size, this.room, logWords, options.memory);
      this.members = { memory, self: new Member(model, memory, 0, options.checkDeadlock) };
    }
    return this.members;
  }

  /** Gives how many states must be expanded alone first; 0: the round is under way. */
  private begin(first: number, levelEnd: number, wanted: number): number {
    const { team, found, statesMin } = this;
    const rest = levelEnd - first;
    if (rest < statesMin || team.state === 'failed') return rest;
    try {
      if (team.state === 'idle' && found.size >= this.startAt) {
        team.start({ memory: this.memory, checkDeadlock: this.options.checkDeadlock });
      }
      if (team.state !== 'ready' || !this.hasLearned()) return Math.min(rest, statesAtFirst);
      const { states, blockShift } = this.measure(rest, wanted);
      if (found.isAnyOutside(first, first + states)) return states;
      if (!this.self.publish()) {
        this.isToldCodes = false;
        return states;
      }
      const most = found.size + team.size * this.room + 1;
      const isUnplaced = found.reserve(most, this.largeTable);
      this.first = first;
      this.end = first + states;
      // From here on a table without states is seen to, whatever happens.
      this.current = isUnplaced ? phase.scatter : null;
      this.tell();
      this.setRound(blockShift);
      this.order(isUnplaced ? phase.scatter : phase.expand);
      return 0;
    } catch (error) {
      if (!(error instanceof MemoryLimit)) throw error;
      if (this.current === phase.scatter) found.restoreTable();
      this.leave();
      // Alone it may go on for a while, and it is known there what to do then.
      return rest;
    }
  }

  /** As many states as there is room for the successors of, if they have as many as others. */
  private measure(rest: number, wanted: number): { states: number; blockShift: number } {
    const { size } = this.team;
    const fitting = Math.floor((size * this.room) / 2 / this.successorsOfState);
    const most = Math.min(rest, statesMax(this.room), Math.max(wanted, 4 * size));
    const states = Math.max(1, Math.min(most, fitting));
    const even = states / (size * blocksEach);
    const roomy = this.room / 4 / this.successorsOfState;
    const blockSize = Math.min(blockSizeMax, even, roomy);
    return { states, blockShift: 31 - Math.clz32(Math.max(1, blockSize, states / blockCountMax)) };
  }

  /** Whether all members know the codes, but for the last ones; if not, they are learning them. */
  private hasLearned(): boolean {
    const { team, self } = this;
    if (this.isLearning && !team.isDone(0)) return false;
    this.isLearning = false;
    if (this.isToldCodes) return true;
    team.tell({ kind: 'codes', codes: self.beginLog() });
    self.standAlone();
    this.isToldCodes = true;
    this.isLearning = true;
    team.order(phase.learn);
    return false;
  }

  /** Tells all members what else they do not know yet. */
  private tell(): void {
    const { found, team, self } = this;
    const messages: TeamMessage[] = [];
    const states = this.arrays.changed(found);
    if (states !== null) messages.push({ kind: 'states', states });
    const violations = this.options.violations();
    if (violations.length !== this.toldViolations) {
      messages.push({ kind: 'known', violations: knownOf(violations) });
      this.toldViolations = violations.length;
    }
    for (const message of messages) {
      team.tell(message);
      self.take(message);
    }
  }

  private setRound(blockShift: number): void {
    const { control } = this.memory;
    const states = this.end - this.first;
    control[word.first] = this.first;
    control[word.end] = this.end;
    control[word.blockShift] = blockShift;
    control[word.blockCount] = Math.ceil(states / 2 ** blockShift);
    control[word.base] = this.found.size;
    control[word.stop] = 0;
    control[word.isForeign] = 0;
  }

  private order(next: Phase): void {
    this.memory.control[word.cursor] = 0;
    this.current = next;
    this.hasDoneShare = false;
    this.team.order(next);
  }

  private goOn(): RoundEnd {
    for (;;) {
      const { current, team } = this;
      if (current === null) throw new Error('there is no round');
      if (!this.hasDoneShare) this.self.run(current);
      this.hasDoneShare = true;
      if (!team.isDone(waitMs)) {
        if (team.state !== 'failed') return pending;
        this.undo(false);
        return { kind: 'alone', states: this.end - this.first };
      }
      const end = this.afterPhase(current);
      if (end !== null) return end;
    }
  }

  /** All have done their share of it. Null: the next phase is under way. */
  private afterPhase(done: Phase): RoundEnd | null {
    const { control } = this.memory;
    this.expectLayout();
    if (Atomics.load(control, word.isForeign) !== 0) this.isToldCodes = false;
    if (Atomics.load(control, word.stop) !== 0) return this.giveUp();
    if (done === phase.expand) {
      const taken = Math.min(control[word.cursor] as number, control[word.blockCount] as number);
      control[word.blockCount] = taken;
    }
    if (done === phase.sort) {
      this.countNew();
      if (this.found.distinct + this.added > this.options.maxStates) return this.giveUp();
    }
    if (done === phase.settle) return this.finish();
    // The phases are numbered in their order.
    this.order((done + 1) as Phase);
    return null;
  }

  /** The leader's own model has taken on other slots: the states that there are mean nothing now. */
  private expectLayout(): void {
    const change = this.self.layoutChange;
    if (change === null) return;
    this.self.layoutChange = null;
    this.undo(true);
    throw change;
  }

  /** What stopped the round, the search finds again alone. */
  private giveUp(): RoundEnd {
    const { first, end, memory, failures } = this;
    const stop = Atomics.load(memory.control, word.stop);
    this.undo(true);
    this.failures = Math.min(failures + 1, failuresMax);
    const states = (stop === 0 ? end : Math.min(stop, end)) - first;
    return { kind: 'alone', states: states << failures };
  }

  /** Nobody is at work any more. `isWhole`: the phase under way has come to its end. */
  private undo(isWhole: boolean): void {
    const { current } = this;
    this.leave();
    if (isWhole && (current === phase.expand || current === phase.sort)) this.removeNew();
    else this.found.restoreTable();
  }

  /** The round is over; the leader goes on alone for now. */
  private leave(): void {
    this.current = null;
    // There is none where memory has ended before its arrays were made.
    this.members?.self.standAlone();
  }

  /** They came last, so that without them the table is as it was. */
  private removeNew(): void {
    const { table } = this.found.arrays;
    for (const { count, places } of this.arrays.news) {
      const end = count[0] as number;
      for (let i = 0; i < end; i++) table[places[i] as number] = 0;
    }
  }

  /** Numbers the new states of each block. */
  private countNew(): void {
    const { control, blocks } = this.memory;
    const base = this.found.size;
    let index = base;
    for (let block = 0; block < (control[word.blockCount] as number); block++) {
      blocks.index[block] = index;
      for (const news of blocks.news) index += news[block] as number;
    }
    this.added = index - base;
  }

  private finish(): RoundEnd {
    const { control, blocks } = this.memory;
    const blockCount = control[word.blockCount] as number;
    const states = Math.min(
      this.end - this.first,
      blockCount << (control[word.blockShift] as number),
    );
    let generated = 0;
    for (let b = 0; b < blockCount; b++) generated += blocks.generated[b] as number;
    this.found.adopt(this.added);
    this.leave();
    this.failures = 0;
    this.successorsOfState = Math.max(1, generated / states);
    return { kind: 'expanded', states, generated };
  }
}
