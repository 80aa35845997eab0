import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differences, type Expected, readExpected, scenarioOf } from '../../src/cli/expected.js';
import { findTargets } from '../../src/cli/huntTargets.js';
import type { HuntProperty, HuntRow } from '../../src/report/huntReport.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text = '') => writeFileSync(join(folder, name), text);

const expected: Expected = {
  file: 'expected.json',
  spec: 'W.tla',
  scenarios: { S1: 'NoBug', S2: 'NoLoss' },
  table: { base: { S1: 'violated', S2: 'holds' } },
  replay: 'confirmed',
};

const property = (scenario: string | null, change: Partial<HuntProperty> = {}): HuntProperty => ({
  name: scenario === null ? 'Other' : (expected.scenarios[scenario] as string),
  scenario,
  result: 'holds',
  traceLength: null,
  verdict: null,
  ...change,
});
const violated = { result: 'violated', traceLength: 9, verdict: 'confirmed' } as const;

const row = (...properties: readonly HuntProperty[]): HuntRow => ({
  spec: 'W.tla',
  config: 'base.cfg',
  variant: 'base',
  result: 'invariant',
  complete: true,
  states: { generated: 1, distinct: 1, depth: 1 },
  seconds: 0,
  properties,
});

describe('what is not as expected', () => {
  test('nothing, where every cell and every replay agrees', () => {
    expect(differences([row(property('S1', violated), property('S2'))], expected)).toEqual([]);
  });

  test('a cell of the other result', () => {
    expect(differences([row(property('S1'), property('S2', violated))], expected)).toEqual([
      'base, S1: expected violated, found holds',
      'base, S2: expected holds, found violated',
    ]);
  });

  test('a violation that the replay does not confirm', () => {
    const diverged = property('S1', { ...violated, verdict: 'diverged' });
    expect(differences([row(diverged, property('S2'))], expected)).toEqual([
      'base, S1: expected a replay confirmed, found diverged',
    ]);
    const unplayed = property('S1', { ...violated, verdict: null });
    expect(differences([row(unplayed, property('S2'))], expected)).toHaveLength(1);
  });

  test('a scenario or a configuration that is missing, or that nobody expects', () => {
    expect(differences([row(property('S1', violated))], expected)).toEqual([
      'base, S2: the configuration does not check NoLoss',
    ]);
    expect(differences([], expected)).toEqual(['base: there is no such configuration']);
    const other = { ...row(property('S1', violated), property('S2')), variant: 'x' };
    expect(differences([other], { ...expected, table: {} })).toEqual([
      'x: expected.json does not say what to expect',
    ]);
  });

  test('a violation of what stands for no scenario', () => {
    const rows = [row(property('S1', violated), property('S2'), property(null, violated))];
    expect(differences(rows, expected)).toEqual([
      'base: Other is violated, and expected.json has no word of it',
    ]);
  });

  test('a check that ended before an answer', () => {
    const cut = { ...row(property('S1', violated)), result: 'limit', complete: false };
    expect(differences([cut], null)).toContain(
      'base: the check ended with limit, before an answer',
    );
  });

  test('a configuration that could not be checked is told once, with the reason', () => {
    const broken = {
      ...row(),
      result: 'config-error',
      complete: false,
      message: 'no such constant',
    };
    expect(differences([broken], expected)).toEqual(['base: no such constant']);
    expect(differences([broken], null)).toEqual(['base: no such constant']);
  });

  test('without a table nothing may be violated', () => {
    expect(differences([row(property('S1'))], null)).toEqual([]);
    expect(differences([row(property('S1', violated))], null)).toEqual(['base: NoBug is violated']);
  });
});

describe('expected.json', () => {
  test('is read with its defaults, and names the scenarios of properties', () => {
    const { file: _, replay: __, ...written } = expected;
    put('expected.json', JSON.stringify(written));
    const read = readExpected(folder);
    expect(read).toEqual({ ...expected, file: join(folder, 'expected.json') });
    expect([scenarioOf(read, 'NoLoss'), scenarioOf(read, 'Else')]).toEqual(['S2', null]);
  });

  test('may be missing', () => {
    expect(readExpected(folder)).toBeNull();
  });

  test.each([
    ['{', /no JSON/],
    ['null', /it must be an object/],
    ['{"scenarios": {}}', /"spec" must name/],
    ['{"spec": "W.tla", "scenarios": {}, "table": {"a": "holds"}}', /"a" must map scenarios/],
    ['{"spec": "W.tla", "scenarios": {}, "table": {}, "replay": "yes"}', /"replay" must be one of/],
    ['{"spec": "W.tla", "scenarios": [], "table": {}}', /"scenarios" must map/],
    ['{"spec": "W.tla", "scenarios": {}, "table": {"a": {"S9": "holds"}}}', /no such scenario/],
    ['{"spec": "W.tla", "scenarios": {"S1": "P"}, "table": {"a": {"S1": "X"}}}', /"holds" or/],
  ])('is refused with the cause: %s', (text, cause) => {
    put('expected.json', text);
    expect(() => readExpected(folder)).toThrow(cause);
  });
});

describe('what to hunt', () => {
  const found = (subject: string) =>
    findTargets([subject]).flatMap(({ targets }) =>
      targets.map(({ spec, variant }) => `${spec.slice(folder.length + 1)} ${variant}`),
    );

  test('every configuration belongs to the only spec, in the order of expected.json', () => {
    for (const name of ['W.tla', 'b.cfg', 'a.cfg', 'old.cfg']) put(name);
    put('expected.json', '{"spec": "W.tla", "scenarios": {}, "table": {"old": {}, "b": {}}}');
    expect(found(folder)).toEqual(['W.tla old', 'W.tla b', 'W.tla a']);
  });

  test('with several specs, a configuration begins with the name of its own', () => {
    for (const name of ['Q.tla', 'Q-two.tla', 'Q.cfg', 'Q-two.cfg', 'Q-x.cfg', 'Q-two-y.cfg']) {
      put(name);
    }
    expect(found(folder)).toEqual(['Q-two.tla Q-two-y', 'Q-two.tla Q-two', 'Q.tla Q-x', 'Q.tla Q']);
    expect(found(join(folder, 'Q.tla'))).toEqual(['Q.tla Q-x', 'Q.tla Q']);
  });

  test('a configuration that belongs to no spec is a mistake', () => {
    for (const name of ['Q.tla', 'R.tla', 'x.cfg']) put(name);
    expect(() => found(folder)).toThrow('which spec does x.cfg belong to?');
  });

  test('a folder with nothing in it, or none at all, is a mistake', () => {
    expect(() => found(folder)).toThrow('nothing to hunt');
    expect(() => found(join(folder, 'none'))).toThrow('there is no folder');
  });
});
