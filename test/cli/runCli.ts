/** Runs the program as a shell would, with captured streams. */
import { run } from '../../src/cli/program.js';
import type { Terminal } from '../../src/cli/terminal.js';

export interface CliRun {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export async function cli(...argv: readonly string[]): Promise<CliRun> {
  return cliOn({}, ...argv);
}

export async function cliOn(
  terminal: Partial<Terminal>,
  ...argv: readonly string[]
): Promise<CliRun> {
  const out: string[] = [];
  const err: string[] = [];
  let milliseconds = 0;
  const exitCode = await run(argv, {
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
    outIsTerminal: false,
    errIsTerminal: false,
    width: 100,
    env: {},
    // A clock that says the same in every run.
    now: () => ++milliseconds,
    memory: () => 1,
    peakMemory: () => 1,
    totalMemory: () => 2 ** 40,
    collectGarbage: () => {},
    heap: () => ({ used: 1, limit: 2 ** 32 }),
    onInterrupt: () => () => {},
    pause: () => Promise.resolve(),
    ...terminal,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

/** The one JSON document of a run with `--json`. */
export async function json(...argv: readonly string[]): Promise<{
  readonly exitCode: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents of many forms
  readonly document: any;
}> {
  const { exitCode, out } = await cli(...argv, '--json');
  return { exitCode, document: JSON.parse(out) };
}
