/** The waiters spec conforms to the simulator, on every kernel (`conforming.ts`). */
import { expect, test } from 'vitest';
import type { Driver } from '../../../replay/driver.js';
import { createWaitersDriver } from '../../../replay/drivers/waiters.js';
import { buildNames } from '../../../replay/simulator/index.js';
import { loadWaiters, WAITER_KERNELS } from '../../specs/waitersSpec.js';
import { expectConformance } from './conforming.js';

/** A kernel begins these for nothing where the spec waits for something to do. */
const IDLE = ['Done', 'Write', 'LockPage', 'Fsync', 'Truncate'];

/** f* clears and wakes in one step; the spec has two. */
test('every build of the simulator but f* is a kernel of the spec', () => {
  expect(Object.keys(WAITER_KERNELS)).toEqual(buildNames.filter((name) => name !== 'f*'));
});

/** In no behavior of a kernel that wakes does anybody sleep while nothing runs (L1). */
function wakefulDriver(build: string): Driver {
  const driver = createWaitersDriver({ build });
  return {
    ...{ name: driver.name, ghosts: driver.ghosts, confirms: driver.confirms },
    labels: driver.labels,
    reset: (init) => driver.reset(init),
    state: () => driver.state(),
    detections: () => driver.detections(),
    step: (step) => {
      const result = driver.step(step);
      const hung = driver.detections().filter(({ name }) => name === 'hung task');
      expect(hung).toEqual([]);
      return result;
    },
  };
}

test.each(Object.keys(WAITER_KERNELS))('conforms: %s', (build) => {
  const model = loadWaiters('base', { constants: WAITER_KERNELS[build] ?? {} });
  const refused = expectConformance(model, wakefulDriver(build), IDLE);
  expect([...refused.keys()]).toContain('TruncateSleep');
});

test.each([
  ['a neighbour in the wait queue', { Neighbours: '1' }],
  ['two neighbours, and walks of two entries', { Neighbours: '2', WalkBreak: '1' }],
  ['two completions at a time', { Completions: '{"A1", "A2"}' }],
  ['three waiters and walks of two entries', { Fsyncs: '{"D1", "D2", "D3"}', WalkBreak: '1' }],
])('conforms with %s', (_, constants) => {
  for (const kernel of ['old', 'base', 'e']) {
    expectConformance(
      loadWaiters(kernel, { constants }),
      createWaitersDriver({ build: kernel }),
      IDLE,
    );
  }
});
