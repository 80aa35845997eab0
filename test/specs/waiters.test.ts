/**
 * The waiters spec against a model written by hand: the same numbers of states, and the same answers
 * to S7, S8, L1 and L2, which are those of the dossier on the protocol (4.5; L2: 3.2).
 */
import { describe, expect, test } from 'vitest';
import { explore } from '../../src/explore/index.js';
import type { GraphModel } from '../../src/graph/graphModel.js';
import { encodeItf } from '../../src/values/index.js';
import { type Decide, deciderOf, type LeadsTo } from './fairCycles.js';
import {
  type HandWrittenState,
  HandWrittenWaiters,
  PROCESSES,
  sleepsInVain,
  type WaiterKernel,
} from './handWrittenWaiters.js';
import { shortestLasso } from './shortestLasso.js';
import { decideWaiters, loadWaiters, readWaiters, WAITER_KERNELS } from './waitersSpec.js';

/** S7 S8 L1 L2: X is violated. */
const TABLE: Readonly<Record<WaiterKernel, string>> = {
  old: 'X . . .',
  base: '. . . .',
  a: '. . . .',
  b: '. . . .',
  e: 'X X . .',
  'b+e': 'X X . .',
};

test('expected.json is the table of the dossier', () => {
  const { scenarios, table, replay } = JSON.parse(readWaiters('expected.json'));
  expect(scenarios).toEqual({
    S7: 'FsyncReturns',
    S8: 'WakerFinishes',
    'L1 safety': 'WakeupIsComing',
    L1: 'NoLostWakeup',
    L2: 'TruncateEnds',
  });
  expect(replay).toBe('confirmed');
  for (const row of Object.values<Record<string, string>>(table)) {
    expect(Object.keys(row)).toEqual(Object.keys(scenarios));
    expect(row['L1 safety']).toBe('holds');
  }
  const rows = Object.entries<Record<string, string>>(table).map(([kernel, row]) => [
    kernel,
    ['S7', 'S8', 'L1', 'L2'].map((name) => (row[name] === 'violated' ? 'X' : '.')).join(' '),
  ]);
  expect(Object.fromEntries(rows)).toEqual(TABLE);
});

/** What the properties ask of a state, whoever made it. */
interface Seen {
  readonly waits: (fsync: string) => boolean;
  readonly returned: (fsync: string) => boolean;
  readonly completion: 'wakes' | 'idle' | 'other';
  readonly sleepsInVain: (waiter: string) => boolean;
  readonly truncate: 'locks' | 'done' | 'other';
  readonly hasUnhandledIo: boolean;
}

/** The scenarios, each as leads-to for every process that it is about. */
function scenarios(at: (state: number) => Seen): readonly (readonly LeadsTo[])[] {
  const fsyncs = ['1', '2'];
  return [
    fsyncs.map((d) => ({ from: (s) => at(s).waits(d), to: (s) => at(s).returned(d) })),
    [{ from: (s) => at(s).completion === 'wakes', to: (s) => at(s).completion === 'idle' }],
    [...fsyncs, 'T'].map((w) => ({
      from: (s) => at(s).sleepsInVain(w),
      to: (s) => !at(s).sleepsInVain(w),
    })),
    [
      {
        from: (s) => at(s).truncate === 'locks',
        to: (s) => at(s).truncate === 'done',
        often: (s) => !at(s).hasUnhandledIo,
      },
    ],
  ];
}

function verdicts(decide: Decide, at: (state: number) => Seen): string {
  return scenarios(at)
    .map((all) => (all.some((one) => decide(one) === 'violated') ? 'X' : '.'))
    .join(' ');
}

function seenByHand(s: HandWrittenState): Seen {
  return {
    waits: (d) => s.at[d as '1' | '2'] === 'queue',
    returned: (d) => s.at[d as '1' | '2'] === 'end',
    completion: s.at.A === 'C6' ? 'wakes' : s.at.A === 'start' ? 'idle' : 'other',
    sleepsInVain: (w) => sleepsInVain(s, w as '1' | '2' | 'T'),
    truncate: s.at.T === 'lock' ? 'locks' : s.at.T === 'end' ? 'done' : 'other',
    hasUnhandledIo: s.io === 'done',
  };
}

