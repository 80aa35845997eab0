/** Threads that get in each other's way as often as can be find what one finds, in its order. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Subject, searchedAlone, searchedByThreads } from './threadSearch.js';

const kernel = 'test/oracle/specs/kernel';
const read = (file: string) => readFileSync(file, 'utf8');
const everyProperty = { everyProperty: true };

const shootdown = `SPECIFICATION Spec
CONSTANTS CPUS = {c1, c2} PAGES = {p1, p2, p3} FRAMES = {f1, f2, f3} None = None
INVARIANTS NoStaleEntry NoSharedFrame
CHECK_DEADLOCK FALSE`;

const subjects: Readonly<Record<string, Subject>> = {
  'a filter lock of three': {
    spec: 'test/bench/Filter.tla',
    config: read('test/bench/Filter4.cfg').replace('N = 4', 'N = 3'),
  },
  'a TLB shootdown': { spec: 'test/bench/Shootdown.tla', config: shootdown },
  'a sequence counter': {
    spec: `${kernel}/SeqCount.tla`,
    config: read(`${kernel}/SeqCount.cfg`),
  },
  'an assertion that fails': {
    spec: `${kernel}/SeqCount.tla`,
    config: read(`${kernel}/SeqCount-noretry.cfg`),
    options: everyProperty,
  },
  'an invariant that is false': {
    spec: `${kernel}/TicketSpin.tla`,
    config: read(`${kernel}/TicketSpin-wrap.cfg`),
    options: everyProperty,
  },
  'a writeback protocol, to its end': {
    spec: 'specs/writeback/Writeback.tla',
    config: read('specs/writeback/base.cfg')
      .replace('Allocations = 3', 'Allocations = 2')
      .replace('FlusherPasses = 2', 'FlusherPasses = 1')
      .replace('Redirties = 2', 'Redirties = 1')
      .replace('Truncations = 2', 'Truncations = 1'),
    options: everyProperty,
  },
};

/** Races are rare: by hand, some hundreds of searches at a time. */
const { COUNTERPLAY_REPETITIONS = '1' } = process.env;
const repetitions = Number(COUNTERPLAY_REPETITIONS);

describe.each(Object.entries(subjects))('%s', (_, subject) => {
  const one = searchedAlone(subject);

  it.each([
    { size: 2, successorsMax: 64, logWords: 1 << 16 },
    { size: 3, successorsMax: 256, logWords: 500 },
  ])('%o', async (rounds) => {
    for (let i = 0; i < repetitions; i++) {
      const { found, orders, failures } = await searchedByThreads(subject, rounds);
      expect(found).toEqual(one);
      expect(failures).toBe(0);
      // With one they have learned the codes, and three at least are a round.
      expect(orders).toBeGreaterThan(3);
    }
  });
});

describe('a thread that ends in the middle of a search', () => {
  const subject = subjects['a sequence counter'] as Subject;
  const one = searchedAlone(subject);

  it.each([3, 22])('with order %i', async (diesAt) => {
    for (let i = 0; i < repetitions; i++) {
      const rounds = { size: 3, successorsMax: 256, diesAt: diesAt + 20 * i };
      const { found, orders, failures } = await searchedByThreads(subject, rounds);
      expect(found).toEqual(one);
      expect(orders).toBeGreaterThanOrEqual(rounds.diesAt);
      expect(failures).toBe(1);
    }
  });
});
