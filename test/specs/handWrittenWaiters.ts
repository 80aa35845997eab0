/**
 * The protocol of specs/waiters once more, as a model written by hand straight from the kernel's
 * order of operations: no parser, no translator, no compiler. It must never be derived from the
 * spec. A walk is the kernel's loop over the list; the spec says it with sets.
 */
import type { Model, StateVector, SuccessorSink } from '../../src/explore/model.js';

/** How a waiter without and one with the page lock waits, and whether a walk looks at the bit. */
const KERNELS = {
  old: { fsync: 'recheck', truncate: 'recheck', stopsAtSetBit: true },
  base: { fsync: 'if', truncate: 'if', stopsAtSetBit: false },
  a: { fsync: 'if', truncate: 'if', stopsAtSetBit: false },
  b: { fsync: 'if', truncate: 'if', stopsAtSetBit: false },
  e: { fsync: 'while', truncate: 'while', stopsAtSetBit: false },
  'b+e': { fsync: 'while', truncate: 'while', stopsAtSetBit: false },
} as const;

export type WaiterKernel = keyof typeof KERNELS;

type WaitStyle = 'recheck' | 'if' | 'while';

/** `A` is the completion and, in the queue, its bookmark. */
type Waiter = '1' | '2' | 'T';

interface State {
  dirty: boolean;
  writeback: boolean;
  waitersFlag: boolean;
  cached: boolean;
  holder: '' | 'F' | 'T';
  io: 'none' | 'held' | 'queued' | 'done';
  /** From the head. */
  queue: string;
  /** Who has been woken and has not returned yet. */
  woken: string;
  /** Where each process is. */
  at: Record<'F' | 'A' | Waiter, string>;
}

export type HandWrittenState = Readonly<State>;

const INITIAL: HandWrittenState = {
  dirty: true,
  writeback: false,
  waitersFlag: false,
  cached: true,
  holder: '',
  io: 'none',
  queue: '',
  woken: '',
  at: { F: 'start', A: 'start', '1': 'start', '2': 'start', T: 'start' },
};

/** Entries that a walk goes over before it leaves a bookmark, less one. */
const WALK_BREAK = 0;

/** Whose steps they are; `free` are those that nobody is obliged to take. */
export const PROCESSES = ['free', 'F', 'DMA', 'A', '1', '2', 'T'] as const;

type Process = (typeof PROCESSES)[number];

export class HandWrittenWaiters implements Model {
  readonly slotCount = 5 + 3 + 5;
  readonly actionCount = PROCESSES.length;
  readonly constraint = null;
  readonly invariants = [
    { name: 'WakeupIsComing', holds: (v: StateVector) => wakeupIsComing(this.decode(v)) },
  ];
  readonly #kernel: (typeof KERNELS)[WaiterKernel];
  /** The texts that slots stand for. */
  readonly #texts: string[][] = Array.from({ length: this.slotCount }, () => []);

  constructor(kernel: WaiterKernel) {
    this.#kernel = KERNELS[kernel];
  }

  slotSize(slot: number): number {
    return this.#texts[slot]?.length ?? 0;
  }

