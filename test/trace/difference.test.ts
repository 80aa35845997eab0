import { expect, test } from 'vitest';
import { changes } from '../../src/trace/difference.js';
import type { TraceState } from '../../src/trace/trace.js';
import {
  formatValue,
  makeFunction,
  makeRecord,
  makeTuple,
  type Value,
} from '../../src/values/index.js';

const record = (fields: Record<string, Value>) => makeRecord(new Map(Object.entries(fields)));
const state = (variables: Record<string, Value>): TraceState => new Map(Object.entries(variables));

function shown(before: Record<string, Value>, after: Record<string, Value>): string[] {
  const show = (value: Value | null) => (value === null ? 'none' : formatValue(value));
  return changes(state(before), state(after)).map(
    (it) => `${it.path}: ${show(it.before)} → ${show(it.after)}`,
  );
}

test('names the field that changed, not the record', () => {
  const before = { page: record({ ref: 2, map: record({ file: 1 }) }), x: 1 };
  const after = { page: record({ ref: 2, map: record({ file: 7 }) }), x: 1 };
  expect(shown(before, after)).toEqual(['page.map.file: 1 → 7']);
});

test('functions of processes are written with brackets', () => {
  const before = { pc: record({ A: 'C2', B: 'L1' }), held: record({ A: 0, B: 1 }) };
  const after = { pc: record({ A: 'C5', B: 'L1' }), held: record({ A: 1, B: 1 }) };
  expect(shown(before, after)).toEqual(['pc["A"]: "C2" → "C5"', 'held["A"]: 0 → 1']);
});

test('elements of sequences and of other functions are written with brackets', () => {
  const before = { q: makeTuple([1, 2]), f: makeFunction([[5, 'a']]) };
  const after = { q: makeTuple([1, 3]), f: makeFunction([[5, 'b']]) };
  expect(shown(before, after)).toEqual(['q[2]: 2 → 3', 'f[5]: "a" → "b"']);
});

test('a field name that could not stand after a dot is bracketed', () => {
  expect(shown({ r: record({ 'b+e': 1 }) }, { r: record({ 'b+e': 2 }) })).toEqual([
    'r["b+e"]: 1 → 2',
  ]);
});

test('values of different domains differ as a whole', () => {
  expect(shown({ q: makeTuple([1]) }, { q: makeTuple([1, 2]) })).toEqual(['q: <<1>> → <<1, 2>>']);
});

test('a variable that one side lacks is a difference', () => {
  expect(shown({ x: 1 }, { y: 1 })).toEqual(['x: 1 → none', 'y: none → 1']);
});

test('equal states have no differences', () => {
  expect(shown({ x: makeTuple([1]) }, { x: makeTuple([1]) })).toEqual([]);
});
