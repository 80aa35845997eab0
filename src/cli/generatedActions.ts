/** Actions that no person wrote: what the PlusCal translation adds so that ending is no deadlock. */
import type { LoadedSpecification } from './pipeline.js';

export function generatedActions({ specification }: LoadedSpecification): ReadonlySet<string> {
  return new Set(specification.labels.size > 0 ? ['Terminating'] : []);
}