interface SpecState {
  readonly pc: Readonly<Record<string, string>>;
  readonly woken: Readonly<Record<string, boolean>>;
  readonly page: { readonly writeback: boolean };
  readonly io: string;
}

function seenInSpec({ pc, woken, page, io }: SpecState): Seen {
  const name = (one: string) => (one === 'T' ? one : `D${one}`);
  const isAsleep = (one: string) => /^(Truncate)?Sleep$/.test(pc[one] ?? '') && !woken[one];
  return {
    waits: (d) => pc[name(d)] === 'QueueWaiter',
    returned: (d) => pc[name(d)] === 'Done',
    completion: pc.A1 === 'C6' ? 'wakes' : pc.A1 === 'C2' ? 'idle' : 'other',
    sleepsInVain: (w) => isAsleep(name(w)) && !page.writeback,
    truncate: pc.T === 'TruncateLock' ? 'locks' : pc.T === 'Done' ? 'done' : 'other',
    hasUnhandledIo: io === 'transferred',
  };
}

/** The labels with a minus, and the application: nobody is obliged to take their steps. */
const FREE = ['Write', 'LockPage', 'Fsync', 'Truncate'];

function memo<T>(make: (state: number) => T): (state: number) => T {
  const known: T[] = [];
  return (state) => {
    known[state] ??= make(state);
    return known[state] as T;
  };
}

function decideSpec(model: GraphModel) {
  const result = explore(model, { everyProperty: true, checkDeadlock: false });
  const decide = deciderOf({
    model,
    result,
    processOf: (action) => {
      const { name, process } = model.actions[action] ?? { name: '', process: null };
      return FREE.includes(name) ? null : String(process);
    },
  });
  const at = memo((state) => {
    const values = [...model.decode(result.stateAt(state))];
    const data = values.map(([name, value]) => [name, encodeItf(value)]);
    return seenInSpec(Object.fromEntries(data) as SpecState);
  });
  return { result, cells: verdicts(decide, at) };
}

describe.each(Object.keys(TABLE) as WaiterKernel[])('kernel %s', (kernel) => {
  const model = new HandWrittenWaiters(kernel);
  const byHand = explore(model, { everyProperty: true, checkDeadlock: false });
  const processOf = (action: number) => (action === 0 ? null : (PROCESSES[action] ?? null));
  const fair = { model, result: byHand, processOf };
  const at = memo((state) => seenByHand(model.decode(byHand.stateAt(state))));
  const spec = decideSpec(loadWaiters(kernel));

  test('has the states that the model written by hand has', () => {
    const { distinct, generated, depth, complete } = spec.result;
    expect({ distinct, generated, depth, complete }).toEqual({
      distinct: byHand.distinct,
      generated: byHand.generated,
      depth: byHand.depth,
      complete: true,
    });
  });

  test('always has somebody on the way who wakes whoever sleeps in vain', () => {
    expect(byHand.violations).toEqual([]);
    expect(spec.result.violations).toEqual([]);
  });

  test('starves and ends as the dossier says, in the spec and in the model written by hand', () => {
    expect(verdicts(deciderOf(fair), at)).toBe(TABLE[kernel]);
    expect(spec.cells).toBe(TABLE[kernel]);
  });

  test('has lassos as short as the model written by hand has', () => {
    const { lassos } = decideWaiters(kernel);
    const [starvation = [], livelock = []] = scenarios(at);
    const lengths = [starvation, livelock].map((all) => {
      const found = all.flatMap((one) => shortestLasso(fair, one) ?? []);
      return found.length === 0 ? undefined : Math.min(...found);
    });
    const names = ['FsyncReturns', 'WakerFinishes'];
    expect(names.map((name) => lassos.get(name)?.steps.length)).toEqual(lengths);
  });
});

/** The columns of the dossier's table that do not ship, without f*, which the spec cannot say. */
test.each([
  ['c', '. . . .'],
  ['a+b', '. . . .'],
  ['a+c', '. . . .'],
  ['c+e', 'X X . .'],
  ['g', 'X . . .'],
  ['b+g', 'X . . .'],
])('kernel %s, which does not ship, has the column of the dossier', (kernel, column) => {
  const constants = WAITER_KERNELS[kernel] as Record<string, string>;
  expect(decideSpec(loadWaiters('base', { constants })).cells).toBe(column);
});
