/**
 * The driver for specs/writeback: each label becomes the kernel steps of one simulated thread, and
 * the machine is seen as the spec's variables. It refuses a step whose kernel thread is elsewhere
 * or asleep: that is how a fix shows.
 */
import type {
  Data,
  Detection,
  Driver,
  DriverReset,
  DriverStep,
  ResetResult,
  StepResult,
} from '../driver.js';
import { Machine, type MachineConfig, type PrivateStyle } from '../simulator/index.js';
import { count, integer } from './constants.js';
import { describeStop, type LabelSteps, runLabel } from './labelSteps.js';
import {
  type Actor,
  COMPLETION_LABELS,
  DEVICE_LABELS,
  fileName,
  fileNumber,
  makeActors,
} from './writeback/actors.js';
import { ALL_LABELS } from './writeback/labels.js';
import { specState, type ViewContext } from './writeback/view.js';

export interface WritebackDriverOptions {
  /** The kernel build that is run, whatever the trace was found on: `base`, `b+e`, … */
  readonly build: string;
  /** Overrides for tests that break the machine on purpose. */
  readonly machine?: Partial<MachineConfig>;
}

/** The property that only a kernel with CONFIG_DEBUG_VM notices: production wipes the flags. */
const DEBUG_VM_PROPERTY = 'NoFreeUnderWriteback';

const DEBUG_VM_NOTE =
  'replayed on a kernel with CONFIG_DEBUG_VM; others free such a page without a word';

const GHOSTS: Readonly<Record<string, string>> = {
  redirties: 'counts writes to a cached page, to bound the exploration',
  passes: 'counts the passes that are left, to bound the exploration',
  truncations: 'counts the truncations that are left, to bound the exploration',
  wokenBy: 'history: which completion sent the last wake-up; the kernel does not record it',
  exposed: 'history: how truncate came to delete a page under I/O',
  bugOn: 'classifies what the BUG_ON detector reports',
  wrongData: 'classifies what the disk check reports',
  freedUnderWriteback: 'repeats what the bad_page detector reports',
  lateWrite: 'repeats what the disk check reports',
};

const BUG_ON = ['BUG_ON:PageWriteback'];
const FOREIGN = ['disk:foreign-bytes'];

const CONFIRMS: Readonly<Record<string, readonly string[]>> = {
  NoBugOnAfterReuse: BUG_ON,
  NoBugOnSamePage: BUG_ON,
  NoForeignBytesAfterReuse: FOREIGN,
  NoForeignBytesSamePage: FOREIGN,
  NoWriteAfterTruncate: ['disk:write-after-truncate'],
  [DEBUG_VM_PROPERTY]: ['bad_page:PAGE_FLAGS_CHECK_AT_FREE'],
};

export function createWritebackDriver(options: WritebackDriverOptions): Driver {
  return new WritebackDriver(options);
}

class WritebackDriver implements Driver {
  readonly name = 'writeback';
  readonly ghosts = GHOSTS;
  readonly confirms = CONFIRMS;
  readonly labels = ALL_LABELS;
  #context: ViewContext | null = null;
  #writeCount = 0;

  constructor(private readonly options: WritebackDriverOptions) {
    // An unknown build is refused here, before anything is replayed.
    new Machine({ build: options.build, files: { file1: 1 } });
  }

  reset(init: DriverReset): ResetResult {
    const fileCount = count(init, 'Allocations');
    const files = Array.from({ length: fileCount }, (_, i) => fileName(i + 1));
    const machine = new Machine({
      build: this.options.build,
      files: Object.fromEntries(files.map((file) => [file, 1])),
      debugVm: init.property === DEBUG_VM_PROPERTY,
      pageLock: 'queued',
      privateStyle: (init.constants.PrivateStyle ?? 'none') as PrivateStyle,
      inFlightCheck: 'off',
      ...this.options.machine,
    });
    const { disk } = machine.describe();
    this.#writeCount = 0;
    this.#context = {
      machine,
      actors: makeActors(machine),
      fileCount,
      ioCount: count(init, 'FlusherPasses') + count(init, 'IntegrityPasses'),
      blocks: files.map((file) => disk.findIndex((block) => block.owner?.file === file)),
    };
    return init.property === DEBUG_VM_PROPERTY ? { note: DEBUG_VM_NOTE } : {};
  }

  get #running(): ViewContext {
    if (this.#context === null) throw new Error('the driver is reset before it is used');
    return this.#context;
  }

  step(step: DriverStep): StepResult {
    const { machine, actors } = this.#running;
    const process = typeof step.process === 'string' ? step.process : '';
    if (step.action in DEVICE_LABELS) return this.#transfer(step);
    const completion = COMPLETION_LABELS[step.action];
    if (completion !== undefined) {
      return runLabel(machine, process, step.action, completion);
    }
    const actor = actors.get(process);
    const label = actor?.labels[step.action];
    if (actor === undefined || label === undefined) {
      return { kind: 'unmapped', reason: `process ${process} has no label ${step.action}` };
    }
    const refusal = this.#begin(actor, step);
    if (refusal !== null) return refusal;
    if (actor.thread === null) throw new Error('the first label of a process starts its thread');
    return runLabel(machine, actor.thread, step.action, label);
  }

  /** The labels that start something: the thread is started for the file that it is about. */
  #begin(actor: Actor, step: DriverStep): StepResult | null {
    if (step.action !== actor.idleLabel) {
      if (actor.thread !== null) return null;
      const reason = `${actor.process} has not begun anything, so it is not at ${step.action}`;
      return { kind: 'blocked', reason, function: null };
    }
    if (actor.isActive) {
      const at = actor.stop === null ? 'dead' : `before ${describeStop(actor.stop)}`;
      return {
        kind: 'blocked',
        reason: `${actor.process} is still busy: it is ${at}`,
        function: actor.stop?.function ?? null,
      };
    }
    const page = this.#running.machine.describe().pages[0];
    if (page === undefined) throw new Error('the machine has one page');
    const cached = page.mapping === null ? null : fileNumber(page.mapping);
    const isNewFile = actor.process === 'W' && isFirstBranch(step, cached);
    if (isNewFile) {
      this.#writeCount += 1;
      actor.startWrite(page.incarnation + 1, 'create', this.#writeCount);
      return null;
    }
    if (cached === null) {
      return { kind: 'blocked', reason: 'no page is cached', function: 'find_get_page' };
    }
    if (actor.process !== 'W') actor.startWork(cached);
    else {
      this.#writeCount += 1;
      actor.startWrite(cached, 'locked', this.#writeCount);
    }
    return null;
  }

  #transfer(step: DriverStep): StepResult {
    const { machine } = this.#running;
    const queued = machine.describe().bios.filter((bio) => bio.stage === 'queued');
    const chosen = integer(step.choices.k) ?? queued[0]?.id;
    if (chosen === undefined) {
      return { kind: 'blocked', reason: 'no bio is at the device', function: 'device' };
    }
    return runLabel(machine, `DMA${chosen}`, step.action, DEVICE_LABELS.Transfer as LabelSteps);
  }

  state(): Readonly<Record<string, Data>> {
    return specState(this.#running);
  }

  detections(): readonly Detection[] {
    return this.#running.machine.detections;
  }
}

/** Without the choice (a trace made elsewhere) a free page tells the branches apart. */
function isFirstBranch(step: DriverStep, cached: number | null): boolean {
  const branch = integer(step.choices.either);
  return branch === null ? cached === null : branch === 1;
}
