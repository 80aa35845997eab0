/** The values of options, read from their text; a wrong one says what was expected. */
import type { Command } from 'commander';
import { fail } from '../source/diagnostic.js';

/** Options common to the commands that explore. */
export interface ExploreOptions {
  readonly config?: string;
  readonly maxStates?: number;
  readonly maxMemory?: number;
  readonly workers?: number | 'auto';
  readonly deadlock: boolean;
  readonly everyProperty?: boolean;
  /** Partial-order reduction, where verdicts are all that is wanted. */
  readonly por?: boolean;
  /** What RandomElement draws. */
  readonly seed?: number;
  readonly pluscal?: string;
  readonly path: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
  readonly progress?: boolean;
}

export function addExploreOptions(command: Command): Command {
  return command
    .option('--config <cfg>')
    .option('--max-states <n>', '', wholeNumber('--max-states'))
    .option('--max-memory <size>', '', size('--max-memory'))
    .option('--workers <n>', '', workerCount)
    .option('--no-deadlock')
    .option('--every-property')
    .option('--seed <n>', '', wholeNumberOrZero('--seed'))
    .option('--pluscal <options>')
    .option('--path <dir>', '', (dir: string, all: readonly string[]) => [...all, dir], [])
    .option('--quiet')
    .option('--json')
    .option('--progress');
}

/** How many threads search; `auto`: as many as the machine has processors, within reason. */
function workerCount(value: string): number | 'auto' {
  if (value === 'auto') return value;
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= 1 && number <= workersMax) return number;
  const expected = `auto, or a whole number from 1 to ${workersMax}`;
  return fail('USE002', null, { value, option: '--workers', expected });
}

/** Each has a heap and an instance of the specification. */
const workersMax = 64;

/** A whole number from 1. */
export function wholeNumber(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value.replace(/[_,]/g, ''));
    if (/^\d[\d_,]*$/.test(value) && number >= 1 && Number.isSafeInteger(number)) return number;
    return fail('USE002', null, { value, option, expected: 'a whole number from 1' });
  };
}

/** A whole number from 0. */
export function wholeNumberOrZero(option: string): (value: string) => number {
  return (value) => {
    const number = Number(value.replace(/[_,]/g, ''));
    if (/^\d[\d_,]*$/.test(value) && Number.isSafeInteger(number)) return number;
    return fail('USE002', null, { value, option, expected: 'a whole number from 0' });
  };
}

/** A number of seconds above 0: `300`, `0.5`. */
export function secondsFrom(option: string): (value: string) => number {
  return (value) => {
    if (/^\d+(\.\d+)?$/.test(value) && Number(value) > 0) return Number(value);
    return fail('USE002', null, { value, option, expected: 'a number of seconds above 0' });
  };
}

const units: Readonly<Record<string, number>> = { '': 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };

/** Bytes: `512M`, `4G`, `1.5GB`. */
export function size(option: string): (value: string) => number {
  return (value) => {
    const match = /^(\d+(?:\.\d+)?)([kmg]?)i?b?$/i.exec(value.trim());
    const bytes = Number(match?.[1]) * (units[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN);
    if (bytes >= 1) return bytes;
    return fail('USE002', null, { value, option, expected: 'a size such as 512M or 4G' });
  };
}

/** One of the given words. */
export function oneOf<T extends string>(option: string, words: readonly T[]): (value: string) => T {
  return (value) => {
    if ((words as readonly string[]).includes(value)) return value as T;
    return fail('USE002', null, { value, option, expected: words.join(' or ') });
  };
}
