/** What can come out of a replay (`design.md`). Data only, for reports and scripts. */

export type VerdictKind =
  | 'confirmed'
  | 'confirmed otherwise'
  | 'unobserved'
  | 'diverged'
  | 'blocked'
  | 'unmapped'
  | 'flaky';

/** The smallest place where the two states differ, as a path such as `page.ref` or `pc["A"]`. */
export interface Difference {
  readonly path: string;
  readonly specification: string;
  readonly implementation: string;
}

export interface ReplayDetection {
  readonly kind: string;
  readonly name: string;
  /** The index of the trace step (the initial state is 0) during which it fired. */
  readonly step: number;
  readonly message: string;
  readonly function: string | null;
  readonly evidence: readonly string[];
}

export interface ReplayVerdict {
  readonly property: string | null;
  readonly verdict: VerdictKind;
  /** Steps in the trace, the initial state not counted. */
  readonly steps: number;
  /** Steps that were taken and whose states agreed. */
  readonly matched: number;
  /** The index of the step at which it diverged or was blocked; null otherwise. */
  readonly at: number | null;
  readonly detections: readonly ReplayDetection[];
  readonly difference: Difference | null;
  /** For blocked and unmapped: why, and in which kernel function. */
  readonly reason: string | null;
  readonly function: string | null;
  /** What the driver says of the run: the kernel was built with CONFIG_DEBUG_VM, for instance. */
  readonly note?: string;
  /** What the implementation did at each step, beside the trace: one list of events a step. */
  readonly events: readonly (readonly string[])[];
}
