import { describe, expect, test } from 'vitest';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { expectTraceOf, readTrace, writeTrace } from '../../src/trace/read.js';
import type { Trace } from '../../src/trace/trace.js';
import {
  makeFunction,
  makeRecord,
  makeSet,
  makeTuple,
  type Value,
} from '../../src/values/index.js';

const page = (ref: number): Value =>
  makeRecord(
    new Map<string, Value>([
      ['ref', ref],
      ['flags', makeSet(['dirty', 'lru'])],
    ]),
  );

const trace: Trace = {
  spec: 'specs/Page.tla',
  constants: new Map<string, Value>([
    ['Procs', makeSet([1, 2])],
    ['Style', 'if'],
  ]),
  property: 'NoCrossBug',
  steps: [
    {
      action: null,
      process: null,
      choices: new Map(),
      location: null,
      state: new Map<string, Value>([
        ['page', page(1)],
        ['queue', makeTuple([])],
        ['at', makeFunction([[2, true]])],
      ]),
    },
    {
      action: 'C2',
      process: 'A',
      choices: new Map<string, Value>([['w', 3]]),
      location: { file: 'specs/Page.tla', line: 12, column: 5 },
      state: new Map<string, Value>([
        ['page', page(2)],
        ['queue', makeTuple(['F', -7])],
        ['at', makeFunction([[2, false]])],
      ]),
    },
  ],
  loop: 0,
};

/** The mistake that reading this text is refused for. */
function refusal(text: string | object): string {
  try {
    readTrace(typeof text === 'string' ? text : JSON.stringify(text), 'bad.json');
  } catch (error) {
    if (error instanceof DiagnosticError) return error.message;
    throw error;
  }
  throw new Error('it was read');
}

const plain = { format: 'counterplay-trace-1', spec: 'S.tla', constants: {}, property: null };
const first = { action: null, process: null, choices: {}, location: null, state: { x: 1 } };

describe('our JSON', () => {
  test('what is written is what is read', () => {
    expect(readTrace(writeTrace(trace, 't.json'), 't.json')).toEqual(trace);
  });

  test('has the fields that scripts rely on', () => {
    const json = JSON.parse(writeTrace(trace, 't.json'));
    expect(Object.keys(json)).toEqual(['format', 'spec', 'constants', 'property', 'steps', 'loop']);
    expect(json.steps[1]).toEqual({
      action: 'C2',
      process: 'A',
      choices: { w: { '#bigint': '3' } },
      location: { file: 'specs/Page.tla', line: 12, column: 5 },
      state: {
        page: { flags: { '#set': ['dirty', 'lru'] }, ref: { '#bigint': '2' } },
        queue: { '#tup': ['F', { '#bigint': '-7' }] },
        at: { '#map': [[{ '#bigint': '2' }, false]] },
      },
    });
  });

  test('a model value comes back as one only if it is named', () => {
    const data = { ...plain, steps: [{ ...first, state: { x: 'm1', y: 'm2' } }], loop: null };
    const read = readTrace(JSON.stringify(data), 't.json', new Set(['m1']));
    expect(read.steps[0]?.state.get('x')).toMatchObject({ name: 'm1' });
    expect(read.steps[0]?.state.get('y')).toBe('m2');
  });

  test.each([
    ['no JSON', '{"format":', /bad\.json is no JSON/],
    ['an array', [], /at the top level, expected an object, found \[\]/],
    ['another format', { format: 'x' }, /at \/format, expected "counterplay-trace-1", found "x"/],
    ['no steps', { ...plain, steps: [] }, /a trace of no states/],
    ['steps of another kind', { ...plain, steps: {} }, /at \/steps, expected an array/],
    [
      'a step with no label',
      { ...plain, steps: [first, first] },
      /at \/steps\/1\/action, expected/,
    ],
    [
      'a wrong value',
      { ...plain, steps: [{ ...first, state: { x: [1.5] } }] },
      /at \/steps\/0\/state\/x\/0, expected an ITF value/,
    ],
    [
      'a loop outside',
      { ...plain, steps: [first], loop: 1 },
      /at \/loop, expected null or the index/,
    ],
    ['no spec', { ...plain, spec: 3, steps: [first] }, /at \/spec, expected a string, found 3/],
  ])('refuses %s and says where', (_, data, message) => {
    expect(refusal(data)).toMatch(message);
  });

  test('a trace of another spec names both', () => {
    const refuse = () => expectTraceOf(trace, 'other/Queue.tla', 't.json');
    expect(refuse).toThrow('t.json is a trace of specs/Page.tla, not of other/Queue.tla');
    expect(() => expectTraceOf(trace, 'elsewhere/Page.tla', 't.json')).not.toThrow();
  });
});

