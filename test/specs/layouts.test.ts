/** The writeback kernels have the same numbers and verdicts, however their states are stored. */
import { describe, expect, it } from 'vitest';
import { loadSpecification } from '../../src/cli/pipeline.js';
import type { SlotOptions } from '../../src/compile/layout.js';
import { explore } from '../../src/explore/index.js';
import { SourceText } from '../../src/source/text.js';
import { read } from './writebackSpec.js';

function search(kernel: string, slots: SlotOptions, isTight: boolean) {
  const { compiled } = loadSpecification({
    spec: new SourceText('Writeback.tla', read('Writeback.tla')),
    config: new SourceText(`${kernel}.cfg`, read(`${kernel}.cfg`)),
    findModule: () => null,
    host: { slots },
  });
  const before = compiled.slotCount;
  const result = explore(compiled, { everyProperty: true, checkDeadlock: false, isTight });
  const { generated, distinct, depth, complete, violations } = result;
  return {
    slotCounts: [before, compiled.slotCount],
    found: {
      generated,
      distinct,
      depth,
      complete,
      violations: violations.map(({ property, state }) => [property, result.depthOf(state ?? -1)]),
    },
  };
}

describe.each(['old', 'base', 'a', 'b', 'e', 'b+e'])('kernel %s', (kernel) => {
  const usual = search(kernel, {}, false);

  it('with slots that widen bit by bit', () => {
    expect(search(kernel, {}, true).found).toEqual(usual.found);
  });

  // In the end no variable is split, which is slow: one kernel must do.
  it.runIf(kernel === 'base')('with fewer and fewer slots while it runs', () => {
    const other = search(kernel, { misfitEvery: 5000 }, false);
    expect(other.slotCounts[0]).toBe(usual.slotCounts[0]);
    expect(other.slotCounts[1]).toBeLessThan(usual.slotCounts[1] as number);
    expect(other.found).toEqual(usual.found);
  });
});
