/** Random behaviors of compiled specifications are paths of the graph that the search finds. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { LoadedSpecification } from '../../src/cli/pipeline.js';
import { explore, recordOf, Simulation, type SimulationOptions } from '../../src/explore/index.js';
import { loadOracle, oracle } from './fromText.js';

interface Row {
  readonly spec: string;
  readonly config: string;
  readonly result: string;
  readonly distinct: number;
}

const all = JSON.parse(readFileSync(`${oracle}expected.json`, 'utf8')) as readonly Row[];
const rows = all.filter(({ result, distinct }) => result === 'ok' && distinct <= 3000);

/** The states of the first behavior that the options name. */
function record({ compiled }: LoadedSpecification, options: SimulationOptions) {
  const simulation = new Simulation(compiled, options);
  while (simulation.advance(100));
  // A behavior of which the last state lies outside the constraints is one all the same.
  const { longest } = simulation.result();
  const place = { behavior: options.first, state: longest - 1, successor: null };
  return recordOf(place, compiled, options);
}

describe('every step of a random behavior is a step of the graph', () => {
  test('in many specifications', () => expect(rows.length).toBeGreaterThan(50));

  test.each(rows.map((row) => [row.config, row] as const))('%s', (_, row) => {
    const loaded = loadOracle(row.spec, row.config);
    const { compiled } = loaded;
    const result = explore(compiled, { checkDeadlock: false });
    const groups = Int32Array.from(compiled.actions, (_one, number) => number);
    let taken = 0;
    for (let first = 1; first <= 5; first++) {
      const options = { seed: 3, depth: 15, first, last: first, groups, checkDeadlock: false };
      const steps = record(loaded, options);
      expect(steps[0]?.action).toBe(-1);
      for (const [i, { state }] of steps.entries()) {
        const isInside = compiled.constraint?.holds(state) !== false;
        if (!result.isReduced && compiled.actionConstraint === null && isInside) {
          expect(result.states.find(state)).toBeGreaterThanOrEqual(0);
        }
        if (i === 0) continue;
        const { action, state: from } = { ...steps[i], state: steps[i - 1]?.state as Int32Array };
        const successors: string[] = [];
        if (!compiled.hasEffects) {
          compiled.successors(from, (to, by) => successors.push(`${by} ${to}`) > 0);
          expect(successors).toContain(`${action} ${state}`);
        }
        taken++;
      }
    }
    // Only one that never leaves its initial states takes no steps.
    expect(taken > 0 || result.depth === 1).toBe(true);
  });
});
