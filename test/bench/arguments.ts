/** The options of `npm run bench -- …`. */
import { parseArgs } from 'node:util';
import { type BenchCase, cases } from './cases.js';

export const usage = `Usage: npm run bench -- [OPTIONS]

Measures the built program, and Spin where it is installed, side by side.

  --runs N         Runs of each program; medians are shown (default: 3, large cases 1)
  --workers LIST   Worker counts of ours, such as 1,2 (default: 1,2)
  --large          Filter with n = 5, too: minutes, and gigabytes of memory
  --only LIST      Only these cases: ${cases.map((it) => it.id).join(', ')}
  --graph          The graph of all states instead: of the writeback spec, ours only
  --profile        What the inner loop spends its time on instead, case by case, ours only
  --json           One JSON document on standard output`;

/** A mistake on the command line; the message is for its user. */
export class UsageError extends Error {}

export interface BenchOptions {
  readonly cases: readonly BenchCase[];
  /** Null: as many as are usual for the case. */
  readonly runs: number | null;
  readonly workers: readonly number[];
  /** The graph after a search is measured, and nothing else. */
  readonly graph: boolean;
  /** The parts of the inner loop are measured, and nothing else. */
  readonly profile: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

export function benchOptions(argv: readonly string[]): BenchOptions {
  const values = parse(argv);
  return {
    cases: chosenCases(values.only, values.large),
    runs: values.runs === undefined ? null : positive('--runs', values.runs),
    workers: [...new Set(values.workers.split(',').map((it) => positive('--workers', it)))],
    graph: values.graph,
    profile: values.profile,
    json: values.json,
    help: values.help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        runs: { type: 'string' },
        workers: { type: 'string', default: '1,2' },
        large: { type: 'boolean', default: false },
        only: { type: 'string' },
        graph: { type: 'boolean', default: false },
        profile: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A large case that is named is meant. */
function chosenCases(only: string | undefined, large: boolean): readonly BenchCase[] {
  if (only === undefined) return cases.filter((it) => large || !it.isLarge);
  return only.split(',').map((id) => {
    const found = cases.find((it) => it.id === id);
    if (found !== undefined) return found;
    const known = cases.map((it) => it.id).join(', ');
    throw new UsageError(`--only: there is no case ${id}; the cases are ${known}`);
  });
}

function positive(option: string, text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1) return number;
  throw new UsageError(`${option}: ${text} is not a whole number of at least 1`);
}

export function runsOf(benchCase: BenchCase, options: BenchOptions): number {
  return options.runs ?? (benchCase.isLarge ? 1 : 3);
}
