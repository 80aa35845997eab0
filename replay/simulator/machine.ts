/**
 * The machine: memory, page cache, wait table, device, disk, and threads that run the kernel's
 * functions one atomic step at a time. It decides nothing: who steps next is the caller's choice, and
 * a run is given by the configuration, the programs and the names of the threads that stepped.
 */
import { type MachineConfig, type ResolvedConfig, resolveConfig } from './config.js';
import { describeMachine, type MachineView } from './describe.js';
import { auditDisk, type DiskFault } from './detectors/diskCheck.js';
import { checkHung } from './detectors/watchdog.js';
import { SimulatorError } from './simulatorError.js';
import { bootState, type MachineDetection, type MachineEvent, type MachineState } from './state.js';
import { type Program, type Stop, Task } from './task.js';
import { Thread, type ThreadState } from './thread.js';

export type StepOutcome =
  | {
      readonly kind: 'done';
      /** The step that was taken. */
      readonly before: Stop;
      /** The step that the thread will take next; null if it has ended or is dead. */
      readonly after: Stop | null;
      readonly events: readonly MachineEvent[];
      readonly detections: readonly MachineDetection[];
    }
  | {
      readonly kind: 'blocked';
      readonly reason: string;
      /** The kernel function that it sleeps in; null if it does not exist or has ended. */
      readonly function: string | null;
      readonly stop: Stop | null;
    };

export class Machine {
  readonly config: ResolvedConfig;
  readonly #state: MachineState;
  readonly #threads = new Map<string, Thread>();
  readonly #schedule: string[] = [];

  constructor(config: MachineConfig) {
    this.config = resolveConfig(config);
    this.#state = bootState(this.config);
  }

  /** Starts a thread; it is suspended before its first step. */
  spawn(name: string, program: Program): void {
    if (this.#threads.has(name)) {
      throw new SimulatorError(
        `a thread named "${name}" has been started already`,
        'give each thread its own name; A1, A2, … and DMA1, DMA2, … are those of the bios',
      );
    }
    const spawn = (child: string, body: Program) => this.spawn(child, body);
    this.#threads.set(name, new Thread(new Task(name, this.#state, spawn), program));
  }

  /** Lets a thread take exactly one atomic step, or says why it cannot. */
  step(name: string): StepOutcome {
    const thread = this.#threads.get(name);
    const before = thread?.stop ?? null;
    if (thread === undefined || before === null || thread.state !== 'runnable') {
      return this.#refuse(name, thread);
    }
    const { events, detections } = this.#state;
    const eventCount = events.length;
    const detectionCount = detections.length;
    thread.step();
    this.#schedule.push(name);
    return {
      kind: 'done',
      before,
      after: this.peek(name),
      events: events.slice(eventCount),
      detections: detections.slice(detectionCount),
    };
  }

  #refuse(name: string, thread: Thread | undefined): StepOutcome {
    if (thread === undefined) {
      const names = [...this.#threads.keys()].join(', ') || 'none';
      const reason = `there is no thread ${name}; there are: ${names}`;
      return { kind: 'blocked', reason, function: null, stop: null };
    }
    const { stop } = thread;
    if (stop === null) {
      return { kind: 'blocked', reason: `thread ${name} has ended`, function: null, stop };
    }
    const reason = thread.block?.reason ?? `thread ${name} died in ${stop.function}`;
    return { kind: 'blocked', reason, function: stop.function, stop };
  }

  /** The step that a thread will take next; null if it has ended, is dead or does not exist. */
  peek(name: string): Stop | null {
    const thread = this.#threads.get(name);
    return thread === undefined || thread.state === 'oops' ? null : thread.stop;
  }

  /** Null if there is no such thread. */
  stateOf(name: string): ThreadState | null {
    return this.#threads.get(name)?.state ?? null;
  }

  /** The names of all threads, in the order in which they were started. */
  threadNames(): string[] {
    return [...this.#threads.keys()];
  }

  /** The names of the threads that can take a step, in the order in which they were started. */
  runnable(): string[] {
    return this.#namesOf('runnable');
  }

  /** The threads that sleep. With none runnable, they sleep for ever. */
  sleeping(): string[] {
    return this.#namesOf('sleeping');
  }

  #namesOf(state: ThreadState): string[] {
    return [...this.#threads.values()].filter((t) => t.state === state).map((t) => t.name);
  }

  /**
   * Looks whether everybody who is left sleeps, and reports each of them, once. Only whoever starts
   * threads knows that no other will come.
   */
  checkHungTasks(): void {
    if (this.runnable().length > 0) return;
    for (const name of this.sleeping()) {
      const thread = this.#threads.get(name);
      if (thread !== undefined) checkHung(thread.task, thread.block?.reason ?? '');
    }
  }

  /** Who has stepped so far, in order. */
  get schedule(): readonly string[] {
    return this.#schedule;
  }

  get events(): readonly MachineEvent[] {
    return this.#state.events;
  }

  get detections(): readonly MachineDetection[] {
    return this.#state.detections;
  }

  /** Everything there is to see, as plain data under the kernel's names. */
  describe(): MachineView {
    return describeMachine(this.#state, [...this.#threads.values()]);
  }

  /** The blocks that hold bytes of another than their owner, now. */
  auditDisk(): DiskFault[] {
    return auditDisk(this.#state.disk.blocks);
  }
}
