/** Runs the configurations of a hunt, several at a time where worker threads can be had. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Context } from './context.js';
import { stackSizeMb } from './deepStack.js';
import type { HuntTarget } from './huntTargets.js';
import { type HuntOptions, type HuntResult, huntVariant } from './huntVariant.js';
import type { WorkerMessage, WorkerSettings } from './huntWorker.js';

export interface HuntRun {
  /** In the order of the targets; fewer if it was interrupted. */
  readonly results: readonly HuntResult[];
  readonly isInterrupted: boolean;
}

export async function huntAll(
  targets: readonly HuntTarget[],
  options: HuntOptions,
  context: Context,
): Promise<HuntRun> {
  const { workers = 'auto' } = options;
  const wanted = workers === 'auto' ? Math.min(4, availableParallelism()) : workers;
  // Where there is one configuration only, they are its search's.
  if (targets.length === 1) return oneByOne(targets, options, context);
  const count = Math.min(wanted, targets.length);
  // Under a test runner this is a TypeScript file, which a worker cannot load.
  const canThread = import.meta.url.endsWith('.js');
  return count > 1 && canThread
    ? inWorkers(targets, count, options, context)
    : oneByOne(targets, withOneWorker(options), context);
}

async function oneByOne(
  targets: readonly HuntTarget[],
  options: HuntOptions,
  context: Context,
): Promise<HuntRun> {
  const results: HuntResult[] = [];
  let isInterrupted = false;
  const stopListening = context.terminal.onInterrupt(() => {
    isInterrupted = true;
  });
  try {
    for (const target of targets) {
      const result = await huntVariant(target, options, context);
      if (isInterrupted) break;
      results.push(result);
    }
  } finally {
    stopListening();
  }
  return { results, isInterrupted };
}

/** The workers of a hunt take a configuration each, and not their share of each search. */
function withOneWorker(options: HuntOptions): HuntOptions {
  return { ...options, workers: 1 };
}

async function inWorkers(
  targets: readonly HuntTarget[],
  count: number,
  options: HuntOptions,
  context: Context,
): Promise<HuntRun> {
  const { terminal } = context;
  const settings: WorkerSettings = {
    // One line cannot show the progress of several searches.
    options: { ...withOneWorker(options), progress: false },
    terminal: { errIsTerminal: false, width: terminal.width, env: { ...terminal.env } },
  };
  const results = new Array<HuntResult | undefined>(targets.length);
  const queue = targets.map((target, index) => ({ target, index }));
  const workers = Array.from({ length: count }, () => startWorker(settings));
  let interrupt: () => void = () => {};
  const interrupted = new Promise<'interrupted'>((resolve) => {
    interrupt = () => resolve('interrupted');
  });
  const stopListening = terminal.onInterrupt(interrupt);
  try {
    const work = workers.map(async (worker) => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        results[next.index] = await ask(worker, next.target, context);
        note(results, next.target, targets.length, context);
      }
    });
    const ended = await Promise.race([Promise.all(work), interrupted]);
    const done = results.filter((it) => it !== undefined);
    return { results: done, isInterrupted: ended === 'interrupted' };
  } finally {
    stopListening();
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

function startWorker(settings: WorkerSettings): Worker {
  return new Worker(new URL('huntWorker.js', import.meta.url), {
    workerData: settings,
    resourceLimits: { stackSizeMb },
  });
}

/** One configuration on one worker; warnings are passed on as they come. */
function ask(worker: Worker, target: HuntTarget, context: Context): Promise<HuntResult> {
  return new Promise((resolve, reject) => {
    const listen = (message: WorkerMessage) => {
      if (message.kind === 'text') return context.terminal.err(message.text);
      worker.off('message', listen);
      worker.off('error', reject);
      resolve(message.result);
    };
    worker.on('message', listen);
    worker.once('error', reject);
    worker.postMessage(target);
  });
}

function note(
  results: readonly (HuntResult | undefined)[],
  { variant }: HuntTarget,
  total: number,
  context: Context,
): void {
  const done = results.filter((it) => it !== undefined).length;
  if (context.terminal.errIsTerminal) context.note(`  ${variant} is done, ${done} of ${total}`);
}
