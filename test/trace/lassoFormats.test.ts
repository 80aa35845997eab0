/** Lassos in every format, and what TLC itself has written of its counterexamples. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { fairnessSentences } from '../../src/trace/cycleFairness.js';
import { readTrace, writeTrace } from '../../src/trace/read.js';
import type { CycleFairness, Trace, TraceStep } from '../../src/trace/trace.js';
import { makeRecord, makeSet, makeTuple, type Value } from '../../src/values/index.js';

const step = (action: string | null, x: number, process: Value | null = null): TraceStep => ({
  action,
  process,
  choices: new Map(),
  location: null,
  state: new Map<string, Value>([['x', x]]),
});

const waits: CycleFairness = {
  strength: 'weak',
  subject: 'process "D"',
  enabledIn: [1],
  takenFrom: [],
};

const lasso: Trace = {
  spec: 'specs/Wait.tla',
  constants: new Map(),
  property: 'Served',
  steps: [step(null, 0), step('a', 1, 'F'), step('b', 2, 'F')],
  loop: 1,
  closing: {
    action: 'c',
    process: 'F',
    choices: new Map<string, Value>([['w', 1]]),
    location: null,
  },
  fairness: [waits],
  refinement: { instance: 'Abs', states: [0, 0, 1].map((h) => new Map<string, Value>([['h', h]])) },
};

describe('a lasso', () => {
  test.each(['t.json', 't.itf.json'])('is read from %s as it was written', (file) => {
    expect(readTrace(writeTrace(lasso, file), file)).toEqual(lasso);
  });

  test('has its sentences in the file', () => {
    const { fairness } = JSON.parse(writeTrace(lasso, 't.json'));
    expect(fairness[0].text).toMatch(
      /^WF of process "D": it is enabled again and again, in state 2,/,
    );
  });

  test('that stays in its last state has no step that closes it', () => {
    const { closing: _, ...rest } = lasso;
    const stays = { ...rest, loop: 2 };
    for (const file of ['t.json', 't.itf.json', 't.tlc.json']) {
      const read = readTrace(writeTrace(stays, file), file);
      expect([read.loop, read.closing]).toEqual([2, undefined]);
    }
  });

  test.each([
    [{ strength: 'medium' }, '"weak", "strong" or null'],
    [{ enabledIn: [3] }, 'the index of a state'],
  ])('with fairness %o is refused', (change, words) => {
    const data = JSON.parse(writeTrace(lasso, 't.json'));
    const text = JSON.stringify({ ...data, fairness: [{ ...waits, ...change }] });
    expect(() => readTrace(text, 't.json')).toThrow(DiagnosticError);
    try {
      readTrace(text, 't.json');
    } catch (error) {
      expect((error as DiagnosticError).message).toContain(words);
    }
  });
});

describe('the words for fairness', () => {
  const say = (one: Partial<CycleFairness>, loop = 1): string => {
    const [text = ''] = fairnessSentences({ ...lasso, loop, fairness: [{ ...waits, ...one }] });
    return text;
  };

  test('say why the cycle is fair', () => {
    expect(say({ enabledIn: [] })).toBe('WF of process "D": it is never enabled in the cycle');
    expect(say({ enabledIn: [] }, 2)).toBe('WF of process "D": it is never enabled there');
    expect(say({ strength: 'strong', enabledIn: [1, 2], takenFrom: [2] })).toBe(
      'SF of process "D": it takes a step from state 3',
    );
  });

  test('say what would exclude it', () => {
    expect(say({ strength: null, enabledIn: [1, 2] })).toBe(
      'process "D" could take a step in every state of the cycle, and no fairness is asked of it: ' +
        'weak fairness would exclude this behavior',
    );
    expect(say({ strength: null, enabledIn: [1] })).toMatch(
      /in state 2, .*: strong fairness would/,
    );
    expect(say({})).toMatch(/only weakly fair: strong fairness would exclude this behavior$/);
  });

  test('are none for a trace that is no lasso', () => {
    expect(fairnessSentences({ ...lasso, loop: null })).toEqual([]);
  });
});

interface Row {
  readonly config: string;
  readonly spec: string;
  readonly result: string;
  readonly traceLength: number;
  readonly lasso: { readonly prefix: number } | 'stuttering' | null;
}

describe("TLC's JSON", () => {
  const rows = JSON.parse(readFileSync('test/oracle/expected.json', 'utf8')) as readonly Row[];
  const fileOf = ({ config }: Row) =>
    `test/oracle/traces/${config.replace('/', '__').replace(/\.cfg$/, '.json')}`;
  const written = rows.filter((row) => existsSync(fileOf(row)));

  test('is there for more than a few', () => {
    expect(written.length).toBeGreaterThan(30);
    expect(written.filter((row) => row.lasso).length).toBeGreaterThan(10);
  });

  test.each(written.map((row) => [row.config, row] as const))('%s is read', (_, row) => {
    const trace = readTrace(readFileSync(fileOf(row), 'utf8'), fileOf(row));
    expect(trace.steps).toHaveLength(row.traceLength);
    const { lasso: wanted } = row;
    // Both count from 0: the cycle begins after the prefix.
    const loop = wanted === 'stuttering' ? row.traceLength - 1 : (wanted?.prefix ?? null);
    expect(trace.loop).toBe(loop);
    expect(trace.closing !== undefined).toBe(wanted !== null && wanted !== 'stuttering');
    expect(trace.steps.slice(1).every(({ action }) => action !== null)).toBe(true);
    // What is lost was lost before.
    expect(readTrace(writeTrace(trace, 't.tlc.json'), 't.tlc.json')).toEqual(trace);
  });

  test('has sets as arrays and functions as objects', () => {
    const state = new Map<string, Value>([
      ['s', makeSet([1, 2])],
      ['r', makeRecord(new Map<string, Value>([['a', true]]))],
    ]);
    const trace: Trace = { ...lasso, steps: [{ ...step(null, 0), state }], loop: null };
    const { counterexample, vars } = JSON.parse(writeTrace(trace, 't.tlc.json'));
    expect(counterexample.state).toEqual([[1, { s: [1, 2], r: { a: true } }]]);
    expect(vars).toEqual(['s', 'r']);
    const [first] = readTrace(writeTrace(trace, 't.tlc.json'), 't.tlc.json').steps;
    expect(first?.state.get('s')).toBe(makeTuple([1, 2]));
  });

  test.each([
    [{ counterexample: { state: [], action: [] } }, 'no states'],
    [
      {
        counterexample: {
          state: [
            [1, { x: 1 }],
            [2, { x: 2 }],
          ],
          action: [],
        },
      },
      'state 2',
    ],
    [{ counterexample: { state: 1, action: [] } }, 'an array'],
  ])('%o is refused', (data, words) => {
    try {
      readTrace(JSON.stringify(data), 'bad.json');
      expect.unreachable('it was read');
    } catch (error) {
      if (!(error instanceof DiagnosticError)) throw error;
      expect(error.message).toContain(words);
    }
  });
});