  #encode(state: HandWrittenState): StateVector {
    const { at, woken, ...rest } = state;
    const texts = [...Object.values(rest), [...woken].sort().join(''), ...Object.values(at)];
    const codes = texts.map((value, slot) => {
      const text = String(value);
      const known = this.#texts[slot] as string[];
      const code = known.indexOf(text);
      return code >= 0 ? code : known.push(text) - 1;
    });
    return Int32Array.from(codes);
  }

  decode(vector: StateVector): State {
    const text = (slot: number) => this.#texts[slot]?.[vector[slot] as number] as string;
    const bit = (slot: number) => text(slot) === 'true';
    return {
      dirty: bit(0),
      writeback: bit(1),
      waitersFlag: bit(2),
      cached: bit(3),
      holder: text(4) as State['holder'],
      io: text(5) as State['io'],
      queue: text(6),
      woken: text(7),
      // Names that are numbers come first in the order of an object's keys.
      at: { '1': text(8), '2': text(9), F: text(10), A: text(11), T: text(12) },
    };
  }

  initialStates(sink: (state: StateVector) => boolean): void {
    sink(this.#encode(INITIAL));
  }

  successors(vector: StateVector, sink: SuccessorSink): void {
    let goesOn = true;
    const step = (process: Process, change: (s: State) => void): void => {
      if (!goesOn) return;
      const after = this.decode(vector);
      change(after);
      goesOn = sink(this.#encode(after), PROCESSES.indexOf(process), () => []);
    };
    const before = this.decode(vector);
    write(before, step);
    flush(before, step);
    if (before.io === 'queued') {
      step('DMA', (s) => {
        s.io = 'done';
      });
    }
    complete(before, this.#kernel.stopsAtSetBit, step);
    for (const waiter of ['1', '2'] as const) sync(waiter, before, this.#kernel.fsync, step);
    truncate(before, this.#kernel.truncate, step);
  }
}

type Step = (process: Process, change: (s: State) => void) => void;

function isTruncating({ at }: State): boolean {
  return at.T !== 'start' && at.T !== 'end';
}

function unlock(s: State): void {
  s.holder = '';
  if (!/[12T]/.test(s.queue)) s.waitersFlag = false;
}

function write(before: State, step: Step): void {
  if (!before.cached || before.holder !== '' || isTruncating(before)) return;
  step('free', (s) => {
    s.dirty = true;
    unlock(s);
  });
}

function flush(before: State, step: Step): void {
  switch (before.at.F) {
    case 'start':
      if (!before.cached || !before.dirty || before.holder !== '') return;
      step('free', (s) => {
        s.holder = 'F';
        s.at.F = 'locked';
      });
      break;
    case 'locked':
      step('F', (s) => {
        if (!s.writeback) {
          s.dirty = false;
          s.writeback = true;
          s.io = 'held';
        }
        s.at.F = 'unlock';
      });
      break;
    case 'unlock':
      step('F', (s) => {
        unlock(s);
        s.at.F = s.io === 'held' ? 'submit' : 'start';
      });
      break;
    case 'submit':
      step('F', (s) => {
        s.io = 'queued';
        s.at.F = 'start';
      });
  }
}

function complete(before: State, stopsAtSetBit: boolean, step: Step): void {
  switch (before.at.A) {
    case 'start':
      if (before.io !== 'done') return;
      step('A', (s) => {
        s.io = 'none';
        s.writeback = false;
        s.at.A = 'C5';
      });
      break;
    case 'C5':
      step('A', (s) => {
        s.at.A = s.waitersFlag ? 'C6' : 'start';
      });
      break;
    default:
      step('A', (s) => walk(s, stopsAtSetBit));
  }
}

/** __wake_up_common: one region of the lock. */
function walk(s: State, stopsAtSetBit: boolean): void {
  const list = [...s.queue];
  let next = list.indexOf('A');
  let hasMatched = next >= 0;
  if (hasMatched) list.splice(next, 1);
  else next = 0;
  let count = 0;
  s.at.A = 'start';
  while (next < list.length) {
    hasMatched = true;
    if (stopsAtSetBit && s.writeback) break;
    s.woken += list.splice(next, 1);
    count += 1;
    if (count > WALK_BREAK && next < list.length) {
      list.splice(next, 0, 'A');
      s.at.A = 'bookmark';
      break;
    }
  }
  s.queue = list.join('');
  if (s.at.A === 'start' && (list.length === 0 || !hasMatched)) s.waitersFlag = false;
}

function sync(waiter: '1' | '2', before: State, style: WaitStyle, step: Step): void {
  if (before.at[waiter] !== 'start') wait(waiter, before, style, 'end', step);
  else if (before.cached && before.writeback) {
    step('free', (s) => {
      s.at[waiter] = 'queue';
    });
  }
}

function truncate(before: State, style: WaitStyle, step: Step): void {
  switch (before.at.T) {
    case 'start':
      if (!before.cached) return;
      step('free', (s) => {
        s.at.T = 'lock';
      });
      break;
    case 'lock':
      if (before.holder !== '') return;
      step('T', (s) => {
        s.holder = 'T';
        s.at.T = 'test';
      });
      break;
    case 'delete':
      step('T', (s) => {
        s.cached = false;
        s.dirty = false;
        unlock(s);
        s.at.T = 'end';
      });
      break;
    default:
      wait('T', before, style, 'delete', step);
  }
}

/** wait_on_page_writeback from its test on; `past` is where the waiter goes in the end. */
function wait(w: Waiter, before: State, style: WaitStyle, past: string, step: Step): void {
  switch (before.at[w]) {
    case 'test':
      step(w, (s) => {
        s.at[w] = s.writeback ? 'queue' : past;
      });
      break;
    case 'queue':
      step(w, (s) => {
        s.waitersFlag = true;
        if (s.writeback || style === 'recheck') s.queue += w;
        if (style === 'recheck') s.at[w] = 'oldTest';
        else if (s.writeback) s.at[w] = 'sleep';
        else s.at[w] = style === 'while' ? 'test' : past;
      });
      break;
    case 'oldTest':
      step(w, (s) => {
        s.at[w] = s.writeback ? 'sleep' : past;
        if (s.writeback) return;
        s.queue = s.queue.replace(w, '');
        s.woken = s.woken.replace(w, '');
      });
      break;
    case 'sleep':
      if (!before.woken.includes(w)) return;
      step(w, (s) => {
        s.woken = s.woken.replace(w, '');
        s.at[w] = style !== 'if' && s.writeback ? 'queue' : past;
      });
  }
}

export function sleepsInVain(s: HandWrittenState, w: Waiter): boolean {
  return s.at[w] === 'sleep' && !s.woken.includes(w) && !s.writeback;
}

function wakeupIsComing(s: HandWrittenState): boolean {
  if (!(['1', '2', 'T'] as const).some((w) => sleepsInVain(s, w))) return true;
  return s.at.A === 'C6' || s.at.A === 'bookmark' || (s.at.A === 'C5' && s.waitersFlag);
}
