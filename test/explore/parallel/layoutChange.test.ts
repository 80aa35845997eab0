/** Models that take on other slots in a round, while members come late or are gone. */
import { describe, expect, it } from 'vitest';
import {
  explore,
  LayoutChanged,
  type Model,
  Search,
  type SearchSnapshot,
  type StateVector,
} from '../../../src/explore/index.js';
import { countersToy, type Toy, toyModel } from '../toyModels.js';
import { contents } from './contents.js';
import { ObjectTeam, type ObjectTeamOptions } from './objectTeam.js';

const max = 12;
const square = countersToy(max);
const small = { statesMin: 2, startAt: 1, successorsMax: 16, largeTable: 1 };
const checkDeadlock = false;

/** After the given number of expansions its slots change places, once. */
interface Turning extends Model {
  decode(state: StateVector): string;
}

function turning(expansions: number): Turning {
  let [left, isTurned] = [expansions, false];
  const turned = (state: readonly number[]) => (isTurned ? [...state].reverse() : state);
  const toy: Toy = {
    ...square,
    *next(state) {
      if (--left === 0 && !isTurned) {
        isTurned = true;
        throw new LayoutChanged('it has turned');
      }
      for (const [action, to] of square.next(turned(state))) yield [action, turned(to)];
    },
  };
  const none = { agreeIn() {}, catchUp() {}, standAlone() {}, publish() {} };
  const adopt = (codes: unknown) => {
    isTurned = codes as boolean;
    return true;
  };
  return {
    ...toyModel(toy),
    sharing: { codes: () => isTurned, adopt, ...none },
    decode: (state) => turned([...state]).join(),
  };
}

const never = Number.POSITIVE_INFINITY;
const expected = contents(explore(turning(never), { checkDeadlock }), (state) => state.join()) as {
  readonly rows: readonly string[];
};

function begin(leader: number, others: number, options: ObjectTeamOptions) {
  const model = turning(leader);
  const team = new ObjectTeam(() => turning(others), options);
  const search = new Search(model, { checkDeadlock, team: { team, ...small } });
  return { model, search };
}

/** Each state as a row of `contents`, without what only a whole result says. */
function rowsOf(snapshot: SearchSnapshot, model: Turning): string[] {
  const rows: string[] = [];
  snapshot.eachState((state, predecessor, action) => {
    rows.push([model.decode(state), predecessor, action, false].join(' '));
  });
  return rows;
}

describe('what is found', () => {
  it.each([
    ['the slots of the leader', 1, never],
    ['those of another member', never, 1],
    ['those of all', 1, 1],
  ])('is the same where %s change, with members that die', (_, leader, others) => {
    for (let at = 3; at < 90; at += 7) {
      for (let diesAfter = 1; diesAfter < 60; diesAfter++) {
        const options = { size: 3, seed: at, diesAfter };
        const { model, search } = begin(leader * at, others * at, options);
        while (search.advance(20));
        expect(contents(search.result(), model.decode)).toEqual(expected);
      }
    }
  });

  it('is of the slots that there are now, whenever it is interrupted or written down', () => {
    let snapshots = 0;
    for (let at = 20; at < 90; at += 3) {
      for (let pieces = 1; pieces < 40; pieces++) {
        const { model, search } = begin(at, never, { size: 2, seed: at + pieces });
        for (let piece = 0; piece < pieces && search.advance(20); piece++) {
          const snapshot = search.snapshot();
          if (snapshot === null) continue;
          snapshots++;
          const rows = rowsOf(snapshot, model);
          expect(rows).toEqual(expected.rows.slice(0, rows.length));
        }
        search.interrupt();
        const { rows } = contents(search.result(), model.decode) as typeof expected;
        expect(rows).toEqual(expected.rows.slice(0, rows.length));
      }
    }
    expect(snapshots).toBeGreaterThan(1000);
  });
});
