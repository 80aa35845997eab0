/**
 * Processes, found by what their actions do: the actions that begin by comparing one and the same
 * slot with constants are a process, if no other action writes that slot. It holds where the
 * process is (PlusCal: `pc[self]`), and its values are the locations. Each action is looked at once
 * per location, so that what it does to the slot is known.
 */
import type { Value } from '../../values/index.js';
import type { Footprint } from './actionFootprint.js';
import type { Change, ReadSet } from './readSet.js';

/** What an action does where something is known of the state. */
export interface LocatedStep {
  readonly reads: ReadSet;
  readonly changes: readonly Change[];
  readonly first: Footprint['first'];
}

export interface Location {
  readonly value: Value;
  /** The numbers of the actions that may be taken here, and what they do. */
  readonly actions: readonly number[];
  readonly steps: readonly LocatedStep[];
  /** Where the process may be after a step; null: anywhere. */
  readonly next: readonly Value[] | null;
}

export interface Process {
  /** The slot that holds its location. */
  readonly slot: number;
  readonly actions: readonly number[];
  readonly locations: readonly Location[];
  /** Slots that no other action writes. */
  readonly own: ReadonlySet<number>;
}

export interface Processes {
  readonly processes: readonly Process[];
  /** The steps of all other actions. */
  readonly others: readonly LocatedStep[];
}

export function findProcesses(footprints: readonly Footprint[]): Processes {
  const bySlot = new Map<number, number[]>();
  footprints.forEach(({ first: [guard] }, action) => {
    if (guard !== undefined) append(bySlot, guard.slot, action);
  });
  const writers = new Map<number, number[]>();
  footprints.forEach(({ writes }, action) => {
    for (const slot of writes.keys()) append(writers, slot, action);
  });
  const processes: Process[] = [];
  const owned = new Set<number>();
  for (const [slot, actions] of bySlot) {
    const mine = new Set(actions);
    const own = new Set<number>();
    for (const [written, by] of writers) if (by.every((one) => mine.has(one))) own.add(written);
    // A slot that is never written holds no location: what is compared is a flag.
    if (!own.has(slot)) continue;
    for (const action of actions) owned.add(action);
    processes.push({ slot, actions, locations: locationsOf(slot, actions, footprints), own });
  }
  const others = footprints.flatMap((footprint, action) =>
    owned.has(action) ? [] : [locatedStep(footprint, new Map())],
  );
  return { processes, others };
}

function append<K>(lists: Map<K, number[]>, key: K, one: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [one]);
  else list.push(one);
}

function locationsOf(
  slot: number,
  all: readonly number[],
  footprints: readonly Footprint[],
): readonly Location[] {
  const byValue = new Map<Value, number[]>();
  for (const action of all) {
    for (const value of footprints[action]?.first[0]?.values ?? []) append(byValue, value, action);
  }
  return [...byValue].map(([value, actions]) => {
    const at = new Map([[slot, value]]);
    const steps = actions.map((action) => locatedStep(footprints[action] as Footprint, at));
    const next = steps.map(({ changes }) => {
      const change = changes.find((one) => one.slot === slot);
      return change === undefined ? [value] : change.to;
    });
    const isKnown = !next.includes(null);
    return { value, actions, steps, next: isKnown ? (next as Value[][]).flat() : null };
  });
}

/** `known`: what slots hold before the step. */
export function locatedStep(
  { reads, writes, first }: Footprint,
  known: ReadonlyMap<number, Value>,
): LocatedStep {
  const changes = [...writes].map(([slot, to]): Change => ({ slot, from: known.get(slot), to }));
  return { reads, changes, first };
}

/**
 * Whether two steps may do something else in the other order, or one may enable or disable the
 * other: unless neither writes what the other reads or writes.
 */
export function areDependent(a: LocatedStep, b: LocatedStep): boolean {
  return (
    a.changes.some((change) => b.reads.notices(change) || writesTo(b, change.slot)) ||
    b.changes.some((change) => a.reads.notices(change))
  );
}

function writesTo({ changes }: LocatedStep, slot: number): boolean {
  return changes.some((change) => change.slot === slot);
}

/**
 * Whether the step cannot be taken, nor fail, while a process is where its slot has the value,
 * whatever else happens: it first compares slots, and that one in vain. What is compared before
 * must not be changed by the process's own steps there.
 */
export function isBlocked(
  { first }: LocatedStep,
  slot: number,
  value: Value,
  own: readonly LocatedStep[],
): boolean {
  for (const requirement of first) {
    if (requirement.slot === slot) return !requirement.values.includes(value);
    if (own.some((step) => writesTo(step, requirement.slot))) return false;
  }
  return false;
}
