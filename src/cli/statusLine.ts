/** One line on standard error that is rewritten while something long runs. */
import type { Terminal } from './terminal.js';

const everyMs = 250;

export interface StatusLine {
  /** Shows a text again after a while; it is told how many seconds have passed. */
  update(text: (seconds: number) => string): void;
  /** Removes the line. */
  clear(): void;
}

export function statusLine(terminal: Terminal, isOn: boolean): StatusLine {
  const start = terminal.now();
  let last = start;
  let isShown = false;
  return {
    update(text) {
      const now = terminal.now();
      if (!isOn || now - last < everyMs) return;
      last = now;
      const line = text((now - start) / 1000);
      // Outside a terminal a line cannot be rewritten, so each is its own; in one, a line that is
      // wrapped cannot be, either.
      const { errIsTerminal, width } = terminal;
      terminal.err(errIsTerminal ? `\r\u001b[K${line.slice(0, width - 1)}` : `${line}\n`);
      isShown = true;
    },
    clear() {
      if (isShown && terminal.errIsTerminal) terminal.err('\r\u001b[K');
    },
  };
}

/** In a terminal unless nobody wants it, and elsewhere only for those who ask. */
export function isStatusShown(
  { progress }: { readonly progress?: boolean },
  isTerminal: boolean,
  quiet: boolean,
): boolean {
  return progress === true || (isTerminal && !quiet);
}
