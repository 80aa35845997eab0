/**
 * Footprints hold: a step that is taken where only slots differ that its footprint has no word of
 * does the same, and so do those of which it only asks whether they have certain values.
 */
import { describe, expect, it } from 'vitest';
import { loadSpecification } from '../../../src/cli/pipeline.js';
import { buildEngine } from '../../../src/compile/engine.js';
import { compileSpecification } from '../../../src/compile/index.js';
import { type Layout, type Leaf, layOut, type Slots, store } from '../../../src/compile/layout.js';
import type { Footprint } from '../../../src/compile/reduction/actionFootprint.js';
import { AmpleProcesses } from '../../../src/compile/reduction/ampleProcesses.js';
import { Fault } from '../../../src/compile/runtime/fault.js';
import { Host } from '../../../src/compile/runtime/host.js';
import { sourcesOf } from '../../../src/compile/sources.js';
import { explore } from '../../../src/explore/index.js';
import type { Specification } from '../../../src/semantics/specification.js';
import { SourceText } from '../../../src/source/text.js';
import type { Value } from '../../../src/values/index.js';
import { loadOracle } from '../fromText.js';
import { randomAlgorithm } from './randomAlgorithm.js';

const statesMax = 60;

/** Some reachable states, by the values of the variables. */
function reachable(specification: Specification): ReadonlyMap<string, Value>[] {
  const compiled = compileSpecification(specification);
  const found = explore(compiled, { everyProperty: true, maxStates: 2000 });
  const stride = Math.max(1, Math.floor(found.states.size / statesMax));
  const chosen = Array.from({ length: found.states.size }, (_, i) => i).filter(
    (i) => i % stride === 0,
  );
  return chosen.map((index) => compiled.decode(found.stateAt(index)));
}

/** The slot's value in `other` where the footprint cannot tell it from the one in `state`. */
function exchanged(
  { reads }: Footprint,
  layout: Layout,
  state: Int32Array,
  other: Int32Array,
): Int32Array {
  return state.map((code, slot) => {
    if (reads.read.has(slot)) return code;
    const { dictionary } = layout.leaves[slot] as Leaf;
    const [old, now] = [code, other[slot] as number].map((one) => dictionary.values[one] as Value);
    const tests = reads.tests.get(slot) ?? [];
    if (tests.length > 0 && (typeof old !== typeof now || typeof old === 'object')) return code;
    const isSeen = tests.some(
      (values) => values.includes(old as Value) !== values.includes(now as Value),
    );
    return isSeen ? code : (other[slot] as number);
  });
}

function checkLaw(specification: Specification): number {
  const values = reachable(specification);
  const variables = specification.variables.map(({ name }) => name);
  const columns = variables.map((name) => {
    return [name, new Set(values.map((one) => one.get(name) as Value))] as const;
  });
  const layout = layOut(new Map(columns), new Map());
  const formulas = { predicates: [], steps: [], view: null, alias: null };
  const sources = sourcesOf(specification, new Host());
  const engine = buildEngine(specification, formulas, sources, layout);
  const { slotsWritten } = engine;
  const { footprints } = new AmpleProcesses(specification, sources, layout, slotsWritten);
  const states = values.map((one) => {
    const vector = new Int32Array(layout.leaves.length);
    for (const [name, value] of one) store(layout.variables.get(name) as Slots, value, vector);
    return vector;
  });
  /** The successors by one action; what fails is one, too. */
  const steps = (state: Int32Array, action: number): (Int32Array | string)[] => {
    const found: (Int32Array | string)[] = [];
    try {
      engine.successors(state, (successor, by) => {
        if (by === action) found.push(successor.slice());
        return true;
      });
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return ['another action fails'];
    }
    return found;
  };
  let compared = 0;
  states.forEach((state, i) => {
    footprints.forEach((footprint, action) => {
      const other = states[(i * 7 + 3) % states.length] as Int32Array;
      const changed = exchanged(footprint, layout, state, other);
      const [before, after] = [steps(state, action), steps(changed, action)];
      if (before[0] === 'another action fails' || after[0] === 'another action fails') return;
      const name = `${engine.actions[action]?.name} in state ${i}`;
      expect(after.length, name).toBe(before.length);
      before.forEach((successor, at) => {
        const again = after[at] as Int32Array;
        (successor as Int32Array).forEach((code, slot) => {
          const isKept = code === state[slot] && again[slot] === changed[slot];
          if (!isKept) expect(again[slot], `${name}, slot ${slot}`).toBe(code);
          if (code !== state[slot]) expect(footprint.writes.has(slot), name).toBe(true);
        });
        compared++;
      });
    });
  });
  return compared;
}

describe('a step does the same where only that differs which it does not read', () => {
  it.each([
    ['kernel/SeqCount.tla', 'kernel/SeqCount.cfg'],
    ['kernel/RcuGrace.tla', 'kernel/RcuGrace.cfg'],
    ['kernel/WaitQueue.tla', 'kernel/WaitQueue-dead.cfg'],
    ['kernel/FilterLock.tla', 'kernel/FilterLock.cfg'],
    ['procedures/LockCalls.tla', 'procedures/LockCalls.cfg'],
    ['procedures/TreeWalk.tla', 'procedures/TreeWalk.cfg'],
    ['sequential/EitherNest.tla', 'sequential/EitherNest.cfg'],
    ['sequential/NestedAssign.tla', 'sequential/NestedAssign.cfg'],
    ['raw/SubActions.tla', 'raw/SubActions.cfg'],
    ['raw/EnabledGuard.tla', 'raw/EnabledGuard.cfg'],
    ['raw/PrimedLet.tla', 'raw/PrimedLet.cfg'],
    ['values/ExceptDeep.tla', 'values/ExceptDeep.cfg'],
    ['values/HigherOrder.tla', 'values/HigherOrder.cfg'],
    ['values/Recursives.tla', 'values/Recursives.cfg'],
  ])('%s', (spec, config) => {
    expect(checkLaw(loadOracle(spec, config).specification)).toBeGreaterThan(10);
  });

  it('algorithms made at random', () => {
    let compared = 0;
    for (let seed = 1000; seed < 1060; seed++) {
      const { spec, config } = randomAlgorithm(seed);
      const { specification } = loadSpecification({
        spec: new SourceText('Random.tla', spec),
        config: new SourceText('Random.cfg', config),
        findModule: () => null,
      });
      compared += checkLaw(specification);
    }
    expect(compared).toBeGreaterThan(1000);
  }, 60_000);
});
