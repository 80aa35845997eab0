/** What drivers read out of a trace: its constants and choices. */
import { type Data, DriverError, type DriverReset } from '../driver.js';

export function integer(data: Data | undefined): number | null {
  if (typeof data === 'number') return data;
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return null;
  const big = (data as Readonly<Record<string, Data>>)['#bigint'];
  return typeof big === 'string' ? Number(big) : null;
}

/** The number that the configuration gives the constant. */
export function count(init: DriverReset, constant: string): number {
  const value = integer(init.constants[constant]);
  if (value === null) throw new DriverError(`the trace has no number for the constant ${constant}`);
  return value;
}

/** The set of strings that the configuration gives the constant. */
export function names(init: DriverReset, constant: string): string[] {
  const data = init.constants[constant];
  const set = typeof data === 'object' && '#set' in data ? data['#set'] : null;
  if (Array.isArray(set) && set.every((name) => typeof name === 'string')) return set;
  throw new DriverError(`the trace has no set of names for the constant ${constant}`);
}
