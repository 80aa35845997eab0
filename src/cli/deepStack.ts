/**
 * A run whose stack was too small starts again, in a thread with a large one. A recursion over
 * 10,000 elements and an expression with 10,000 parentheses need some megabytes of stack, and the
 * main thread of Node has one, which cannot be changed safely from inside. Runs that need no more,
 * which is nearly all of them, pay nothing.
 */
import { getHeapStatistics } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Terminal } from './terminal.js';

/** The large stack: enough for some 100,000 calls of an operator. A larger one would
 *  make a recursion without an end slow, because each collection of garbage reads all of it. */
export const stackSizeMb = 64;

/** Thrown out of `run` where `offerLargeStack` was called. */
export class StackTooSmall extends Error {}

let isOffered = false;

/** From now on a run that lacks stack throws StackTooSmall, and reports nothing. */
export function offerLargeStack(): void {
  isOffered = true;
}

/** To be called with the code of a mistake before it is told. */
export function expectEnoughStack(code: string): void {
  if (isOffered && (code === 'EVL023' || code === 'SYN016')) throw new StackTooSmall();
}

/** What the thread is given. */
export interface LargeStackRun {
  readonly argv: readonly string[];
  readonly terminal: Pick<Terminal, 'outIsTerminal' | 'errIsTerminal' | 'width'>;
  /** How many characters of standard output were written before: they come again. */
  readonly written: number;
  /** What was written to standard error before: warnings, which nobody wants to read twice. */
  readonly told: ReadonlySet<string>;
}

export type LargeStackMessage =
  | { readonly kind: 'out' | 'err'; readonly text: string }
  | { readonly kind: 'end'; readonly exitCode: number };

/** Runs the program in the thread; its exit code. */
export function runWithLargeStack(settings: LargeStackRun, terminal: Terminal): Promise<number> {
  const { heap_size_limit: heap } = getHeapStatistics();
  const worker = new Worker(new URL('deepStackWorker.js', import.meta.url), {
    workerData: settings,
    resourceLimits: { stackSizeMb, maxOldGenerationSizeMb: Math.floor(heap / 2 ** 20) },
  });
  const stopListening = terminal.onInterrupt(() => worker.postMessage('interrupt'));
  return new Promise<number>((resolve, reject) => {
    worker.on('message', (message: LargeStackMessage) => {
      if (message.kind === 'end') resolve(message.exitCode);
      else terminal[message.kind](message.text);
    });
    worker.once('error', reject);
  }).finally(() => {
    stopListening();
    return worker.terminate();
  });
}
