/** The other members of a search's team: threads, each with its own instance of the model. */
import {
  MessageChannel,
  type MessagePort,
  type ResourceLimits,
  resourceLimits,
  Worker,
} from 'node:worker_threads';
import type { TeamMessage } from '../../explore/parallel/member.js';
import type { Phase } from '../../explore/parallel/phases.js';
import { areDone, giveOrder } from '../../explore/parallel/signals.js';
import type { Team, TeamStart } from '../../explore/parallel/team.js';
import type { SourceText } from '../../source/text.js';
import type { WorkerNews, WorkerSettings, WorkerTexts } from './searchWorker.js';

export interface ThreadTeamOptions {
  readonly size: number;
  /** So many milliseconds after it was made a team may be started, and not before. */
  readonly restMs: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** The specification, the modules that it extends, and last its configuration. */
  readonly sources: readonly SourceText[];
  readonly pluscal: string;
  /** Gets what the threads warn of, rendered. */
  readonly tell: (text: string) => void;
  /** A thread has ended, why ever: the search goes on with one worker. */
  readonly onFailure: (cause: string) => void;
}

export class ThreadTeam implements Team {
  readonly size: number;
  private now: Team['state'] = 'idle';
  private readonly restsUntil: number;
  private control: Int32Array = new Int32Array(0);
  private readonly threads: Worker[] = [];
  private readonly ports: MessagePort[] = [];
  private readyCount = 0;
  private exitCount = 0;
  /** Why there must be an end; the team has failed once all its threads have come to theirs. */
  private failure: string | null = null;

  constructor(private readonly options: ThreadTeamOptions) {
    this.size = options.size;
    this.restsUntil = options.now() + options.restMs;
  }

  get state(): Team['state'] {
    const isResting = this.now === 'idle' && this.options.now() < this.restsUntil;
    return isResting ? 'resting' : this.now;
  }

  start(begin: TeamStart): void {
    this.now = 'starting';
    this.control = begin.memory.control;
    const { sources, pluscal } = this.options;
    const texts: WorkerTexts = {
      sources: sources.map(({ file, text }) => ({ file, text })),
      pluscal,
    };
    for (let number = 1; number < this.size; number++)
      this.startThread({ ...begin, number, texts });
  }

  tell(message: TeamMessage): void {
    for (const port of this.ports) port.postMessage(message);
  }

  order(phase: Phase): void {
    giveOrder(this.control, phase);
  }

  isDone(milliseconds: number): boolean {
    return areDone(this.control, this.size - 1, milliseconds);
  }

  disband(): void {
    this.now = 'failed';
    this.terminate();
  }

  private terminate(): void {
    for (const thread of this.threads) void thread.terminate();
    for (const port of this.ports) port.close();
  }

  private startThread(settings: Omit<WorkerSettings, 'port'>): void {
    const { port1, port2 } = new MessageChannel();
    const workerData: WorkerSettings = { ...settings, port: port2 };
    const url = new URL('searchWorker.js', import.meta.url);
    const thread = new Worker(url, { workerData, transferList: [port2], resourceLimits: limits });
    this.threads.push(thread);
    this.ports.push(port1);
    thread.on('message', (news: WorkerNews) => {
      if (news.kind === 'text') this.options.tell(news.text);
      else if (++this.readyCount === this.size - 1 && this.now === 'starting') this.now = 'ready';
    });
    thread.on('error', (error) => this.fail(error.message));
    thread.on('exit', () => {
      this.exitCount++;
      this.fail('it ended');
    });
    // The program may end without them.
    thread.unref();
    port1.unref();
  }

  /** A thread that is told to end may still write what others, who go on without it, write too. */
  private fail(cause: string): void {
    if (this.now === 'failed') return;
    if (this.failure === null) {
      this.failure = cause;
      this.now = 'ending';
      this.terminate();
    }
    if (this.exitCount < this.threads.length) return;
    this.now = 'failed';
    this.options.onFailure(this.failure);
  }
}

const { stackSizeMb } = resourceLimits;

const limits: ResourceLimits = {
  /** Most values of a search are soon forgotten: with more room fewer are kept for a while. */
  maxYoungGenerationSizeMb: 96,
  /** Where the search itself has a larger stack than usual (`deepStack.ts`), so have the others. */
  ...(stackSizeMb === undefined ? {} : { stackSizeMb }),
};

/** Under a test runner this is a TypeScript file, which a thread cannot load. */
export const canThread = import.meta.url.endsWith('.js');
