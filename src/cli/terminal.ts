/** All that commands may know of the outside: streams, colours, the clock, interrupts. */
import { totalmem } from 'node:os';
import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { colours, noColours, type Palette } from '../report/palette.js';

export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  readonly outIsTerminal: boolean;
  readonly errIsTerminal: boolean;
  /** Columns of the terminal; 100 where there is none. */
  readonly width: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since some fixed moment. */
  now(): number;
  /** Bytes that the program holds. */
  memory(): number;
  /** The most that it has held. */
  peakMemory(): number;
  /** Bytes that the machine has, or that the program may have of it. */
  totalMemory(): number;
  /** Frees what nobody uses, now; slow. */
  collectGarbage(): void;
  /** Bytes of JavaScript objects, and how many there may be before Node ends the program. */
  heap(): { readonly used: number; readonly limit: number };
  /** Calls back at Ctrl-C; the returned function stops listening. */
  onInterrupt(handler: () => void): () => void;
  /** Lets pending events (an interrupt) be handled before going on. */
  pause(): Promise<void>;
}

/** The process's own streams. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process;
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    outIsTerminal: stdout.isTTY === true,
    errIsTerminal: stderr.isTTY === true,
    width: columns(stdout.columns, env.COLUMNS),
    env,
    now: () => performance.now(),
    ...processMemory,
    onInterrupt(handler) {
      process.on('SIGINT', handler);
      return () => void process.off('SIGINT', handler);
    },
    pause: () => new Promise((resume) => setImmediate(resume)),
  };
}

/** What a worker thread can tell of its process, too. */
export const processMemory = {
  memory: () => process.memoryUsage.rss(),
  peakMemory: () => process.resourceUsage().maxRSS * 1024,
  totalMemory,
  collectGarbage,
  heap,
};

/** A container may have less than the machine. */
function totalMemory(): number {
  const machine = totalmem();
  const allowed = process.constrainedMemory?.() ?? 0;
  return allowed > 0 ? Math.min(machine, allowed) : machine;
}

function collectGarbage(): void {
  // Node has no other way to it than its own flag, which may be set at any time.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
}

function heap(): { readonly used: number; readonly limit: number } {
  const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
  return { used, limit };
}

function columns(terminal: number | undefined, wish: string | undefined): number {
  const wished = Number(wish);
  if (Number.isInteger(wished) && wished >= 40) return wished;
  return terminal === undefined ? 100 : Math.max(40, terminal);
}

/** NO_COLOR wins, then FORCE_COLOR, then whether the stream is a terminal. */
export function paletteFor(terminal: Terminal, stream: 'out' | 'err'): Palette {
  const { NO_COLOR, FORCE_COLOR } = terminal.env;
  if (NO_COLOR !== undefined && NO_COLOR !== '') return noColours;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return colours;
  return (stream === 'out' ? terminal.outIsTerminal : terminal.errIsTerminal) ? colours : noColours;
}
