/** The lasso of a violated property as a trace, with what is known of fairness in its cycle. */
import type { CompiledSpec, CompiledTemporal } from '../compile/index.js';
import type { LivenessViolation, SearchResult } from '../explore/index.js';
import { type GraphModel, lassoTrace } from '../graph/index.js';
import type { CycleFairness, Trace } from '../trace/trace.js';
import { formatValue } from '../values/index.js';
import { withRefinement } from './refinedTraces.js';

export interface LassoSource {
  readonly compiled: CompiledSpec;
  readonly temporal: CompiledTemporal;
  readonly model: GraphModel;
  readonly search: SearchResult;
  readonly config: string;
}

export function traceOfLasso(violation: LivenessViolation, source: LassoSource): Trace {
  const { temporal, model, search, config } = source;
  const { name = '' } = temporal.model.properties[violation.property] ?? {};
  const trace = withRefinement(lassoTrace(model, search, violation, name), source.compiled);
  const fairness = [...asked(violation, temporal), ...notAsked(violation, source)];
  return { ...trace, config, fairness };
}

/** What the specification asks, condition by condition. */
function asked({ fairness }: LivenessViolation, { conditions }: CompiledTemporal): CycleFairness[] {
  return fairness.map(({ condition, enabledIn, takenFrom }) => {
    const { strength = null, subject = '' } = conditions[condition] ?? {};
    return { strength, subject, enabledIn, takenFrom };
  });
}

/**
 * Who could take a step in the cycle, never does, and is not asked to. Where a condition is not
 * made of actions it is not known whom it is about, and nothing is said.
 */
function notAsked(
  { possible, loop, fairness, actions, closing }: LivenessViolation,
  { compiled, temporal }: LassoSource,
): CycleFairness[] {
  const conditions = fairness.map(({ condition }) => temporal.conditions[condition]);
  if (conditions.some((one) => one?.actions == null)) return [];
  const isAsked = new Set(conditions.flatMap((one) => one?.actions ?? []));
  const inCycle = new Set([...actions.slice(loop), closing]);
  const bySubject = new Map<string, { enabledIn: Set<number>; takes: boolean }>();
  compiled.actions.forEach((_, action) => {
    const subject = subjectOf(compiled, action);
    const known = bySubject.get(subject) ?? { enabledIn: new Set<number>(), takes: false };
    bySubject.set(subject, known);
    // Of a process that some condition is about, something is asked.
    if (inCycle.has(action) || isAsked.has(action)) known.takes = true;
    possible.forEach((all, i) => {
      if (all.includes(action)) known.enabledIn.add(loop + i);
    });
  });
  return [...bySubject]
    .filter(([, { enabledIn, takes }]) => !takes && enabledIn.size > 0)
    .map(([subject, { enabledIn }]) => ({
      strength: null,
      subject,
      enabledIn: [...enabledIn].sort((a, b) => a - b),
      takenFrom: [],
    }))
    .sort((a, b) => b.enabledIn.length - a.enabledIn.length)
    .slice(0, notAskedMax);
}

/** Longer lists are no help to anybody. */
const notAskedMax = 8;

function subjectOf(compiled: CompiledSpec, action: number): string {
  const info = compiled.actions[action];
  if (info === undefined) throw new Error(`no action ${action}`);
  const { name, process, args } = info;
  if (process !== null) return `process ${formatValue(process)}`;
  const values = [...args.values()].map((value) => formatValue(value));
  return values.length === 0 ? `action ${name}` : `action ${name}(${values.join(', ')})`;
}
