/** The command that shows the same again. */
import { hasDriver } from './drivers.js';
import type { SpecFiles } from './exploration.js';

/** For a counterexample: a replay where a driver ships for the spec, else the same check. */
export function reproduce({ spec, config }: SpecFiles, trace: string | null): string {
  const command = hasDriver(spec) ? 'replay' : 'check';
  const subject = command === 'replay' && trace !== null ? trace : spec;
  return `Reproduce: counterplay ${command} ${quote(subject)} --config ${quote(config)}`;
}

/** For a shell: quoted only where it must be. */
export function quote(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
