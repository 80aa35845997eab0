/** A worker thread of a hunt: configurations in, results, progress and warnings out. */
import { parentPort, workerData } from 'node:worker_threads';
import { createContext } from './context.js';
import type { HuntTarget } from './huntTargets.js';
import { type HuntOptions, type HuntResult, huntVariant } from './huntVariant.js';
import { processMemory, type Terminal } from './terminal.js';

export interface WorkerSettings {
  readonly options: HuntOptions;
  readonly terminal: Pick<Terminal, 'errIsTerminal' | 'width' | 'env'>;
}

/** What a worker says. A diagnostic holds its source text, so it travels as words. */
export type WorkerMessage =
  | { readonly kind: 'result'; readonly result: HuntResult }
  | { readonly kind: 'text'; readonly text: string };

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
  ...processMemory,
  // The main thread ends its workers when it is interrupted.
  onInterrupt: () => () => {},
  pause: () => Promise.resolve(),
};

port.on('message', async (target: HuntTarget) => {
  const context = createContext(terminal, { quiet: settings.options.quiet === true });
  send({ kind: 'result', result: await huntVariant(target, settings.options, context) });
});
