/** The writeback spec conforms to the simulator, on every kernel (`conforming.ts`). */
import { expect, test } from 'vitest';
import { createWritebackDriver } from '../../../replay/drivers/writeback.js';
import { buildNames, kernelBuild, type MachineConfig } from '../../../replay/simulator/index.js';
import { type Constants, KERNELS, loadVariant, withConstants } from '../../specs/writebackSpec.js';
import { expectConformance } from './conforming.js';

const IDLE = ['Done', 'Write', 'NextPass', 'TruncateLookup'];

/** Small enough to know all states, large enough for a stale wake in every manner. */
const BOUNDS: Constants = { Allocations: 2, Redirties: 1, Truncations: 1 };

interface Case {
  readonly name: string;
  readonly constants: Constants;
  readonly build: string;
  readonly machine?: Partial<MachineConfig>;
}

const samplesWaiters = { clearStyle: 'clear-returns-waiters' } as const;

const CASES: readonly Case[] = [
  ...Object.entries(KERNELS).map(([name, constants]) => ({ name, constants, build: name })),
  ...['iomap', 'buffers-bio', 'buffers-locked'].map((PrivateStyle) => ({
    name: `base with private data: ${PrivateStyle}`,
    constants: { PrivateStyle },
    build: 'base',
  })),
  {
    name: 'b where the clear returns PG_waiters (v6.7)',
    constants: { ...KERNELS.b, ClearStyle: samplesWaiters.clearStyle },
    build: 'b',
    machine: { build: { ...kernelBuild('b'), ...samplesWaiters } },
  },
];

test('every build of the simulator is a kernel of the spec', () => {
  expect(Object.keys(KERNELS)).toEqual(buildNames);
});

test.each(CASES)('conforms: $name', ({ constants, build, machine }) => {
  const model = loadVariant('base', { config: withConstants({ ...BOUNDS, ...constants }) });
  const driver = createWritebackDriver({ build, ...(machine ? { machine } : {}) });
  const refused = expectConformance(model, driver, IDLE);
  const locks = [...refused.keys()].filter((label) => /Lock/.test(label));
  expect(locks).not.toEqual([]);
});
