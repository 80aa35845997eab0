/**
 * What a kernel function sees of the thread that runs it, and the shape of a resumable kernel
 * function: a generator that yields a named stop before every shared access. Whatever runs between
 * two stops is one atomic step, so a function must not touch shared state before its first stop.
 */
import type { Fault } from './config.js';
import { dumpPage, type Page } from './page.js';
import type { MachineState, Plain } from './state.js';

/** A place between two atomic steps, named by the step that comes next. */
export interface Stop {
  /** The innermost kernel function. */
  readonly function: string;
  /** The step's name in the description of the protocol: `C2`, `2.5.1`, `T3 delete`. */
  readonly step: string;
  readonly description: string;
  /** The functions that are being executed, outermost first; the last one is `function`. */
  readonly stack: readonly string[];
}

export interface Block {
  readonly on: 'lock' | 'wait' | 'device' | 'memory';
  readonly reason: string;
}

/** Why the thread cannot take its next step now, or null. It reads shared state, changes none. */
export type Guard = () => Block | null;

export interface Suspension {
  readonly stop: Stop;
  readonly guard: Guard;
}

export type KernelRun<T> = Generator<Suspension, T, void>;

/** What a thread executes from its start to its end. */
export type Program = (task: Task) => KernelRun<void>;

type KernelFunction<Args extends unknown[], Result> = (
  task: Task,
  ...args: Args
) => KernelRun<Result>;

/** Gives a resumable function its kernel name, which the stops inside carry. */
export function kernelFunction<Args extends unknown[], Result>(
  name: string,
  body: KernelFunction<Args, Result>,
): KernelFunction<Args, Result> {
  return function* named(task, ...args) {
    task.stack.push(name);
    try {
      return yield* body(task, ...args);
    } finally {
      task.stack.pop();
    }
  };
}

/** Thrown through a kernel function that hit BUG(): the thread is dead and keeps its locks. */
export class KernelOops extends Error {
  override readonly name = 'KernelOops';
}

const unguarded: Guard = () => null;

export class Task {
  readonly stack: string[] = [];
  /** What the thread knows and a reader of the machine may want: pages, values it has read. */
  readonly locals: Record<string, Plain> = {};
  #step = 'start';

  constructor(
    readonly name: string,
    readonly state: MachineState,
    /** Starts another thread; a submitted bio brings two. */
    readonly spawn: (name: string, program: Program) => void,
  ) {}

  /** Whether the kernel is to be broken in this way. */
  hasFault(fault: Fault): boolean {
    return this.state.config.faults.includes(fault);
  }

  get function(): string {
    return this.stack.at(-1) ?? this.name;
  }

  stop(step: string, description: string, guard: Guard = unguarded): Suspension {
    this.#step = step;
    const stop = { function: this.function, step, description, stack: [...this.stack] };
    return { stop, guard };
  }

  /** Records a write to shared state that has just been done. */
  record(what: string, before: Plain, after: Plain): void {
    this.state.events.push({
      sequence: this.state.events.length,
      thread: this.name,
      function: this.function,
      step: this.#step,
      what,
      before,
      after,
    });
  }

  detect(kind: string, name: string, message: string, evidence: readonly string[]): void {
    this.state.detections.push({
      kind,
      name,
      message,
      thread: this.name,
      function: this.function,
      step: this.#step,
      evidence,
    });
  }

  /** A detection after which the thread cannot go on. */
  oops(kind: string, name: string, message: string, page: Page): never {
    const evidence = [...dumpPage(page), `call trace: ${this.stack.join(' → ')}`];
    this.detect(kind, name, message, evidence);
    throw new KernelOops(message);
  }

  /** Names the step that a detection belongs to, where one atomic step covers two of them. */
  inStep(step: string): void {
    this.#step = step;
  }
}
