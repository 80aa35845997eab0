/**
 * The states of a finished search with the steps between them, in three arrays: where the steps of
 * a state begin, where each leads to, and its label, which stands for the action and the bits of
 * the atoms that hold of the step. Steps are made again from the model, in one pass that also
 * evaluates each atom once for each state.
 *
 * A step that changes nothing is left out: every state may be repeated, and no atom over steps
 * holds of that. Steps and states that the constraints leave out are not there, as in TLC; but an
 * action that leads there is enabled.
 */
import type { Memory } from '../memory.js';
import type { Model, StateVector } from '../model.js';
import type { SearchResult } from '../result.js';
import type { StepAtom, TemporalModel } from './temporalModel.js';

const wordBits = 5;
/** Among so many steps one by one is faster than a map. */
const scannedMax = 32;

export class StepGraph {
  readonly stateCount: number;
  /** Steps of state s are those from `starts[s]` up to, not including, `starts[s + 1]`. */
  readonly starts: Int32Array;
  targets: Int32Array;
  labels: Int32Array;
  readonly stateWords: number;
  readonly stepWords: number;
  /** Word w of state s is at s * stateWords + w. */
  readonly stateBits: Int32Array;
  /** Word w of label l is at l * stepWords + w; label 0 is that of a step that changes nothing. */
  readonly labelBits: number[];
  /** -1 for label 0. */
  readonly labelActions: number[] = [-1];
  private stepCount = 0;
  private next = 0;
  private readonly labelNumbers = new Map<string, number>();
  /** Of a state with many steps: the first step to each target. */
  private readonly firsts = new Map<number, number>();
  /** By action: the bits and the number of the label that it had last. */
  private readonly lastLabels: number[] = [];
  private readonly vector: StateVector;
  /** The step atoms that an action decides, by action. */
  private readonly decided: readonly (readonly Decided[])[];
  private readonly hasEvaluated: boolean;
  private readonly stepBits: Int32Array;
  private readonly wordsOfState: Int32Array;
  /** The step atoms that some step from the state has, also one that a constraint leaves out. */
  private readonly generatedBits: Int32Array;
  private readonly hasConstraint: boolean;

  constructor(
    private readonly model: Model,
    private readonly temporal: TemporalModel,
    private readonly result: SearchResult,
    private readonly memory: Memory,
  ) {
    const { stepAtoms, stateAtomCount, conditions } = temporal;
    this.stateCount = result.states.size;
    this.stateWords = wordCount(stateAtomCount + conditions.length);
    this.stepWords = wordCount(stepAtoms.length);
    this.starts = memory.array(this.stateCount + 1);
    this.stateBits = memory.array(this.stateCount * this.stateWords);
    // What was generated has at least one initial state in it.
    const expected = Math.max(1, result.generated);
    this.targets = memory.array(expected);
    this.labels = memory.array(expected);
    this.labelBits = new Array<number>(this.stepWords).fill(0);
    this.vector = new Int32Array(result.slotCount);
    this.decided = decidedByAction(stepAtoms, model.actionCount);
    this.hasEvaluated = stepAtoms.some(({ kind }) => kind === 'evaluated');
    this.stepBits = new Int32Array(this.stepWords);
    this.wordsOfState = new Int32Array(this.stateWords);
    this.generatedBits = new Int32Array(this.stepWords);
    this.hasConstraint = model.constraint !== null || (model.actionConstraint ?? null) !== null;
  }

  /** How many states are done. */
  get done(): number {
    return this.next;
  }

  get steps(): number {
    return this.stepCount;
  }

  /** Takes up to so many states; false when all are done. Throws EvaluationFailure, MemoryLimit. */
  advance(count: number): boolean {
    const end = Math.min(this.next + count, this.stateCount);
    while (this.next < end) this.takeState(this.next++);
    return this.next < this.stateCount;
  }

  isInside(state: number): boolean {
    return !this.result.isOutsideConstraint(state);
  }

  stateHas(state: number, atom: number): boolean {
    const word = this.stateBits[state * this.stateWords + (atom >>> wordBits)] as number;
    return ((word >>> (atom & 31)) & 1) === 1;
  }

  labelHas(label: number, atom: number): boolean {
    const word = this.labelBits[label * this.stepWords + (atom >>> wordBits)] as number;
    return ((word >>> (atom & 31)) & 1) === 1;
  }

  private takeState(state: number): void {
    const { temporal, result, model, vector } = this;
    this.starts[state] = this.stepCount;
    if (this.isInside(state)) {
      result.states.read(state, vector);
      this.wordsOfState.fill(0);
      this.generatedBits.fill(0);
      temporal.stateAtoms(vector, this.wordsOfState);
      model.successors(vector, (successor, action) => {
        this.takeStep(state, successor, action);
        return true;
      });
      this.noteEnabled();
      this.stateBits.set(this.wordsOfState, state * this.stateWords);
    }
    this.starts[state + 1] = this.stepCount;
  }

  private takeStep(state: number, successor: StateVector, action: number): void {
    const { result, generatedBits, stepBits } = this;
    const target = result.states.find(successor);
    if (target === state) return;
    this.evaluateStep(successor, action);
    for (let i = 0; i < generatedBits.length; i++) {
      generatedBits[i] = (generatedBits[i] as number) | (stepBits[i] as number);
    }
    if (target < 0) {
      if (this.hasConstraint) return;
      throw new Error('a state that the search has not found');
    }
    if (this.hasConstraint && !this.isTaken(target, successor)) return;
    this.add(state, target, action);
  }

