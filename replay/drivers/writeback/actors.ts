/**
 * The processes of Writeback.tla as threads of the simulator. F, B, T and W are started anew for
 * each pass, truncation or write, with the file that the step is about; completions and DMA come
 * with their bios.
 */
import {
  flusher,
  integrityWriter,
  type Machine,
  type Program,
  type Stop,
  truncater,
  writer,
} from '../../simulator/index.js';
import { type LabelSteps, labelAt } from '../labelSteps.js';
import {
  APPLICATION_LABELS,
  COMPLETION_LABELS,
  DEVICE_LABELS,
  FLUSHER_LABELS,
  INTEGRITY_LABELS,
  TRUNCATE_LABELS,
} from './labels.js';

export function fileName(file: number): string {
  return `file${file}`;
}

export function fileNumber(name: string): number {
  return Number(name.slice('file'.length));
}

/** A process of the spec and the thread that acts for it now. */
export class Actor {
  #thread: string | null = null;
  #file = 0;
  #startCount = 0;

  constructor(
    readonly process: string,
    readonly labels: Readonly<Record<string, LabelSteps>>,
    /** The label at which the process waits for work; null for completions, which have one life. */
    readonly idleLabel: string | null,
    private readonly machine: Machine,
  ) {}

  get thread(): string | null {
    return this.#thread;
  }

  /** The file that it works on; 0 when it has no work. */
  get file(): number {
    return this.isActive ? this.#file : 0;
  }

  get stop(): Stop | null {
    return this.#thread === null ? null : this.machine.peek(this.#thread);
  }

  get isDead(): boolean {
    return this.#thread !== null && this.machine.stateOf(this.#thread) === 'oops';
  }

  /** Whether it has begun something that it has not ended. */
  get isActive(): boolean {
    return this.isDead || this.stop !== null;
  }

  /** Where the spec's pc is for this process. */
  get pc(): string {
    if (this.isDead) return 'Done';
    const stop = this.isActive ? this.stop : null;
    if (stop === null) return this.idleLabel ?? 'Done';
    return labelAt(this.labels, stop.step) ?? `${stop.function} ${stop.step}`;
  }

  start(file: number, program: Program): void {
    this.#startCount += 1;
    this.#thread = `${this.process}/${this.#startCount}`;
    this.#file = file;
    this.machine.spawn(this.#thread, program);
  }

  /** Starts what the process does next, about the file given; null if it does nothing by itself. */
  startWork(file: number): void {
    const files = [fileName(file)];
    if (this.process === 'F') this.start(file, flusher({ files }));
    else if (this.process === 'B') this.start(file, integrityWriter({ files }));
    else if (this.process === 'T') this.start(file, truncater({ files }));
    else throw new Error(`process ${this.process} starts no work of this kind`);
  }

  startWrite(file: number, how: 'create' | 'locked', version: number): void {
    const bytes = `${fileName(file)} version ${version}; `;
    this.start(file, writer({ writes: [{ file: fileName(file), bytes, how }] }));
  }
}

export function makeActors(machine: Machine): ReadonlyMap<string, Actor> {
  const actors = [
    new Actor('W', APPLICATION_LABELS, 'Write', machine),
    new Actor('F', FLUSHER_LABELS, 'NextPass', machine),
    new Actor('B', INTEGRITY_LABELS, 'NextPass', machine),
    new Actor('T', TRUNCATE_LABELS, 'TruncateLookup', machine),
  ];
  return new Map(actors.map((actor) => [actor.process, actor]));
}

/** The completion of bio k is thread `Ak`, the name of the spec's process. */
export function completionPc(machine: Machine, process: string): string {
  const state = machine.stateOf(process);
  if (state === null) return 'C1';
  const stop = machine.peek(process);
  if (state === 'oops' || stop === null) return 'Done';
  return labelAt(COMPLETION_LABELS, stop.step) ?? `${stop.function} ${stop.step}`;
}

export { COMPLETION_LABELS, DEVICE_LABELS };
