/**
 * One member's share in generating the successors of a round. What a single worker would do more
 * about than to count them and to store what is new stops the round.
 */
import { chunkMask, chunkShift } from '../chunks.js';
import type { Model, StateVector } from '../model.js';
import { Insertion } from './insertion.js';
import { keyShift, type NewStates, stopAt, type TeamMemory, word } from './shared.js';
import type { TeamStates } from './teamStates.js';
import type { Watch } from './watch.js';

export class Expansion {
  private readonly vector: StateVector;
  private readonly newVector: StateVector;
  private readonly insertion: Insertion;
  private readonly own: NewStates;
  /** The actions of all steps, by their number. */
  private readonly steps: Int32Array;
  private readonly keyShift: number;
  /** What each action writes, by its number; null where that is not known. */
  private readonly written: readonly (Int32Array | null)[];
  private readonly hasConstraint: boolean;
  private readonly checksSteps: boolean;
  private readonly checksStates: boolean;
  private first = 0;
  private current = 0;
  private stepCount = 0;
  private successorCount = 0;

  private readonly onSuccessor = (state: StateVector, action: number): boolean => {
    this.successorCount++;
    if (this.hasConstraint && !this.isInside(state)) return !this.watch.isAlarmed;
    if (this.checksSteps) this.watch.checks.checkStep(this.vector, state, 0);
    return this.add(state, action) && !this.watch.isAlarmed;
  };

  private readonly onNew = (number: number): void => {
    if (!this.checksStates || this.watch.isAlarmed) return;
    const { packing, wordCount } = this.states;
    packing.unpack(this.own.words, number * wordCount, this.newVector);
    this.watch.checks.checkInvariants(this.newVector, 0);
    if (this.watch.isAlarmed) {
      const key = this.own.keys[number] as number;
      stopAt(this.memory.control, this.first + (key >>> this.keyShift));
    }
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
    this.newVector = new Int32Array(model.slotCount);
    this.insertion = new Insertion(memory, member, states);
    this.own = states.news[member] as NewStates;
    this.steps = memory.steps[member] as Int32Array;
    this.keyShift = keyShift(this.steps.length);
    this.hasConstraint = model.constraint !== null || (model.actionConstraint ?? null) !== null;
    this.checksSteps = (model.actionProperties ?? []).length > 0;
    this.checksStates = model.invariants.length > 0;
    this.written = Array.from({ length: model.actionCount }, (_, action) => {
      return model.slotsWritten?.(action) ?? null;
    });
  }

  /** Takes blocks until there is none, or not enough room for another. */
  run(): void {
    const { control } = this.memory;
    const blockCount = control[word.blockCount] as number;
    const room = this.steps.length;
    this.first = control[word.first] as number;
    this.stepCount = 0;
    this.insertion.begin();
    try {
      while (this.stepCount < room >>> 1 && Atomics.load(control, word.stop) === 0) {
        const block = Atomics.add(control, word.cursor, 1);
        if (block >= blockCount) break;
        this.expandBlock(block);
      }
      if (!this.watch.isAlarmed) this.insertion.insertGathered(this.onNew);
    } finally {
      this.insertion.end();
    }
  }

  private expandBlock(block: number): void {
    const { control, blocks, starts } = this.memory;
    const shift = control[word.blockShift] as number;
    const first = this.first + (block << shift);
    const end = Math.min(first + (1 << shift), control[word.end] as number);
    let generated = 0;
    for (let state = first; state < end && !this.watch.isAlarmed; state++) {
      starts[state - this.first] = this.stepCount;
      this.expand(state);
      generated += this.successorCount;
    }
    blocks.member[block] = this.member;
    blocks.generated[block] = generated;
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
    const { insertion, steps, stepCount, current } = this;
    if (stepCount === steps.length || !this.pack(state, action)) {
      this.watch.alarm();
      return false;
    }
    steps[stepCount] = action;
    this.stepCount = stepCount + 1;
    const step = stepCount - (this.memory.starts[current - this.first] as number);
    insertion.gather(((current - this.first) << this.keyShift) | step);
    if (insertion.isFull) insertion.insertGathered(this.onNew);
    return true;
  }

  private pack(state: StateVector, action: number): boolean {
    const { arena, packing, wordCount } = this.states;
    const { words, at } = this.insertion;
    const written = this.written[action] ?? null;
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
      checks.fail(error, 'constraint', null, outside);
      return false;
    }
    checks.checkInvariants(state, outside, true);
    if (this.checksSteps) checks.checkStep(this.vector, state, 0);
    return false;
  }
}
