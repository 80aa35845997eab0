import { describe, expect, test } from 'vitest';
import type { ReplayVerdict } from '../../replay/verdict.js';
import { briefChanges } from '../../src/report/changeLines.js';
import { renderTrace } from '../../src/report/counterexample.js';
import { renderInterleaving } from '../../src/report/interleaving.js';
import { colours, noColours } from '../../src/report/palette.js';
import { renderVerdict } from '../../src/report/replayVerdict.js';
import { changes } from '../../src/trace/difference.js';
import type { Trace } from '../../src/trace/trace.js';
import { makeRecord, makeSet, makeTuple, type Value } from '../../src/values/index.js';

const record = (fields: Record<string, Value>) => makeRecord(new Map(Object.entries(fields)));

/** Two processes and a page: A clears the bit, B sees it. */
const trace: Trace = {
  spec: 'specs/Page.tla',
  constants: new Map(),
  property: 'NoLoss',
  steps: [
    {
      action: null,
      process: null,
      choices: new Map(),
      location: null,
      state: new Map<string, Value>([
        ['pc', record({ A: 'C2', B: 'W1' })],
        ['page', record({ ref: 2, writeback: true })],
        ['marks', makeSet(['dirty', 'writeback'])],
      ]),
    },
    {
      action: 'C2',
      process: 'A',
      choices: new Map<string, Value>([['w', 3]]),
      location: { file: 'specs/Page.tla', line: 2, column: 3 },
      state: new Map<string, Value>([
        ['pc', record({ A: 'C5', B: 'W1' })],
        ['page', record({ ref: 2, writeback: false })],
        ['marks', makeSet(['dirty', 'towrite'])],
      ]),
    },
    {
      action: 'W1',
      process: 'B',
      choices: new Map(),
      location: { file: 'specs/Page.tla', line: 3, column: 3 },
      state: new Map<string, Value>([
        ['pc', record({ A: 'C5', B: 'W1' })],
        ['page', record({ ref: 2, writeback: false })],
        ['marks', makeSet(['dirty', 'towrite'])],
      ]),
    },
  ],
  loop: null,
};

const source = ['', '  C2: page.writeback := FALSE;', '  W1: skip;'];
const options = {
  paint: noColours,
  width: 80,
  sourceLine: ({ line }: { line: number }) => source[line - 1] ?? null,
};

const confirmed: ReplayVerdict = {
  property: 'NoLoss',
  verdict: 'confirmed',
  steps: 2,
  matched: 2,
  at: null,
  detections: [
    {
      kind: 'disk',
      name: 'foreign-bytes',
      step: 2,
      message: 'block 7 holds bytes of file 2',
      function: 'end_bio',
      evidence: ['0000  41 41', '0002  42 42'],
    },
  ],
  difference: null,
  reason: null,
  function: null,
  events: [['clear PG_writeback'], []],
};

