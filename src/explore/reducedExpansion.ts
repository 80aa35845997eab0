/**
 * The expansion of states with a reduction: where the steps of one process are an ample set, they
 * are all that is taken. C1 and C2 are the model's promise (`Reduction`); what is left is seen to
 * here.
 *
 * - C0: there is such a step, so that a state with successors keeps one, and a deadlock is one.
 * - C3, the cycle proviso, for a search by breadth (Bošnački, Leue, Lluch Lafuente: Partial-order
 *   reduction for general state exploring algorithms, SPIN 2006; Bošnački, Holzmann, SPIN 2005):
 *   one of the steps leads to a state that is not expanded yet. States are expanded in the order of
 *   their indices, so that is one that is new, or has a larger index than this one. From every
 *   reduced state there is then a way, by invisible steps and with growing indices, to one that is
 *   expanded fully: no step is put off for ever, nor is an assertion or an error that it comes to.
 *
 * So every violation of an invariant, every deadlock and every step that fails is still found, if
 * perhaps by a longer trace and in another order. What is decided for a state depends on that state
 * and on the indices up to its own; so it is the same for a search that is cut short and taken up
 * again, or that several workers share.
 */
import { EvaluationFailure, type Model, type StateVector, type SuccessorSink } from './model.js';
import { gatheredMax } from './store.js';

/** No more reduced states than successors that are gathered are taken back. */
const recentMax = gatheredMax;

export class ReducedExpansion {
  private count = 0;
  /** The last ones of these states, by index. */
  private recent: number[] = [];

  constructor(
    private readonly model: Model,
    /** The index of a state, or less than 0. */
    private readonly find: (state: StateVector) => number,
  ) {}

  /** As `Model.successors`, of the state with this index, and perhaps not all of them. */
  successors(index: number, state: StateVector, sink: SuccessorSink): void {
    const { reduction = null } = this.model;
    const count = reduction?.processCount ?? 0;
    for (let process = 0; process < count; process++) {
      if (!reduction?.isAmple(process, state) || !this.leadsOn(process, index, state)) continue;
      this.note(index);
      reduction.successors(process, state, sink);
      return;
    }
    this.model.successors(state, sink);
  }

  /** How many states below this index were expanded by the steps of one process only. */
  reducedBelow(end: number): number {
    return this.count - this.recent.filter((index) => index >= end).length;
  }

  /** What an earlier run has counted. */
  restore(count: number): void {
    this.count = count;
  }

  private note(index: number): void {
    this.count++;
    this.recent.push(index);
    if (this.recent.length > 2 * recentMax) this.recent = this.recent.slice(-recentMax);
  }

  /** Whether the process has a step to a state that is not expanded yet. */
  private leadsOn(process: number, index: number, state: StateVector): boolean {
    let leadsOn = false;
    try {
      this.model.reduction?.successors(process, state, (successor) => {
        // To end it early costs more than the few steps that a process has.
        if (leadsOn) return true;
        const known = this.find(successor);
        leadsOn = known < 0 || known > index;
        return true;
      });
    } catch (error) {
      if (!(error instanceof EvaluationFailure)) throw error;
      // The step that fails is one of the full expansion.
      return false;
    }
    return leadsOn;
  }
}
