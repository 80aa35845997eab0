/** What a running command is given: the terminal, its palettes, and how it speaks. */
import type { Palette } from '../report/palette.js';
import type { Diagnostic } from '../source/diagnostic.js';
import { renderDiagnostic } from '../source/render.js';
import { paletteFor, type Terminal } from './terminal.js';

export interface Context {
  readonly terminal: Terminal;
  /** For standard output. */
  readonly paint: Palette;
  readonly json: boolean;
  readonly quiet: boolean;
  /** A line on standard output, unless the output is JSON. */
  say(text: string): void;
  /** A line that the spec prints: on standard output, or on standard error beside JSON. */
  print(line: string): void;
  /** The one JSON document of a run with `--json`. */
  document(data: unknown): void;
  /** A diagnostic on standard error; a warning is left out with `--quiet`. */
  report(diagnostic: Diagnostic): void;
  /** A line on standard error for a person who waits. */
  note(text: string): void;
}

export function createContext(
  terminal: Terminal,
  options: { readonly json?: boolean; readonly quiet?: boolean },
): Context {
  const { json = false, quiet = false } = options;
  const errorPaint = paletteFor(terminal, 'err');
  return {
    terminal,
    paint: paletteFor(terminal, 'out'),
    json,
    quiet,
    say(text) {
      if (!json) terminal.out(`${text}\n`);
    },
    print: (line) => (json ? terminal.err : terminal.out)(`${line}\n`),
    document: (data) => terminal.out(`${JSON.stringify(data, null, 2)}\n`),
    report(diagnostic) {
      if (quiet && diagnostic.severity === 'warning') return;
      terminal.err(`${renderDiagnostic(diagnostic, errorPaint)}\n`);
    },
    note(text) {
      if (!quiet) terminal.err(`${text}\n`);
    },
  };
}
