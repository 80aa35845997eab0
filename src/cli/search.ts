/** Runs a search piece by piece: between two pieces it looks at limits, interrupts and the clock. */
import type { CompiledSpec } from '../compile/compiledSpec.js';
import { Search, type SearchResult } from '../explore/index.js';
import { bytes, count } from '../report/quantity.js';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import type { Context } from './context.js';
import type { ExploreOptions } from './options.js';
import { progressLine } from './progress.js';
import type { Terminal } from './terminal.js';

export interface SearchRun {
  readonly result: SearchResult;
  readonly seconds: number;
  /** The limit that ended the search, if one did. */
  readonly limit: Diagnostic | null;
  readonly isInterrupted: boolean;
}

/** How many states are expanded between two looks. */
const pieceSize = 2000;

export interface SearchSettings {
  readonly checkDeadlock: boolean;
  readonly everyProperty: boolean;
  /** In front of the progress line. */
  readonly title?: string;
}

export async function runSearch(
  compiled: CompiledSpec,
  settings: SearchSettings,
  options: ExploreOptions,
  { terminal, quiet }: Context,
): Promise<SearchRun> {
  const { everyProperty, checkDeadlock, title = '' } = settings;
  const { maxStates, maxMemory } = options;
  const start = terminal.now();
  const search = new Search(compiled, {
    everyProperty,
    checkDeadlock,
    ...(maxStates === undefined ? {} : { maxStates }),
  });
  const line = progressLine(terminal, title, isProgressOn(options, terminal.errIsTerminal, quiet));
  let isInterrupted = false;
  let memoryLimit: Diagnostic | null = null;
  const stopListening = terminal.onInterrupt(() => {
    isInterrupted = true;
    search.interrupt();
  });
  try {
    while (search.advance(pieceSize)) {
      line.update(search.progress());
      memoryLimit = memoryReached(terminal, maxMemory);
      if (memoryLimit !== null) search.interrupt();
      await terminal.pause();
    }
  } finally {
    stopListening();
    line.clear();
  }
  const result = search.result();
  const seconds = (terminal.now() - start) / 1000;
  return { result, seconds, limit: memoryLimit ?? stateLimit(result, maxStates), isInterrupted };
}

/** At this share of the heap a search stops by itself: Node would end the program without a word. */
const heapShareMax = 0.9;

function memoryReached(terminal: Terminal, maxMemory: number | undefined): Diagnostic | null {
  const memory = maxMemory === undefined ? 0 : terminal.memory();
  if (maxMemory !== undefined && memory > maxMemory) {
    return diagnose('USE060', null, { limit: bytes(maxMemory), used: bytes(memory) });
  }
  const { used, limit } = terminal.heap();
  if (used <= limit * heapShareMax) return null;
  return diagnose('USE063', null, { limit: bytes(limit), megabytes: Math.ceil(limit / 2 ** 19) });
}

function isProgressOn(options: ExploreOptions, isTerminal: boolean, quiet: boolean): boolean {
  return options.progress === true || (isTerminal && !quiet);
}

function stateLimit(result: SearchResult, maxStates: number | undefined): Diagnostic | null {
  if (result.stopped !== 'limit') return null;
  return diagnose('USE061', null, { limit: maxStates === undefined ? '?' : count(maxStates) });
}
