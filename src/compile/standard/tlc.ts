/**
 * The module TLC. What is printed, kept in registers, drawn by chance or told by the clock is the
 * host's; `tlcRegisters.ts` has TLCGet and TLCSet.
 */
import {
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
import type { Host } from '../runtime/host.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import { TestedSet } from '../runtime/lazySets.js';
import { printed } from '../runtime/printed.js';
import { collected, elementsOf } from '../runtime/sets.js';
import { effect, operator, type StandardModule } from './operator.js';
import { tlcRegisters } from './tlcRegisters.js';

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
  return printed(given, site);
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

export function sortSequence(
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

/** Chance and the clock. */
function nondeterministic(host: Host): StandardModule {
  function randomElement(given: RuntimeValue, site: Site): Value {
    const all = elementsOf(given, 'RandomElement', site);
    if (all.length === 0) throw new Fault('EVL007', site, { set: show(given) });
    return all[host.draw(all.length)] as Value;
  }
  function javaTime(site: Site): number {
    const time = host.seconds();
    if (time !== null) return time.since1970 & 0x7fffffff;
    throw new Fault('EVL021', site, { construct: 'JavaTime', place: 'without a clock' });
  }
  return {
    RandomElement: effect('value', 1, randomElement),
    JavaTime: effect('number', 0, javaTime),
  };
}

export function tlc(host: Host): StandardModule {
  function printValue(out: RuntimeValue, result: RuntimeValue, site: Site): RuntimeValue {
    host.print(`${printed(out, site)}  ${printed(result, site)}`);
    return result;
  }
  function printTrue(out: RuntimeValue, site: Site): boolean {
    host.print(printed(out, site));
    return true;
  }
  return {
    Print: effect('any', 2, printValue),
    PrintT: effect('boolean', 1, printTrue),
    Assert: operator('boolean', 2, assert),
    ':>': operator('value', 2, singleton),
    '@@': operator('value', 2, merge),
    ToString: operator('string', 1, text),
    Permutations: operator('value', 1, permutations),
    SortSeq: operator('value', 2, sortSequence),
    TLCEval: operator('value', 1, evaluated),
    Any: operator('any', 0, anything),
    ...nondeterministic(host),
    ...tlcRegisters(host),
  };
}
