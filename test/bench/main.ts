/** `npm run bench`: this engine, Spin and recorded peers, side by side. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { colours, noColours } from '../../src/report/palette.js';
import { type BenchOptions, benchOptions, UsageError, usage } from './arguments.js';
import { benchDocument, benchPage, type Machine } from './benchPage.js';
import { benchFolder } from './cases.js';
import { executable } from './counterplay.js';
import { graphPage, measureGraph } from './graphBench.js';
import { profileOf, profilePage } from './profileBench.js';
import { readRecorded } from './recorded.js';
import { runSession } from './session.js';
import { findSpin, type SpinTools } from './spin.js';

const exitCodes = { ok: 0, invalidRun: 1, usage: 2, interrupted: 130 };

// An exit that is heard of stops the running program and removes the temporary files.
process.once('SIGINT', () => process.exit(exitCodes.interrupted));
process.once('SIGTERM', () => process.exit(exitCodes.interrupted));
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const options = benchOptions(argv);
    if (options.help) {
      console.log(usage);
      return exitCodes.ok;
    }
    if (!existsSync(executable) || !existsSync(benchFolder)) {
      throw new UsageError('run it as `npm run bench`, which builds, in the root of the checkout');
    }
    if (options.graph) return graphBench(options);
    return options.profile ? profileBench(options) : await bench(options);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return exitCodes.usage;
  }
}

async function bench(options: BenchOptions): Promise<number> {
  const recorded = readRecorded(benchFolder);
  const { tools, missing } = findSpin();
  const spinFolder = tools === null ? null : temporaryFolder();
  const say = (progress: string) => console.error(progress);
  const result = await runSession(options, { recorded, spinFolder, say });
  const notes = [...result.notes, ...(missing.length === 0 ? [] : [withoutSpin(missing)])];
  const session = { ...result, notes };
  const machine = thisMachine(tools);
  const paint = process.stdout.isTTY && !process.env.NO_COLOR ? colours : noColours;
  if (options.json) console.log(JSON.stringify(benchDocument(session, machine, recorded), null, 2));
  else console.log(benchPage(session, machine, recorded, paint));
  for (const problem of result.problems) console.error(`does not count: ${problem}`);
  return result.problems.length === 0 ? exitCodes.ok : exitCodes.invalidRun;
}

function graphBench({ json }: BenchOptions): number {
  const found = measureGraph('specs/writeback/Writeback.tla', 'specs/writeback/b.cfg');
  console.log(json ? JSON.stringify(found, null, 2) : graphPage(found));
  return exitCodes.ok;
}

function profileBench({ cases, json }: BenchOptions): number {
  const found = cases.map((one) => {
    const profile = profileOf(one);
    if (!json) console.log(`${profilePage(profile)}\n`);
    return profile;
  });
  if (json) console.log(JSON.stringify(found, null, 2));
  return exitCodes.ok;
}

/** Removed at the end, however the end comes. */
function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'counterplay-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function withoutSpin(missing: readonly string[]): string {
  const names = missing.join(' and ');
  return `Not installed: ${names}. Spin's rows are left out. Debian: apt-get install -y spin gcc`;
}

function thisMachine(tools: SpinTools | null): Machine {
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    node: process.version,
    ...(tools ?? { spin: null, gcc: null }),
  };
}
