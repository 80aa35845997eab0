/**
 * Runs a search piece by piece: between two pieces it looks at limits, interrupts and the clock,
 * and writes the checkpoint that is due.
 */
import type { CompiledSpec, Coverage } from '../compile/index.js';
import { Search, type SearchResult } from '../explore/index.js';
import type { Team } from '../explore/parallel/team.js';
import { bytes, count, counted } from '../report/quantity.js';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { SourceText } from '../source/text.js';
import { Checkpoints, type WrittenCheckpoint } from './checkpoint/checkpoints.js';
import type { RunIdentity } from './checkpoint/identity.js';
import { resumed } from './checkpoint/resume.js';
import type { Context } from './context.js';
import { MemoryGuard } from './memoryGuard.js';
import type { ExploreOptions } from './options.js';
import { doInPieces } from './pieces.js';
import { progressLine } from './progress.js';
import { teamFor } from './workers/teams.js';

export interface SearchRun {
  readonly result: SearchResult;
  readonly seconds: number;
  /** What the runs took that this one goes on from. */
  readonly secondsBefore: number;
  /** The limit that ended the search, if one did. */
  readonly limit: Diagnostic | null;
  readonly isInterrupted: boolean;
  /** Null where nothing was counted. */
  readonly counted: Coverage | null;
}

export interface CheckpointSettings {
  readonly file?: string;
  readonly everySeconds?: number;
  /** The checkpoint to go on from. */
  readonly resume?: string;
}

export interface SearchSettings {
  readonly checkDeadlock: boolean;
  readonly everyProperty: boolean;
  /** In front of the progress line. */
  readonly title?: string;
  readonly checkpoints?: CheckpointSettings;
  readonly identity: RunIdentity;
  /** All texts of the specification, and its configuration. */
  readonly sources: readonly SourceText[];
}

/** Often enough for long runs, and rare enough that it costs next to nothing. */
const checkpointEverySeconds = 300;

export async function runSearch(
  compiled: CompiledSpec,
  settings: SearchSettings,
  options: ExploreOptions,
  context: Context,
): Promise<SearchRun> {
  const { terminal, quiet } = context;
  const { title = '' } = settings;
  const start = terminal.now();
  const guard = new MemoryGuard(terminal, options.maxMemory);
  const checkpoints = checkpointsOf(settings, context);
  const team = teamFor(compiled, settings.sources, options, context);
  const { search, secondsBefore } = begin(compiled, settings, options, guard, team);
  const seconds = () => (terminal.now() - start) / 1000;
  const write = () => checkpoints?.write(search, compiled, secondsBefore + seconds()) ?? null;
  const line = progressLine(terminal, title, isProgressOn(options, terminal.errIsTerminal, quiet));
  line.begin(search.progress().distinct);
  const isInterrupted = await doInPieces(search, terminal, guard, () => {
    line.update(search.progress());
    if (checkpoints?.isDue) write();
  }).finally(() => team?.disband());
  line.clear();
  const result = search.result();
  // Whoever looks at the states after this makes their steps again.
  const counted = compiled.coverage();
  const limit = guard.reached ?? stateLimit(result, options.maxStates);
  if (isInterrupted || limit !== null) tell(checkpoints, write(), context);
  return { result, seconds: seconds(), secondsBefore, limit, isInterrupted, counted };
}

function begin(
  compiled: CompiledSpec,
  { everyProperty, checkDeadlock, checkpoints, identity, sources }: SearchSettings,
  { maxStates }: ExploreOptions,
  guard: MemoryGuard,
  team: Team | null,
): { readonly search: Search; readonly secondsBefore: number } {
  const options = {
    everyProperty,
    checkDeadlock,
    mayTake: (more: number) => guard.mayTake(more),
    ...(maxStates === undefined ? {} : { maxStates }),
    ...(team === null ? {} : { team: { team } }),
  };
  const file = checkpoints?.resume;
  if (file === undefined) return { search: new Search(compiled, options), secondsBefore: 0 };
  const run = { compiled, identity, sources, memoryLimit: guard.limit };
  return resumed(file, run, (from) => new Search(compiled, { ...options, from }));
}

function checkpointsOf(
  { checkpoints = {}, identity }: SearchSettings,
  { terminal, report }: Context,
): Checkpoints | null {
  const { file, everySeconds = checkpointEverySeconds } = checkpoints;
  if (file === undefined) return null;
  return new Checkpoints(file, everySeconds, identity, terminal.now, report);
}

function tell(checkpoints: Checkpoints | null, written: WrittenCheckpoint | null, to: Context) {
  if (checkpoints === null || written === null) return;
  const { file } = checkpoints;
  const size = `${counted(written.states, 'state')}, ${bytes(written.bytes)}`;
  to.note(`Checkpoint: ${file} (${size}). The same command goes on from it with --resume ${file}`);
}

function isProgressOn(options: ExploreOptions, isTerminal: boolean, quiet: boolean): boolean {
  return options.progress === true || (isTerminal && !quiet);
}

function stateLimit(result: SearchResult, maxStates: number | undefined): Diagnostic | null {
  if (result.stopped !== 'limit') return null;
  return diagnose('USE061', null, { limit: maxStates === undefined ? '?' : count(maxStates) });
}
