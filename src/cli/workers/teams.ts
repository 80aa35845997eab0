/** How many workers a search gets, and who they are. */
import { availableParallelism } from 'node:os';
import type { CompiledSpec } from '../../compile/compiledSpec.js';
import { isShareable } from '../../explore/index.js';
import type { Team } from '../../explore/parallel/team.js';
import { diagnose } from '../../source/diagnostic.js';
import type { SourceText } from '../../source/text.js';
import type { Context } from '../context.js';
import type { ExploreOptions } from '../options.js';
import { canThread, ThreadTeam } from './threadTeam.js';

/** More than these wait for memory more than they work. */
const workersMax = 8;
/** Before others are ready to work, a search that is over sooner has come to its end. */
const longSearchMs = 5000;

/** Null where one worker does it all. */
export function teamFor(
  compiled: CompiledSpec,
  sources: readonly SourceText[],
  { workers = 'auto', pluscal = '' }: Pick<ExploreOptions, 'workers' | 'pluscal'>,
  context: Context,
): Team | null {
  const size = workers === 'auto' ? Math.min(availableParallelism(), workersMax) : workers;
  if (size === 1) return null;
  const cause = whyAlone(compiled);
  if (cause !== null) {
    if (workers !== 'auto') context.report(diagnose('USE071', null, { workers, cause }));
    return null;
  }
  if (!canThread) return null;
  return new ThreadTeam({
    size,
    restMs: workers === 'auto' ? longSearchMs : 0,
    now: () => context.terminal.now(),
    sources,
    pluscal,
    tell: (text) => (context.quiet ? undefined : context.terminal.err(`${text}\n`)),
    onFailure: (reason) => context.report(diagnose('USE077', null, { cause: reason })),
  });
}

function whyAlone(compiled: CompiledSpec): string | null {
  if (isShareable(compiled)) return null;
  if (compiled.hasEffects) return 'what is evaluated prints, sets registers or asks how far it is';
  if (compiled.keys !== null) return 'SYMMETRY and VIEW have it so';
  return 'partial-order reduction has it so';
}
