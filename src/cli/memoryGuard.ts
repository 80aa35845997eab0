/**
 * Keeps a search within its memory: it is asked before large arrays are taken, and it looks at the
 * whole process now and then, because values of the specification take memory as well.
 */
import { bytes } from '../report/quantity.js';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { imminentPoolBytes } from '../values/index.js';
import type { Terminal } from './terminal.js';

/** This share of the machine's memory, where no limit is given. */
const machineShare = 0.75;

/** A smaller array is not worth a question: a look at the process sees what it takes. */
const askedBytesMin = 2 ** 20;

/** At this share of the heap a search stops by itself: Node would end the program without a word. */
const heapShareMax = 0.9;

/** What Node counts to the heap and keeps for young objects, with something to spare. */
const heapReserve = 96 * 2 ** 20;

/** After garbage is collected, less than this share of the limit must be in use to go on. */
const sufficientShare = 0.97;

export class MemoryGuard {
  readonly limit: number;
  /** Why the search must stop; null as long as it need not. */
  reached: Diagnostic | null = null;

  constructor(
    private readonly terminal: Terminal,
    limit: number | undefined,
  ) {
    this.limit = limit ?? terminal.totalMemory() * machineShare;
  }

  /** Whether so many bytes more may be taken. */
  mayTake(more: number): boolean {
    const { terminal, limit } = this;
    if (more < askedBytesMin || terminal.memory() + more <= limit) return true;
    terminal.collectGarbage();
    const used = terminal.memory();
    if (used + more <= limit) return true;
    const words = `${bytes(used)} in use, and ${bytes(more)} more are needed`;
    this.reached = diagnose('USE060', null, { limit: bytes(limit), used: words });
    return false;
  }

  /** Looks at the process; what it sees is `reached`. */
  look(): void {
    const { terminal, limit } = this;
    if (terminal.memory() > limit) {
      terminal.collectGarbage();
      const used = terminal.memory();
      // Almost at the limit garbage would be collected again and again for next to nothing.
      if (used > limit * sufficientShare) {
        const words = `${bytes(used)} in use`;
        this.reached = diagnose('USE060', null, { limit: bytes(limit), used: words });
      }
    }
    this.lookAtHeap();
  }

  private lookAtHeap(): void {
    const { terminal } = this;
    const { used, limit } = terminal.heap();
    const imminent = imminentPoolBytes();
    const most = Math.min(limit * heapShareMax, limit - heapReserve);
    if (used + imminent <= most) return;
    terminal.collectGarbage();
    if (terminal.heap().used + imminent <= most * sufficientShare) return;
    const megabytes = Math.ceil(limit / 2 ** 19);
    this.reached ??= diagnose('USE063', null, { limit: bytes(limit), megabytes });
  }
}
