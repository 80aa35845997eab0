import { describe, expect, test } from 'vitest';
import { ReplayError } from '../../replay/compare.js';
import { CYCLE_ROUNDS, type DriverReset, type DriverStep } from '../../replay/driver.js';
import { replay } from '../../replay/run.js';
import { ModelValue, makeRecord, makeSet, type Value } from '../../src/values/index.js';
import { counting, toyDriver } from './toyDriver.js';

describe('verdicts', () => {
  test('a detection of the kind that the property names confirms it', async () => {
    const verdict = await replay(counting(3), toyDriver({ detectsAt: 3 }));
    expect(verdict).toMatchObject({ verdict: 'confirmed', steps: 3, matched: 3, at: null });
    expect(verdict.detections).toMatchObject([
      { kind: 'BUG_ON', name: 'counter', step: 3, message: 'counter is 3', function: 'inc' },
    ]);
  });

  test('a detection is told with the step in which it fired', async () => {
    const verdict = await replay(counting(3), toyDriver({ detectsAt: 2 }));
    expect(verdict.detections.map((it) => it.step)).toEqual([2]);
  });

  test('kind:name confirms only that name', async () => {
    const tiny = counting(3, 'Tiny');
    const other = toyDriver({ detectsAt: 3, detection: { name: 'other' } });
    expect((await replay(tiny, toyDriver({ detectsAt: 3 }))).verdict).toBe('confirmed');
    expect((await replay(tiny, other)).verdict).toBe('confirmed otherwise');
  });

  test('another detector confirms otherwise', async () => {
    const driver = toyDriver({ detectsAt: 3, detection: { kind: 'disk' } });
    expect((await replay(counting(3), driver)).verdict).toBe('confirmed otherwise');
  });

  test('a property that the driver does not know is never confirmed', async () => {
    const trace = counting(3, 'Unheard');
    expect((await replay(trace, toyDriver({ detectsAt: 3 }))).verdict).toBe('confirmed otherwise');
  });

  test('a run in which nothing fires is unobserved', async () => {
    const verdict = await replay(counting(3), toyDriver());
    expect(verdict).toMatchObject({ verdict: 'unobserved', matched: 3, detections: [] });
  });

  test('differing states are a divergence with the smallest difference', async () => {
    const verdict = await replay(counting(3), toyDriver({ skipsAt: 1, detectsAt: 3 }));
    expect(verdict).toMatchObject({
      verdict: 'diverged',
      at: 2,
      matched: 1,
      difference: { path: 'x', specification: '2', implementation: '3' },
      function: 'inc',
    });
  });

  test('a step that cannot be taken blocks, with the reason and the function', async () => {
    const verdict = await replay(counting(3), toyDriver({ blocksAt: 2 }));
    expect(verdict).toMatchObject({
      verdict: 'blocked',
      at: 3,
      matched: 2,
      reason: 'asleep',
      function: 'wait_on_counter',
    });
    expect(verdict.events).toEqual([['inc: counter is 1'], ['inc: counter is 2']]);
  });

  test('a label that the driver lacks is refused before the first step', async () => {
    const verdict = await replay(counting(3), toyDriver({ labels: ['dec'] }));
    expect(verdict).toMatchObject({ verdict: 'unmapped', matched: 0, at: null, events: [] });
    expect(verdict.reason).toContain('label inc');
  });

  test('a run that cannot be repeated is flaky', async () => {
    const verdict = await replay(counting(3), toyDriver({ detectsAt: 3, unsteady: true }));
    expect(verdict.verdict).toBe('flaky');
    expect(verdict.reason).toContain('unobserved');
  });

  test('the initial states are compared before any step', async () => {
    const driver = { ...toyDriver(), state: () => ({ x: 7 }) };
    expect(await replay(counting(3), driver)).toMatchObject({
      verdict: 'diverged',
      at: 0,
      matched: 0,
      events: [],
    });
  });
});

