/**
 * How several instances of one model, each in a thread of its own, come to the same codes: new ones
 * are agreed on in a log that only grows, and that each instance reads when it needs to.
 */

export interface CodeLog {
  /**
   * Adds an entry of some words; false, and nothing is added, if there is an entry that was not
   * read. Throws CodesStuck.
   */
  append(entry: readonly number[]): boolean;
  /** Calls `sink` with each entry that was not read before; valid during the call. */
  read(sink: (entry: Int32Array) => void): void;
}

/** Thrown where a new code cannot be agreed on; no code has been given then. */
export class CodesStuck extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'CodesStuck';
  }
}

export interface CodeSharing {
  /** All codes that the model has given, as something that can be cloned. */
  codes(): unknown;
  /** Takes on the codes of another instance; false if it cannot be of the same specification. */
  adopt(codes: unknown): boolean;
  /** New codes are agreed on in this log from now on, which is empty and follows `codes`. */
  agreeIn(log: CodeLog): void;
  /** Takes on the codes that other instances have added to the log. */
  catchUp(): void;
  /** No other instance gives codes for a while, so that this one need not ask. It is caught up. */
  standAlone(): void;
  /** The end of that: the codes that it has given go to the log. Throws CodesStuck. */
  publish(): void;
}
