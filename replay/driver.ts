/**
 * The contract between a trace and an implementation. Values cross it as plain JSON data, so that
 * an in-process TypeScript object and a program at the end of a pipe speak the same language.
 */

/**
 * A TLA+ value as ITF codes it: booleans, strings (also model values), `{"#bigint": "1"}`,
 * arrays or `{"#tup": […]}` (tuples and sequences), `{"#set": […]}`, `{"#map": [[k, v], …]}`
 * (functions), and other objects (records). A plain number is accepted for an integer.
 */
export type Data = boolean | string | number | readonly Data[] | { readonly [key: string]: Data };

export interface Detection {
  /** The simulator's kind of check: `BUG_ON`, `BUG`, `bad_page`, `refcount`, `disk`, … */
  readonly kind: string;
  /** What was checked: `PageWriteback`, `PAGE_FLAGS_CHECK_AT_FREE`, … */
  readonly name: string;
  readonly message: string;
  /** The kernel function that was running. */
  readonly function: string | null;
  /** Evidence for a person, a line each: a hexdump, a page dump. */
  readonly evidence: readonly string[];
}

/** Thrown by a driver that cannot replay this trace; the message says what is wrong with it. */
export class DriverError extends Error {
  override readonly name = 'DriverError';
}

/**
 * How often a replay goes round the cycle of a lasso. What never ends is seen by counting: a
 * detector of starvation or of a loop without end must be able to fire within so many rounds.
 */
export const CYCLE_ROUNDS = 10;

/** What a step came to. `blocked` means: the implementation cannot take this step now. */
export type StepResult =
  | {
      readonly kind: 'done';
      /** What was done, a line each; one that begins with a space is a detail of the one before. */
      readonly events: readonly string[];
      /** The kernel function that took the step, where one did. */
      readonly function?: string | null;
    }
  | { readonly kind: 'blocked'; readonly reason: string; readonly function: string | null }
  | { readonly kind: 'unmapped'; readonly reason: string };

export interface DriverReset {
  /** What the trace violates: a driver may need another build of the implementation to see it. */
  readonly property: string | null;
  readonly constants: Readonly<Record<string, Data>>;
  readonly state: Readonly<Record<string, Data>>;
}

/** What a reset may answer. */
export interface ResetResult {
  /** What a reader of the verdict must know of this run: a build option, a fault that is injected. */
  readonly note?: string;
}

export interface DriverStep {
  readonly action: string;
  readonly process: Data | null;
  readonly choices: Readonly<Record<string, Data>>;
}

export interface Driver {
  readonly name: string;
  /** Variables of the spec that the implementation has no counterpart of, each with the reason. */
  readonly ghosts: Readonly<Record<string, string>>;
  /** Which detections confirm which property, as `kind` or `kind:name`. */
  readonly confirms: Readonly<Record<string, readonly string[]>>;
  /** The labels that it can drive; a trace with another label is refused before it begins. */
  readonly labels: readonly string[];
  /** Puts the implementation into the initial state. */
  // biome-ignore lint/suspicious/noConfusingVoidType: most drivers have nothing to answer
  reset(init: DriverReset): ResetResult | void;
  step(step: DriverStep): StepResult;
  /** The implementation's state seen as the spec's variables, ghosts left out. */
  state(): Readonly<Record<string, Data>>;
  /** Everything detected since `reset`, in order. */
  detections(): readonly Detection[];
}

export type MaybePromise<T> = T | Promise<T>;

/**
 * What a replay asks of a driver: a `Driver`, or one whose answers take time, such as a program at
 * the end of a pipe. Every `Driver` is one.
 */
export interface ReplayDriver {
  readonly name: string;
  readonly ghosts: Readonly<Record<string, string>>;
  readonly confirms: Readonly<Record<string, readonly string[]>>;
  readonly labels: readonly string[];
  // biome-ignore lint/suspicious/noConfusingVoidType: most drivers have nothing to answer
  reset(init: DriverReset): MaybePromise<ResetResult | void>;
  step(step: DriverStep): MaybePromise<StepResult>;
  state(): MaybePromise<Readonly<Record<string, Data>>>;
  detections(): MaybePromise<readonly Detection[]>;
}
