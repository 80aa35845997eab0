/**
 * Scripted runs, to be written like the tables of the scenarios: who does what, in order. A step
 * that the machine refuses ends the script as `Cut`, which says where the fix bites.
 */
import {
  advance,
  flusher,
  integrityWriter,
  Machine,
  type MachineConfig,
  type PageView,
  truncater,
  type Write,
  writer,
} from '../../../replay/simulator/index.js';

export class Cut extends Error {
  constructor(
    readonly thread: string,
    readonly at: string | null,
    readonly reason: string,
  ) {
    super(`${thread} is blocked in ${at ?? 'nothing'}: ${reason}`);
  }
}

/** Where a script ends that the machine does not let go on. */
export function cutOf(script: () => Play): Cut {
  try {
    script();
  } catch (cut) {
    if (cut instanceof Cut) return cut;
    throw cut;
  }
  throw new Error('the script was not cut');
}

export class Play {
  readonly machine: Machine;

  constructor(config: MachineConfig) {
    this.machine = new Machine(config);
  }

  /** The thread runs up to the step, which it has then not taken. */
  to(thread: string, step: string | null): void {
    const outcome = advance(this.machine, thread, step);
    if (outcome.kind === 'blocked') throw new Cut(thread, outcome.function, outcome.reason);
  }

  /** The thread runs up to the step and takes it. */
  past(thread: string, step: string): void {
    this.to(thread, step);
    const outcome = this.machine.step(thread);
    if (outcome.kind === 'blocked') throw new Cut(thread, outcome.function, outcome.reason);
  }

  ends(thread: string): void {
    this.to(thread, null);
  }

  /** The thread falls asleep in the wait queue. */
  sleeps(thread: string): void {
    try {
      this.to(thread, null);
    } catch (cut) {
      if (cut instanceof Cut && cut.at === 'wait_on_page_bit_common') return;
      throw cut;
    }
    throw new Error(`${thread} did not fall asleep`);
  }

  /** The device finishes the bio and its completion has cleared the bit, no more. */
  clearsAndStalls(bio: number): void {
    this.ends(`DMA${bio}`);
    this.past(`A${bio}`, 'C2');
  }

  writer(thread: string, ...writes: Write[]): void {
    this.machine.spawn(thread, writer({ writes }));
  }

  /** A writer that runs to its end at once. */
  writes(thread: string, ...writes: Write[]): void {
    this.writer(thread, ...writes);
    this.ends(thread);
  }

  flusher(thread: string, ...files: string[]): void {
    this.machine.spawn(thread, flusher({ files }));
  }

  integrityWriter(thread: string, ...files: string[]): void {
    this.machine.spawn(thread, integrityWriter({ files }));
  }

  truncater(thread: string, ...files: string[]): void {
    this.machine.spawn(thread, truncater({ files }));
  }

  page(pfn = 0): PageView {
    const page = this.machine.describe().pages[pfn];
    if (page === undefined) throw new Error(`no page ${pfn}`);
    return page;
  }

  /** What has been detected so far, as `kind:name`. */
  detected(): string[] {
    return this.machine.detections.map(({ kind, name }) => `${kind}:${name}`);
  }
}
