#!/usr/bin/env node
/** The executable: the process's argv and streams in, an exit code out. */
import { run } from './program.js';
import { processTerminal } from './terminal.js';

// A reader that closes early (`| head`) is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2), processTerminal());
