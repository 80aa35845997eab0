/** The built program on one case. */
import type { BenchCase } from './cases.js';
import { type ProcessRun, runProcess } from './childProcess.js';
import { InvalidRun, type Measurement, type Program, Unsupported } from './measurement.js';
import type { RecordedCase } from './recorded.js';

export const executable = 'dist/src/cli/main.js';

/** The part of `check --json` that is read here. */
interface CheckDocument {
  readonly result: string;
  readonly message: string | null;
  readonly complete: boolean;
  readonly states: {
    readonly generated: number;
    readonly distinct: number;
    readonly depth: number;
    readonly bytesPerState?: number;
  };
}

/** `recorded`: the numbers that TLC has, where they are known; a run with others does not count. */
export function counterplay(
  benchCase: BenchCase,
  workers: number,
  recorded: RecordedCase | undefined,
): Program {
  const { spec, config, options } = benchCase;
  const args = ['check', spec, '--config', config, ...options, '--workers', `${workers}`, '--json'];
  return {
    name: 'Counterplay',
    workers,
    async measure() {
      const run = await runProcess(process.execPath, [executable, ...args]);
      return measurementOf(run, benchCase, workers, recorded);
    },
  };
}

export function measurementOf(
  run: ProcessRun,
  benchCase: BenchCase,
  workers: number,
  recorded: RecordedCase | undefined,
): Measurement {
  // The program warns that it has fewer workers than it was asked for.
  if (workers > 1 && run.err.includes('USE071')) {
    throw new Unsupported(`Counterplay searches with one worker: no row for ${workers}.`);
  }
  if (run.exitCode !== benchCase.exitCode) {
    const said = run.err.trim() || run.out.trim();
    throw new InvalidRun(`exit code ${run.exitCode}, not ${benchCase.exitCode}: ${said}`);
  }
  const { states, complete, result, message } = JSON.parse(run.out) as CheckDocument;
  if (!complete) throw new InvalidRun(`not complete: ${message ?? result}`);
  for (const number of ['distinct', 'generated', 'depth'] as const) {
    const expected = recorded?.[number];
    if (expected !== undefined && states[number] !== expected) {
      throw new InvalidRun(`${number}: ${states[number]}, where TLC has ${expected}`);
    }
  }
  return {
    distinct: states.distinct,
    seconds: run.seconds,
    peakBytes: run.peakBytes,
    storeBytesPerState: states.bytesPerState ?? null,
  };
}
