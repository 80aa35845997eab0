/** `replay`: play counterexamples, or a trace from a file, on a driver. */
import type { ReplayVerdict } from '../../../replay/verdict.js';
import { detectionLines, renderTrace } from '../../report/counterexample.js';
import { renderInterleaving } from '../../report/interleaving.js';
import { counted } from '../../report/quantity.js';
import { renderVerdict } from '../../report/replayVerdict.js';
import { fail } from '../../source/diagnostic.js';
import { readTrace } from '../../trace/read.js';
import type { Trace } from '../../trace/trace.js';
import type { Context } from '../context.js';
import { type DriverOptions, type OpenDriver, openDriver } from '../drivers.js';
import { exitCodes } from '../exitCodes.js';
import { type Exploration, exploreFiles, type SpecFiles, specFiles } from '../exploration.js';
import { readSource } from '../files.js';
import type { ExploreOptions } from '../options.js';
import { replayTrace } from '../replaying.js';
import { quote } from '../reproduce.js';
import { sourceLines } from '../sourceLines.js';

export interface ReplayOptions extends ExploreOptions, DriverOptions {
  readonly property?: string;
  readonly steps?: boolean;
}

interface Replayed {
  readonly trace: Trace;
  readonly verdict: ReplayVerdict;
}

/** What is replayed, where it comes from, and how to do it again. */
interface Subject {
  readonly spec: string;
  readonly config: string | null;
  readonly traces: readonly Trace[];
}

export async function replayCommand(
  subject: string,
  options: ReplayOptions,
  context: Context,
): Promise<number> {
  if (!subject.endsWith('.tla')) {
    const found = traceInFile(subject, options);
    const driver = await openDriver(found.spec, found.config, options);
    return replayAll(subject, found, driver, options, context);
  }
  const files = specFiles(subject, options);
  // Before the search: a driver that cannot be had is no reason to wait for all states.
  readSource(subject, 'spec');
  const driver = await openDriver(subject, files.config, options);
  let found: Subject | number;
  try {
    found = await findTraces(files, options, context);
  } catch (error) {
    driver.close();
    throw error;
  }
  if (typeof found !== 'number') return replayAll(subject, found, driver, options, context);
  driver.close();
  return found;
}

function traceInFile(file: string, { config, property }: ReplayOptions): Subject {
  const trace = readTrace(readSource(file, 'trace').text, file);
  if (property !== undefined && property !== trace.property) {
    const found = trace.property === null ? 'no named property' : `\`${trace.property}\``;
    fail('RPL018', null, { file, found, property });
  }
  return { spec: trace.spec, config: config ?? trace.config ?? null, traces: [trace] };
}

/** Plays them one after the other, and closes the driver. */
async function replayAll(
  subject: string,
  found: Subject,
  { driver, title, close }: OpenDriver,
  options: ReplayOptions,
  context: Context,
): Promise<number> {
  const replays: Replayed[] = [];
  let isInterrupted = false;
  // Closing a driver that hangs fails the request that is waited for.
  const stopListening = context.terminal.onInterrupt(() => {
    isInterrupted = true;
    close();
  });
  try {
    for (const trace of found.traces) {
      replays.push({ trace, verdict: await replayTrace(trace, driver) });
      await context.terminal.pause();
      if (isInterrupted) break;
    }
  } catch (error) {
    if (!isInterrupted) throw error;
  } finally {
    stopListening();
    close();
  }
  if (context.json) context.document(replayDocument(found, title, replays));
  else if (replays.length > 0) print(subject, found, title, replays, options, context);
  if (isInterrupted) {
    context.note(
      `Interrupted after ${replays.length} of ${counted(found.traces.length, 'trace')}.`,
    );
    return exitCodes.interrupted;
  }
  const isConfirmed = replays.every(({ verdict }) => verdict.verdict === 'confirmed');
  return isConfirmed ? exitCodes.ok : exitCodes.unconfirmed;
}

