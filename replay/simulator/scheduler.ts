/**
 * Schedulers choose which runnable thread steps next; `run` lets one drive a machine. Everything is
 * a function of its arguments: the same machine, scheduler and seed give the same run.
 */
import type { MachineConfig } from './config.js';
import { Machine, type StepOutcome } from './machine.js';
import { SimulatorError } from './simulatorError.js';
import type { Program } from './task.js';

export interface Scheduler {
  /** One of the runnable threads (at least one), or null to stop the run. */
  pick(runnable: readonly string[], machine: Machine): string | null;
}

export interface RunOutcome {
  /**
   * `finished`: no thread sleeps and none can step; `stuck`: some sleep and nobody can wake them;
   * `stopped`: the scheduler ended it; `limit`: as many steps as were allowed.
   */
  readonly kind: 'finished' | 'stuck' | 'stopped' | 'limit';
  readonly stepCount: number;
  /** The threads that sleep at the end. */
  readonly sleeping: readonly string[];
}

export interface RunOptions {
  readonly stepMax?: number;
}

const STEP_MAX = 10_000;

export function run(machine: Machine, scheduler: Scheduler, options: RunOptions = {}): RunOutcome {
  const stepMax = options.stepMax ?? STEP_MAX;
  for (let stepCount = 0; ; stepCount += 1) {
    const runnable = machine.runnable();
    const sleeping = machine.sleeping();
    if (runnable.length === 0) {
      return { kind: sleeping.length > 0 ? 'stuck' : 'finished', stepCount, sleeping };
    }
    if (stepCount === stepMax) return { kind: 'limit', stepCount, sleeping };
    const chosen = scheduler.pick(runnable, machine);
    if (chosen === null) return { kind: 'stopped', stepCount, sleeping };
    take(machine, chosen);
  }
}

function take(machine: Machine, name: string): void {
  const outcome = machine.step(name);
  if (outcome.kind === 'done') return;
  throw new SimulatorError(
    `the schedule names ${name}, which cannot step: ${outcome.reason}`,
    `choose one of ${machine.runnable().join(', ') || 'nobody: no thread is runnable'}`,
  );
}

/** Everybody in turn. */
export function roundRobin(): Scheduler {
  let last: string | null = null;
  return {
    pick(runnable, machine) {
      const order = machine.threadNames();
      const after = last === null ? 0 : order.indexOf(last) + 1;
      const turn = [...order.slice(after), ...order.slice(0, after)];
      last = turn.find((name) => runnable.includes(name)) ?? null;
      return last;
    },
  };
}

/** Anybody, by a pseudo-random sequence (mulberry32) that the seed determines. */
export function seededRandom(seed: number): Scheduler {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { pick: (runnable) => runnable[Math.floor(next() * runnable.length)] ?? null };
}

/** Exactly these, then stop. A name that is not runnable is an error. */
export function scripted(schedule: readonly string[]): Scheduler {
  let at = 0;
  return {
    pick() {
      const name = schedule[at] ?? null;
      at += 1;
      return name;
    },
  };
}

/** The machine after a schedule: how a run is repeated, and how an earlier point of it is reached. */
export function replaySchedule(
  config: MachineConfig,
  programs: Readonly<Record<string, Program>>,
  schedule: readonly string[],
): Machine {
  const machine = new Machine(config);
  for (const [name, program] of Object.entries(programs)) machine.spawn(name, program);
  for (const name of schedule) take(machine, name);
  return machine;
}

export type AdvanceOutcome =
  | { readonly kind: 'reached'; readonly steps: readonly StepOutcome[] }
  | {
      readonly kind: 'blocked';
      readonly reason: string;
      readonly function: string | null;
      readonly steps: readonly StepOutcome[];
    };

/**
 * Lets one thread step until the step named is the one it takes next; with null, until it ends.
 * It is blocked where it falls asleep, ends or dies before that.
 */
export function advance(machine: Machine, name: string, step: string | null): AdvanceOutcome {
  const steps: StepOutcome[] = [];
  for (;;) {
    const next = machine.peek(name);
    if (next !== null && next.step === step) return { kind: 'reached', steps };
    if (step === null && machine.stateOf(name) === 'done') return { kind: 'reached', steps };
    const outcome = machine.step(name);
    if (outcome.kind === 'blocked') {
      return { kind: 'blocked', reason: outcome.reason, function: outcome.function, steps };
    }
    steps.push(outcome);
  }
}
