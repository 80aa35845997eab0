/** A worker thread of a hunt: configurations in, results, progress and warnings out. */
import { parentPort, workerData } from 'node:worker_threads';
import { DiagnosticError } from '../source/diagnostic.js';
import { createContext } from './context.js';
import { describeFailure, type FailureDocument } from './describeFailure.js';
import { exitCodeOf } from './exitCodes.js';
import type { HuntTarget } from './huntTargets.js';
import { type HuntOptions, type HuntResult, huntVariant } from './huntVariant.js';
import { heap, type Terminal } from './terminal.js';

export interface WorkerSettings {
  readonly options: HuntOptions;
  readonly terminal: Pick<Terminal, 'errIsTerminal' | 'width' | 'env'>;
}

/** What a worker says. A diagnostic holds its source text, so it travels as words. */
export type WorkerMessage =
  | { readonly kind: 'result'; readonly result: HuntResult }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly exitCode: number; readonly failure: FailureDocument };

const port = parentPort;
if (port === null) throw new Error('this file is the inside of a worker thread');
const settings = workerData as WorkerSettings;
const send = (message: WorkerMessage) => port.postMessage(message);

const terminal: Terminal = {
  ...settings.terminal,
  outIsTerminal: false,
  out: () => {
    throw new Error('a worker has no standard output');
  },
  err: (text) => send({ kind: 'text', text }),
  now: () => performance.now(),
  memory: () => process.memoryUsage.rss(),
  heap,
  // The main thread ends its workers when it is interrupted.
  onInterrupt: () => () => {},
  pause: () => Promise.resolve(),
};

port.on('message', async (target: HuntTarget) => {
  const context = createContext(terminal, { quiet: settings.options.quiet === true });
  try {
    send({ kind: 'result', result: await huntVariant(target, settings.options, context) });
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    for (const diagnostic of error.diagnostics) context.report(diagnostic);
    const { diagnostics } = error;
    const failure = describeFailure(diagnostics);
    send({ kind: 'failed', exitCode: exitCodeOf(diagnostics), failure });
  }
});
