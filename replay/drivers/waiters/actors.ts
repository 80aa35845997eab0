/**
 * The processes of Waiters.tla as threads of the simulator. W and F are started anew for each write
 * and each pass; a completion context takes on the thread of the bio whose interrupt it handles.
 */
import {
  fdatawait,
  flusher,
  type Machine,
  type Program,
  type Stop,
  truncater,
  writer,
} from '../../simulator/index.js';
import { type Labels, labelAt } from '../labelSteps.js';
import {
  APPLICATION_LABELS,
  COMPLETION_LABELS,
  FLUSHER_LABELS,
  FSYNC_LABELS,
  TRUNCATE_LABELS,
} from './labels.js';

/** The one file that the spec is about. */
export const FILE = 'file1';

interface Role {
  readonly labels: Labels;
  /** The label that begins something. */
  readonly first: string;
  /** Where the process is when that has ended: at the beginning again, or `Done`. */
  readonly last: string;
  /** What a new thread of the process executes; null for those that do not start threads. */
  readonly program: ((version: number) => Program) | null;
}

const write = (version: number): Program =>
  writer({ writes: [{ file: FILE, bytes: `${FILE} version ${version}; `, how: 'locked' }] });

const ROLES: Readonly<Record<'W' | 'F' | 'A' | 'D' | 'T', Role>> = {
  W: { labels: APPLICATION_LABELS, first: 'Write', last: 'Write', program: write },
  F: {
    labels: FLUSHER_LABELS,
    first: 'LockPage',
    last: 'LockPage',
    program: () => flusher({ files: [FILE] }),
  },
  A: { labels: COMPLETION_LABELS, first: 'C2', last: 'C2', program: null },
  D: {
    labels: FSYNC_LABELS,
    first: 'Fsync',
    last: 'Done',
    program: () => fdatawait({ files: [FILE] }),
  },
  T: {
    labels: TRUNCATE_LABELS,
    first: 'Truncate',
    last: 'Done',
    program: () => truncater({ files: [FILE] }),
  },
};

/** A process of the spec and the thread that acts for it now. */
export class Actor {
  #thread: string | null = null;
  #starts = 0;

  constructor(
    readonly process: string,
    private readonly role: Role,
    private readonly machine: Machine,
  ) {}

  get labels(): Labels {
    return this.role.labels;
  }

  get firstLabel(): string {
    return this.role.first;
  }

  get thread(): string | null {
    return this.#thread;
  }

  /** The step that its thread takes next; null if it has none, or it has ended or is dead. */
  get stop(): Stop | null {
    return this.#thread === null ? null : this.machine.peek(this.#thread);
  }

  /** Where the spec's pc is for this process. */
  get pc(): string {
    if (this.#thread === null) return this.role.first;
    if (this.machine.stateOf(this.#thread) === 'oops') return 'Done';
    const { stop } = this;
    if (stop === null) return this.role.last;
    return labelAt(this.labels, stop.step) ?? `${stop.function} ${stop.step}`;
  }

  /** Starts a new thread for what the process does next. */
  start(): void {
    const { program } = this.role;
    if (program === null) throw new Error(`process ${this.process} starts no thread`);
    this.#starts += 1;
    const thread = `${this.process}/${this.#starts}`;
    this.machine.spawn(thread, program(this.#starts));
    this.#thread = thread;
  }

  /** Takes on the thread of a bio. */
  handle(thread: string): void {
    this.#thread = thread;
  }
}

export function makeActors(
  machine: Machine,
  fsyncs: readonly string[],
  completions: readonly string[],
): ReadonlyMap<string, Actor> {
  const actors = [
    new Actor('W', ROLES.W, machine),
    new Actor('F', ROLES.F, machine),
    ...completions.map((name) => new Actor(name, ROLES.A, machine)),
    ...fsyncs.map((name) => new Actor(name, ROLES.D, machine)),
    new Actor('T', ROLES.T, machine),
  ];
  return new Map(actors.map((actor) => [actor.process, actor]));
}
