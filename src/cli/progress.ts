/** One line on standard error that is rewritten while the search runs. */
import type { SearchProgress } from '../explore/index.js';
import { count, duration } from '../report/quantity.js';
import type { Terminal } from './terminal.js';

const everyMs = 250;

export interface ProgressLine {
  update(progress: SearchProgress): void;
  /** Removes the line. */
  clear(): void;
}

export function progressLine(terminal: Terminal, title: string, isOn: boolean): ProgressLine {
  const start = terminal.now();
  let last = start;
  let isShown = false;
  return {
    update(progress) {
      const now = terminal.now();
      if (!isOn || now - last < everyMs) return;
      last = now;
      const perSecond = Math.round((progress.distinct / (now - start)) * 1000);
      const text =
        `${title}${count(progress.distinct)} states, ${count(progress.frontier)} in the frontier, ` +
        `depth ${progress.depth}, ${count(perSecond)} states/s, ${duration((now - start) / 1000)}`;
      // Outside a terminal a line cannot be rewritten, so each is its own.
      terminal.err(terminal.errIsTerminal ? `\r\u001b[K${text}` : `${text}\n`);
      isShown = true;
    },
    clear() {
      if (isShown && terminal.errIsTerminal) terminal.err('\r\u001b[K');
    },
  };
}
