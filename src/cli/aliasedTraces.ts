/**
 * ALIAS: what it makes of a trace. Only what is shown changes: a trace that is written to a file to
 * be replayed keeps the variables.
 */
import type { CompiledSpec } from '../compile/compiledSpec.js';
import type { Trace, TraceStep } from '../trace/trace.js';
import type { CheckOutcome } from './checkOutcome.js';

export function withAlias(outcome: CheckOutcome, compiled: CompiledSpec): CheckOutcome {
  const aliased = (trace: Trace | null) => trace && aliasedTrace(trace, compiled);
  const properties = outcome.properties.map((it) => ({ ...it, trace: aliased(it.trace) }));
  return { ...outcome, trace: aliased(outcome.trace), properties };
}

/** The next state of the last one is where a lasso goes back to; of a finite trace, itself. */
export function aliasedTrace(trace: Trace, compiled: CompiledSpec): Trace {
  const { steps, loop } = trace;
  const steppedTo = (i: number): TraceStep => steps[i + 1] ?? (steps[loop ?? i] as TraceStep);
  return {
    ...trace,
    steps: steps.map((step, i) => ({
      ...step,
      state: compiled.shown(step.state, steppedTo(i).state),
    })),
  };
}
