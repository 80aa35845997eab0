/**
 * The protocol of specs/writeback once more, as a model written by hand straight from the kernel's
 * order of operations: no parser, no translator, no compiler. Its numbers of states are the golden
 * facts that the spec is compared with, so it must never be derived from the spec. A step is a
 * JavaScript function over a vector of small numbers; the labels are only comments here.
 */
import type { Model, StateVector, SuccessorSink } from '../../src/explore/model.js';

/** Each kernel as four decisions; see the table in specs/writeback/README.md. */
const KERNELS = {
  old: { write: 'recheck', truncate: 'recheck', ref: 'none', wakesIfSet: false },
  base: { write: 'if', truncate: 'if', ref: 'none', wakesIfSet: true },
  a: { write: 'while', truncate: 'if', ref: 'none', wakesIfSet: true },
  b: { write: 'if', truncate: 'if', ref: 'around', wakesIfSet: true },
  e: { write: 'while', truncate: 'while', ref: 'none', wakesIfSet: true },
  'b+e': { write: 'while', truncate: 'while', ref: 'around', wakesIfSet: true },
} as const;

export type KernelName = keyof typeof KERNELS;

const ALLOCATIONS = 3;
const REDIRTIES = 2;
const FLUSHER_PASSES = 2;
const INTEGRITY_PASSES = 1;
const TRUNCATIONS = 2;
const IO_COUNT = FLUSHER_PASSES + INTEGRITY_PASSES;
const IOS = Array.from({ length: IO_COUNT }, (_, i) => i + 1);
const FILES = Array.from({ length: ALLOCATIONS }, (_, i) => i + 1);

/** Named places in the vector. */
const FIELDS = [
  ...['ref', 'locked', 'dirty', 'writeback', 'waiters', 'mapping', 'inc', 'content', 'free'],
  ...['markDirty', 'markTowrite', 'queue', 'wokenB', 'wokenT', 'wokenByB', 'wokenByT', 'redirties'],
  ...['bugOn', 'wrongData', 'freedUnderWriteback', 'lateWrite'],
  ...IOS.flatMap((k) => [`stage${k}`, `file${k}`, `inc${k}`, `exposed${k}`, `pcA${k}`]),
  ...FILES.flatMap((f) => [`disk${f}`, `truncated${f}`]),
  ...['pcW', 'mapW', 'pcF', 'passesF', 'mapF', 'ioF', 'pcB', 'passesB', 'mapB', 'ioB'],
  ...['pcT', 'truncations', 'mapT'],
];
const PLACES = new Map(FIELDS.map((name, i) => [name, i]));

function place(name: string): number {
  const at = PLACES.get(name);
  if (at === undefined) throw new Error(`no field ${name}`);
  return at;
}

/** A state under construction: fields by name, and codes for program counters and queues. */
class Fields {
  constructor(readonly vector: StateVector) {}

  get(name: string): number {
    return this.vector[place(name)] as number;
  }

  set(name: string, value: number | boolean): void {
    this.vector[place(name)] = Number(value);
  }

  add(name: string, by: number): void {
    this.set(name, this.get(name) + by);
  }

  pc(process: string): string {
    return PCS[this.get(`pc${process}`)] as string;
  }

  goto(process: string, label: string): void {
    const code = PCS.indexOf(label);
    if (code < 0) throw new Error(`no label ${label}`);
    this.set(`pc${process}`, code);
  }

  get queue(): string {
    return QUEUES[this.get('queue')] as string;
  }

  set queue(waiters: string) {
    this.set('queue', QUEUES.indexOf(waiters));
  }
}

/** The first is where everybody begins. */
const PCS = [
  ...['start', 'lock', 'check', 'lookup', 'queue', 'oldTest', 'sleep', 'test', 'delete', 'clear'],
  ...['set', 'unlock', 'submit', 'put', 'C2', 'C5', 'C6', 'putA', 'done'],
];
const QUEUES = ['', 'B', 'T', 'BT', 'TB'];

