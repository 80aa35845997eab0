/**
 * Random behaviors of the spec on the simulator: whatever the spec does on a kernel, the simulator
 * of that kernel must be able to do, and must look the same after every step. Counterexamples
 * alone would leave most of the driver untested.
 */
import { describe, expect, test } from 'vitest';
import { createWritebackDriver } from '../../../replay/drivers/writeback.js';
import { replay } from '../../../replay/run.js';
import { actionOf, type GraphModel, stepChoices } from '../../../src/graph/graphModel.js';
import type { Trace, TraceStep } from '../../../src/trace/trace.js';
import { loadVariant } from '../../specs/writebackSpec.js';

const BEHAVIORS = 150;
const DEPTH_MAX = 80;

/** mulberry32 */
function randomBelow(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound);
  };
}

function randomBehavior(model: GraphModel, seed: number): Trace {
  const pick = randomBelow(seed);
  let current = new Int32Array();
  model.initialStates((state) => {
    current = state.slice();
    return false;
  });
  const none = { action: null, process: null, choices: new Map(), location: null };
  const steps: TraceStep[] = [{ ...none, state: model.decode(current) }];
  while (steps.length < DEPTH_MAX) {
    const next: { state: Int32Array<ArrayBuffer>; step: Omit<TraceStep, 'state'> }[] = [];
    model.successors(current, (state, index, choices) => {
      const action = actionOf(model, index);
      const { name, process, location } = action;
      const chosen = stepChoices(action, model.choices(choices()));
      next.push({
        state: state.slice(),
        step: { action: name, process, location, choices: chosen },
      });
      return true;
    });
    const chosen = next[pick(next.length)];
    if (chosen === undefined) break;
    current = chosen.state;
    steps.push({ ...chosen.step, state: model.decode(current) });
  }
  return { spec: model.spec, constants: model.constants, property: null, steps, loop: null };
}

describe.each(['old', 'base', 'a', 'b', 'e', 'b+e'])('kernel %s', (kernel) => {
  const model = loadVariant(kernel);
  const driver = createWritebackDriver({ build: kernel });

  test('does every step of random behaviors of the spec, and looks like it', async () => {
    const taken = new Set<string>();
    for (let seed = 1; seed <= BEHAVIORS; seed++) {
      const trace = randomBehavior(model, seed);
      const { verdict, matched, steps, reason, difference } = await replay(trace, driver);
      expect({ seed, verdict, matched, reason, difference }).toMatchObject({
        verdict: expect.stringMatching(/^(unobserved|confirmed otherwise)$/),
        matched: steps,
      });
      for (const { action } of trace.steps) if (action !== null) taken.add(action);
    }
    const isOld = kernel === 'old';
    const hasReference = kernel.startsWith('b') && kernel !== 'base';
    const isLoop = kernel === 'a' || kernel === 'e' || kernel === 'b+e';
    const impossible = [
      ...(isOld ? [] : ['OldTestBit', 'TruncateOldTestBit']),
      ...(hasReference ? [] : ['CompletionPut']),
      ...(isOld || isLoop ? [] : ['TestAgain']),
    ];
    const expected = driver.labels.filter((label) => !impossible.includes(label));
    expect([...taken].sort()).toEqual([...new Set(expected)].sort());
  });
});
