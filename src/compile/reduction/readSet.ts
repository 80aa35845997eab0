/**
 * What an evaluation may see of a state. A slot is either read, so that any change of it may
 * matter, or only tested: compared with constants, so that a change matters if a test tells the old
 * value from the new one. A step of a process from label to label is thus not seen by whoever asks
 * for a third one.
 */
import type { Value } from '../../values/index.js';
import type { Leaf, Slots } from '../layout.js';

/** A slot before and after a step; what is not known may be anything. */
export interface Change {
  readonly slot: number;
  readonly from: Value | undefined;
  readonly to: readonly Value[] | null;
}

export class ReadSet {
  /** Slots whose values matter. */
  readonly read = new Set<number>();
  /** Slots that are compared with constants: for each comparison, those for which it is TRUE. */
  readonly tests = new Map<number, (readonly Value[])[]>();

  addSlots(slots: Slots): void {
    for (let slot = slots.first; slot < slots.first + slots.count; slot++) this.read.add(slot);
  }

  addTest(leaf: Leaf, values: readonly Value[]): void {
    const tests = this.tests.get(leaf.first) ?? [];
    tests.push(values);
    this.tests.set(leaf.first, tests);
  }

  /** The slots that are read or tested. */
  get slots(): ReadonlySet<number> {
    return new Set([...this.read, ...this.tests.keys()]);
  }

  /** Whether an evaluation may come to something else after the change. */
  notices({ slot, from, to }: Change): boolean {
    const isRead = this.read.has(slot);
    const tests = this.tests.get(slot);
    if (!isRead && tests === undefined) return false;
    if (from === undefined || to === null) return true;
    return to.some((after) => {
      if (after === from) return false;
      if (isRead || !areOfOneKind(from, after)) return true;
      return (tests ?? []).some((values) => values.includes(from) !== values.includes(after));
    });
  }
}

/** Comparing a constant with the one is an error if comparing it with the other is. */
function areOfOneKind(a: Value, b: Value): boolean {
  return typeof a !== 'object' && typeof a === typeof b;
}