export const SCENARIOS: Readonly<Record<string, (s: Fields) => boolean>> = {
  NoBugOnAfterReuse: (s) => s.get('bugOn') !== 2,
  NoBugOnSamePage: (s) => s.get('bugOn') !== 1,
  NoForeignBytesAfterReuse: (s) => s.get('wrongData') !== 2,
  NoForeignBytesSamePage: (s) => s.get('wrongData') !== 1,
  NoWriteAfterTruncate: (s) => s.get('lateWrite') === 0,
  NoFreeUnderWriteback: (s) => s.get('freedUnderWriteback') === 0,
};

export class HandWrittenModel implements Model {
  readonly slotCount = FIELDS.length;
  readonly actionCount = 1;
  readonly constraint = null;
  readonly invariants = Object.entries(SCENARIOS).map(([name, holds]) => ({
    name,
    holds: (state: StateVector) => holds(new Fields(state)),
  }));
  readonly #kernel: (typeof KERNELS)[KernelName];

  constructor(kernel: KernelName) {
    this.#kernel = KERNELS[kernel];
  }

  /** References and the like stay far below it. */
  slotSize(): number {
    return 32;
  }

  initialStates(sink: (state: StateVector) => boolean): void {
    const s = new Fields(new Int32Array(FIELDS.length));
    s.set('free', true);
    s.set('passesF', FLUSHER_PASSES);
    s.set('passesB', INTEGRITY_PASSES);
    // A reference count may fall below 0 where kernels miscount; it is kept as count + OFFSET.
    s.set('ref', OFFSET);
    sink(s.vector);
  }

  successors(state: StateVector, sink: SuccessorSink): void {
    const before = new Fields(state);
    let goesOn = true;
    const step = (change: (s: Fields) => void): void => {
      if (!goesOn) return;
      const after = new Fields(state.slice());
      change(after);
      goesOn = sink(after.vector, 0, () => []);
    };
    this.#application(before, step);
    this.#writer('F', before, step);
    this.#writer('B', before, step);
    for (const k of IOS) this.#io(k, before, step);
    this.#truncate(before, step);
  }