/** The traces to replay; an exit code where the search ended without an answer. */
async function findTraces(
  files: SpecFiles,
  options: ReplayOptions,
  context: Context,
): Promise<Subject | number> {
  const exploration = await exploreFiles(files, options, { everyProperty: true }, context);
  const { outcome, found } = exploration;
  if (outcome.limit !== null) context.report(outcome.limit);
  const isInterrupted = found?.run.isInterrupted === true;
  const traces = isInterrupted ? [] : violatingTraces(exploration, options.property);
  if (traces.length > 0) return { ...files, traces };
  if (isInterrupted || outcome.exitCode !== 0) {
    const message = isInterrupted
      ? 'Interrupted before all states were explored.'
      : outcome.message;
    context.note(`${message ?? outcome.result}  Nothing was replayed.`);
    if (context.json) context.document({ result: outcome.result, message });
    return isInterrupted ? exitCodes.interrupted : outcome.exitCode;
  }
  return fail('USE050', null, { ...files });
}

/** The shortest trace of each violation, in the order of discovery. */
function violatingTraces(exploration: Exploration, property: string | undefined): Trace[] {
  const { outcome, files } = exploration;
  const invariants = outcome.properties.flatMap((it) => it.trace ?? []);
  const others = outcome.trace === null || outcome.trace.property !== null ? [] : [outcome.trace];
  const all = [...invariants, ...others].filter((it) => it.steps.length > 1);
  if (property === undefined) return all;
  const chosen = all.filter((it) => it.property === property);
  if (chosen.length > 0 || all.length === 0) return chosen;
  const violated = all.map((it) => it.property ?? outcome.result).join(', ');
  return fail('USE051', null, { property, config: files.config, violated });
}

/** `replay --json` (`commands.md`). */
function replayDocument(found: Subject, driver: string, replays: readonly Replayed[]): unknown {
  return {
    spec: found.spec,
    config: found.config,
    driver,
    replays: replays.map(({ verdict }) => {
      const { events: _, ...told } = verdict;
      return told;
    }),
  };
}

function print(
  subject: string,
  found: Subject,
  driver: string,
  replays: readonly Replayed[],
  options: ReplayOptions,
  context: Context,
): void {
  const { paint, terminal } = context;
  const sourceLine = sourceLines([]);
  const { width } = terminal;
  context.say(`Replaying ${counted(replays.length, 'trace')} of ${found.spec} on ${driver}\n`);
  for (const { trace, verdict } of replays) {
    const shown = options.steps
      ? renderTrace(trace, { paint, width, sourceLine, replay: verdict })
      : renderInterleaving(trace, verdict, { paint, width });
    context.say(`${renderVerdict(verdict, trace, paint)}${shown === '' ? '' : `\n\n${shown}\n`}`);
    if (!options.steps) {
      for (const detection of verdict.detections) {
        if (detection.evidence.length > 0) context.say(detectionLines(detection, paint).join('\n'));
      }
    }
    context.say(`${paint.dim(reproduceReplay(subject, found, verdict, options))}\n`);
  }
  const confirmed = replays.filter(({ verdict }) => verdict.verdict === 'confirmed').length;
  const accent = confirmed === replays.length ? paint.good : paint.error;
  context.say(accent(`${confirmed} of ${counted(replays.length, 'replay')} confirmed.`));
}

function reproduceReplay(
  subject: string,
  found: Subject,
  verdict: ReplayVerdict,
  options: ReplayOptions,
): string {
  const words = ['counterplay', 'replay', subject];
  if (found.config !== null) words.push('--config', found.config);
  if (subject.endsWith('.tla') && verdict.property !== null) {
    words.push('--property', verdict.property);
  }
  for (const name of ['driver', 'exec', 'build'] as const) {
    const value = options[name];
    if (value !== undefined) words.push(`--${name}`, value);
  }
  return `Reproduce: ${words.map(quote).join(' ')} --steps`;
}
