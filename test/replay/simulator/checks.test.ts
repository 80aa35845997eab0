/** Checks of the kernel and of the simulator that no run of the protocol trips over. */
import { describe, expect, it } from 'vitest';
import type { MachineConfig } from '../../../replay/simulator/index.js';
import { clear_page_dirty_for_io } from '../../../replay/simulator/kernel/dirty.js';
import { alloc_page } from '../../../replay/simulator/kernel/freeing.js';
import { unlock_page } from '../../../replay/simulator/kernel/pageLock.js';
import { get_page, put_page, takeReference } from '../../../replay/simulator/kernel/refcount.js';
import { pageAt } from '../../../replay/simulator/state.js';
import type { Program } from '../../../replay/simulator/task.js';
import { Bench, setFlag } from './bench.js';
import { Play } from './play.js';

const puts: Program = (task) => put_page(task, pageAt(task.state, 0), 'put', 'lookup');
const unlocks: Program = (task) => unlock_page(task, pageAt(task.state, 0), 'unlock');
const cleans: Program = function* (task) {
  yield* clear_page_dirty_for_io(task, pageAt(task.state, 0));
};
const allocates: Program = function* (task) {
  yield* alloc_page(task);
};
const allocatesAndPuts: Program = function* (task) {
  const page = yield* alloc_page(task);
  yield* put_page(task, page, 'put', 'allocation');
};
const takes: Program = function* (task) {
  yield task.stop('take', 'a reference without the check of get_page');
  takeReference(task, pageAt(task.state, 0), 'lookup');
};

function detected(bench: Bench): string[] {
  return bench.machine.detections.map(({ kind, name }) => `${kind}:${name}`);
}

function afterRunning(program: Program, config: Partial<MachineConfig>): Bench {
  const bench = new Bench(config);
  bench.start('T', program);
  return bench;
}

describe('CONFIG_DEBUG_VM', () => {
  it.each([
    ['unlock_page of a page that is not locked', unlocks, 'VM_BUG_ON:!PageLocked'],
    ['clear_page_dirty_for_io without the page lock', cleans, 'VM_BUG_ON:!PageLocked'],
    ['put_page of a page without references', puts, 'refcount:put_page'],
  ])('kills a thread at %s', (_, program, detection) => {
    const bench = afterRunning(program, { debugVm: true });
    expect(detected(bench)).toEqual([detection]);
    expect(bench.machine.stateOf('T')).toBe('oops');
  });

  it.each([
    ['unlock_page', unlocks],
    ['clear_page_dirty_for_io', cleans],
  ])('is what notices it: without, %s goes on in silence', (_, program) => {
    const bench = afterRunning(program, { debugVm: false });
    expect(detected(bench)).toEqual([]);
    expect(bench.machine.stateOf('T')).toBe('done');
  });

  it('finds that a page is freed while it is in a file', () => {
    const play = new Play({ build: 'base', files: { a: 1 } });
    play.writes('W', { file: 'a', bytes: 'a[0] ' });
    play.machine.spawn('T', (task) => put_page(task, pageAt(task.state, 0), 'put', 'page cache'));
    play.ends('T');
    expect(play.detected()).toEqual(['bad_page:non-NULL mapping']);
  });

  it('finds that a page is freed while somebody takes a reference', () => {
    const bench = new Bench({ debugVm: true });
    bench.machine.spawn('T', allocatesAndPuts);
    while (bench.machine.peek('T')?.step !== 'F4') bench.machine.step('T');
    bench.start('G', takes);
    bench.go('T');
    expect(detected(bench)).toEqual(['refcount:free', 'bad_page:nonzero _refcount']);
  });

  it('finds at allocation that a flag was set while the page was free', () => {
    for (const [debugVm, detections] of [
      [true, ['bad_page:PAGE_FLAGS_CHECK_AT_PREP']],
      [false, []],
    ] as const) {
      const bench = new Bench({ debugVm });
      bench.start('S', setFlag('PG_writeback'));
      bench.start('T', allocates);
      expect(detected(bench)).toEqual(detections);
    }
  });
});

describe('the simulator', () => {
  it('notices without debug_vm that a count goes below 0, and goes on', () => {
    const bench = afterRunning(puts, { debugVm: false });
    expect(detected(bench)).toEqual(['refcount:put_page']);
    expect(bench.machine.stateOf('T')).toBe('done');
  });

  it('notices a reference that is taken while the page is being freed', () => {
    const bench = new Bench({ debugVm: false });
    bench.machine.spawn('T', allocatesAndPuts);
    while (bench.machine.peek('T')?.step !== 'F4') bench.machine.step('T');
    bench.start('G', takes);
    bench.go('T');
    expect(detected(bench)).toEqual(['refcount:free']);
  });

  it('notices that a page is freed twice', () => {
    const bench = new Bench({ debugVm: false });
    bench.start('T', function* (task) {
      const page = pageAt(task.state, 0);
      yield* get_page(task, page, 'get', 'lookup');
      yield* put_page(task, page, 'put', 'lookup');
    });
    expect(detected(bench)).toEqual(['refcount:get_page', 'refcount:double free']);
    expect(bench.machine.describe().freePages).toEqual([1, 0]);
  });

  it('clears PG_waiters before it checks and wipes the flags of a page', () => {
    const bench = new Bench();
    bench.machine.spawn('T', allocatesAndPuts);
    bench.machine.step('T');
    bench.machine.step('T');
    bench.start('S', setFlag('PG_waiters'));
    while (bench.machine.peek('T')?.step !== 'F2') bench.machine.step('T');
    expect(bench.flags()).toEqual(['PG_waiters']);
    bench.machine.step('T');
    expect(bench.flags()).toEqual([]);
  });
});
