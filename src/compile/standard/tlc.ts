/**
 * The module TLC. What it prints goes to the host's `print`. Operators that are random, tell the
 * time or keep registers are not offered: a state must have the same successors each time.
 */
import {
  formatValue,
  functionPairs,
  makeFunction,
  makeFunctionOn,
  makeSet,
  makeTuple,
  type SetValue,
  TupleValue,
  type Value,
} from '../../values/index.js';
import { bool, Fault, type Site, show, wrongKind } from '../runtime/fault.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { TestedSet } from '../runtime/lazySets.js';
import { collected, elementsOf } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';

/** Thrown where an assertion of the specification fails; the message is the specification's. */
function assert(holds: RuntimeValue, message: RuntimeValue, site: Site): boolean {
  if (bool(holds, 'Assert', site)) return true;
  throw new Fault('EVL014', site, {
    message: typeof message === 'string' ? message : show(message),
  });
}

function singleton(key: RuntimeValue, to: RuntimeValue, site: Site): Value {
  return makeFunction([[value(key, site), value(to, site)]]);
}

/** `f @@ g`: where both are defined, f counts. */
function merge(f: RuntimeValue, g: RuntimeValue, site: Site): Value {
  const pairs = (given: RuntimeValue) =>
    functionPairs(value(given, site)) ?? wrongKind('@@', 'a function', given, site);
  const made = new Map([...pairs(g), ...pairs(f)]);
  collected(made.keys(), site);
  return makeFunction(made);
}

function text(given: RuntimeValue, site: Site): string {
  return formatValue(value(given, site));
}

function permutations(given: RuntimeValue, site: Site): Value {
  const keys = elementsOf(given, 'Permutations', site);
  const all: Value[] = [];
  const domain = makeSet(keys) as SetValue;
  const extend = (chosen: readonly Value[]): void => {
    if (chosen.length === keys.length) all.push(makeFunctionOn(domain, chosen));
    for (const key of keys) if (!chosen.includes(key)) extend([...chosen, key]);
  };
  extend([]);
  return makeSet(all);
}

function sortSequence(
  s: RuntimeValue,
  before: (a: Value, b: Value) => RuntimeValue,
  site: Site,
): Value {
  const given = value(s, site);
  if (!(given instanceof TupleValue)) return wrongKind('SortSeq', 'a sequence', given, site);
  const isBefore = (a: Value, b: Value) => bool(before(a, b), 'the order of SortSeq', site);
  return makeTuple(
    [...given.elements].sort((a, b) => (isBefore(a, b) ? -1 : isBefore(b, a) ? 1 : 0)),
  );
}

function evaluated(given: RuntimeValue, site: Site): Value {
  return value(given, site);
}

const any = new TestedSet(() => true, 'Any');

function anything(): RuntimeValue {
  return any;
}

/** `print` gets one line. */
export function tlc(print: (line: string) => void): StandardModule {
  function printValue(out: RuntimeValue, result: RuntimeValue, site: Site): RuntimeValue {
    print(formatValue(value(out, site)));
    return result;
  }
  function printTrue(out: RuntimeValue, site: Site): boolean {
    print(formatValue(value(out, site)));
    return true;
  }
  return {
    Print: operator('any', 2, printValue),
    PrintT: operator('boolean', 1, printTrue),
    Assert: operator('boolean', 2, assert),
    ':>': operator('value', 2, singleton),
    '@@': operator('value', 2, merge),
    ToString: operator('string', 1, text),
    Permutations: operator('value', 1, permutations),
    SortSeq: operator('value', 2, sortSequence),
    TLCEval: operator('value', 1, evaluated),
    Any: operator('any', 0, anything),
  };
}
