#!/usr/bin/env node
/** The executable: the process's argv and streams in, an exit code out. */
import { offerLargeStack, runWithLargeStack, StackTooSmall } from './deepStack.js';
import { exitCodes } from './exitCodes.js';
import { run } from './program.js';
import { processTerminal } from './terminal.js';

// A reader that closes early (`| head`) is no error, and changes nothing of the exit code.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') return;
  process.stderr.write(`error: standard output cannot be written: ${error.message}\n`);
  process.exit(exitCodes.usage);
});
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  // There is nobody left to tell.
  if (error.code !== 'EPIPE') process.exit(exitCodes.usage);
});

const argv = process.argv.slice(2);
const terminal = processTerminal();
let written = 0;
const out = (text: string): void => {
  written += text.length;
  terminal.out(text);
};
const told = new Set<string>();
const err = (text: string): void => {
  told.add(text);
  terminal.err(text);
};

offerLargeStack();
try {
  process.exitCode = await run(argv, { ...terminal, out, err });
} catch (error) {
  if (!(error instanceof StackTooSmall)) throw error;
  const { outIsTerminal, errIsTerminal, width } = terminal;
  const streams = { outIsTerminal, errIsTerminal, width };
  const settings = { argv, terminal: streams, written, told };
  process.exitCode = await runWithLargeStack(settings, terminal);
}
