/**
 * Where the steps of one process alone are an ample set of a state, as far as one can tell without
 * the search: conditions C1 and C2 of Clarke, Grumberg and Peled, Model Checking, chapter 10.
 *
 * - C1: no step that depends on one of them can be taken before one of them is. The other processes
 *   can only take steps of locations that they can still reach, without this one moving; none of
 *   those may be dependent (Godefroid, Partial-Order Methods, 1996, section 4.3: persistent sets
 *   from what processes can still do). Independent steps cannot enable or disable each other, so
 *   the process still has the same steps whatever the others have done.
 * - C2: they are invisible: no invariant, and no state constraint, changes its value by one. All
 *   states between are then inside the constraint, too.
 *
 * An assertion or an evaluation that fails is a step to an error. It reads what it evaluates, so a
 * step that is independent of it neither causes nor repairs it; and a step of the process that
 * fails is tried with the others of its location.
 */
import type { Value } from '../../values/index.js';
import {
  areDependent,
  isBlocked,
  type LocatedStep,
  type Location,
  type Process,
  type Processes,
} from './locatedSteps.js';
import type { ReadSet } from './readSet.js';

/** For each process: the locations of it where the steps that were asked for are not safe. */
export type Harmful = readonly ReadonlySet<Value>[];

export class Safety {
  private readonly reach: readonly Reach[];

  constructor(
    private readonly found: Processes,
    /** What each invariant and constraint reads. */
    private readonly visible: readonly ReadSet[],
  ) {
    this.reach = found.processes.map(reachable);
  }

  /** Null where the steps of the process are safe in no state with this value of its slot. */
  harmful(process: number, value: Value, steps: readonly LocatedStep[]): Harmful | null {
    const { processes, others } = this.found;
    const { slot } = processes[process] as Process;
    if (steps.some((step) => this.isVisible(step))) return null;
    const isHarm = (step: LocatedStep): boolean =>
      !isBlocked(step, slot, value, steps) && steps.some((own) => areDependent(own, step));
    if (others.some(isHarm)) return null;
    return processes.map((other, at) => {
      if (at === process) return new Set<Value>();
      return leadingTo(other, this.reach[at] as Reach, isHarm);
    });
  }

  private isVisible({ changes }: LocatedStep): boolean {
    return changes.some((change) => this.visible.some((reads) => reads.notices(change)));
  }
}

/** For each location those that can be reached from it, itself among them. */
type Reach = ReadonlyMap<Value, ReadonlySet<Value>>;

function reachable({ locations }: Process): Reach {
  const all = new Map(locations.map((location) => [location.value, location] as const));
  return new Map(
    locations.map(({ value }) => {
      const seen = new Set<Value>([value]);
      for (const at of seen) {
        const location: Location | undefined = all.get(at);
        for (const next of location?.next === null ? all.keys() : (location?.next ?? [])) {
          seen.add(next);
        }
      }
      return [value, seen] as const;
    }),
  );
}

/** The locations from which one can be reached that has a harmful step. */
function leadingTo(
  { locations }: Process,
  reach: Reach,
  isHarm: (step: LocatedStep) => boolean,
): ReadonlySet<Value> {
  const harm = locations.filter(({ steps }) => steps.some(isHarm)).map(({ value }) => value);
  const leading = locations.filter(({ value }) => harm.some((one) => reach.get(value)?.has(one)));
  return new Set(leading.map(({ value }) => value));
}
