/**
 * Algorithms that people know, written here in our own words: the numbers are those that the
 * manifest of tlaplus/Examples says TLC finds for the well-known specification of each; of DieHard,
 * which is meant to fail there, those that TLC finds without the invariant.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { json } from './runCli.js';

const folder = fileURLToPath(new URL('specs/published/', import.meta.url));

describe('the states of', () => {
  it.each([
    ['DieHard', 'Jugs', 97, 16, 8],
    ['TCommit', 'Vote', 94, 34, 7],
    ['TwoPhase', 'Coordinator', 1146, 288, 11],
    ['Prisoners', 'Switches', 860, 214, 14],
    ['SimpleAllocator', 'Lending', 1633, 400, 6],
    ['ReadersWriters', 'Queueing', 59674, 21527, 13],
    ['CoffeeCan100Beans', 'Beans', 20002, 5150, 1],
    ['AsyncTerminationDetection', 'Quiet', 53271, 4097, 14],
  ])('%s', async (_, name, generated, distinct, depth) => {
    const { exitCode, document } = await json('check', `${folder}${name}.tla`);
    expect(document.result).toBe('ok');
    expect(document.complete).toBe(true);
    expect(document.states).toMatchObject({ generated, distinct, depth });
    expect(exitCode).toBe(0);
  });
});