  #application(s: Fields, step: Step): void {
    switch (s.pc('W')) {
      case 'start':
        if (s.get('free') && s.get('inc') < ALLOCATIONS) step(allocateAndWrite);
        if (isCached(s) && s.get('mapT') !== s.get('mapping') && s.get('redirties') < REDIRTIES) {
          step((n) => {
            n.add('redirties', 1);
            lookUp(n, 'W');
            n.goto('W', 'lock');
          });
        }
        break;
      case 'lock':
        lock(s, step, 'W', 'check');
        break;
      case 'check':
        step((n) => {
          if (n.get('mapping') === n.get('mapW')) {
            n.set('content', n.get('mapW'));
            n.set('dirty', true);
            n.set('markDirty', true);
          }
          n.goto('W', 'unlock');
        });
        break;
      case 'unlock':
        step((n) => {
          unlock(n);
          n.goto('W', 'put');
        });
        break;
      case 'put':
        step((n) => {
          put(n);
          n.set('mapW', 0);
          n.goto('W', 'start');
        });
        break;
    }
  }

  #writer(p: 'F' | 'B', s: Fields, step: Step): void {
    const kernel = this.#kernel;
    switch (s.pc(p)) {
      case 'start':
        if (s.get(`passes${p}`) === 0 || !isCached(s) || !s.get('markDirty')) break;
        step((n) => {
          n.add(`passes${p}`, -1);
          if (p === 'F') lookUp(n, 'F');
          else n.set('markTowrite', true);
          n.goto(p, p === 'F' ? 'lock' : 'lookup');
        });
        break;
      case 'lookup':
        step((n) => {
          const isTagged = n.get('markTowrite') !== 0;
          if (isTagged) lookUp(n, p);
          n.goto(p, isTagged ? 'lock' : 'start');
        });
        break;
      case 'lock':
        lock(s, step, p, 'check');
        break;
      case 'check':
        step((n) => {
          const isWanted = n.get('mapping') === n.get(`map${p}`) && n.get('dirty') !== 0;
          if (!isWanted) n.goto(p, 'unlock');
          else if (!n.get('writeback')) n.goto(p, 'clear');
          else n.goto(p, p === 'F' ? 'unlock' : 'queue');
        });
        break;
      case 'clear':
        step((n) => {
          if (n.get('writeback')) {
            n.set('bugOn', wakeKind(n, p));
            n.goto(p, 'done');
          } else {
            n.set('dirty', false);
            n.goto(p, 'set');
          }
        });
        break;
      case 'set':
        step((n) => {
          const k = startedIos(n) + 1;
          n.set(`stage${k}`, 1);
          n.set(`file${k}`, n.get(`map${p}`));
          n.set(`inc${k}`, n.get('inc'));
          n.set(`io${p}`, k);
          n.set('markDirty', n.get('markDirty') && n.get('dirty'));
          n.set('markTowrite', false);
          n.set('writeback', true);
          n.goto(p, 'unlock');
        });
        break;
      case 'unlock':
        step((n) => {
          unlock(n);
          n.goto(p, n.get(`io${p}`) === 0 ? 'put' : 'submit');
        });
        break;
      case 'submit':
        step((n) => {
          n.set(`stage${n.get(`io${p}`)}`, 2);
          n.goto(p, 'put');
        });
        break;
      case 'put':
        step((n) => {
          put(n);
          n.set(`map${p}`, 0);
          n.set(`io${p}`, 0);
          n.goto(p, 'start');
        });
        break;
      default:
        wait(p, kernel.write, 'clear', s, step);
    }
  }

  #io(k: number, s: Fields, step: Step): void {
    const { ref, wakesIfSet } = this.#kernel;
    const process = `A${k}`;
    const end = ref === 'none' ? 'done' : 'putA';
    if (s.get(`stage${k}`) === 2) step((n) => transfer(n, k));
    switch (s.pc(process)) {
      case 'start':
        if (s.get(`stage${k}`) !== 3) break;
        step((n) => {
          if (ref === 'around') n.add('ref', 1);
          n.goto(process, 'C2');
        });
        break;
      case 'C2':
        step((n) => {
          n.goto(process, n.get('writeback') ? 'C5' : 'done');
          n.set('writeback', false);
        });
        break;
      case 'C5':
        step((n) => n.goto(process, n.get('waiters') ? 'C6' : end));
        break;
      case 'C6':
        step((n) => {
          wake(n, k, wakesIfSet);
          n.goto(process, end);
        });
        break;
      case 'putA':
        step((n) => {
          put(n);
          n.goto(process, 'done');
        });
        break;
    }
  }

  #truncate(s: Fields, step: Step): void {
    switch (s.pc('T')) {
      case 'start':
        if (s.get('truncations') === TRUNCATIONS || !isCached(s)) break;
        if (s.get('mapW') === s.get('mapping')) break;
        step((n) => {
          n.add('truncations', 1);
          lookUp(n, 'T');
          n.goto('T', 'lock');
        });
        break;
      case 'lock':
        lock(s, step, 'T', 'test');
        break;
      case 'delete':
        step((n) => {
          if (n.get('mapping') === n.get('mapT')) deleteFromCache(n);
          n.goto('T', 'unlock');
        });
        break;
      case 'unlock':
        step((n) => {
          unlock(n);
          n.goto('T', 'put');
        });
        break;
      case 'put':
        step((n) => {
          put(n);
          n.set(`truncated${n.get('mapT')}`, true);
          n.set('mapT', 0);
          n.goto('T', 'start');
        });
        break;
      default:
        wait('T', this.#kernel.truncate, 'delete', s, step);
    }
  }
}

type Step = (change: (s: Fields) => void) => void;

const OFFSET = 8;

