/** The whole answer: the machine, the rows, and what the numbers mean; as a page or a document. */
import type { Palette } from '../../src/report/palette.js';
import { bytes } from '../../src/report/quantity.js';
import { benchTable } from './benchTable.js';
import type { Recorded } from './recorded.js';
import type { SessionResult } from './session.js';

/** Where it was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly node: string;
  readonly spin: string | null;
  readonly gcc: string | null;
}

export function benchDocument(
  session: SessionResult,
  machine: Machine,
  { machine: recordedOn, settings }: Recorded,
): unknown {
  return { machine, recorded: { machine: recordedOn, settings }, ...session };
}

const explanation = `time: medians. Ours is of the whole process, its start included, seen from outside; Spin's is
  the elapsed time that its verifier prints: no start, no generating, no compiling.
× Spin: states per second over those of Spin without reduction. Spin counts states in the
  grain of filter.pml, which are fewer than TLC's and ours: times alone do not compare.
× TLC: states per second over those of TLC's fastest recorded run with as many workers.
bytes/state: of Spin, its "actual memory usage for states", without hash table and stack;
  ≤: the peak of the whole process, shared among the states.`;

export function benchPage(
  session: SessionResult,
  machine: Machine,
  recorded: Recorded,
  paint: Palette,
): string {
  const { processor, cores, memoryBytes, node, spin, gcc } = machine;
  const programs = [`Node ${node}`, spin, gcc].filter((it) => it !== null).join('; ');
  const settings = Object.entries(recorded.settings).map(([name, text]) => `  ${name}: ${text}`);
  return [
    `${cores} × ${processor}, ${bytes(memoryBytes)}; ${programs}`,
    '',
    benchTable(session.rows, paint),
    '',
    explanation,
    `(recorded): not measured here, but on ${recorded.machine}.`,
    ...settings,
    ...session.notes.map((note) => `\n${note}`),
  ].join('\n');
}
