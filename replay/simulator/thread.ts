/** A simulated thread: a program that is suspended before its next shared access. */
import {
  type Block,
  KernelOops,
  type KernelRun,
  type Program,
  type Stop,
  type Task,
} from './task.js';

/** `oops`: it hit BUG() and is dead, with every lock it held. */
export type ThreadState = 'runnable' | 'sleeping' | 'done' | 'oops';

export class Thread {
  readonly #run: KernelRun<void>;
  #pending: ReturnType<Task['stop']> | null = null;
  #hasOopsed = false;

  constructor(
    readonly task: Task,
    program: Program,
  ) {
    this.#run = program(task);
    this.#continue();
  }

  get name(): string {
    return this.task.name;
  }

  /** Where it is suspended; null once it has ended. A dead thread keeps its last stop. */
  get stop(): Stop | null {
    return this.#pending?.stop ?? null;
  }

  /** Why it cannot run now; null where it can, and where it has ended. */
  get block(): Block | null {
    return this.#hasOopsed ? null : (this.#pending?.guard() ?? null);
  }

  get state(): ThreadState {
    if (this.#hasOopsed) return 'oops';
    if (this.#pending === null) return 'done';
    return this.block === null ? 'runnable' : 'sleeping';
  }

  /** Takes the one atomic step that it is suspended before. */
  step(): void {
    if (this.state !== 'runnable') throw new Error(`thread ${this.name} is not runnable`);
    this.#continue();
  }

  #continue(): void {
    try {
      const next = this.#run.next();
      this.#pending = next.done === true ? null : next.value;
    } catch (error) {
      if (!(error instanceof KernelOops)) throw error;
      this.#hasOopsed = true;
    }
  }
}
