/** One line on standard error that is rewritten while the search runs. */
import type { SearchProgress } from '../explore/index.js';
import { bytes, count, duration } from '../report/quantity.js';
import type { Terminal } from './terminal.js';

const everyMs = 250;

export interface ProgressLine {
  update(progress: SearchProgress): void;
  /** From here on speed is measured: these states were found by an earlier run. */
  begin(distinct: number): void;
  /** Removes the line. */
  clear(): void;
}

export function progressLine(terminal: Terminal, title: string, isOn: boolean): ProgressLine {
  const start = terminal.now();
  let last = start;
  let isShown = false;
  let before = 0;
  return {
    begin(distinct) {
      before = distinct;
    },
    update(progress) {
      const now = terminal.now();
      if (!isOn || now - last < everyMs) return;
      last = now;
      const seconds = (now - start) / 1000;
      // The first layout of a state may be given up, and the search begin again.
      const perSecond = Math.max(0, Math.round((progress.distinct - before) / seconds));
      const text =
        `${title}${count(progress.distinct)} states, ${count(perSecond)} states/s, ` +
        `${count(progress.frontier)} in the frontier, depth ${progress.depth}, ` +
        `${bytes(terminal.memory())}, ${duration(seconds)}`;
      // Outside a terminal a line cannot be rewritten, so each is its own; in one, a line that is
      // wrapped cannot be, either.
      const { errIsTerminal, width } = terminal;
      terminal.err(errIsTerminal ? `\r\u001b[K${text.slice(0, width - 1)}` : `${text}\n`);
      isShown = true;
    },
    clear() {
      if (isShown && terminal.errIsTerminal) terminal.err('\r\u001b[K');
    },
  };
}
