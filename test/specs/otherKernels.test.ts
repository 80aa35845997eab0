/**
 * The columns of the dossier's table (4.5) that do not ship as configurations, and its rows on
 * private data (2.12), each with the smallest bounds within which the scenario exists (the minimal
 * configurations of 4.5).
 */
import { describe, expect, test } from 'vitest';
import { type Constants, exploreVariant, KERNELS, withConstants } from './writebackSpec.js';

interface Row {
  readonly bounds: Constants;
  readonly property: string;
}

const ONE_PAGE = { Allocations: 1, Redirties: 2, Truncations: 0 };
const TRUNCATE_TWICE = { IntegrityPasses: 0, Redirties: 0 };
const TRUNCATE_ONCE = { Allocations: 2, Redirties: 1, Truncations: 1 };

const ROWS: readonly Row[] = [
  { bounds: TRUNCATE_ONCE, property: 'NoBugOnAfterReuse' },
  { bounds: ONE_PAGE, property: 'NoBugOnSamePage' },
  { bounds: TRUNCATE_TWICE, property: 'NoForeignBytesAfterReuse' },
  { bounds: TRUNCATE_ONCE, property: 'NoForeignBytesSamePage' },
  { bounds: TRUNCATE_ONCE, property: 'NoWriteAfterTruncate' },
  { bounds: TRUNCATE_ONCE, property: 'NoFreeUnderWriteback' },
];

/** S1 S2 S3 S3' S4 P4 of a kernel: X where it is reachable. */
function cells(constants: Constants): string {
  const explored = [TRUNCATE_ONCE, ONE_PAGE, TRUNCATE_TWICE].map((bounds) => ({
    bounds,
    result: exploreVariant('base', { config: withConstants({ ...constants, ...bounds }) }).result,
  }));
  return ROWS.map(({ bounds, property }) => {
    const result = explored.find((it) => it.bounds === bounds)?.result;
    expect(result?.complete).toBe(true);
    return result?.violations.some((it) => it.property === property) ? 'X' : '.';
  }).join(' ');
}

describe('kernel', () => {
  test.each([
    ['base', 'X X X X X X'],
    ['c', '. X . . X .'],
    ['a+b', '. . . X X X'],
    ['a+c', '. . . . X .'],
    ['c+e', '. . . . . .'],
    ['g', '. . . . . .'],
    ['b+g', '. . . . . .'],
    ['f*', '. . . . . .'],
  ])('%s has the column of the dossier', (kernel, column) => {
    expect(cells(KERNELS[kernel] as Constants)).toBe(column);
  });
});

describe('on base', () => {
  // S1 and S2 do not depend on what truncate does after its wait.
  test.each([
    ['iomap: the page is freed after warnings', 'iomap', 'X X X X X X'],
    ['buffers-bio: orphan page, P6 holds, P7 breaks', 'buffers-bio', 'X X . . X .'],
    ['buffers-locked: truncate waits for the real I/O', 'buffers-locked', 'X X . . . .'],
  ])('%s', (_, PrivateStyle, column) => {
    expect(cells({ PrivateStyle })).toBe(column);
  });
});
