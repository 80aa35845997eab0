/** Runs a simulation piece by piece: between two pieces it looks at interrupts and at memory. */
import type { CompiledSpec } from '../compile/index.js';
import {
  type ActionGroups,
  Simulation,
  type SimulationOptions,
  type SimulationResult,
} from '../explore/index.js';
import { count, duration } from '../report/quantity.js';
import type { Diagnostic } from '../source/diagnostic.js';
import type { Context } from './context.js';
import { MemoryGuard } from './memoryGuard.js';
import { doInPieces } from './pieces.js';
import { isStatusShown, statusLine } from './statusLine.js';

export interface SimulationRun {
  readonly result: SimulationResult;
  readonly seconds: number;
  /** The limit that ended it, if one did. */
  readonly limit: Diagnostic | null;
}

/** What a step is chosen among first; then each of its steps is equally likely. */
export type Uniform = 'processes' | 'actions' | 'steps';

export function groupsOf({ actions }: CompiledSpec, uniform: Uniform): ActionGroups {
  if (uniform === 'steps') return new Int32Array(actions.length);
  if (uniform === 'actions') return Int32Array.from(actions, (_, number) => number);
  const processes = [...new Set(actions.map(({ process }) => process))];
  return Int32Array.from(actions, ({ process }) => processes.indexOf(process));
}

export async function runSimulation(
  compiled: CompiledSpec,
  settings: SimulationOptions,
  options: { readonly progress?: boolean; readonly maxMemory?: number },
  { terminal, quiet }: Context,
): Promise<SimulationRun> {
  const start = terminal.now();
  const guard = new MemoryGuard(terminal, options.maxMemory);
  const simulation = new Simulation(compiled, settings);
  const line = statusLine(terminal, isStatusShown(options, terminal.errIsTerminal, quiet));
  await doInPieces(simulation, terminal, guard, () => {
    line.update((seconds) => progressText(simulation.result(), seconds));
  });
  line.clear();
  const seconds = (terminal.now() - start) / 1000;
  return { result: simulation.result(), seconds, limit: guard.reached };
}

function progressText({ behaviors, steps }: SimulationResult, seconds: number): string {
  const perSecond = Math.round(steps / seconds);
  return `${count(behaviors)} behaviors, ${count(perSecond)} steps/s, ${duration(seconds)}`;
}