function isCached(s: Fields): boolean {
  return s.get('mapping') !== 0;
}

function startedIos(s: Fields): number {
  return IOS.filter((k) => s.get(`stage${k}`) !== 0).length;
}

function lookUp(s: Fields, process: string): void {
  s.set(`map${process}`, s.get('mapping'));
  s.add('ref', 1);
}

function lock(s: Fields, step: Step, process: string, next: string): void {
  if (s.get('locked')) return;
  step((n) => {
    n.set('locked', true);
    n.goto(process, next);
  });
}

function unlock(s: Fields): void {
  s.set('locked', false);
  s.set('waiters', s.get('waiters') && s.queue !== '');
}

function put(s: Fields): void {
  s.add('ref', -1);
  if (s.get('ref') !== OFFSET) return;
  if (s.get('writeback')) s.set('freedUnderWriteback', true);
  for (const flag of ['locked', 'dirty', 'writeback', 'waiters']) s.set(flag, false);
  s.set('free', true);
}

function allocateAndWrite(s: Fields): void {
  s.set('free', false);
  s.add('inc', 1);
  s.set('ref', OFFSET + 1);
  s.set('mapping', s.get('inc'));
  s.set('content', s.get('inc'));
  s.set('dirty', true);
  s.set('markDirty', true);
}

/** 1: woken by a writeback of this incarnation, 2: by an earlier one. */
function wakeKind(s: Fields, waiter: string): number {
  const k = s.get(`wokenBy${waiter}`);
  return k !== 0 && s.get(`inc${k}`) === s.get('inc') ? 1 : 2;
}

/** All of wait_on_page_writeback; `past` is where the waiter goes when it believes the bit clear. */
function wait(p: 'F' | 'B' | 'T', style: string, past: string, s: Fields, step: Step): void {
  switch (s.pc(p)) {
    case 'test':
      step((n) => n.goto(p, n.get('writeback') ? 'queue' : past));
      break;
    case 'queue':
      step((n) => {
        n.set('waiters', true);
        if (style === 'recheck' || n.get('writeback')) {
          if (!n.queue.includes(p)) n.queue += p;
          n.set(`woken${p}`, false);
          n.set(`wokenBy${p}`, 0);
        }
        if (style === 'recheck') n.goto(p, 'oldTest');
        else if (n.get('writeback')) n.goto(p, 'sleep');
        else n.goto(p, style === 'while' ? 'test' : past);
      });
      break;
    case 'oldTest':
      step((n) => {
        if (n.get('writeback')) return n.goto(p, 'sleep');
        n.queue = n.queue.replace(p, '');
        n.set(`woken${p}`, false);
        n.goto(p, past);
      });
      break;
    case 'sleep':
      if (!s.get(`woken${p}`)) break;
      step((n) => {
        n.set(`woken${p}`, false);
        n.goto(p, style === 'if' ? past : 'test');
      });
      break;
  }
}

function wake(s: Fields, k: number, wakesIfSet: boolean): void {
  if (s.queue !== '' && (wakesIfSet || !s.get('writeback'))) {
    for (const waiter of s.queue) {
      s.set(`woken${waiter}`, true);
      s.set(`wokenBy${waiter}`, k);
    }
    s.queue = '';
  }
  if (s.queue === '') s.set('waiters', false);
}

function transfer(s: Fields, k: number): void {
  const file = s.get(`file${k}`);
  s.set(`disk${file}`, s.get('content'));
  if (s.get('content') !== file) s.set('wrongData', s.get(`exposed${k}`) || 3);
  if (s.get(`truncated${file}`)) s.set('lateWrite', true);
  s.set(`stage${k}`, 3);
}

function deleteFromCache(s: Fields): void {
  if (s.get('writeback')) s.set(`exposed${startedIos(s)}`, wakeKind(s, 'T'));
  for (const field of ['mapping', 'dirty', 'markDirty', 'markTowrite']) s.set(field, 0);
  s.add('ref', -1);
}
