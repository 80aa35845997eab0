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
  readonly reduction?: { readonly states: number } | null;
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

/** With partial-order reduction; TLC has no numbers for that. */
export function reducedCounterplay({ spec, config, options, exitCode }: BenchCase): Program {
  const args = ['check', spec, '--config', config, ...options, '--por', '--json'];
  return {
    name: 'Counterplay, reduced',
    workers: null,
    async measure() {
      const run = await runProcess(process.execPath, [executable, ...args]);
      const found = documentOf(run, exitCode);
      if (found.reduction == null) throw new InvalidRun('it ran without its reduction');
      return measured(run, found);
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
    throw new Unsupported(`It is searched with one worker only: no row for ${workers}.`);
  }
  const found = documentOf(run, benchCase.exitCode);
  const { states } = found;
  for (const number of ['distinct', 'generated', 'depth'] as const) {
    const expected = recorded?.[number];
    if (expected !== undefined && states[number] !== expected) {
      throw new InvalidRun(`${number}: ${states[number]}, where TLC has ${expected}`);
    }
  }
  return measured(run, found);
}

function documentOf(run: ProcessRun, exitCode: number): CheckDocument {
  if (run.exitCode !== exitCode) {
    const said = run.err.trim() || run.out.trim();
    throw new InvalidRun(`exit code ${run.exitCode}, not ${exitCode}: ${said}`);
  }
  const found = JSON.parse(run.out) as CheckDocument;
  const { complete, result, message } = found;
  if (!complete) throw new InvalidRun(`not complete: ${message ?? result}`);
  return found;
}

function measured(run: ProcessRun, { states }: CheckDocument): Measurement {
  return {
    distinct: states.distinct,
    seconds: run.seconds,
    peakBytes: run.peakBytes,
    storeBytesPerState: states.bytesPerState ?? null,
  };
}
