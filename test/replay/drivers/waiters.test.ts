/**
 * S7 and S8 as the dossier on the protocol tells them (4.4), as lassos written by hand: the spec must
 * allow every step of them and come back to where the cycle began, and the simulator must go round
 * with it until its watchdog notices. On kernels that wait in another way they must part.
 */
import { describe, expect, test } from 'vitest';
import type { Driver } from '../../../replay/driver.js';
import { createWaitersDriver } from '../../../replay/drivers/waiters.js';
import { replay } from '../../../replay/run.js';
import type { GraphModel } from '../../../src/graph/graphModel.js';
import { SourceText } from '../../../src/source/text.js';
import { parseAlgorithm, parseModule, type pluscal } from '../../../src/syntax/index.js';
import type { Trace, TraceStep } from '../../../src/trace/trace.js';
import { decideWaiters, loadWaiters, readWaiters } from '../../specs/waitersSpec.js';
import { edit } from '../../specs/writebackSpec.js';

/** `LockPage F, SetWriteback F`: labels with their processes. */
function lasso(model: GraphModel, property: string, prefix: string, cycle: string): Trace {
  const steps: TraceStep[] = [];
  let now = new Int32Array();
  const nothing = { process: null, choices: new Map(), location: null };
  model.initialStates((state) => {
    now = Int32Array.from(state);
    steps.push({ ...nothing, action: null, state: model.decode(now) });
    return false;
  });
  const walk = (text: string) => {
    for (const step of text.split(',').map((it) => it.trim())) {
      const [action, process] = step.split(' ');
      const before = now;
      model.successors(before, (next, index) => {
        const found = model.actions[index];
        if (found === undefined || found.name !== action) return true;
        if (String(found.process) !== process) return true;
        now = Int32Array.from(next);
        steps.push({
          ...nothing,
          action: found.name,
          process: found.process,
          state: model.decode(now),
        });
        return false;
      });
      if (now === before) throw new Error(`the spec does not allow ${step} here`);
    }
  };
  walk(prefix);
  const start = now;
  const loop = steps.length - 1;
  walk(cycle);
  expect([...now]).toEqual([...start]);
  return { spec: 'Waiters.tla', constants: model.constants, property, steps, loop };
}

const WRITES_OUT = 'LockPage F, SetWriteback F, UnlockPage F, SubmitBio F';
const D1_SLEEPS = 'Fsync D1, QueueWaiter D1';

/** A clears; before it wakes D1, the page is under writeback again; D1 looks, and queues again. */
function starvation(model: GraphModel): Trace {
  const cycle = `Write W, Transfer DMA, C2 A1, C5 A1, ${WRITES_OUT}, C6 A1, Sleep D1, QueueWaiter D1`;
  return lasso(model, 'FsyncReturns', `${WRITES_OUT}, ${D1_SLEEPS}`, cycle);
}

/** In the old kernel the bit must be clear when A walks, or the walk stops; then it is set again. */
function oldStarvation(model: GraphModel): Trace {
  const wakes = 'Write W, Transfer DMA, C2 A1, C5 A1, C6 A1';
  const again = 'Sleep D1, QueueWaiter D1, OldTestBit D1';
  const prefix = `${WRITES_OUT}, ${D1_SLEEPS}, OldTestBit D1`;
  return lasso(model, 'FsyncReturns', prefix, `${wakes}, ${WRITES_OUT}, ${again}`);
}

/** The waker leaves a bookmark; whom it woke finds the bit set and queues behind the bookmark. */
function livelock(model: GraphModel): Trace {
  const asleep = `${WRITES_OUT}, ${D1_SLEEPS}, Fsync D2, QueueWaiter D2`;
  const setAgain = `Write W, Transfer DMA, C2 A1, C5 A1, ${WRITES_OUT}, Transfer DMA`;
  const one = (d: string) => `Sleep ${d}, QueueWaiter ${d}, C6Bookmark A1`;
  return lasso(
    model,
    'WakerFinishes',
    `${asleep}, ${setAgain}, C6 A1`,
    `${one('D1')}, ${one('D2')}`,
  );
}

const fired = ({ kind, name }: { kind: string; name: string }) => `${kind} ${name}`;

describe('S7, the starvation of a waiter without the page lock', () => {
  test.each(['e', 'b+e', 'c+e'])('starves it on %s', async (build) => {
    const trace = starvation(loadWaiters('e'));
    const verdict = await replay(trace, createWaitersDriver({ build }));
    expect(verdict).toMatchObject({ verdict: 'confirmed', difference: null });
    expect(verdict.detections.map(fired)).toEqual(['watchdog starvation']);
    expect(verdict.detections[0]?.message).toMatch(/^D1\/1 still waits .* 10 times/);
    expect(verdict.detections[0]?.evidence.join('\n')).toContain('their completion: 10');
  });

  test.each(['base', 'a', 'b', 'c'])('not on %s, where the woken waiter returns', async (build) => {
    const trace = starvation(loadWaiters('e'));
    const verdict = await replay(trace, createWaitersDriver({ build }));
    expect(verdict).toMatchObject({
      verdict: 'diverged',
      function: 'put_page',
      difference: { path: 'pc["D1"]', specification: '"QueueWaiter"', implementation: '"Done"' },
    });
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'Sleep', process: 'D1' });
  });

  test('starves it on old by another way', async () => {
    const trace = oldStarvation(loadWaiters('old'));
    const verdict = await replay(trace, createWaitersDriver({ build: 'old' }));
    expect(verdict.verdict).toBe('confirmed');
    const other = await replay(trace, createWaitersDriver({ build: 'e' }));
    expect(other).toMatchObject({ verdict: 'diverged', function: 'wait_on_page_bit_common' });
  });

  test('is not confirmed by a kernel whose completion forgets to wake: nobody wakes D1', async () => {
    const faults = ['completion-forgets-wake'] as const;
    const driver = createWaitersDriver({ build: 'e', machine: { faults } });
    const verdict = await replay(starvation(loadWaiters('e')), driver);
    expect(verdict).toMatchObject({ verdict: 'diverged', function: 'end_page_writeback' });
  });
});

