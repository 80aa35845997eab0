/** The command that shows the same again. */
import { existsSync } from 'node:fs';
import { hasDriver } from './drivers.js';
import type { SpecFiles } from './exploration.js';

/** For a counterexample: a replay where a driver ships for the spec, else the same check. */
export function reproduce({ spec, config }: SpecFiles, trace: string | null): string {
  const command = hasDriver(spec) ? 'replay' : 'check';
  const subject = command === 'replay' && trace !== null ? trace : spec;
  // A spec without constants may do without the file.
  const configured = existsSync(config) ? ` --config ${quote(config)}` : '';
  return `Reproduce: counterplay ${command} ${quote(subject)}${configured}`;
}

/** For a shell: quoted only where it must be. */
export function quote(word: string): string {
  return /^[\w./@%+=:,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
