/**
 * One member's share in generating the successors of a round. What a single worker would do more
 * about than to count them and to store what is new stops the round.
 */
import { chunkMask, chunkShift } from '../chunks.js';
import type { Model, StateVector } from '../model.js';
import { hashWords } from '../stateHash.js';
import { type Successors, stopAt, type TeamMemory, word } from './shared.js';
import type { TeamStates } from './teamStates.js';
import type { Watch } from './watch.js';

export class Expansion {
  private readonly vector: StateVector;
  private readonly own: Successors;
  private readonly room: number;
  /** What each action writes, by its number; null where that is not known. */
  private readonly written: readonly (Int32Array | null)[];
  private readonly hasConstraint: boolean;
  private readonly checksSteps: boolean;
  private current = 0;
  private used = 0;
  private successorCount = 0;

  private readonly onSuccessor = (state: StateVector, action: number): boolean => {
    this.successorCount++;
    if (this.hasConstraint && !this.isInside(state)) return !this.watch.isAlarmed;
    if (this.checksSteps) this.watch.checks.checkStep(this.vector, state, 0);
    return this.add(state, action) && !this.watch.isAlarmed;
  };

  constructor(
    private readonly model: Model,
    private readonly memory: TeamMemory,
    private readonly member: number,
    private readonly states: TeamStates,
    private readonly watch: Watch,
    private readonly checkDeadlock: boolean,
  ) {
    this.vector = new Int32Array(model.slotCount);
    this.own = states.successors[member] as Successors;
    this.room = this.own.hashes.length;
    this.hasConstraint = model.constraint !== null || (model.actionConstraint ?? null) !== null;
    this.checksSteps = (model.actionProperties ?? []).length > 0;
    this.written = Array.from({ length: model.actionCount }, (_, action) => {
      return model.slotsWritten?.(action) ?? null;
    });
  }

  /** Takes blocks until there is none, or not enough room for another. */
  run(): void {
    const { control, blocks } = this.memory;
    const blockCount = control[word.blockCount] as number;
    const blockSize = control[word.blockSize] as number;
    this.used = 0;
    while (this.used < this.room >>> 1 && Atomics.load(control, word.stop) === 0) {
      const block = Atomics.add(control, word.cursor, 1);
      if (block >= blockCount) break;
      const first = (control[word.first] as number) + block * blockSize;
      const end = Math.min(first + blockSize, control[word.end] as number);
      blocks.member[block] = this.member;
      blocks.start[block] = this.used;
      let generated = 0;
      for (let state = first; state < end && !this.watch.isAlarmed; state++) {
        this.expand(state);
        generated += this.successorCount;
      }
      blocks.end[block] = this.used;
      blocks.generated[block] = generated;
    }
  }

  private expand(state: number): void {
    const { watch, vector } = this;
    this.current = state;
    this.successorCount = 0;
    this.states.read(state, vector);
    try {
      this.model.successors(vector, this.onSuccessor);
      if (this.successorCount === 0 && this.checkDeadlock) watch.checks.deadlock(state);
    } catch (error) {
      watch.checks.fail(error, 'step', null, state);
    }
    if (watch.isAlarmed) stopAt(this.memory.control, state);
  }

  /** False if it has no room, or a code is too wide: then the leader widens the packing. */
  private add(state: StateVector, action: number): boolean {
    const { own, used, states } = this;
    const { wordCount } = states;
    const at = used * wordCount;
    if (used === this.room || !this.pack(state, this.written[action] ?? null, at)) {
      this.watch.alarm();
      return false;
    }
    own.hashes[used] = hashWords(own.words, at, wordCount);
    own.from[used] = this.current;
    own.actions[used] = action;
    own.places[used] = 0;
    this.used = used + 1;
    return true;
  }

  private pack(state: StateVector, written: Int32Array | null, at: number): boolean {
    const { arena, packing, wordCount } = this.states;
    const { words } = this.own;
    if (written === null) return packing.pack(state, words, at);
    const chunk = arena[this.current >>> chunkShift] as Int32Array;
    const from = (this.current & chunkMask) * wordCount;
    for (let i = 0; i < wordCount; i++) words[at + i] = chunk[from + i] as number;
    return packing.patch(state, this.vector, written, words, at);
  }

  /** As a search decides it. A state outside that violates anything is for the leader to keep. */
  private isInside(state: StateVector): boolean {
    const { constraint, actionConstraint } = this.model;
    const { checks, outside } = this.watch;
    try {
      if (constraint === null || constraint.holds(state)) {
        if (actionConstraint?.holds(this.vector, state) !== false) return true;
      }
    } catch (error) {
      checks.fail(error, 'constraint', null, 0);
      return false;
    }
    checks.checkInvariants(state, outside, true);
    if (this.checksSteps) checks.checkStep(this.vector, state, 0);
    return false;
  }
}
