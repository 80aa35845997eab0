/** The check as a piece of work: limits, interrupts, failures, and what it tells of a violation. */
import { describe, expect, it } from 'vitest';
import {
  EvaluationFailure,
  explore,
  LivenessCheck,
  type TemporalModel,
} from '../../../src/explore/index.js';
import { clockToy, drawnToy, toyModel } from '../toyModels.js';
import { type Drawing, decide, temporalOf } from './drawnBehaviors.js';

/** 1 and 2 alternate by a; in 1 there is a way out by b, and in both by c. */
const drawing: Drawing = {
  paths: ['1 2:0 1:0', '1 3:1', '1 4:2', '2 4:2'],
  states: { out: [3, 4] },
  actions: { a: [0], b: [1], c: [2] },
};

describe('a violation', () => {
  const assume = 'WF(a) /\\ SF(a) /\\ WF(b) /\\ (SF(c) \\/ TRUE)';
  const { violation, search } = decide({ ...drawing, assume }, '<>out');

  it('has actions for its steps, and for the one that closes the cycle', () => {
    const codes = violation?.states.map((state) => search.stateAt(state)[0]);
    expect([codes, violation?.loop, violation?.actions, violation?.closing]).toEqual([
      [1, 2],
      0,
      [0],
      0,
    ]);
  });

  it('tells of each condition that is a conjunct where it is enabled and taken', () => {
    expect(violation?.fairness).toEqual([
      { condition: 0, enabledIn: [0, 1], takenFrom: [0, 1] },
      { condition: 1, enabledIn: [0, 1], takenFrom: [0, 1] },
      { condition: 2, enabledIn: [0], takenFrom: [] },
    ]);
  });

  it('tells which actions were possible', () => {
    expect(violation?.possible).toEqual([
      [0, 1, 2],
      [0, 2],
    ]);
  });

  it('that stays has no closing step', () => {
    const stays = decide(drawing, '<>out').violation;
    expect([stays?.loop, stays?.closing, stays?.states.length]).toEqual([0, -1, 1]);
  });
});

function check(temporal: TemporalModel, options = {}) {
  const model = toyModel(drawnToy(drawing.paths));
  return new LivenessCheck(model, temporal, explore(model, { checkDeadlock: false }), options);
}

describe('several properties', () => {
  const texts = ['[]<>out', '<>out \\/ ~<>out', '<>[]~out'];
  const temporal = temporalOf(drawing, 'WF(c)', texts);

  it('are decided up to the first that is violated', () => {
    const one = check(temporal);
    while (one.advance(10));
    const { violations, decided } = one.result();
    // Weak fairness of c leads out in the end; that there is no out in the end is false.
    expect([violations.map(({ property }) => property), decided]).toEqual([[2], 3]);
    const other = check(temporalOf(drawing, 'TRUE', texts));
    while (other.advance(10));
    expect([other.result().violations.length, other.result().decided]).toEqual([1, 1]);
  });

  it('or all of them', () => {
    const every = check(temporalOf(drawing, 'TRUE', texts), { everyProperty: true });
    while (every.advance(10));
    const { violations, decided } = every.result();
    expect([violations.map(({ property }) => property), decided]).toEqual([[0, 2], 3]);
  });
});

describe('work that ends early', () => {
  const temporal = temporalOf(drawing, 'TRUE', ['<>out']);

  it('is interrupted between two pieces', () => {
    const one = check(temporal);
    expect(one.advance(1)).toBe(true);
    expect(one.progress()).toMatchObject({ property: null, states: 1 });
    one.interrupt();
    expect(one.advance(1)).toBe(false);
    expect(one.result()).toMatchObject({ stopped: 'interrupted', decided: 0, violations: [] });
  });

  it('stops wherever memory ends, with what it has decided', () => {
    let asked = 0;
    const whole = check(temporal, { mayTake: () => ++asked > 0 });
    while (whole.advance(100));
    expect(asked).toBeGreaterThan(5);
    for (let allowed = 0; allowed < asked; allowed++) {
      let count = 0;
      const one = check(temporal, { mayTake: () => ++count <= allowed });
      while (one.advance(100));
      expect(one.result()).toMatchObject({ stopped: 'limit', decided: 0, violations: [] });
    }
  });

  it('fails where an atom has no value, and says in which state', () => {
    const failing: TemporalModel = {
      ...temporal,
      stateAtoms(state) {
        if (state[0] === 4) throw new EvaluationFailure('evaluation-error', 'no value in 4');
      },
    };
    const one = check(failing);
    while (one.advance(1));
    const { failure } = one.result();
    expect(failure?.error.message).toBe('no value in 4');
    const search = explore(toyModel(drawnToy(drawing.paths)), { checkDeadlock: false });
    expect(search.stateAt(failure?.state as number)[0]).toBe(4);
  });

  it('is refused where the search has left states out', () => {
    const model = toyModel(clockToy(12));
    const search = explore(model, { maxStates: 3 });
    expect(() => new LivenessCheck(model, temporal, search)).toThrow('the search has not ended');
  });
});

describe('many atoms', () => {
  it('take more than one word', () => {
    // Forty places on a ring; each is come to again and again, and left again.
    const places = Array.from({ length: 40 }, (_, i) => i);
    const names = places.map((place) => [`at${place}`, [place]] as const);
    const ring: Drawing = {
      paths: [`${places.join(' ')} 0`],
      states: Object.fromEntries(names),
      actions: Object.fromEntries(places.map((place) => [`a${place}`, [place]])),
      assume: '[]<>at39 /\\ []<>at33',
    };
    const all = names.map(([name]) => `[]<>${name}`).join(' /\\ ');
    expect(decide(ring, all).violation).toBeNull();
    expect(decide(ring, `${all} /\\ <>[]at35`).violation?.states).toHaveLength(40);
  });
});