describe('a counterexample', () => {
  test('shows the initial state in full, then each step with place, source and only changes', () => {
    expect(renderTrace(trace, options)).toBe(
      [
        'State 1: <Initial predicate>',
        '  pc = [A |-> "C2", B |-> "W1"]',
        '  page = [ref |-> 2, writeback |-> TRUE]',
        '  marks = {"dirty", "writeback"}',
        'State 2: <C2("A") Page.tla:2>  C2: page.writeback := FALSE;',
        '  choosing w = 3',
        '  pc["A"]: "C2" → "C5"',
        '  page.writeback: TRUE → FALSE',
        '  marks: +{"towrite"} −{"writeback"}',
        'State 3: <W1("B") Page.tla:3>  W1: skip;',
        '  (a stuttering step: nothing changed)',
      ].join('\n'),
    );
  });

  test('shows the replay beside each step, and a detection with its evidence', () => {
    const text = renderTrace(trace, { ...options, replay: confirmed });
    expect(text).toContain('  kernel: clear PG_writeback ✓\n');
    expect(text).toContain(
      [
        '  kernel: (nothing to do) ✓',
        '  disk foreign-bytes in end_bio: block 7 holds bytes of file 2',
        '    0000  41 41',
        '    0002  42 42',
      ].join('\n'),
    );
  });

  test('marks the step at which a replay diverged, with both sides', () => {
    const replay: ReplayVerdict = {
      ...confirmed,
      verdict: 'diverged',
      at: 1,
      matched: 0,
      detections: [],
      difference: { path: 'page.ref', specification: '2', implementation: '3' },
      events: [['get_page']],
    };
    const text = renderTrace(trace, { ...options, replay });
    expect(text).toContain('kernel: get_page ✗\n  the states differ at page.ref:');
    expect(text).toContain('specification   2\n    implementation  3');
    // Nothing is known of the steps after it.
    expect(text.match(/kernel:/g)).toHaveLength(1);
  });

  test('puts long values on lines of their own', () => {
    const long = (last: string) => makeTuple([...'abcdefghijklmnopqrst', last]);
    const state = (last: string) => new Map<string, Value>([['queue', long(last)]]);
    const [first, second] = trace.steps as [Trace['steps'][0], Trace['steps'][0]];
    const steps = [
      { ...first, state: state('y') },
      { ...second, state: state('z') },
    ];
    const same = {
      ...trace,
      steps: steps.map((it) => ({
        ...it,
        state: new Map([...it.state, ['n', makeTuple([it.state.get('queue') as Value])]]),
      })),
    };
    expect(renderTrace(same, options)).toContain('queue[21]: "y" → "z"');
    const grown = [
      steps[0] as Trace['steps'][0],
      { ...second, state: new Map<string, Value>([['queue', makeTuple([])]]) },
    ];
    expect(renderTrace({ ...trace, steps: grown }, options)).toMatch(
      /queue:\n {4}from <<"a".*\n {4}to {3}<<>>/,
    );
  });

  test('a lasso says where it goes back to', () => {
    expect(renderTrace({ ...trace, loop: 1 }, options)).toMatch(/Back to state 2.*forever\.$/);
    expect(renderTrace({ ...trace, loop: 2 }, options)).toMatch(/Stuttering.*forever\.$/);
  });

  test('colours change nothing but the colours', () => {
    const painted = renderTrace(trace, { ...options, paint: colours, replay: confirmed });
    const plain = renderTrace(trace, { ...options, replay: confirmed });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(painted.replace(/\u001b\[\d+m/g, '')).toBe(plain);
    expect(painted).not.toBe(plain);
  });
});

describe('a verdict', () => {
  const say = (verdict: Partial<ReplayVerdict>) =>
    renderVerdict({ ...confirmed, ...verdict }, trace, noColours);

  test('confirmed names the detector, the step and the kernel function', () => {
    expect(say({})).toBe(
      '✓ confirmed  NoLoss  2 of 2 steps matched\n' +
        '  disk foreign-bytes at step 2 in end_bio: block 7 holds bytes of file 2',
    );
  });

  test('diverged names the step, the function and the smallest difference', () => {
    const text = say({
      verdict: 'diverged',
      at: 1,
      matched: 0,
      detections: [],
      function: 'end_page_writeback',
      difference: { path: 'page.ref', specification: '2', implementation: '3' },
    });
    expect(text).toContain('✗ diverged at step 1  NoLoss  0 of 2 steps matched');
    expect(text).toContain('C2("A") (state 2), in kernel function end_page_writeback');
    expect(text).toContain('page.ref: specification 2, implementation 3');
  });

  test('blocked names the step, the function and the reason', () => {
    const text = say({
      verdict: 'blocked',
      at: 2,
      matched: 1,
      detections: [],
      function: 'wait_on_page_writeback',
      reason: 'B is asleep',
    });
    expect(text).toContain('cannot take W1("B") (state 3)');
    expect(text).toContain('in kernel function wait_on_page_writeback: B is asleep');
  });

  test.each(['unobserved', 'confirmed otherwise'] as const)('%s explains itself', (verdict) => {
    expect(say({ verdict, detections: [] })).toMatch(/detector/);
  });
});

test('an interleaving is one line per step: who, label, what the kernel did, what changed', () => {
  expect(renderInterleaving(trace, confirmed, { paint: noColours, width: 80 })).toBe(
    [
      '  1  A  C2  clear PG_writeback  −page.writeback; marks +{towrite} −{writeback}',
      '  2  B  W1',
      '            ▲ disk foreign-bytes in end_bio',
    ].join('\n'),
  );
});

test('an interleaving ends where the replay stopped, with all that the kernel did there', () => {
  const replay: ReplayVerdict = {
    ...confirmed,
    verdict: 'diverged',
    at: 1,
    matched: 0,
    detections: [],
    difference: { path: 'page.writeback', specification: 'FALSE', implementation: 'TRUE' },
    events: [['clear PG_writeback', '  page 0 PG_writeback 1 → 0', 'wake up']],
  };
  expect(renderInterleaving(trace, replay, { paint: noColours, width: 80 })).toBe(
    [
      '  1  A  C2  clear PG_writeback (+1)',
      '  ✗ diverged here, 1 step of the trace not taken',
      '    clear PG_writeback',
      '      page 0 PG_writeback 1 → 0',
      '    wake up',
      '    page.writeback: specification FALSE, implementation TRUE',
    ].join('\n'),
  );
});

test('an interleaving shows nothing of a replay that never began', () => {
  const replay: ReplayVerdict = { ...confirmed, verdict: 'unmapped', events: [], detections: [] };
  expect(renderInterleaving(trace, replay, { paint: noColours, width: 80 })).toBe('');
});

test('in a narrow terminal an interleaving keeps what the kernel did', () => {
  const text = renderInterleaving(trace, confirmed, { paint: noColours, width: 40 });
  expect(text).toContain('clear PG_writeback\n');
  expect(text).not.toContain('page.writeback');
});

test('in a wide terminal the kernel stands beside the specification, details behind', () => {
  const replay = { ...confirmed, events: [['clear: PG_writeback', '  page 0 1 → 0'], []] };
  const lines = renderTrace(trace, { ...options, width: 160, replay }).split('\n');
  expect(lines).toContainEqual(
    expect.stringMatching(
      /^ {2}choosing w = 3 +kernel: clear: PG_writeback {2}\[page 0 1 → 0\] ✓$/,
    ),
  );
  expect(lines).toContain('  page.writeback: TRUE → FALSE');
});

test('what changed in a few words groups the fields of a variable', () => {
  const state = (ref: number, locked: boolean, queue: readonly string[]) =>
    new Map<string, Value>([
      ['page', record({ ref, locked })],
      ['queue', makeTuple(queue)],
    ]);
  const between = changes(state(2, false, []), state(3, true, ['T']));
  // Fields stand in the order of their names.
  expect(briefChanges(between)).toBe('page: +locked, ref 2→3; queue <<>>→<<T>>');
  expect(briefChanges(between.filter((it) => it.path === 'page.ref'))).toBe('page.ref 2→3');
});

test('a note of the driver stands under the verdict', () => {
  const note = 'replayed on a kernel with CONFIG_DEBUG_VM';
  expect(renderVerdict({ ...confirmed, note }, trace, noColours)).toMatch(
    /\n {2}Note: replayed on a kernel with CONFIG_DEBUG_VM$/,
  );
});
