/** Sequences. As in TLC, `Len`, `\o` and `SubSeq` also work on strings. */
import { makeTuple, TupleValue, type Value } from '../../values/index.js';
import { bool, Fault, type Site, show, wrongKind } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { SequenceSet } from '../runtime/lazySets.js';
import { set } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';

export function sequence(given: RuntimeValue, name: string, site: Site): readonly Value[] {
  const made = value(given, site);
  if (made instanceof TupleValue) return made.elements;
  return wrongKind(name, 'a sequence', made, site);
}

export function length(s: RuntimeValue, site: Site): number {
  return typeof s === 'string' ? s.length : sequence(s, 'Len', site).length;
}

function head(s: RuntimeValue, site: Site): Value {
  const first = sequence(s, 'Head', site)[0];
  if (first === undefined) throw new Fault('EVL015', site, { operator: 'Head' });
  return first;
}

function tail(s: RuntimeValue, site: Site): Value {
  const all = sequence(s, 'Tail', site);
  if (all.length === 0) throw new Fault('EVL015', site, { operator: 'Tail' });
  return makeTuple(all.slice(1));
}

function append(s: RuntimeValue, last: RuntimeValue, site: Site): Value {
  return makeTuple([...sequence(s, 'Append', site), value(last, site)]);
}

export function concatenate(s: RuntimeValue, t: RuntimeValue, site: Site): Value {
  if (typeof s === 'string') {
    return typeof t === 'string' ? s + t : wrongKind('\\o', 'a second string', t, site);
  }
  const first = sequence(s, '\\o', site);
  const second = sequence(t, '\\o', site);
  return makeTuple([...first, ...second]);
}

export function integer(given: RuntimeValue, name: string, site: Site): number {
  return typeof given === 'number' ? given : wrongKind(name, 'an integer', given, site);
}

export function subSequence(s: RuntimeValue, m: RuntimeValue, n: RuntimeValue, site: Site): Value {
  const from = integer(m, 'SubSeq', site);
  const to = integer(n, 'SubSeq', site);
  const all = typeof s === 'string' ? s : sequence(s, 'SubSeq', site);
  if (from > to) return typeof all === 'string' ? '' : makeTuple([]);
  if (from < 1 || to > all.length) {
    throw new Fault('EVL016', site, { sequence: show(s), from, to });
  }
  const part = all.slice(from - 1, to);
  return typeof part === 'string' ? part : makeTuple(part);
}

function selectSequence(
  s: RuntimeValue,
  test: (element: Value) => RuntimeValue,
  site: Site,
): Value {
  const all = sequence(s, 'SelectSeq', site);
  return makeTuple(all.filter((one) => bool(test(one), 'the test of SelectSeq', site)));
}

function sequencesOver(elements: RuntimeValue, site: Site): RuntimeValue {
  return new SequenceSet(set(elements, 'Seq', site));
}

export const sequences: StandardModule = {
  Seq: operator('any', 1, sequencesOver),
  Len: operator('number', 1, length),
  Head: operator('value', 1, head),
  Tail: operator('value', 1, tail),
  Append: operator('value', 2, append),
  '\\o': operator('value', 2, concatenate),
  SubSeq: operator('value', 3, subSequence),
  SelectSeq: operator('value', 2, selectSequence),
};