  private isTaken(target: number, successor: StateVector): boolean {
    if (!this.isInside(target)) return false;
    return this.model.actionConstraint?.holds(this.vector, successor) !== false;
  }

  private evaluateStep(successor: StateVector, action: number): void {
    const { stepBits, temporal, vector } = this;
    stepBits.fill(0);
    if (this.hasEvaluated) temporal.evaluateStep(vector, successor, stepBits);
    const decided = this.decided[action];
    if (decided === undefined) return;
    for (let i = 0; i < decided.length; i++) {
      const { atom, guards, change } = decided[i] as Decided;
      if (change !== null && !hasBit(stepBits, change)) continue;
      if (guards.length > 0 && !guards.every((guard) => hasBit(this.wordsOfState, guard))) continue;
      const word = atom >>> wordBits;
      stepBits[word] = (stepBits[word] as number) | (1 << (atom & 31));
    }
  }

  /** Of the conditions that no predicate tells where they are enabled. */
  private noteEnabled(): void {
    const { temporal, wordsOfState, generatedBits } = this;
    temporal.conditions.forEach(({ enabled, step }, i) => {
      if (enabled !== null || !hasBit(generatedBits, step)) return;
      const atom = temporal.stateAtomCount + i;
      const word = atom >>> wordBits;
      wordsOfState[word] = (wordsOfState[word] as number) | (1 << (atom & 31));
    });
  }

  /** The label for an action and the bits of `stepBits`. */
  private labelOf(action: number): number {
    const { stepBits, lastLabels, labelBits, stepWords } = this;
    const last = lastLabels[action];
    if (last !== undefined) {
      let word = 0;
      while (word < stepWords && labelBits[last * stepWords + word] === stepBits[word]) word++;
      if (word === stepWords) return last;
    }
    const key = `${action} ${stepBits.join(' ')}`;
    let label = this.labelNumbers.get(key);
    if (label === undefined) {
      label = this.labelActions.push(action) - 1;
      for (const bits of stepBits) labelBits.push(bits);
      this.labelNumbers.set(key, label);
    }
    lastLabels[action] = label;
    return label;
  }

  /**
   * A step is a pair of states: it has the atoms of every action that leads from the one to the
   * other, whichever of them is told as its own.
   */
  private add(state: number, target: number, action: number): void {
    const first = this.firstTo(state, target);
    if (first >= 0) this.unite(first, target);
    const label = this.labelOf(action);
    for (let i = first; i >= 0 && i < this.stepCount; i++) {
      if (this.targets[i] === target && this.labels[i] === label) return;
    }
    if (this.stepCount === this.targets.length) {
      this.targets = this.memory.doubled(this.targets);
      this.labels = this.memory.doubled(this.labels);
    }
    this.targets[this.stepCount] = target;
    this.labels[this.stepCount] = label;
    this.stepCount++;
  }

  /** The first step from the state to the target that is known; -1 if there is none. */
  private firstTo(state: number, target: number): number {
    const { targets, stepCount, firsts } = this;
    const start = this.starts[state] as number;
    if (stepCount - start < scannedMax) {
      for (let i = start; i < stepCount; i++) if (targets[i] === target) return i;
      return -1;
    }
    if (stepCount - start === scannedMax) {
      firsts.clear();
      for (let i = stepCount - 1; i >= start; i--) firsts.set(targets[i] as number, i);
    }
    const known = firsts.get(target);
    if (known === undefined) firsts.set(target, stepCount);
    return known ?? -1;
  }

  /** Gives the bits of `stepBits` to all steps to the target, and theirs to `stepBits`. */
  private unite(first: number, target: number): void {
    const { stepBits, labelBits, stepWords, labels } = this;
    const known = (labels[first] as number) * stepWords;
    let isSame = true;
    for (let word = 0; word < stepWords; word++) {
      const before = labelBits[known + word] as number;
      const all = before | (stepBits[word] as number);
      if (all !== before) isSame = false;
      stepBits[word] = all;
    }
    if (isSame) return;
    for (let i = first; i < this.stepCount; i++) {
      if (this.targets[i] !== target) continue;
      labels[i] = this.labelOf(this.labelActions[labels[i] as number] as number);
    }
  }
}

interface Decided {
  readonly atom: number;
  readonly guards: readonly number[];
  readonly change: number | null;
}

function decidedByAction(atoms: readonly StepAtom[], actionCount: number): Decided[][] {
  const all: Decided[][] = Array.from({ length: actionCount }, () => []);
  atoms.forEach((one, atom) => {
    if (one.kind !== 'actions') return;
    const { guards, change } = one;
    for (const action of one.actions) all[action]?.push({ atom, guards, change });
  });
  return all;
}

function hasBit(bits: Int32Array, atom: number): boolean {
  return (((bits[atom >>> wordBits] as number) >>> (atom & 31)) & 1) === 1;
}

export function wordCount(bits: number): number {
  return Math.max(1, Math.ceil(bits / 32));
}
