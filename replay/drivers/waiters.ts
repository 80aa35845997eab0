/**
 * The driver for specs/waiters: one page that is cached, pinned and dirty, and the threads that wait
 * for its writeback. A cycle is gone round until the machine's watchdog has seen enough.
 */
import {
  CYCLE_ROUNDS,
  type Data,
  type Detection,
  type Driver,
  type DriverReset,
  type DriverStep,
  type StepResult,
} from '../driver.js';
import {
  fdatawait,
  flusher,
  Machine,
  type MachineConfig,
  type Program,
  pinner,
  writer,
} from '../simulator/index.js';
import { count, names } from './constants.js';
import { describeStop, type LabelSteps, runLabel } from './labelSteps.js';
import { type Actor, FILE, makeActors } from './waiters/actors.js';
import { ALL_LABELS, COMPLETION_LABELS, DEVICE_LABELS } from './waiters/labels.js';
import { specState } from './waiters/view.js';

export interface WaitersDriverOptions {
  /** The kernel build that is run, whatever the trace was found on: `base`, `b+e`, … */
  readonly build: string;
  /** Overrides for tests that break the machine on purpose. */
  readonly machine?: Partial<MachineConfig>;
}

const NEIGHBOUR = 'file2';

const HUNG = 'watchdog:hung task';

const CONFIRMS: Readonly<Record<string, readonly string[]>> = {
  FsyncReturns: ['watchdog:starvation', HUNG],
  WakerFinishes: ['watchdog:soft lockup'],
  NoLostWakeup: [HUNG],
  TruncateEnds: [HUNG],
};

export function createWaitersDriver(options: WaitersDriverOptions): Driver {
  return new WaitersDriver(options);
}

interface Running {
  readonly machine: Machine;
  readonly actors: ReadonlyMap<string, Actor>;
  readonly waiters: readonly string[];
}

class WaitersDriver implements Driver {
  readonly name = 'waiters';
  readonly ghosts = {};
  readonly confirms = CONFIRMS;
  readonly labels = ALL_LABELS;
  #running: Running | null = null;

  constructor(private readonly options: WaitersDriverOptions) {
    // An unknown build is refused here, before anything is replayed.
    new Machine({ build: options.build, files: { [FILE]: 1 } });
  }

  reset(init: DriverReset): void {
    const neighbours = count(init, 'Neighbours');
    const fsyncs = names(init, 'Fsyncs');
    const machine = new Machine({
      build: this.options.build,
      files: { [FILE]: 1, [NEIGHBOUR]: 1 },
      frames: 2,
      // With one bucket all pages are neighbours.
      waitTableSize: neighbours === 0 ? 256 : 1,
      pageLock: 'queued',
      bookmarkThreshold: count(init, 'WalkBreak'),
      watchdogRounds: CYCLE_ROUNDS,
      inFlightCheck: 'off',
      ...this.options.machine,
    });
    prepare(machine, neighbours);
    this.#running = {
      machine,
      actors: makeActors(machine, fsyncs, names(init, 'Completions')),
      waiters: [...fsyncs, 'T'],
    };
  }

  get #now(): Running {
    if (this.#running === null) throw new Error('the driver is reset before it is used');
    return this.#running;
  }

  step(step: DriverStep): StepResult {
    const result = this.#take(step);
    // Nobody in the spec is obliged to begin anything, so whoever sleeps now may sleep for ever.
    if (result.kind === 'done') this.#now.machine.checkHungTasks();
    return result;
  }

  #take(step: DriverStep): StepResult {
    const { machine, actors } = this.#now;
    const process = typeof step.process === 'string' ? step.process : '';
    if (step.action in DEVICE_LABELS) return this.#transfer(step.action);
    const actor = actors.get(process);
    const label = actor?.labels[step.action];
    if (actor === undefined || label === undefined) {
      return { kind: 'unmapped', reason: `process ${process} has no label ${step.action}` };
    }
    const refusal = step.action === actor.firstLabel ? this.#begin(actor) : null;
    if (refusal !== null) return refusal;
    if (actor.thread === null) {
      const reason = `${process} has not begun anything, so it is not at ${step.action}`;
      return { kind: 'blocked', reason, function: null };
    }
    return runLabel(machine, actor.thread, step.action, label);
  }

  /** Null if there is a thread now that acts for the process. */
  #begin(actor: Actor): StepResult | null {
    const { machine } = this.#now;
    if (actor.pc !== actor.firstLabel) {
      const { stop } = actor;
      const at = stop === null ? 'done or dead' : `before ${describeStop(stop)}`;
      const reason = `${actor.process} is not idle: it is ${at}`;
      return { kind: 'blocked', reason, function: stop?.function ?? null };
    }
    if (actor.labels === COMPLETION_LABELS) return this.#interrupt(actor);
    if (machine.describe().pages[0]?.mapping !== FILE) {
      return { kind: 'blocked', reason: 'no page is cached', function: 'find_get_page' };
    }
    actor.start();
    return null;
  }

  #interrupt(actor: Actor): StepResult | null {
    const { bios } = this.#now.machine.describe();
    const bio = bios.find(({ stage }) => stage === 'interrupted');
    if (bio === undefined) {
      return { kind: 'blocked', reason: 'no bio is completed', function: 'bio_endio' };
    }
    actor.handle(`A${bio.id}`);
    return null;
  }

  #transfer(action: string): StepResult {
    const { machine } = this.#now;
    const bio = machine
      .describe()
      .bios.find(({ stage, file }) => stage === 'queued' && file === FILE);
    if (bio === undefined) {
      return { kind: 'blocked', reason: 'no bio is at the device', function: 'device' };
    }
    return runLabel(machine, `DMA${bio.id}`, action, DEVICE_LABELS[action] as LabelSteps);
  }

  state(): Readonly<Record<string, Data>> {
    const { machine, actors, waiters } = this.#now;
    return specState(machine, actors, waiters);
  }

  detections(): readonly Detection[] {
    return this.#now.machine.detections;
  }
}

/** The page in the cache, dirty and pinned; and whoever waits for the neighbouring page, asleep. */
function prepare(machine: Machine, neighbours: number): void {
  const create = (file: string): Program =>
    writer({ writes: [{ file, bytes: `${file} version 0; `, how: 'create' }] });
  runToEnd(machine, 'create', create(FILE));
  runToEnd(machine, 'pin', pinner({ file: FILE }));
  if (neighbours === 0) return;
  runToEnd(machine, 'create neighbour', create(NEIGHBOUR));
  runToEnd(machine, 'flush neighbour', flusher({ files: [NEIGHBOUR] }));
  for (let i = 1; i <= neighbours; i += 1) {
    runToEnd(machine, `N/${i}`, fdatawait({ files: [NEIGHBOUR] }));
  }
}

/** Or until it sleeps. */
function runToEnd(machine: Machine, thread: string, program: Program): void {
  machine.spawn(thread, program);
  while (machine.stateOf(thread) === 'runnable') machine.step(thread);
}
