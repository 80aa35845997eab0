import { describe, expect, test } from 'vitest';
import { createWritebackDriver } from '../../replay/drivers/writeback.js';
import { replay } from '../../replay/run.js';
import { explore } from '../../src/explore/index.js';
import { HandWrittenModel, type KernelName } from './handWrittenModel.js';
import { exploreVariant, read } from './writebackSpec.js';

/** Section 4.5 of the dossier on the protocol, the columns and rows that ship: X is reachable. */
const TABLE: Readonly<Record<KernelName, string>> = {
  old: '. . . . . .',
  base: 'X X X X X X',
  a: '. . X X X X',
  b: '. X . X X X',
  e: '. . . . . .',
  'b+e': '. . . . . .',
};

const SCENARIOS: Readonly<Record<string, { property: string; detector: string }>> = {
  S1: { property: 'NoBugOnAfterReuse', detector: 'BUG_ON PageWriteback' },
  S2: { property: 'NoBugOnSamePage', detector: 'BUG_ON PageWriteback' },
  S3: { property: 'NoForeignBytesAfterReuse', detector: 'disk foreign-bytes' },
  "S3'": { property: 'NoForeignBytesSamePage', detector: 'disk foreign-bytes' },
  S4: { property: 'NoWriteAfterTruncate', detector: 'disk write-after-truncate' },
  P4: { property: 'NoFreeUnderWriteback', detector: 'bad_page PAGE_FLAGS_CHECK_AT_FREE' },
};

test('expected.json is the table of the dossier', () => {
  const { scenarios, table, replay: verdict } = JSON.parse(read('expected.json'));
  const names = Object.keys(SCENARIOS);
  expect(scenarios).toEqual(
    Object.fromEntries(names.map((name) => [name, SCENARIOS[name]?.property])),
  );
  const cells = (row: Record<string, string>) =>
    names.map((name) => ({ holds: '.', violated: 'X' })[row[name] ?? '']).join(' ');
  const found = Object.entries<Record<string, string>>(table).map(([name, row]) => [
    name,
    cells(row),
  ]);
  expect(Object.fromEntries(found)).toEqual(TABLE);
  expect(verdict).toBe('confirmed');
});

describe.each(Object.keys(TABLE) as KernelName[])('kernel %s', (kernel) => {
  const spec = exploreVariant(kernel);
  const byHand = explore(new HandWrittenModel(kernel), {
    everyProperty: true,
    checkDeadlock: false,
  });

  test('has the states that the model written by hand has', () => {
    expect(spec.result.complete).toBe(true);
    const { distinct, generated, depth } = spec.result;
    expect({ distinct, generated, depth }).toEqual({
      distinct: byHand.distinct,
      generated: byHand.generated,
      depth: byHand.depth,
    });
  });

  test('violates what the dossier says, by paths as short as the model written by hand has', () => {
    const lengths = (result: typeof byHand) =>
      Object.values(SCENARIOS).map(({ property }) => {
        const violation = result.violations.find((one) => one.property === property);
        return violation ? result.depthOf(violation.state as number) : '.';
      });
    expect(lengths(spec.result)).toEqual(lengths(byHand));
    const cells = lengths(spec.result).map((length) => (length === '.' ? '.' : 'X'));
    expect(cells.join(' ')).toBe(TABLE[kernel]);
  });

  const violated = Object.entries(SCENARIOS).filter((_, i) => TABLE[kernel][2 * i] === 'X');
  test.runIf(violated.length > 0).each(violated)(
    'loses by %s on the simulator, too',
    async (_scenario, { property, detector }) => {
      const trace = spec.trace(property);
      if (trace === null) throw new Error('there is no counterexample to replay');
      const verdict = await replay(trace, createWritebackDriver({ build: kernel }));
      expect(verdict).toMatchObject({ verdict: 'confirmed', difference: null });
      const last = verdict.detections.filter(({ step }) => step === trace.steps.length - 1);
      expect(last.map(({ kind, name }) => `${kind} ${name}`)).toContain(detector);
    },
  );
});
