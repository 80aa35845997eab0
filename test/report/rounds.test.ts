/** Steps behind the last one of a lasso's trace are those of its cycle again. */
import { describe, expect, test } from 'vitest';
import type { ReplayVerdict } from '../../replay/verdict.js';
import {
  closingStep,
  laterDetections,
  roundsPlayed,
  roundText,
  stepAt,
} from '../../src/report/rounds.js';
import type { Trace } from '../../src/trace/trace.js';

const step = (action: string | null) => ({
  action,
  process: null,
  choices: new Map(),
  location: null,
});
const state = (x: number) => ({ state: new Map([['x', x]]) });

/** Steps a, b, c; then d leads back to the state after a: the cycle is b c d. */
const lasso: Trace = {
  spec: 'S.tla',
  constants: new Map(),
  property: null,
  steps: [null, 'a', 'b', 'c'].map((action, x) => ({ ...step(action), ...state(x) })),
  loop: 1,
  closing: step('d'),
};

const verdict = (events: number, steps: readonly number[] = []): ReplayVerdict => ({
  property: null,
  verdict: 'unobserved',
  steps: 31,
  matched: events,
  at: null,
  detections: steps.map((at) => ({
    kind: 'watchdog',
    name: 'starvation',
    step: at,
    message: '',
    function: null,
    evidence: [],
  })),
  difference: null,
  reason: null,
  function: null,
  events: Array(events).fill([]),
});

describe('a lasso with the step that leads back', () => {
  test('has the steps of the cycle behind its own', () => {
    const taken = [1, 2, 3, 4, 5, 6, 7, 8].map((index) => stepAt(lasso, index)?.action);
    expect(taken.join('')).toBe('abcdbcdb');
    expect(closingStep(lasso)?.state).toEqual(new Map([['x', 1]]));
  });

  test('is in its second round from the second b on', () => {
    expect([4, 5, 7, 8].map((index) => roundText(lasso, index))).toEqual([
      '',
      ' (round 2 of the cycle)',
      ' (round 2 of the cycle)',
      ' (round 3 of the cycle)',
    ]);
  });

  test('counts whole rounds, and what fired behind the first', () => {
    expect(roundsPlayed(lasso, verdict(31))).toMatch(/^steps 2 to 4 are .* round 10 times$/);
    expect(roundsPlayed(lasso, verdict(6))).toMatch(/gone round 1 time$/);
    expect(roundsPlayed(lasso, verdict(3))).toBeNull();
    expect(roundsPlayed(lasso, verdict(0))).toBeNull();
    expect(laterDetections(lasso, verdict(31, [4, 5])).map((it) => it.step)).toEqual([5]);
  });
});

test('a trace that repeats the state instead has no step more', () => {
  const { closing: _, ...rest } = lasso;
  const taken = [3, 4, 5, 6].map((index) => stepAt(rest, index)?.action);
  expect(taken.join('')).toBe('cbcb');
  expect(roundText(rest, 4)).toBe(' (round 2 of the cycle)');
  expect(closingStep(rest)).toBeNull();
});

test.each([
  ['a finite trace', null],
  ['stuttering', 3],
])('%s has no rounds', (_, loop) => {
  const { closing: __, ...rest } = lasso;
  const trace = { ...rest, loop };
  expect(stepAt(trace, 4)).toBeUndefined();
  expect(roundText(trace, 4)).toBe('');
  expect(roundsPlayed(trace, verdict(3))).toBeNull();
  expect(laterDetections(trace, verdict(3, [2]))).toEqual([]);
});
