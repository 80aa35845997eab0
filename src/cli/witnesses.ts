/** Looks for states where given predicates are true: a verdict for each, and a shortest way there. */
import { modelOfWitnesses, Search, type SearchResult, type Violation } from '../explore/index.js';
import { foundTrace } from '../graph/index.js';
import { count } from '../report/quantity.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { diagnose } from '../source/diagnostic.js';
import type { Trace } from '../trace/trace.js';
import type { Context } from './context.js';
import { exitCodes } from './exitCodes.js';
import type { SpecFiles } from './exploration.js';
import { failureDiagnostic } from './failureDiagnostic.js';
import { graphModel } from './graphModel.js';
import { MemoryGuard } from './memoryGuard.js';
import type { ExploreOptions } from './options.js';
import { doInPieces } from './pieces.js';
import type { LoadedSpecification } from './pipeline.js';
import { progressLine } from './progress.js';
import { isStatusShown } from './statusLine.js';

export interface WitnessOutcome {
  readonly expression: string;
  /** `none`: there is none in the complete state space. `unknown`: not all of it was searched. */
  readonly result: 'found' | 'none' | 'unknown' | 'evaluation-error';
  readonly trace: Trace | null;
  /** Why it has no value in the last state of the trace, where it has none. */
  readonly failure: Diagnostic | null;
}

export interface WitnessRun {
  readonly witnesses: readonly WitnessOutcome[];
  readonly result: SearchResult;
  readonly seconds: number;
  readonly isInterrupted: boolean;
  /** Why not everything was searched, where something is unknown. */
  readonly incomplete: Diagnostic | null;
}

export async function findWitnesses(
  expressions: readonly string[],
  { compiled }: LoadedSpecification,
  files: SpecFiles,
  options: ExploreOptions,
  { terminal, quiet }: Context,
): Promise<WitnessRun> {
  const start = terminal.now();
  const guard = new MemoryGuard(terminal, options.maxMemory);
  const { maxStates } = options;
  const search = new Search(modelOfWitnesses(compiled, compiled.observed), {
    everyProperty: true,
    checkDeadlock: false,
    mayTake: (more) => guard.mayTake(more),
    ...(maxStates === undefined ? {} : { maxStates }),
  });
  const line = progressLine(terminal, '', isStatusShown(options, terminal.errIsTerminal, quiet));
  const isInterrupted = await doInPieces(search, terminal, guard, () => {
    line.update(search.progress());
    if (isSettled(search.result(), expressions.length)) search.interrupt();
  });
  line.clear();
  const result = search.result();
  const limit = guard.reached ?? stateLimit(result, maxStates);
  const model = graphModel(files.spec, compiled);
  const witnesses = expressions.map((expression, i): WitnessOutcome => {
    const violation = ofWitness(result, i);
    if (violation === undefined) {
      const verdict = result.complete ? 'none' : 'unknown';
      return { expression, result: verdict, trace: null, failure: null };
    }
    const trace = foundTrace(model, result, { ...violation, property: null });
    const { failure } = violation;
    return {
      expression,
      result: failure === null ? 'found' : 'evaluation-error',
      trace: trace && { ...trace, config: files.config },
      failure: failure && failureDiagnostic(failure),
    };
  });
  const seconds = (terminal.now() - start) / 1000;
  const isOpen = witnesses.some((one) => one.result === 'unknown');
  const incomplete = isOpen ? (limit ?? failedStep(result)) : null;
  return { witnesses, result, seconds, isInterrupted, incomplete };
}

/** All found: 0. A state without a value comes first, then what is unknown, then what is not. */
export function witnessExitCode({ witnesses, isInterrupted }: WitnessRun): number {
  const has = (result: WitnessOutcome['result']) => witnesses.some((it) => it.result === result);
  if (has('evaluation-error')) return exitCodes.invariantEvaluation;
  if (has('unknown')) return isInterrupted ? exitCodes.interrupted : exitCodes.limit;
  return has('none') ? exitCodes.noWitness : exitCodes.ok;
}

function ofWitness({ violations }: SearchResult, index: number): Violation | undefined {
  return violations.find((it) => it.property === String(index));
}

function isSettled(result: SearchResult, witnessCount: number): boolean {
  const settled = new Set(result.violations.map((it) => it.property));
  settled.delete(null);
  return settled.size === witnessCount;
}

function stateLimit(result: SearchResult, maxStates: number | undefined): Diagnostic | null {
  if (result.stopped !== 'limit') return null;
  return diagnose('USE061', null, { limit: maxStates === undefined ? '?' : count(maxStates) });
}

/** A step without a value hides what comes after it. */
function failedStep({ violations }: SearchResult): Diagnostic | null {
  const failed = violations.find((it) => it.failure !== null && it.property === null);
  return failed?.failure ? failureDiagnostic(failed.failure) : null;
}
