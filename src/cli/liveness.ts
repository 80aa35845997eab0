/**
 * The second half of a check: properties of whole behaviors, decided on the states that the search
 * has found. As in TLC it comes when the search has ended, and nothing was violated there.
 */
import type { CompiledTemporal } from '../compile/index.js';
import {
  FormulaTooLarge,
  LivenessCheck,
  type LivenessResult,
  type SearchResult,
} from '../explore/index.js';
import { type Diagnostic, fail } from '../source/diagnostic.js';
import type { Context } from './context.js';
import { MemoryGuard } from './memoryGuard.js';
import type { ExploreOptions } from './options.js';
import { doInPieces } from './pieces.js';
import type { LoadedSpecification } from './pipeline.js';
import { livenessProgress } from './progress.js';

export interface LivenessRun {
  readonly result: LivenessResult;
  readonly temporal: CompiledTemporal;
  readonly limit: Diagnostic | null;
  readonly isInterrupted: boolean;
}

export interface LivenessSettings {
  readonly everyProperty: boolean;
  readonly title?: string;
}

/** Null where there is nothing to decide, or no answer to be had. May throw LayoutChanged. */
export async function runLiveness(
  { compiled, specification }: LoadedSpecification,
  search: SearchResult,
  { everyProperty, title = '' }: LivenessSettings,
  options: ExploreOptions,
  context: Context,
): Promise<LivenessRun | null> {
  const temporal = search.complete ? compiled.temporal() : null;
  if (temporal === null || (!everyProperty && search.violations.length > 0)) return null;
  const { terminal, quiet } = context;
  const guard = new MemoryGuard(terminal, options.maxMemory);
  const check = new LivenessCheck(compiled, temporal.model, search, {
    everyProperty,
    mayTake: (more) => guard.mayTake(more),
  });
  const isShown = options.progress === true || (terminal.errIsTerminal && !quiet);
  const line = livenessProgress(terminal, title, isShown, search.distinct);
  let isInterrupted: boolean;
  try {
    isInterrupted = await doInPieces(check, terminal, guard, () => line.update(check.progress()));
  } catch (error) {
    if (!(error instanceof FormulaTooLarge)) throw error;
    const named = specification.properties.find((it) => it.name === check.progress().property);
    const { name = '', span = null } = named ?? {};
    return fail('EVL033', span, { name, cause: error.message });
  } finally {
    line.clear();
  }
  return { result: check.result(), temporal, limit: guard.reached, isInterrupted };
}
