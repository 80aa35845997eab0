/** Teams at their limits: of memory, of steps and blocks in a round, of members, of new states. */
import { describe, expect, it } from 'vitest';
import { explore, type Model, Search, type SearchOptions } from '../../../src/explore/index.js';
import { phase } from '../../../src/explore/parallel/phases.js';
import type { TeamOptions } from '../../../src/explore/parallel/team.js';
import { countersToy, type Toy, toyModel } from '../toyModels.js';
import { contents } from './contents.js';
import { ObjectTeam, type ObjectTeamOptions } from './objectTeam.js';

/** The codes of toys are the numbers themselves, so there is nothing to agree on. */
function shareable(toy: Toy): Model {
  const none = { agreeIn() {}, catchUp() {}, standAlone() {}, publish() {} };
  return { ...toyModel(toy), sharing: { codes: () => null, adopt: () => true, ...none } };
}

type Sizes = Omit<TeamOptions, 'team'>;
const small: Sizes = { statesMin: 2, startAt: 1, successorsMax: 16, largeTable: 1 };

function begin(toy: Toy, options: SearchOptions, team: ObjectTeamOptions, sizes = small) {
  const others = new ObjectTeam(() => shareable(toy), team);
  const search = new Search(shareable(toy), { ...options, team: { team: others, ...sizes } });
  return { others, search };
}

function together(toy: Toy, options: SearchOptions, team: ObjectTeamOptions, sizes = small) {
  const { others, search } = begin(toy, options, team, sizes);
  while (search.advance(2000));
  return { found: contents(search.result()), orders: others.orders };
}

const alone = (toy: Toy, options: SearchOptions = {}) => contents(explore(toyModel(toy), options));

const square = countersToy(60);

/** One state, then many at once, which lead to one again: the blocks are as unequal as can be. */
const fan: Toy = {
  initial: [[0, 0]],
  *next([stage = 0, n = 0]) {
    if (stage % 2 === 1) yield [1, [stage + 1, 0]];
    else if (stage < 6) for (let i = 0; i < 700; i++) yield [i % 50, [stage + 1, (i * 31) % 700]];
    else if (n === 0) yield [2, [0, 0]];
  },
};

describe('memory', () => {
  interface Contents {
    readonly complete: boolean;
    readonly stopped: string | null;
    readonly rows: readonly string[];
  }
  const expected = alone(square) as Contents;

  function withMemory(mayTake: (request: number) => boolean) {
    let requests = 0;
    const options = { mayTake: () => mayTake(++requests) };
    const { search, others } = begin(square, options, { size: 3, seed: 7 });
    while (search.advance(100));
    return { search, found: contents(search.result()) as Contents, requests, others };
  }

  const { requests } = withMemory(() => true);

  it('that is refused once changes nothing, or ends the search where it is', () => {
    // Arrays of the team, of the states and of a larger table.
    expect(requests).toBeGreaterThan(40);
    let limits = 0;
    for (let refused = 1; refused <= requests; refused++) {
      const { found, search } = withMemory((request) => request !== refused);
      if (found.stopped === null) {
        expect(found).toEqual(expected);
        continue;
      }
      limits++;
      expect(found.stopped).toBe('limit');
      expect(found.rows).toEqual(expected.rows.slice(0, found.rows.length));
      const from = search.snapshot();
      if (from === null) throw new Error('there must be something to go on from');
      expect(contents(explore(toyModel(square), { from }))).toEqual(expected);
    }
    expect(limits).toBeLessThan(requests);
  });

  it('that ends gives what was found until then, and the rest to who goes on from there', () => {
    for (let last = 1; last <= requests; last++) {
      const { found, search } = withMemory((request) => request < last);
      expect(found.rows).toEqual(expected.rows.slice(0, found.rows.length));
      if (found.stopped === null) continue;
      const from = search.snapshot();
      if (from === null) throw new Error('there must be something to go on from');
      const go = begin(square, { from }, { size: 2 });
      while (go.search.advance(100));
      expect(contents(go.search.result())).toEqual(expected);
    }
  });
});

describe('rounds', () => {
  it.each([2, 4, 32, 1024, 1 << 16])('of %i steps for each member', (successorsMax) => {
    for (const toy of [square, fan]) {
      for (const size of [2, 3]) {
        const { found, orders } = together(toy, {}, { size }, { ...small, successorsMax });
        expect(found).toEqual(alone(toy));
        expect(orders.get(phase.expand)).toBeGreaterThan(1);
      }
    }
  });

  it('with more new states in a block than are sorted by insertion', () => {
    const { found, orders } = together(
      fan,
      {},
      { size: 3 },
      { ...small, statesMin: 1, successorsMax: 2048 },
    );
    expect(found).toEqual(alone(fan));
    expect(orders.get(phase.settle)).toBeGreaterThan(3);
  });

  it.each([7, 11, 13, 64])('of %i members', (size) => {
    const { found, orders } = together(square, {}, { size }, { ...small, successorsMax: 64 });
    expect(found).toEqual(alone(square));
    expect(orders.get(phase.scatter)).toBeGreaterThan(0);
  });
});
