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

  test('is blocked on old, whose waiter goes through other steps', async () => {
    const verdict = await replay(trace, createWritebackDriver({ build: 'old' }));
    expect(['diverged', 'blocked']).toContain(verdict.verdict);
    expect(trace.steps[verdict.at as number]).toMatchObject({ action: 'TruncateQueue' });
    expect(verdict.function).toBe('wait_on_page_bit_common');
  });

  test('is caught on a machine whose completion forgets the wake', async () => {
    const machine = { faults: ['completion-forgets-wake' as const] };
    const verdict = await replay(trace, createWritebackDriver({ build: 'base', machine }));
    expect(['diverged', 'blocked']).toContain(verdict.verdict);
    expect(trace.steps[verdict.at as number]).toMatchObject({ process: 'A1' });
  });
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
