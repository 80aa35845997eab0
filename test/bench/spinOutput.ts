/** What Spin's verifier prints at its end, as numbers. */
import { InvalidRun } from './measurement.js';

export interface SpinReport {
  readonly isReduced: boolean;
  readonly stored: number;
  readonly transitions: number;
  /** Bytes of a state before compression. */
  readonly stateVector: number;
  /** What the states take as they are stored, with Spin's overhead, without the hash table. */
  readonly statesMegabytes: number;
  readonly hashTableMegabytes: number;
  readonly totalMegabytes: number;
  /** Spin's own measure, without the start of the process. */
  readonly seconds: number;
}

/** Throws `InvalidRun` where the search found an error or was cut short. */
export function readSpinReport(text: string): SpinReport {
  const number = (pattern: RegExp, name: string) => {
    const found = pattern.exec(text)?.[1];
    if (found === undefined) throw new InvalidRun(`Spin's output has no ${name}:\n${text}`);
    return Number(found);
  };
  if (number(/errors: (\d+)/, 'number of errors') !== 0) {
    throw new InvalidRun(`Spin found an error in the model:\n${text}`);
  }
  if (/Search not completed|max search depth too small|reached -DMEMLIM/.test(text)) {
    throw new InvalidRun(`Spin's search was not complete:\n${text}`);
  }
  return {
    isReduced: text.includes('+ Partial Order Reduction'),
    stored: number(/^\s*(\S+) states, stored/m, 'number of states'),
    transitions: number(/^\s*(\S+) transitions/m, 'number of transitions'),
    stateVector: number(/State-vector (\d+) byte/, 'state-vector'),
    statesMegabytes: number(/(\S+)\s+actual memory usage for states/, 'memory of the states'),
    hashTableMegabytes: number(/(\S+)\s+memory used for hash table/, 'size of the hash table'),
    totalMegabytes: number(/(\S+)\s+total actual memory usage/, 'total memory'),
    seconds: number(/elapsed time (\S+) seconds/, 'time'),
  };
}
