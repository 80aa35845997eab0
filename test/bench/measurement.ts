/** What one run of a program gave, and what several runs of it amount to. */
import { counted } from '../../src/report/quantity.js';

export interface Measurement {
  readonly distinct: number;
  readonly seconds: number;
  readonly peakBytes: number | null;
  /** What the program says that its store takes for a state; null where it does not say. */
  readonly storeBytesPerState: number | null;
}

/** Something that explores one case; each call of `measure` is one complete run. */
export interface Program {
  readonly name: string;
  readonly workers: number | null;
  measure(): Promise<Measurement>;
}

/** `Counterplay, 2 workers` */
export function programTitle({ name, workers }: Pick<Program, 'name' | 'workers'>): string {
  return workers === null ? name : `${name}, ${counted(workers, 'worker')}`;
}

/** The program cannot do what this measurement is of; it is left out, with the reason as a note. */
export class Unsupported extends Error {}

/** A run that does not count: it failed, was not complete, or found other numbers. */
export class InvalidRun extends Error {}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  const high = sorted[Math.ceil((sorted.length - 1) / 2)];
  if (low === undefined || high === undefined) throw new Error('the median of nothing');
  return (low + high) / 2;
}

/** The runs of one program on one case: the same states each time, the median of the rest. */
export function summarize(runs: readonly Measurement[]): Measurement {
  const [first] = runs;
  if (first === undefined) throw new Error('a summary of no runs');
  const other = runs.find((it) => it.distinct !== first.distinct);
  if (other !== undefined) {
    throw new InvalidRun(`${first.distinct} states in one run, ${other.distinct} in another`);
  }
  const middle = (pick: (run: Measurement) => number | null) => {
    const known = runs.map(pick).filter((it) => it !== null);
    return known.length === 0 ? null : median(known);
  };
  return {
    distinct: first.distinct,
    seconds: median(runs.map((it) => it.seconds)),
    peakBytes: middle((it) => it.peakBytes),
    storeBytesPerState: middle((it) => it.storeBytesPerState),
  };
}
