/** A member of a team: does its share of each phase. The leader is a member, too. */
import { chunkMask, chunkShift } from '../chunks.js';
import { CodesStuck, LayoutChanged, type Model, type StateVector } from '../model.js';
import { entryOf, hashWords } from '../stateHash.js';
import { SharedCodeLog } from './codeLog.js';
import { Expansion } from './expansion.js';
import { Insertion } from './insertion.js';
import { type Phase, phase } from './phases.js';
import { type SharedStates, type Successors, stopAt, type TeamMemory, word } from './shared.js';
import { TeamStates } from './teamStates.js';
import { type KnownViolation, Watch } from './watch.js';

/** What the leader tells the others between two rounds. All of it can be cloned. */
export type TeamMessage =
  | { readonly kind: 'states'; readonly states: SharedStates }
  | { readonly kind: 'known'; readonly violations: readonly KnownViolation[] }
  /** The codes that the log goes on from: what the model's `CodeSharing.codes` has given. */
  | { readonly kind: 'codes'; readonly codes: unknown };

/** How many states a member places in a table before it asks for the next. */
const placedAtOnce = 1 << 8;

export class Member {
  private states: TeamStates | null = null;
  private watch: Watch;
  private expansion: Expansion | null = null;
  private insertion: Insertion | null = null;
  private vector: StateVector = new Int32Array(0);
  private readonly log: SharedCodeLog;
  private readonly hashes = new Int32Array(placedAtOnce);
  /** Read by nobody: it keeps the reads that fill it from being optimised away. */
  private touched = 0;
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
    this.insertion = null;
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
    if (this.states === null) throw new Error('a member that knows no states');
    if (order === phase.insert) this.inserting(this.states).run();
    else if (order === phase.commit) this.commit(this.states);
    else if (order === phase.rebuild) this.rebuild(this.states);
    else this.runModel(order, this.states);
  }

  /** After all members have inserted; for the leader. */
  insertDeferred(): void {
    this.inserting(this.states as TeamStates).insertDeferred(this.memory.blocks);
  }

  /** For the leader: it knows the codes of all states then, and gives new ones by itself. */
  standAlone(): void {
    const { sharing } = this.model;
    sharing?.catchUp();
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
  private runModel(order: Phase, states: TeamStates): void {
    if (this.watch.isAlarmed) this.watch.reset();
    try {
      this.model.sharing?.catchUp();
      if (order === phase.check) this.check(states);
      else this.expanding(states).run();
    } catch (error) {
      const { control } = this.memory;
      if (error instanceof LayoutChanged) this.layoutChange = error;
      Atomics.store(control, word.isForeign, 1);
      stopAt(control, control[word.first] as number);
    }
  }

  private expanding(states: TeamStates): Expansion {
    const { model, memory, number, watch, checkDeadlock } = this;
    this.expansion ??= new Expansion(model, memory, number, states, watch, checkDeadlock);
    return this.expansion;
  }

  private inserting(states: TeamStates): Insertion {
    this.insertion ??= new Insertion(this.memory, this.number, states);
    return this.insertion;
  }

  private check(states: TeamStates): void {
    const { control } = this.memory;
    if (this.vector.length !== this.model.slotCount) {
      this.vector = new Int32Array(this.model.slotCount);
    }
    this.eachBlock((block) => {
      if (Atomics.load(control, word.stop) !== 0) return;
      this.eachNew(states, block, (own, i) => {
        if (this.watch.isAlarmed) return;
        states.packing.unpack(own.words, i * states.wordCount, this.vector);
        this.watch.checks.checkInvariants(this.vector, 0);
        if (this.watch.isAlarmed) stopAt(control, own.from[i] as number);
      });
    });
  }

  private commit(states: TeamStates): void {
    const { blocks } = this.memory;
    this.eachBlock((block) => {
      let index = blocks.index[block] as number;
      this.eachNew(states, block, (own, i) => states.settle(index++, own, i));
    });
  }

  private eachBlock(visit: (block: number) => void): void {
    const { control } = this.memory;
    const blockCount = control[word.blockCount] as number;
    for (;;) {
      const block = Atomics.add(control, word.cursor, 1);
      if (block >= blockCount) return;
      visit(block);
    }
  }

  private eachNew(
    { successors }: TeamStates,
    block: number,
    visit: (own: Successors, i: number) => void,
  ): void {
    const { member, start, end } = this.memory.blocks;
    const own = successors[member[block] as number] as Successors;
    const { places } = own;
    const last = end[block] as number;
    for (let i = start[block] as number; i < last; i++) if (places[i] !== 0) visit(own, i);
  }

  /** Places the states in an empty table; they differ, so that it does not matter who is first. */
  private rebuild(states: TeamStates): void {
    const { control } = this.memory;
    const count = control[word.base] as number;
    for (;;) {
      const first = Atomics.add(control, word.cursor, placedAtOnce);
      if (first >= count) return;
      this.placeSome(first, Math.min(placedAtOnce, count - first), states);
    }
  }

  private placeSome(first: number, count: number, { arena, table, wordCount }: TeamStates): void {
    const { hashes } = this;
    const last = table.length - 1;
    let sum = 0;
    for (let i = 0; i < count; i++) {
      const index = first + i;
      const chunk = arena[index >>> chunkShift] as Int32Array;
      const hash = hashWords(chunk, (index & chunkMask) * wordCount, wordCount);
      hashes[i] = hash;
      // No read waits for another, so the processor has many of them under way.
      sum ^= table[hash & last] as number;
    }
    this.touched ^= sum;
    for (let i = 0; i < count; i++) {
      const hash = hashes[i] as number;
      const entry = entryOf(first + i, hash, table.length);
      let place = hash & last;
      while (Atomics.compareExchange(table, place, 0, entry) !== 0) place = (place + 1) & last;
    }
  }
}
