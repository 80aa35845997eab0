/**
 * What the members of a team know of the search: the arrays, the codes, and what is violated. They
 * are told between two rounds, and only what is other than before.
 */
import type { FoundStates } from '../foundStates.js';
import type { Memory } from '../memory.js';
import type { Violation } from '../result.js';
import type { Member, TeamMessage } from './member.js';
import { phase } from './phases.js';
import { RoundArrays } from './roundArrays.js';
import type { NewStates } from './shared.js';
import type { Team } from './team.js';
import { knownOf } from './watch.js';

export class TeamKnowledge {
  private arrays: RoundArrays;
  private isToldCodes = false;
  /** They are taking on the codes, and can do nothing else. */
  private isLearning = false;
  private toldViolations = -1;

  constructor(
    private readonly team: Team,
    private readonly leader: Member,
    /** How many successors a member may generate in a round. */
    private readonly room: number,
    private readonly memory: Memory,
  ) {
    this.arrays = this.newArrays();
  }

  /** Everything begins again: what they know is void. */
  restart(): void {
    this.arrays = this.newArrays();
    this.isToldCodes = false;
    this.toldViolations = -1;
  }

  /** The new states of the round, by member. */
  get news(): readonly NewStates[] {
    return this.arrays.news;
  }

  /** Whether all members know the codes, but for the last ones; if not, they are learning them. */
  hasLearned(): boolean {
    const { team, leader } = this;
    if (this.isLearning && !team.isDone(0)) return false;
    this.isLearning = false;
    if (this.isToldCodes) return true;
    team.tell({ kind: 'codes', codes: leader.beginLog() });
    leader.standAlone();
    this.isToldCodes = true;
    this.isLearning = true;
    team.order(phase.learn);
    return false;
  }

  /** They must learn the codes again, all of them. */
  forgetCodes(): void {
    this.isToldCodes = false;
  }

  /** The codes that the leader has given alone; false: they have to learn them all again. */
  tellLastCodes(): boolean {
    const hasRoom = this.leader.publish();
    if (!hasRoom) this.forgetCodes();
    return hasRoom;
  }

  /** Everything but codes; the leader as a member is told, too. Throws MemoryLimit. */
  tell(found: FoundStates, violations: readonly Violation[]): void {
    const { team, leader } = this;
    const messages: TeamMessage[] = [];
    const states = this.arrays.changed(found);
    if (states !== null) messages.push({ kind: 'states', states });
    if (violations.length !== this.toldViolations) {
      messages.push({ kind: 'known', violations: knownOf(violations) });
      this.toldViolations = violations.length;
    }
    for (const message of messages) {
      team.tell(message);
      leader.take(message);
    }
  }

  private newArrays(): RoundArrays {
    return new RoundArrays(this.team.size, this.room, this.memory);
  }
}
