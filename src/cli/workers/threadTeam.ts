/** The other members of a search's team: threads, each with its own instance of the specification. */
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
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
    for (const thread of this.threads) void thread.terminate();
    for (const port of this.ports) port.close();
  }

  private startThread(settings: Omit<WorkerSettings, 'port'>): void {
    const { port1, port2 } = new MessageChannel();
    const workerData: WorkerSettings = { ...settings, port: port2 };
    const url = new URL('searchWorker.js', import.meta.url);
    const resourceLimits = { maxYoungGenerationSizeMb };
    const thread = new Worker(url, { workerData, transferList: [port2], resourceLimits });
    this.threads.push(thread);
    this.ports.push(port1);
    thread.on('message', (news: WorkerNews) => {
      if (news.kind === 'text') this.options.tell(news.text);
      else if (++this.readyCount === this.size - 1 && this.now === 'starting') this.now = 'ready';
    });
    thread.on('error', (error) => this.fail(error.message));
    thread.on('exit', () => this.fail('it ended'));
    // The program may end without them.
    thread.unref();
    port1.unref();
  }

  private fail(cause: string): void {
    if (this.now === 'failed') return;
    this.disband();
    this.options.onFailure(cause);
  }
}

/** Most values of a search are soon forgotten: with more room fewer of them are kept for a while. */
const maxYoungGenerationSizeMb = 96;

/** Under a test runner this is a TypeScript file, which a thread cannot load. */
export const canThread = import.meta.url.endsWith('.js');
