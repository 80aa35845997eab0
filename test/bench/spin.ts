/** Spin's verifier on one case: generated and compiled once, outside the time that is measured. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { SpinSettings } from './cases.js';
import { runProcess } from './childProcess.js';
import { InvalidRun, type Measurement, type Program } from './measurement.js';
import { readSpinReport, type SpinReport } from './spinOutput.js';

export const unreducedSpin = 'Spin, unreduced';
export const reducedSpin = 'Spin, reduced';

export interface SpinTools {
  readonly spin: string;
  readonly gcc: string;
}

/** What is missing to run Spin; empty when nothing is. */
export function findSpin(): { tools: SpinTools | null; missing: readonly string[] } {
  const spin = firstLine('spin', '-V');
  const gcc = firstLine('gcc', '--version');
  const missing = [...(spin === null ? ['spin'] : []), ...(gcc === null ? ['gcc'] : [])];
  return { tools: spin !== null && gcc !== null ? { spin, gcc } : null, missing };
}

function firstLine(command: string, option: string): string | null {
  const { error, status, stdout } = spawnSync(command, [option], { encoding: 'utf8' });
  return error !== undefined || status !== 0 ? null : (stdout.trim().split('\n')[0] ?? null);
}

/** `temporary`: where the generated C and the verifiers go. */
export function spinPrograms(settings: SpinSettings, temporary: string): readonly Program[] {
  return [
    spinProgram(unreducedSpin, ['-DNOREDUCE'], settings, temporary),
    spinProgram(reducedSpin, [], settings, temporary),
  ];
}

function spinProgram(
  name: string,
  reduction: readonly string[],
  settings: SpinSettings,
  temporary: string,
): Program {
  let pan: Promise<string> | undefined;
  return {
    name,
    workers: null,
    async measure() {
      pan ??= buildPan(settings, reduction, temporary);
      const run = await runProcess(await pan, settings.pan, temporary);
      const report = readSpinReport(run.out + run.err);
      if (report.isReduced !== (reduction.length === 0)) {
        throw new InvalidRun(`Spin ran ${report.isReduced ? 'with' : 'without'} its reduction`);
      }
      return spinMeasurement(report, run.peakBytes);
    },
  };
}

/**
 * The time is Spin's own, without its start: it first clears a stack that is much larger than it
 * needs, and which size would be fair is anybody's guess. The peak is the process's, as ours is.
 */
export function spinMeasurement(report: SpinReport, peakBytes: number | null): Measurement {
  return {
    distinct: report.stored,
    seconds: report.seconds,
    peakBytes,
    storeBytesPerState: (report.statesMegabytes * 2 ** 20) / report.stored,
  };
}

async function buildPan(
  { model, defines, compiler }: SpinSettings,
  reduction: readonly string[],
  temporary: string,
): Promise<string> {
  const folder = mkdtempSync(join(temporary, 'pan-'));
  const commands: [string, readonly string[]][] = [
    ['spin', ['-a', ...defines, resolve(model)]],
    ['gcc', ['-O3', '-DSAFETY', ...reduction, ...compiler, '-o', 'pan', 'pan.c']],
  ];
  for (const [command, args] of commands) {
    const { exitCode, out, err } = await runProcess(command, args, folder);
    if (exitCode !== 0) throw new InvalidRun(`${command} ${args.join(' ')} failed: ${err || out}`);
  }
  return join(folder, 'pan');
}
