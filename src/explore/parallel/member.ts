/** A member of a team: does its share of each phase. The leader is a member, too. */
import { CodesStuck, LayoutChanged, type Model } from '../model.js';
import { TableFilling } from '../tableFilling.js';
import { SharedCodeLog } from './codeLog.js';
import { Expansion } from './expansion.js';
import { type Phase, phase } from './phases.js';
import { Settling } from './settling.js';
import { type NewStates, type SharedStates, stopAt, type TeamMemory, word } from './shared.js';
import { TeamStates } from './teamStates.js';
import { type KnownViolation, Watch } from './watch.js';

/** What the leader tells the others between two rounds. All of it can be cloned. */
export type TeamMessage =
  | { readonly kind: 'states'; readonly states: SharedStates }
  | { readonly kind: 'known'; readonly violations: readonly KnownViolation[] }
  /** The codes that the log goes on from: what the model's `CodeSharing.codes` has given. */
  | { readonly kind: 'codes'; readonly codes: unknown };

export class Member {
  private states: TeamStates | null = null;
  private watch: Watch;
  private expansion: Expansion | null = null;
  private settlings: Settling | null = null;
  private filling: TableFilling | null = null;
  private readonly log: SharedCodeLog;
  /** Its model has taken on other slots: the search must begin again. */
  layoutChange: LayoutChanged | null = null;

  constructor(
    private readonly model: Model,
    private readonly memory: TeamMemory,
    private readonly number: number,
    private readonly checkDeadlock: boolean,
  ) {
    this.log = new SharedCodeLog(memory.control, memory.log);
    this.watch = new Watch(model, []);
  }

  take(message: TeamMessage): void {
    if (message.kind === 'states') this.states = new TeamStates(message.states);
    else if (message.kind === 'known') this.watch = new Watch(this.model, message.violations);
    else this.adopt(message.codes);
    // Made when they are needed, of what is known by then.
    this.expansion = null;
    this.settlings = null;
  }

  /** For the leader, whose codes they are: the log begins anew, and everybody must be told. */
  beginLog(): unknown {
    const { sharing } = this.model;
    if (sharing == null) throw new Error('the model shares no codes');
    this.log.clear();
    this.expansion = null;
    sharing.agreeIn(this.log);
    return sharing.codes();
  }

  run(order: Phase): void {
    // Whatever was told was taken already.
    if (order === phase.learn) return;
    const { states } = this;
    if (states === null) throw new Error('a member that knows no states');
    if (order === phase.expand) this.expand(states);
    else if (order === phase.sort) this.settling(states).sort();
    else if (order === phase.settle) this.settling(states).settle();
    else this.fillTable(order, states);
  }

  /** For the leader: it knows the codes of all states then, and gives new ones by itself. */
  standAlone(): void {
    const { sharing } = this.model;
    try {
      sharing?.catchUp();
    } catch (error) {
      // Whatever it does not know is of a round that is undone; `publish` will say the rest.
      if (!(error instanceof CodesStuck)) throw error;
    }
    sharing?.standAlone();
  }

  /** The end of that; false if the log has no room for these codes, and must begin anew. */
  publish(): boolean {
    try {
      this.model.sharing?.publish();
      return true;
    } catch (error) {
      if (error instanceof CodesStuck) return false;
      throw error;
    }
  }

  private adopt(codes: unknown): void {
    const { sharing } = this.model;
    if (sharing?.adopt(codes) !== true) throw new Error('the codes are of another specification');
    this.log.rewind();
    sharing.agreeIn(this.log);
  }

  /** What a search does not expect stops the round: the leader will meet it again, alone. */
  private expand(states: TeamStates): void {
    const { model, memory, number, watch, checkDeadlock } = this;
    if (watch.isAlarmed) watch.reset();
    // Whatever happens, those of the round before are no longer new.
    (states.news[number] as NewStates).count[0] = 0;
    try {
      model.sharing?.catchUp();
      this.expansion ??= new Expansion(model, memory, number, states, watch, checkDeadlock);
      this.expansion.run();
    } catch (error) {
      const { control } = memory;
      if (error instanceof LayoutChanged) this.layoutChange = error;
      Atomics.store(control, word.isForeign, 1);
      stopAt(control, control[word.first] as number);
    }
  }

  private settling(states: TeamStates): Settling {
    this.settlings ??= new Settling(this.memory, this.number, states);
    return this.settlings;
  }

  private fillTable(order: Phase, states: TeamStates): void {
    const { control, partCounts } = this.memory;
    if (order === phase.scatter) {
      (partCounts[this.number] as Int32Array).fill(0);
      this.filling = new TableFilling(states.table, states, this.number, partCounts);
      this.filling.scatter(control[word.base] as number);
      return;
    }
    const { filling } = this;
    if (filling === null) throw new Error('nothing is scattered');
    if (order === phase.rest) {
      filling.placeRest();
      this.filling = null;
      return;
    }
    for (;;) {
      const part = Atomics.add(control, word.cursor, 1);
      if (part >= filling.partCount) return;
      filling.fill(part);
    }
  }
}
