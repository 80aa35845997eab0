/** A trace with the variables of the module that its property is about, through the mapping. */
import type { CompiledSpec } from '../compile/index.js';
import type { Trace } from '../trace/trace.js';

export function withRefinement(trace: Trace, compiled: CompiledSpec): Trace {
  if (trace.property === null) return trace;
  const states = trace.steps.map(({ state }) => state);
  const refinement = compiled.refined(trace.property, states);
  return refinement === null ? trace : { ...trace, refinement };
}