describe('S8, the livelock of a waker', () => {
  test.each(['e', 'b+e', 'c+e'])('locks it up on %s', async (build) => {
    const verdict = await replay(livelock(loadWaiters('e')), createWaitersDriver({ build }));
    expect(verdict).toMatchObject({ verdict: 'confirmed', difference: null });
    expect(verdict.detections.map(fired)).toContain('watchdog soft lockup');
    const evidence = verdict.detections[0]?.evidence.join('\n');
    expect(evidence).toMatch(/wait queue: bookmark of A1, D\d\/1/);
  });

  test.each(['base', 'b'])('not on %s, where whom it woke does not come back', async (build) => {
    const trace = livelock(loadWaiters('e'));
    const verdict = await replay(trace, createWaitersDriver({ build }));
    expect(verdict).toMatchObject({ verdict: 'diverged', difference: { path: 'pc["D1"]' } });
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'Sleep', process: 'D1' });
  });

  test('not where all waiters are woken in one walk: a break count that is not reached', async () => {
    const trace = livelock(loadWaiters('e'));
    const driver = createWaitersDriver({ build: 'e', machine: { bookmarkThreshold: 64 } });
    const verdict = await replay(trace, driver);
    expect(verdict).toMatchObject({ verdict: 'diverged', function: 'wake_up_page_bit' });
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'C6', process: 'A1' });
  });
});

describe('a lost wake-up', () => {
  const forgetsInSpec = (text: string) =>
    edit(text, 'if (~page.waiters) { goto C2; };', 'goto C2;');
  const { lassos } = decideWaiters('e', { spec: forgetsInSpec });

  test.each(['FsyncReturns', 'NoLostWakeup', 'TruncateEnds'])(
    'violates %s: the task hangs on a kernel that has it, and not on one that wakes',
    async (property) => {
      const trace = lassos.get(property);
      if (trace === undefined) throw new Error('the broken spec violates it');
      expect(trace.loop).toBe(trace.steps.length - 1);
      const machine = { faults: ['completion-forgets-wake'] } as const;
      const broken = await replay(trace, createWaitersDriver({ build: 'e', machine }));
      expect(broken).toMatchObject({ verdict: 'confirmed', difference: null });
      expect(broken.detections.map(fired)).toContain('watchdog hung task');
      const healthy = await replay(trace, createWaitersDriver({ build: 'e' }));
      expect(healthy).toMatchObject({ verdict: 'diverged', difference: { path: 'pc["A1"]' } });
      expect(healthy.detections).toEqual([]);
    },
  );
});

test('the driver has exactly the labels of the spec', () => {
  const { algorithm } = parseModule(new SourceText('Waiters.tla', readWaiters('Waiters.tla')));
  if (algorithm === null) throw new Error('the spec has an algorithm');
  const labels = new Set<string>();
  const collect = (body: readonly pluscal.Statement[]): void => {
    for (const statement of body) {
      if (statement.label !== null) labels.add(statement.label.name);
      if (statement.kind === 'while') collect(statement.body);
    }
  };
  for (const process of parseAlgorithm(algorithm).processes) collect(process.body);
  expect([...createWaitersDriver({ build: 'e' }).labels].sort()).toEqual([...labels].sort());
});

describe('the driver', () => {
  const reset = (driver: Driver) => {
    const trace = starvation(loadWaiters('e'));
    const constants = {
      Fsyncs: { '#set': ['D1', 'D2'] },
      Completions: { '#set': ['A1'] },
      WalkBreak: 0,
      Neighbours: 0,
    };
    driver.reset({ property: trace.property, constants, state: {} });
    return driver;
  };
  const step = (driver: Driver, action: string, process: string) =>
    driver.step({ action, process, choices: {} });

  test('refuses an unknown build, and a process that it does not know', () => {
    expect(() => createWaitersDriver({ build: 'v6' })).toThrow(/no kernel build named "v6"/);
    const driver = reset(createWaitersDriver({ build: 'e' }));
    expect(step(driver, 'Sleep', 'D9')).toMatchObject({ kind: 'unmapped' });
  });

  test('refuses to wait for what it did not begin, and to begin what is going on', () => {
    const driver = reset(createWaitersDriver({ build: 'e' }));
    expect(step(driver, 'Sleep', 'D1')).toMatchObject({ kind: 'blocked' });
    expect(step(driver, 'C2', 'A1')).toMatchObject({ kind: 'blocked', function: 'bio_endio' });
    expect(step(driver, 'LockPage', 'F')).toMatchObject({ kind: 'done' });
    const again = step(driver, 'LockPage', 'F');
    expect(again).toMatchObject({
      kind: 'blocked',
      reason: expect.stringMatching(/^F is not idle/),
    });
  });

  test('says which constant a trace lacks', () => {
    const driver = createWaitersDriver({ build: 'e' });
    const init = { property: null, constants: { Neighbours: 0 }, state: {} };
    expect(() => driver.reset(init)).toThrow(/no set of names for the constant Fsyncs/);
  });
});
