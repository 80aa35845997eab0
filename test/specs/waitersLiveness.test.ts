/**
 * The checker's own verdicts on the waiters spec: they are the table's; every lasso goes round on the
 * simulator; and a spec that is broken on purpose is found out, by the properties that it breaks.
 */
import { describe, expect, test } from 'vitest';
import { createWaitersDriver } from '../../replay/drivers/waiters.js';
import { replay } from '../../replay/run.js';
import { decideWaiters, readWaiters } from './waitersSpec.js';
import { edit } from './writebackSpec.js';

const { scenarios, table } = JSON.parse(readWaiters('expected.json')) as {
  scenarios: Readonly<Record<string, string>>;
  table: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

describe.each(Object.entries(table))('kernel %s', (kernel, row) => {
  const { violated, lassos } = decideWaiters(kernel);

  test('violates what the table says, and nothing else', () => {
    const wanted = Object.entries(row).filter(([, verdict]) => verdict === 'violated');
    expect(violated).toEqual(wanted.map(([scenario]) => scenarios[scenario]));
  });

  test.runIf(lassos.size > 0)('does so on the simulator, round after round', async () => {
    for (const trace of lassos.values()) {
      const verdict = await replay(trace, createWaitersDriver({ build: kernel }));
      expect(verdict).toMatchObject({ verdict: 'confirmed', difference: null });
      expect(verdict.matched).toBe(verdict.steps);
      // The prefix, and ten times the cycle, whose last step is the one that leads back.
      const loop = trace.loop as number;
      expect(verdict.steps).toBe(loop + 10 * (trace.steps.length - loop));
    }
  });
});

const ALL = ['FsyncReturns', 'WakerFinishes', 'NoLostWakeup', 'TruncateEnds'];
const WAITS_FOR_EVER = ['FsyncReturns', 'NoLostWakeup', 'TruncateEnds'];

const NOT_FAIR = (text: string) => text.replaceAll('fair process', 'process');
const STRONGLY_FAIR = (text: string) => text.replaceAll('fair process', 'fair+ process');

describe('broken on purpose, base', () => {
  test.each([
    [
      'whose completion does not wake',
      (text: string) => edit(text, 'if (~page.waiters) { goto C2; };', 'goto C2;'),
      ['WakeupIsComing', ...WAITS_FOR_EVER],
    ],
    [
      'whose completion wakes one waiter, as if all were exclusive',
      (text: string) => edit(text, 'goesOn == last # 0 /\\ ~stops', 'goesOn == FALSE'),
      ['WakeupIsComing', ...WAITS_FOR_EVER],
    ],
    [
      'whose waiters do not set PG_waiters',
      (text: string) => edit(text, '    page.waiters := TRUE;\n', ''),
      ['WakeupIsComing', ...WAITS_FOR_EVER],
    ],
    [
      'whose fsync does not test the bit when it queues',
      (text: string) =>
        edit(
          edit(text, 'if (style = "recheck" \\/ page.writeback) {', 'if (TRUE) {'),
          'else if (page.writeback) { goto Sleep; }\n    else if (WaitInFsync',
          'else if (TRUE) { goto Sleep; }\n    else if (WaitInFsync',
        ),
      ['WakeupIsComing', 'FsyncReturns', 'NoLostWakeup'],
    ],
    ['where nobody is fair', NOT_FAIR, ALL],
    [
      'where the device need not end what it was given',
      (text: string) => edit(text, 'fair process (DMA', 'process (DMA'),
      ['FsyncReturns', 'TruncateEnds'],
    ],
    [
      'where no completion need go on',
      // Between clearing the bit and waking, too: then the I/O has been completed, and T sleeps.
      (text: string) => edit(text, 'fair process (A ', 'process (A '),
      ALL,
    ],
  ])('%s', (_, spec, violated) => {
    expect(decideWaiters('base', { spec }).violated).toEqual(violated);
  });
});

test('no fairness of scheduling helps the starving and the livelocked', () => {
  const { violated } = decideWaiters('b+e', { spec: STRONGLY_FAIR });
  expect(violated).toEqual(['FsyncReturns', 'WakerFinishes']);
});

test('truncate ends only if its I/O does: in a livelock the completion that it waits for hangs', () => {
  const spec = (text: string) => edit(text, 'TruncateEnds == IoCompletes => ', 'TruncateEnds == ');
  expect(decideWaiters('e', { spec }).violated).toContain('TruncateEnds');
  expect(decideWaiters('base', { spec }).violated).toEqual([]);
  expect(decideWaiters('e', { spec, constants: { WalkBreak: '64' } }).violated).toEqual([
    'FsyncReturns',
  ]);
});

describe('the verdicts do not depend on', () => {
  test.each([
    ['how many are walked over at a time', { WalkBreak: '1', Fsyncs: '{"D1", "D2", "D3"}' }],
    ['waiters for another page in the same queue', { Neighbours: '1' }],
  ])('%s', (_, constants) => {
    for (const kernel of ['base', 'e']) {
      expect(decideWaiters(kernel, { constants }).violated).toEqual(decideWaiters(kernel).violated);
    }
  });
});

/**
 * Where another completion may clear the bit while a walk is at its bookmark, the walk of the old
 * kernel may find it clear each time: its re-test under the lock is no bound. The dossier's cell
 * (old, S8) is by reasoning, and says what holds as long as the bit stays set.
 */
test('two completions at a time can keep a waker of the old kernel busy, too', async () => {
  const constants = { Completions: '{"A1", "A2"}' };
  const { violated, lassos } = decideWaiters('old', { constants });
  expect(violated).toEqual(['FsyncReturns', 'WakerFinishes']);
  expect(decideWaiters('base', { constants }).violated).toEqual([]);
  const lasso = lassos.get('WakerFinishes');
  if (lasso === undefined) throw new Error('it has a lasso');
  const verdict = await replay(lasso, createWaitersDriver({ build: 'old' }));
  expect(verdict.verdict).toBe('confirmed');
});
