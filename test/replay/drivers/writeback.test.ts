import { describe, expect, test } from 'vitest';
import { createWritebackDriver } from '../../../replay/drivers/writeback.js';
import { replay } from '../../../replay/run.js';
import { SourceText } from '../../../src/source/text.js';
import { parseAlgorithm, parseModule, type pluscal } from '../../../src/syntax/index.js';
import type { Trace } from '../../../src/trace/trace.js';
import { edit, exploreVariant, onlyInvariant, read } from '../../specs/writebackSpec.js';

function counterexample(variant: string, property: string, spec?: (text: string) => string): Trace {
  const edits = { config: onlyInvariant(property), first: true, ...(spec ? { spec } : {}) };
  const trace = exploreVariant(variant, edits).trace(property);
  if (trace === null) throw new Error(`${property} holds`);
  return trace;
}

test('the driver has exactly the labels of the spec', () => {
  const { algorithm } = parseModule(new SourceText('Writeback.tla', read('Writeback.tla')));
  if (algorithm === null) throw new Error('the spec has an algorithm');
  const labels = new Set<string>();
  const collect = (body: readonly pluscal.Statement[]): void => {
    for (const statement of body) {
      if (statement.label !== null) labels.add(statement.label.name);
      if (statement.kind === 'while') collect(statement.body);
    }
  };
  for (const process of parseAlgorithm(algorithm).processes) collect(process.body);
  expect([...createWritebackDriver({ build: 'base' }).labels].sort()).toEqual([...labels].sort());
});

test('an unknown kernel build is refused with the builds that there are', () => {
  expect(() => createWritebackDriver({ build: 'v5.10' })).toThrow(/no kernel build named "v5.10"/);
});

describe('the counterexample of S3 in base', () => {
  const trace = counterexample('base', 'NoForeignBytesAfterReuse');

  test('shows the bytes of both owners', async () => {
    const verdict = await replay(trace, createWritebackDriver({ build: 'base' }));
    const foreign = verdict.detections.find(({ name }) => name === 'foreign-bytes');
    const evidence = foreign?.evidence.join('\n') ?? '';
    expect(evidence).toMatch(/file2 version \d/);
    expect(evidence).toMatch(/file3 version \d/);
  });

  test('diverges on b+e where completion takes its reference', async () => {
    const verdict = await replay(trace, createWritebackDriver({ build: 'b+e' }));
    expect(verdict.verdict).toBe('diverged');
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'C1', process: 'A1' });
    expect(verdict.difference?.path).toBe('page.ref');
    expect(verdict.function).toBe('get_page');
  });

  test('diverges on e where the woken truncate tests the bit again', async () => {
    const verdict = await replay(trace, createWritebackDriver({ build: 'e' }));
    expect(verdict.verdict).toBe('diverged');
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'TruncateSleep' });
    expect(verdict.difference).toMatchObject({
      path: 'pc["T"]',
      specification: '"TruncateDelete"',
      implementation: '"TruncateTest"',
    });
  });

  test('diverges on old, whose waiter goes through other steps', async () => {
    const verdict = await replay(trace, createWritebackDriver({ build: 'old' }));
    expect(verdict).toMatchObject({
      verdict: 'diverged',
      function: 'wait_on_page_bit_common',
      difference: { path: 'pc["T"]', implementation: '"TruncateOldTestBit"' },
    });
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'TruncateQueue' });
  });
});

test('a step that needs the page lock is blocked while it is held, by whom is said', () => {
  const driver = createWritebackDriver({ build: 'base' });
  const constants = { Allocations: 1, FlusherPasses: 1, IntegrityPasses: 1 };
  driver.reset({ property: null, constants, state: {} });
  const take = (process: string, action: string) => driver.step({ action, process, choices: {} });
  const begun = [
    ['W', 'Write'],
    ['F', 'NextPass'],
    ['T', 'TruncateLookup'],
    ['F', 'LockPage'],
  ].map(([process, action]) => take(process as string, action as string).kind);
  expect(begun).toEqual(['done', 'done', 'done', 'done']);
  expect(take('T', 'TruncateLock')).toEqual({
    kind: 'blocked',
    function: 'lock_page',
    reason: 'PG_locked is held by F/1',
  });
});

