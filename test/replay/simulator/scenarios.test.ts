/**
 * Section 4.5 of the writeback dossier, played: where its table has an X the detector fires, where it
 * has a dot the script is cut, at the place that section 4.6 names.
 */
import { describe, expect, it } from 'vitest';
import { buildNames } from '../../../replay/simulator/index.js';
import { cutOf, type Play } from './play.js';
import { p4, s1, s2, s3, s3Prime, s4 } from './scenarioScripts.js';

/** B or T sleeps (again) although it was to be woken; W finds no page to allocate. */
type Bite = 'B sleeps' | 'T sleeps' | 'T2 sleeps' | 'W2 waits' | 'W3 waits' | 'no stall' | 'pinned';

const BITES: Record<Bite, { thread: string; at: string | null }> = {
  'B sleeps': { thread: 'B', at: 'wait_on_page_bit_common' },
  'T sleeps': { thread: 'T', at: 'wait_on_page_bit_common' },
  'T2 sleeps': { thread: 'T2', at: 'wait_on_page_bit_common' },
  'W2 waits': { thread: 'W2', at: 'alloc_page' },
  'W3 waits': { thread: 'W3', at: 'alloc_page' },
  // Clear and wake are one step, so the completion has ended when it should stall before C6.
  'no stall': { thread: 'A1', at: null },
  pinned: { thread: '', at: null },
};

interface Scenario {
  readonly name: string;
  readonly script: (build: string) => Play;
  readonly detection: string;
  /** By build; a build that is not listed lets it happen. */
  readonly cut: Readonly<Record<string, Bite>>;
}

const pinnedByReference = {
  b: 'W2 waits',
  c: 'W2 waits',
  'a+b': 'W2 waits',
  'a+c': 'W2 waits',
} as const;
const pinnedWithLoop = { 'b+e': 'W2 waits', 'c+e': 'W2 waits', 'b+g': 'W2 waits' } as const;

const scenarios: Scenario[] = [
  {
    name: 'S1: a stale wake across reuse runs into BUG_ON',
    script: s1,
    detection: 'BUG_ON:PageWriteback',
    cut: {
      ...pinnedByReference,
      ...pinnedWithLoop,
      old: 'B sleeps',
      a: 'B sleeps',
      e: 'B sleeps',
      g: 'B sleeps',
      'f*': 'B sleeps',
    },
  },
  {
    name: 'S2: a stale wake on the same page runs into BUG_ON',
    script: s2,
    detection: 'BUG_ON:PageWriteback',
    cut: {
      old: 'B sleeps',
      a: 'B sleeps',
      e: 'B sleeps',
      'a+b': 'B sleeps',
      'a+c': 'B sleeps',
      'b+e': 'B sleeps',
      'c+e': 'B sleeps',
      g: 'B sleeps',
      'b+g': 'B sleeps',
      'f*': 'no stall',
    },
  },
  {
    name: 'S3: bytes of another file reach the block, across reuse',
    script: s3,
    detection: 'disk:foreign-bytes',
    cut: {
      ...pinnedByReference,
      ...pinnedWithLoop,
      old: 'T2 sleeps',
      e: 'T2 sleeps',
      g: 'T2 sleeps',
      'f*': 'no stall',
    },
  },
  {
    name: "S3': bytes of another file reach the block, without prior reuse",
    script: s3Prime,
    detection: 'disk:foreign-bytes',
    cut: {
      old: 'T sleeps',
      c: 'W3 waits',
      'a+c': 'W3 waits',
      e: 'T sleeps',
      'b+e': 'T sleeps',
      'c+e': 'T sleeps',
      g: 'T sleeps',
      'b+g': 'T sleeps',
      'f*': 'no stall',
    },
  },
  {
    name: 'S4: a block is written after truncate has returned',
    script: s4,
    detection: 'disk:write-after-truncate',
    cut: {
      old: 'T sleeps',
      e: 'T sleeps',
      'b+e': 'T sleeps',
      'c+e': 'T sleeps',
      g: 'T sleeps',
      'b+g': 'T sleeps',
      'f*': 'no stall',
    },
  },
  {
    name: 'P4: a page is freed with PG_writeback set',
    script: p4,
    detection: 'bad_page:PAGE_FLAGS_CHECK_AT_FREE',
    cut: {
      old: 'T sleeps',
      c: 'pinned',
      'a+c': 'pinned',
      e: 'T sleeps',
      'b+e': 'T sleeps',
      'c+e': 'T sleeps',
      g: 'T sleeps',
      'b+g': 'T sleeps',
      'f*': 'no stall',
    },
  },
];

for (const { name, script, detection, cut } of scenarios) {
  describe(name, () => {
    for (const build of buildNames) {
      const bite = cut[build];
      if (bite === undefined) {
        it(`happens on ${build}`, () => {
          expect(script(build).detected()).toContain(detection);
        });
      } else if (bite === 'pinned') {
        it(`does not happen on ${build}: PG_writeback holds a reference of its own`, () => {
          const play = script(build);
          expect(play.detected()).toEqual([]);
          expect(play.page()).toMatchObject({ _refcount: 1, holders: ['PG_writeback'] });
        });
      } else {
        it(`is cut on ${build}: ${bite}`, () => {
          const { thread, at } = cutOf(() => script(build));
          expect({ thread, at }).toEqual(BITES[bite]);
        });
      }
    }
  });
}
