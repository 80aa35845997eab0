/** What a search took of memory, in the words of a summary. */
import { bytes } from '../report/quantity.js';
import type { CheckOutcome } from './checkOutcome.js';
import type { Terminal } from './terminal.js';

/** Of fewer states the search's smallest arrays tell nothing of a state. */
const distinctMin = 10_000;

/** `25.8 bytes a state, with its predecessor and the table; 1.4 GB of memory at the most.` */
export function memoryLine(outcome: CheckOutcome, terminal: Terminal): string | null {
  const { bytesPerState, states, limit } = outcome;
  if (bytesPerState === null || (states.distinct < distinctMin && limit === null)) return null;
  const each = bytesPerState < 1000 ? bytesPerState.toFixed(1) : Math.round(bytesPerState);
  const most = bytes(terminal.peakMemory());
  return `${each} bytes a state, with its predecessor and the table; ${most} of memory at the most.`;
}
