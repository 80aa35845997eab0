/** Replays a trace on an open driver; what makes a replay impossible becomes a diagnostic. */
import { ReplayError } from '../../replay/compare.js';
import { DriverError, type ReplayDriver } from '../../replay/driver.js';
import { replay } from '../../replay/run.js';
import type { ReplayVerdict } from '../../replay/verdict.js';
import { fail } from '../source/diagnostic.js';
import type { Trace } from '../trace/trace.js';

const codes = {
  'empty-trace': 'RPL006',
  'unknown-ghost': 'RPL007',
  protocol: 'RPL011',
  silent: 'RPL016',
  'not-a-value': 'RPL012',
} as const;

export async function replayTrace(trace: Trace, driver: ReplayDriver): Promise<ReplayVerdict> {
  return guarded(async () => {
    try {
      return await replay(trace, driver);
    } catch (error) {
      if (!(error instanceof DriverError)) throw error;
      return fail('RPL019', null, { driver: driver.name, cause: error.message });
    }
  });
}

export async function guarded<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof ReplayError)) throw error;
    return fail(codes[error.kind], null, error.holes);
  }
}
