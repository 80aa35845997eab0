/** How far a search is, in one line on standard error. */
import type { LivenessProgress, SearchProgress } from '../explore/index.js';
import { bytes, count, duration } from '../report/quantity.js';
import { statusLine } from './statusLine.js';
import type { Terminal } from './terminal.js';

export interface ProgressLine {
  update(progress: SearchProgress): void;
  /** From here on speed is measured: these states were found by an earlier run. */
  begin(distinct: number): void;
  /** Removes the line. */
  clear(): void;
}

export function progressLine(terminal: Terminal, title: string, isOn: boolean): ProgressLine {
  const line = statusLine(terminal, isOn);
  let before = 0;
  return {
    begin(distinct) {
      before = distinct;
    },
    update(progress) {
      line.update((seconds) => {
        // The first layout of a state may be given up, and the search begin again.
        const perSecond = Math.max(0, Math.round((progress.distinct - before) / seconds));
        return (
          `${title}${count(progress.distinct)} states, ${count(perSecond)} states/s, ` +
          `${count(progress.frontier)} in the frontier, depth ${progress.depth}, ` +
          `${bytes(terminal.memory())}, ${duration(seconds)}`
        );
      });
    },
    clear: () => line.clear(),
  };
}

/** The same for the check of properties of whole behaviors. */
export function livenessProgress(
  terminal: Terminal,
  title: string,
  isOn: boolean,
  stateCount: number,
): { update(progress: LivenessProgress): void; clear(): void } {
  const line = statusLine(terminal, isOn);
  return {
    update({ property, states, steps }) {
      const doing =
        property === null
          ? `the steps of ${count(states)} of ${count(stateCount)} states`
          : `property ${property}, ${count(stateCount)} states, ${count(steps)} steps`;
      line.update(
        (seconds) => `${title}${doing}, ${bytes(terminal.memory())}, ${duration(seconds)}`,
      );
    },
    clear: () => line.clear(),
  };
}
