/**
 * Which process may move alone in a state. Nearly all is decided before the search, per location.
 * What is left is decided when a process is first met at a location with other values of its own
 * variables, and remembered: they tell which branch it will take and which element a key means.
 */
import type { StateVector } from '../../explore/model.js';
import { formulasOf } from '../../semantics/formulas.js';
import type { Specification } from '../../semantics/specification.js';
import { ModelValue, type Value } from '../../values/index.js';
import { type ActionInstance, actionInstances } from '../actions/instances.js';
import { type Context, unboundContext } from '../context.js';
import type { Layout, Leaf } from '../layout.js';
import type { Sources } from '../sources.js';
import { Unit } from '../unit.js';
import { type Footprint, footprintOf } from './actionFootprint.js';
import { AnalysedStorage } from './analysedStorage.js';
import { ExpressionReads } from './expressionReads.js';
import { findProcesses, type Location, locatedStep, type Process } from './locatedSteps.js';
import { ReadSet } from './readSet.js';
import { type Harmful, Safety } from './safety.js';

/** So many slots of its own, at the most, decide what a process may do at a location. */
const pinnedMax = 3;
/** Whole numbers from 0 below this one, for there may be very many. */
const smallMax = 16;

/** Three codes below this one make a number that is exact. */
const numberMax = 2 ** 17;

const nowhere = -1;

/** Of one location: with which slots it must be looked at, and what was found. */
interface Verdicts {
  readonly process: number;
  readonly location: Location;
  readonly pinned: readonly number[];
  /** By location: 1 where a process that is there forbids it. Null: it is safe nowhere. */
  always: Uint8Array | null;
  readonly byValues: Map<number, Uint8Array | null>;
}

export class AmpleProcesses {
  /** By the number of the action. */
  readonly footprints: readonly Footprint[];
  private readonly instances: readonly ActionInstance[];
  private readonly processes: readonly Process[];
  private readonly safety: Safety;
  private readonly slots: Int32Array;
  /** The locations of all processes. */
  private readonly verdicts: readonly Verdicts[];
  /** Per process, by the code of its slot: the number of the location, or `nowhere`. */
  private readonly numbers: readonly Int32Array[];

  constructor(
    private readonly specification: Specification,
    private readonly sources: Sources,
    private readonly layout: Layout,
    private readonly slotsWritten: readonly Int32Array[],
  ) {
    const context = this.contextWith(new Map());
    this.instances = this.instancesIn(context);
    this.footprints = this.instances.map((one, action) => this.footprint(one, action));
    const found = findProcesses(this.footprints);
    this.processes = found.processes;
    const { constraints } = specification;
    const visible = [...formulasOf(specification).invariants, ...constraints].map(({ expr }) => {
      const reads = new ReadSet();
      new ExpressionReads(layout, reads).visit(expr, { ...context, assigned: null });
      return reads;
    });
    this.safety = new Safety(found, visible);
    this.slots = Int32Array.from(found.processes, ({ slot }) => slot);
    this.verdicts = found.processes.flatMap(({ locations, own, slot }, process) =>
      locations.map((location): Verdicts => {
        const read = location.steps.flatMap(({ reads }) => [...reads.slots]);
        const pinned = [...new Set(read)].filter((one) => own.has(one) && one !== slot);
        const few = pinned.sort((a, b) => a - b).slice(0, pinnedMax);
        return { process, location, pinned: few, always: null, byValues: new Map() };
      }),
    );
    this.numbers = found.processes.map(({ slot }, process) => this.numbersOf(process, slot));
    for (const one of this.verdicts) {
      const { process, location } = one;
      const harmful = this.safety.harmful(process, location.value, location.steps);
      one.always = harmful && this.table(harmful);
    }
  }

  /** Per process: the numbers of its actions. */
  get actions(): readonly (readonly number[])[] {
    return this.processes.map(({ actions }) => actions);
  }

  /**
   * Whether the steps of the process are an ample set of the state, if there are any and the cycle
   * proviso is kept.
   */
  isAmple(process: number, state: StateVector): boolean {
    const number = this.locationOf(process, state);
    if (number === nowhere) return false;
    const verdicts = this.verdicts[number] as Verdicts;
    if (this.isFree(verdicts.always, state)) return true;
    if (verdicts.pinned.length === 0) return false;
    return this.isFree(this.withValues(verdicts, state), state);
  }

