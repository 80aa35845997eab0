/** Runs the programs on the cases, in turns, and keeps what could not be measured apart. */
import { type BenchOptions, runsOf } from './arguments.js';
import type { BenchCase } from './cases.js';
import { counterplay, reducedCounterplay } from './counterplay.js';
import {
  InvalidRun,
  type Measurement,
  type Program,
  programTitle,
  summarize,
  Unsupported,
} from './measurement.js';
import type { Recorded } from './recorded.js';
import { type BenchRow, caseRows, type MeasuredProgram } from './rows.js';
import { spinPrograms } from './spin.js';

export interface SessionResult {
  readonly rows: readonly BenchRow[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
  /** Runs that do not count; their programs have no row. */
  readonly problems: readonly string[];
}

export interface Setting {
  readonly recorded: Recorded;
  /** A folder for Spin's files; null leaves Spin out. */
  readonly spinFolder: string | null;
  say(progress: string): void;
}

export async function runSession(options: BenchOptions, setting: Setting): Promise<SessionResult> {
  const rows: BenchRow[] = [];
  const notes = new Set<string>();
  const problems: string[] = [];
  let workers = options.workers;
  for (const benchCase of options.cases) {
    const recorded = setting.recorded.cases[benchCase.id];
    const programs = [
      ...workers.map((count) => counterplay(benchCase, count, recorded)),
      ...(benchCase.spin === null || setting.spinFolder === null
        ? []
        : spinPrograms(benchCase.spin, setting.spinFolder)),
      // Beside Spin's own reduction.
      ...(benchCase.spin === null ? [] : [reducedCounterplay(benchCase)]),
    ];
    const outcome = await runInTurns(benchCase, programs, runsOf(benchCase, options), setting.say);
    rows.push(...caseRows(benchCase, outcome.measured, recorded));
    for (const note of outcome.unsupported.values()) notes.add(note);
    problems.push(...outcome.problems);
    // What the program does not do on one case it does on none.
    const unsupported = [...outcome.unsupported.keys()].map((it) => it.workers);
    workers = workers.filter((count) => !unsupported.includes(count));
  }
  return { rows, notes: [...notes], problems };
}

interface CaseOutcome {
  readonly measured: readonly MeasuredProgram[];
  readonly unsupported: ReadonlyMap<Program, string>;
  readonly problems: readonly string[];
}

/** Each program once, then each a second time …: a machine that slows down slows all of them. */
export async function runInTurns(
  benchCase: BenchCase,
  programs: readonly Program[],
  runs: number,
  say: (progress: string) => void,
): Promise<CaseOutcome> {
  const measurements = new Map<Program, Measurement[]>(programs.map((it) => [it, []]));
  const unsupported = new Map<Program, string>();
  const problems: string[] = [];
  const leaveOut = (program: Program, error: unknown) => {
    measurements.delete(program);
    if (error instanceof Unsupported) unsupported.set(program, error.message);
    else if (error instanceof InvalidRun) {
      problems.push(`${benchCase.title}, ${programTitle(program)}: ${error.message}`);
    } else throw error;
  };
  for (let run = 1; run <= runs; run++) {
    for (const [program, done] of [...measurements]) {
      say(`${benchCase.title}: ${programTitle(program)}, run ${run} of ${runs}`);
      try {
        done.push(await program.measure());
      } catch (error) {
        leaveOut(program, error);
      }
    }
  }
  const measured: MeasuredProgram[] = [];
  for (const [program, done] of [...measurements]) {
    try {
      const { name, workers } = program;
      const allSeconds = done.map((it) => it.seconds);
      measured.push({ name, workers, summary: summarize(done), allSeconds });
    } catch (error) {
      leaveOut(program, error);
    }
  }
  return { measured, unsupported, problems };
}