test.each(['t.json', 't.itf.json'])('a lasso keeps the step that leads back, in %s', (file) => {
  const { state: _, ...closing } = trace.steps[1] as Trace['steps'][number];
  const lasso = { ...trace, closing };
  expect(readTrace(writeTrace(lasso, file), file)).toEqual(lasso);
  const nameless = JSON.stringify({ ...plain, steps: [first], loop: 0, closing: {} });
  expect(refusal(nameless)).toMatch(/at \/closing\/action, expected the label of the step/);
});

describe('ITF', () => {
  test('what is written is what is read', () => {
    const configured = { ...trace, config: 'specs/base.cfg' };
    for (const file of ['t.json', 't.itf.json']) {
      expect(readTrace(writeTrace(configured, file), file)).toEqual(configured);
    }
    expect(readTrace(writeTrace(trace, 't.itf.json'), 't.itf.json')).toEqual(trace);
  });

  test('carries the label in the meta data and where the tools of Quint look', () => {
    const itf = JSON.parse(writeTrace(trace, 't.itf.json'));
    expect(itf.vars).toEqual(['page', 'queue', 'at', 'mbt::actionTaken', 'mbt::nondetPicks']);
    expect(itf.states[1]['#meta']).toMatchObject({ index: 1, action: 'C2', process: 'A' });
    expect(itf.states[1]['mbt::actionTaken']).toBe('C2');
    expect(itf.states[1]['mbt::nondetPicks']).toEqual({
      w: { tag: 'Some', value: { '#bigint': '3' } },
    });
    expect(itf.params).toEqual(['Procs', 'Style']);
    expect(itf.loop).toBe(0);
  });

  test('a trace by Quint gives its actions and the picks that were made', () => {
    const quint = {
      '#meta': { format: 'ITF' },
      vars: ['x', 'mbt::actionTaken', 'mbt::nondetPicks'],
      states: [
        { '#meta': { index: 0 }, x: { '#bigint': '0' }, 'mbt::actionTaken': 'init' },
        {
          '#meta': { index: 1 },
          x: { '#bigint': '4' },
          'mbt::actionTaken': 'add',
          'mbt::nondetPicks': {
            by: { tag: 'Some', value: { '#bigint': '4' } },
            who: { tag: 'None', value: { '#tup': [] } },
          },
        },
      ],
    };
    const read = readTrace(JSON.stringify(quint), 'q.itf.json');
    expect(read.steps.map((it) => it.action)).toEqual([null, 'add']);
    expect(read.steps[1]?.choices).toEqual(new Map([['by', 4]]));
    expect(read.steps[1]?.state).toEqual(new Map([['x', 4]]));
  });

  test('a trace by Apalache has no actions and is refused with the place', () => {
    const apalache = { vars: ['x'], states: [{ x: 1 }, { x: 2 }] };
    expect(refusal(apalache)).toMatch(/does not say which action led to the state at \/states\/1/);
  });

  test('a state that lacks a variable is refused', () => {
    expect(refusal({ vars: ['x', 'y'], states: [{ x: 1 }] })).toMatch(/at \/states\/0\/y/);
  });
});
