/** Single kernel functions as threads: set a bit, wait for it, wake, lock. */
import { Machine, type MachineConfig, type PageFlag } from '../../../replay/simulator/index.js';
import {
  testAndClearPageFlag,
  testAndSetPageFlag,
} from '../../../replay/simulator/kernel/pageFlags.js';
import { lock_page, unlock_page } from '../../../replay/simulator/kernel/pageLock.js';
import {
  type Behaviour,
  wait_on_page_bit_common,
} from '../../../replay/simulator/kernel/waiter.js';
import { wake_up_page_bit } from '../../../replay/simulator/kernel/waker.js';
import { pageAt } from '../../../replay/simulator/state.js';
import type { Program } from '../../../replay/simulator/task.js';

export function setFlag(flag: PageFlag, pfn = 0): Program {
  return function* (task) {
    yield task.stop('set', flag);
    testAndSetPageFlag(task, pageAt(task.state, pfn), flag);
  };
}

export function waits(flag: PageFlag, pfn = 0, behaviour: Behaviour = 'SHARED'): Program {
  return (task) => wait_on_page_bit_common(task, pageAt(task.state, pfn), flag, behaviour);
}

export function clearsAndWakes(flag: PageFlag, pfn = 0): Program {
  return function* (task) {
    const page = pageAt(task.state, pfn);
    yield task.stop('clear', flag);
    testAndClearPageFlag(task, page, flag);
    yield* wake_up_page_bit(task, page, flag, 'wake');
  };
}

export function wakes(flag: PageFlag, pfn = 0): Program {
  return (task) => wake_up_page_bit(task, pageAt(task.state, pfn), flag, 'wake');
}

export function locks(pfn = 0): Program {
  return function* (task) {
    const page = pageAt(task.state, pfn);
    yield* lock_page(task, page, 'lock');
    yield task.stop('critical', 'holds the lock');
    yield* unlock_page(task, page, 'unlock');
  };
}

/** A machine with free pages only, for programs of a few lines. */
export class Bench {
  readonly machine: Machine;

  constructor(config: Partial<MachineConfig> = {}) {
    this.machine = new Machine({ build: 'base', files: { a: 1 }, frames: 2, ...config });
  }

  /** Starts the thread and runs it until it sleeps or ends. */
  start(name: string, program: Program): void {
    this.machine.spawn(name, program);
    this.go(name);
  }

  go(name: string): void {
    while (this.machine.stateOf(name) === 'runnable') this.machine.step(name);
  }

  queue(): string[] {
    const entries = Object.values(this.machine.describe().waitTable).flat();
    return entries.map(({ thread, flags }) =>
      flags.includes('WQ_FLAG_BOOKMARK') ? 'bookmark' : thread,
    );
  }

  woken(): string[] {
    const wakeUps = this.machine.events.filter(({ after }) => after === 'woken');
    return wakeUps.map(({ what }) => what.split(' ').at(-1) ?? '');
  }

  flags(pfn = 0): readonly PageFlag[] {
    return this.machine.describe().pages[pfn]?.flags ?? [];
  }
}
