/**
 * Behaviors of a spec on the simulator: whatever the spec does on a kernel, the simulator of that
 * kernel must be able to do, and must look the same after every step; and where a behavior ends,
 * a step that the spec does not allow the simulator must refuse. Counterexamples alone would leave
 * most of a driver untested.
 */
import { expect } from 'vitest';
import { compareStates } from '../../../replay/compare.js';
import type { Data, Driver } from '../../../replay/driver.js';
import { explore, type SearchResult, type Violation } from '../../../src/explore/index.js';
import type { GraphModel } from '../../../src/graph/graphModel.js';
import { encodeItf, type Value } from '../../../src/values/index.js';
import { Behavior, randomBelow } from './behavior.js';

/** How often to go to a state found by each action, on from each violation, and anywhere. */
const LED_PER_ACTION = 2;
const BEYOND_VIOLATION = 5;
const FREE = 12;
const LENGTH_MAX = 80;

/** Plays behaviors of all kinds; every label must occur. Returns how often each was refused. */
export function expectConformance(
  model: GraphModel,
  driver: Driver,
  idle: readonly string[],
): ReadonlyMap<string, number> {
  const result = explore(model, { everyProperty: true, checkDeadlock: false });
  const seen = new Map<string, number>();
  const refused = new Map<string, number>();
  const labels = new Set<string>();
  const found = statesByAction(result, model);
  for (const [seed, { towards, goesOn }] of journeys(found, result.violations).entries()) {
    const pick = randomBelow(seed);
    const behavior = new Behavior(model, pick, seen);
    const target = towards[pick(towards.length)];
    if (target !== undefined) behavior.leadTo(result, target);
    const taken = play(behavior, model, driver, goesOn);
    for (const { action } of taken) labels.add(action);
    refuse(behavior, driver, idle, refused);
  }
  expect([...labels].sort()).toEqual([...found.keys()].sort());
  return refused;
}

/** All states by the name of the action that found them first. */
function statesByAction(result: SearchResult, model: GraphModel): Map<string, number[]> {
  const found = new Map<string, number[]>();
  for (let state = 0; state < result.distinct; state += 1) {
    const name = model.actions[result.action(state)]?.name;
    if (name === undefined) continue;
    const states = found.get(name);
    if (states === undefined) found.set(name, [state]);
    else states.push(state);
  }
  return found;
}

interface Journey {
  /** It is led to one of these first, if there are any. */
  readonly towards: readonly number[];
  /** Whether it goes on from there as long as it can. */
  readonly goesOn: boolean;
}

/** What comes after a violation is the least trodden: pages in use that were freed too early. */
function journeys(
  found: ReadonlyMap<string, readonly number[]>,
  violations: readonly Violation[],
): Journey[] {
  const repeat = (times: number, each: readonly Journey[]) => Array(times).fill(each).flat();
  const violating = violations.flatMap(({ state }) => (state === null ? [] : [state]));
  return [
    ...repeat(
      LED_PER_ACTION,
      [...found.values()].map((towards) => ({ towards, goesOn: false })),
    ),
    ...repeat(
      BEYOND_VIOLATION,
      violating.map((state) => ({ towards: [state], goesOn: true })),
    ),
    ...repeat(FREE, [{ towards: [], goesOn: true }]),
  ];
}

interface Taken {
  readonly action: string;
  readonly process: Data | null;
}

const told = (steps: readonly Taken[]) =>
  steps.map(({ action, process }) => `${action}(${process})`).join(' ');

const toData = (values: ReadonlyMap<string, Value>): Record<string, Data> =>
  Object.fromEntries([...values].map(([name, value]) => [name, encodeItf(value)]));

/** Plays a behavior to its end or to where it is led, comparing every state. */
function play(behavior: Behavior, model: GraphModel, driver: Driver, goesOn: boolean): Taken[] {
  const taken: Taken[] = [];
  const compare = () => {
    const difference = compareStates(behavior.state, driver.state(), driver.ghosts, driver.name);
    if (difference !== null) expect.fail(`${JSON.stringify(difference)} after ${told(taken)}`);
  };
  const state = toData(behavior.state);
  driver.reset({ property: null, constants: toData(model.constants), state });
  compare();
  while (goesOn ? taken.length < LENGTH_MAX : behavior.isLed) {
    const step = behavior.next();
    if (step === null) break;
    const process = step.process === null ? null : encodeItf(step.process);
    const now = { action: step.action ?? '', process };
    taken.push(now);
    const outcome = driver.step({ ...now, choices: toData(step.choices) });
    if (outcome.kind !== 'done') expect.fail(`${outcome.reason}: the end of ${told(taken)}`);
    compare();
  }
  return taken;
}

/**
 * Tries a step that the spec does not allow in the last state, one that was tried least often. At an
 * idle label a process may be at the bounds of the spec, of which a kernel knows nothing.
 */
function refuse(
  behavior: Behavior,
  driver: Driver,
  idle: readonly string[],
  refused: Map<string, number>,
): void {
  const enabled = behavior.steps.map(({ action, process }) => `${action} ${process}`);
  const pc = encodeItf(behavior.state.get('pc') as Value) as Record<string, string>;
  const forbidden = Object.entries(pc)
    .map(([process, action]) => ({ process, action }))
    .filter(({ process, action }) => {
      return !idle.includes(action) && !enabled.includes(`${action} ${process}`);
    });
  const countOf = ({ action }: Taken) => refused.get(action) ?? 0;
  const [step] = forbidden.sort((one, other) => countOf(one) - countOf(other));
  if (step === undefined) return;
  refused.set(step.action, countOf(step) + 1);
  const outcome = driver.step({ ...step, choices: {} });
  expect({ step, outcome }).toMatchObject({ step, outcome: { kind: 'blocked' } });
}
