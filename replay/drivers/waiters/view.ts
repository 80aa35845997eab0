/** The simulator's state seen as the variables of Waiters.tla. */
import type { Data } from '../../driver.js';
import type { BioStage, Machine, MachineView, PageView } from '../../simulator/index.js';
import { type Actor, FILE } from './actors.js';

const STAGES: Readonly<Record<BioStage, string>> = {
  held: 'set',
  queued: 'submitted',
  read: 'read',
  written: 'written',
  interrupted: 'transferred',
  completing: 'idle',
  done: 'idle',
};

/** A waiter has an entry from the time it queues until it returns from sleep. */
const WAITING_STEPS = ['2.10 waiter 4', '2.10 old 2', '2.10 old 3'];

export function specState(
  machine: Machine,
  actors: ReadonlyMap<string, Actor>,
  waiters: readonly string[],
): Record<string, Data> {
  const view = machine.describe();
  const page = view.pages[0];
  if (page === undefined) throw new Error('the machine has a page');
  const queue = queueOf(view, actors);
  const isWoken = (process: string) => {
    const step = actors.get(process)?.stop?.step ?? '';
    return WAITING_STEPS.includes(step) && !queue.includes(process);
  };
  const bio = view.bios.filter(({ file }) => file === FILE).at(-1);
  return {
    pc: {
      DMA: 'Transfer',
      ...Object.fromEntries([...actors].map(([process, { pc }]) => [process, pc])),
    },
    page: pageState(page),
    io: bio === undefined ? 'idle' : STAGES[bio.stage],
    queue,
    woken: Object.fromEntries(waiters.map((process) => [process, isWoken(process)])),
  };
}

function pageState(page: PageView): Data {
  return {
    locked: page.flags.includes('PG_locked'),
    dirty: page.flags.includes('PG_dirty'),
    writeback: page.flags.includes('PG_writeback'),
    waiters: page.flags.includes('PG_waiters'),
    cached: page.mapping !== null,
  };
}

/** Every entry belongs to a thread; a thread that acts for no process waits for the other page. */
function queueOf(view: MachineView, actors: ReadonlyMap<string, Actor>): string[] {
  const entries = Object.values(view.waitTable).flat();
  const processes = new Map([...actors.values()].map(({ thread, process }) => [thread, process]));
  return entries.map(({ thread }) => processes.get(thread) ?? 'N');
}