describe('what is compared', () => {
  test('a variable that only the implementation has is a difference', async () => {
    const verdict = await replay(counting(1), toyDriver({ extra: { y: true } }));
    expect(verdict.difference).toEqual({
      path: 'y',
      specification: '(no such variable)',
      implementation: 'TRUE',
    });
  });

  test('a variable that only the specification has is a difference', async () => {
    const verdict = await replay(counting(1), toyDriver({ ghosts: {} }));
    expect(verdict.difference?.path).toBe('log');
    expect(verdict.difference?.implementation).toBe('(no such variable)');
  });

  test('a ghost is not compared even where the implementation reports one', async () => {
    const verdict = await replay(counting(1), toyDriver({ extra: { log: 'other' } }));
    expect(verdict.verdict).toBe('unobserved');
  });

  test('values are compared by meaning: model values as strings, sets in any order', async () => {
    const trace = counting(1);
    const page = makeRecord(
      new Map<string, Value>([
        ['owner', ModelValue.of('A')],
        ['flags', makeSet(['dirty', 'locked'])],
      ]),
    );
    const steps = trace.steps.map((it) => ({
      ...it,
      state: new Map([...it.state, ['page', page]]),
    }));
    const extra = { page: { flags: { '#set': ['locked', 'dirty'] }, owner: 'A' } };
    const verdict = await replay({ ...trace, steps }, toyDriver({ extra }));
    expect(verdict.verdict).toBe('unobserved');
  });
});

describe('lassos', () => {
  /** x stays 0, whatever is done: state 1 is on a cycle of one step. */
  const still = (loop: number) => {
    const trace = counting(2);
    const steps = trace.steps.map((it) => ({ ...it, state: (trace.steps[0] as typeof it).state }));
    return { ...trace, steps, loop };
  };

  test('the cycle is gone round again and again where the trace closes it', async () => {
    const driver = { ...toyDriver(), state: () => ({ x: 0 }) };
    const verdict = await replay(still(1), driver);
    // Steps 1 and 2 of the trace, which are the first round, then step 2 nine times more.
    expect(verdict).toMatchObject({ verdict: 'unobserved', steps: 11, matched: 11 });
    expect(CYCLE_ROUNDS).toBe(10);
  });

  test('the step that leads back is taken, too, where the trace tells it', async () => {
    const toy = toyDriver({ labels: ['inc', 'reset'] });
    let x = 0;
    const taken: string[] = [];
    const driver = {
      ...toy,
      reset: (init: DriverReset) => {
        x = 0;
        taken.length = 0;
        return toy.reset(init);
      },
      step: ({ action }: DriverStep) => {
        x = action === 'reset' ? 1 : x + 1;
        taken.push(action);
        return { kind: 'done' as const, events: [] };
      },
      state: () => ({ x }),
    };
    const closing = { action: 'reset', process: 'P', choices: new Map(), location: null };
    const verdict = await replay({ ...counting(3), loop: 1, closing }, driver);
    // 0 1 2 3, and then from 1 on: a cycle of three steps, the first two of them in the trace.
    expect(verdict).toMatchObject({ verdict: 'unobserved', steps: 31, matched: 31 });
    expect(taken.slice(0, 7).join(' ')).toBe('inc inc inc reset inc inc reset');
    const stays = await replay({ ...counting(3), loop: 3 }, driver);
    expect(stays).toMatchObject({ verdict: 'unobserved', steps: 3 });
  });

  test('a detector that counts may fire in a later round', async () => {
    const driver = { ...toyDriver({ detectsAt: 11 }), state: () => ({ x: 0 }) };
    const verdict = await replay(still(1), driver);
    expect(verdict).toMatchObject({ verdict: 'confirmed', detections: [{ step: 11 }] });
  });

  test('a later round that comes to another state diverges there', async () => {
    let steps = 0;
    const toy = toyDriver();
    const driver = {
      ...toy,
      reset: (init: DriverReset) => {
        steps = 0;
        return toy.reset(init);
      },
      step: (step: DriverStep) => {
        steps += 1;
        return toy.step(step);
      },
      state: () => ({ x: steps < 5 ? 0 : 1 }),
    };
    expect(await replay(still(0), driver)).toMatchObject({ verdict: 'diverged', at: 5 });
  });
});

describe('refusals', () => {
  test('a trace of no steps is never a success', async () => {
    await expect(replay(counting(0), toyDriver())).rejects.toMatchObject({ kind: 'empty-trace' });
  });

  test('a ghost that the spec does not have is a mistake in the driver', async () => {
    const driver = toyDriver({ ghosts: { log: '', lgo: '' } });
    await expect(replay(counting(2), driver)).rejects.toMatchObject({
      kind: 'unknown-ghost',
      holes: { variable: 'lgo', variables: 'x, log' },
    });
  });

  test('a state that is no value says where', async () => {
    const driver = toyDriver({ extra: { y: { '#sett': [] } } });
    const failure = await replay(counting(2), driver).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReplayError);
    expect(failure).toMatchObject({ kind: 'not-a-value', holes: { path: 'y' } });
  });
});