  private isFree(harmful: Uint8Array | null, state: StateVector): boolean {
    if (harmful === null) return false;
    for (let other = 0; other < this.slots.length; other++) {
      const there = this.locationOf(other, state);
      if (there !== nowhere && harmful[there] === 1) return false;
    }
    return true;
  }

  /** At a value that no action asks for a process has no steps any more. */
  private locationOf(process: number, state: StateVector): number {
    const numbers = this.numbers[process] as Int32Array;
    const code = state[this.slots[process] as number] as number;
    return code < numbers.length ? (numbers[code] as number) : nowhere;
  }

  private withValues(verdicts: Verdicts, state: StateVector): Uint8Array | null {
    const { pinned, byValues } = verdicts;
    let key = 0;
    for (const slot of pinned) key = key * numberMax + this.numberOf(slot, state);
    let harmful = byValues.get(key);
    if (harmful === undefined) {
      harmful = this.examine(verdicts, state);
      byValues.set(key, harmful);
    }
    return harmful;
  }

  /** Which small value the slot holds, as a number; 0 for all others. */
  private numberOf(slot: number, state: StateVector): number {
    const code = state[slot] as number;
    const { dictionary } = this.layout.leaves[slot] as Leaf;
    const isFew = code + 1 < numberMax && isSmall(dictionary.values[code] as Value);
    return isFew ? code + 1 : 0;
  }

  private examine({ process, location, pinned }: Verdicts, state: StateVector): Uint8Array | null {
    const { slot } = this.processes[process] as Process;
    const known = new Map<number, Value>([[slot, location.value]]);
    for (const one of pinned) {
      const { dictionary } = this.layout.leaves[one] as Leaf;
      const value = dictionary.values[state[one] as number] as Value;
      if (this.numberOf(one, state) > 0) known.set(one, value);
    }
    const context = this.contextWith(known);
    const instances = this.instancesIn(context, location.actions);
    const steps = location.actions.map((action) => {
      return locatedStep(this.footprint(instances[action] as ActionInstance, action), known);
    });
    const harmful = this.safety.harmful(process, location.value, steps);
    return harmful && this.table(harmful);
  }

  private footprint(instance: ActionInstance, action: number) {
    return footprintOf(instance, this.layout, this.slotsWritten[action] as Int32Array);
  }

  /** What is compiled to find out what steps do is thrown away. */
  private contextWith(known: ReadonlyMap<number, Value>): Context {
    const unit = new Unit(this.sources, new AnalysedStorage(this.layout, known));
    return unboundContext(unit);
  }

  /** The actions, of which only these are looked at. */
  private instancesIn(context: Context, wanted?: readonly number[]): readonly ActionInstance[] {
    const known = wanted?.map((action) => this.instances[action] as ActionInstance);
    if (!known?.every(isOfAnyUnit)) {
      return actionInstances(this.specification.next, this.specification.labels, context);
    }
    const { unit } = context;
    return this.instances.map((one) => ({ ...one, context: { ...one.context, unit } }));
  }

  private numbersOf(process: number, slot: number): Int32Array {
    const { dictionary } = this.layout.leaves[slot] as Leaf;
    const codes = this.verdicts.map((one) => {
      return one.process === process ? dictionary.code(one.location.value) : nowhere;
    });
    const numbers = new Int32Array(Math.max(nowhere, ...codes) + 1).fill(nowhere);
    codes.forEach((code, number) => {
      if (code !== nowhere) numbers[code] = number;
    });
    return numbers;
  }

  private table(harmful: Harmful): Uint8Array {
    return Uint8Array.from(this.verdicts, ({ process, location }) =>
      harmful[process]?.has(location.value) ? 1 : 0,
    );
  }
}

function isOfAnyUnit({ context }: ActionInstance): boolean {
  return [...context.bindings.values()].every(
    (binding) => binding.kind === 'code' && binding.code.known !== undefined,
  );
}

/** A value of which there are few; which they are must not depend on what was met before. */
function isSmall(value: Value): boolean {
  if (typeof value === 'number') return value >= 0 && value < smallMax;
  return typeof value !== 'object' || value instanceof ModelValue;
}