describe('a broken kernel', () => {
  const ofTruncate = counterexample('base', 'NoForeignBytesAfterReuse');
  const ofBugOn = counterexample('base', 'NoBugOnAfterReuse');

  /** The first step after which spec and kernel part, and in what. */
  test.each([
    ['completion-forgets-wake', ofTruncate, 'C5', 'A1', 'pc["A1"]', '"C6"', '"Done"'],
    ['waiter-forgets-flag', ofTruncate, 'TruncateQueue', 'T', 'page.waiters', 'TRUE', 'FALSE'],
    [
      ...(['truncate-forgets-wait', ofTruncate, 'TruncateLock', 'T'] as const),
      ...(['pc["T"]', '"TruncateTest"', '"TruncateDelete"'] as const),
    ],
    ['dma-reads-at-submit', ofTruncate, 'Transfer', 'DMA', 'disk[2]', '3', '2'],
    ['bug-on-compiled-out', ofBugOn, 'ClearDirty', 'B', 'pc["B"]', '"Done"', '"SetWriteback"'],
  ] as const)('is caught: %s', async (fault, trace, action, process, path, spec, kernel) => {
    const driver = createWritebackDriver({ build: 'base', machine: { faults: [fault] } });
    const verdict = await replay(trace, driver);
    expect(verdict).toMatchObject({
      verdict: 'diverged',
      difference: { path, specification: spec, implementation: kernel },
    });
    expect(trace.steps[verdict.at as number]).toMatchObject({ action, process });
  });

  test('that does not check the pages it frees confirms nothing: it was silent', async () => {
    const trace = counterexample('base', 'NoFreeUnderWriteback');
    const machine = { debugVm: false };
    const verdict = await replay(trace, createWritebackDriver({ build: 'base', machine }));
    expect(verdict).toMatchObject({ verdict: 'unobserved', detections: [] });
  });
});

test('a step is blocked while its thread is elsewhere, and nothing is done', () => {
  const driver = createWritebackDriver({ build: 'base' });
  const constants = { Allocations: 1, FlusherPasses: 1, IntegrityPasses: 1 };
  driver.reset({ property: null, constants, state: {} });
  driver.step({ action: 'Write', process: 'W', choices: {} });
  driver.step({ action: 'NextPass', process: 'F', choices: {} });
  const before = driver.state();
  expect(driver.step({ action: 'SetWriteback', process: 'F', choices: {} })).toEqual({
    kind: 'blocked',
    function: 'lock_page',
    reason:
      'SetWriteback begins at 2.6 map, but F/1 is before lock_page 2.5.1 (test and set PG_locked)',
  });
  expect(driver.state()).toEqual(before);
});

test('of two bios at the device the one moves that the trace names', async () => {
  const trace = counterexample('base', 'NoOvertaking', (spec) =>
    edit(
      spec,
      '\\* S1: BUG_ON(',
      `NoOvertaking == ~\\E j, k \\in Ios : j < k /\\ io[j].stage = "submitted"
                                     /\\ io[k].stage = "transferred"
\\* S1: BUG_ON(`,
    ),
  );
  expect(trace.steps.at(-1)).toMatchObject({ action: 'Transfer' });
  const verdict = await replay(trace, createWritebackDriver({ build: 'base' }));
  expect(verdict).toMatchObject({ difference: null, reason: null, matched: verdict.steps });
});

test('a spec whose freed page keeps PG_writeback diverges where it is freed', async () => {
  const trace = counterexample('base', 'NoForeignBytesAfterReuse', (spec) =>
    edit(spec, '!.writeback = FALSE, !.waiters = FALSE, !.private', '!.waiters = FALSE, !.private'),
  );
  const verdict = await replay(trace, createWritebackDriver({ build: 'base' }));
  expect(verdict).toMatchObject({
    verdict: 'diverged',
    difference: { path: 'page.writeback', specification: 'TRUE', implementation: 'FALSE' },
  });
  const step = trace.steps[verdict.at as number];
  expect(step?.state.get('free')).toBe(true);
});

test('a spec whose bio holds a page reference diverges where it takes it', async () => {
  const trace = counterexample('base', 'NoBugOnSamePage', (spec) =>
    edit(
      spec,
      'io[started].stage := "submitted";',
      'io[started].stage := "submitted"; page.ref := page.ref + 1;',
    ),
  );
  const verdict = await replay(trace, createWritebackDriver({ build: 'base' }));
  expect(verdict.verdict).toBe('diverged');
  expect(trace.steps[verdict.at as number]?.action).toBe('SubmitBio');
  expect(verdict.difference?.path).toBe('page.ref');
  const { specification, implementation } = verdict.difference ?? {};
  expect(Number(specification)).toBe(Number(implementation) + 1);
});
