/** The thread with the large stack: the program, with its streams and interrupts in the process. */
import { parentPort, workerData } from 'node:worker_threads';
import type { LargeStackMessage, LargeStackRun } from './deepStack.js';
import { run } from './program.js';
import { processTerminal, type Terminal } from './terminal.js';

const port = parentPort;
if (!port) throw new Error('this is a worker, not a program');

const { argv, terminal: streams, written, told } = workerData as LargeStackRun;
const send = (message: LargeStackMessage): void => port.postMessage(message);
/** Of standard output, what was written before the run began again. */
let repeated = written;

const terminal: Terminal = {
  ...processTerminal(),
  ...streams,
  out: (text) => {
    const fresh = text.slice(Math.min(repeated, text.length));
    repeated -= text.length - fresh.length;
    if (fresh !== '') send({ kind: 'out', text: fresh });
  },
  err: (text) => {
    if (!told.has(text)) send({ kind: 'err', text });
  },
  onInterrupt: (handler) => {
    port.on('message', handler);
    return () => void port.off('message', handler);
  },
};

send({ kind: 'end', exitCode: await run(argv, terminal) });
