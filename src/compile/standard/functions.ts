/** The community module Functions. */
import { makeFunctionOn, makeSet, SetValue, type Value } from '../../values/index.js';
import { add } from '../runtime/arithmetic.js';
import { equal, member } from '../runtime/equality.js';
import { bool, type Site, wrongKind } from '../runtime/fault.js';
import { apply, domain, mapping } from '../runtime/functions.js';
import { type RuntimeSet, type RuntimeValue, value } from '../runtime/lazy.js';
import { domainKeys, FunctionSet, functionValues } from '../runtime/productSets.js';
import {
  cardinality,
  choose,
  collected,
  elementsOf,
  filter,
  set,
  subsetOrEqual,
} from '../runtime/sets.js';
import { type Binary, foldUp, type Unary } from './folds.js';
import { operator, type StandardModule } from './operator.js';

type Given = RuntimeValue;

/** The values of a function, tuple or record, in the order of its domain. */
function valuesOf(f: Given, name: string, site: Site): readonly Value[] {
  const made = value(f, site);
  if (domainKeys(made) === null) return wrongKind(name, 'a function', f, site);
  return functionValues(made);
}

function restrict(f: Given, to: Given, site: Site): RuntimeValue {
  return mapping(to, (key) => apply(f, key, site), site);
}

function restrictDomain(f: Given, test: Unary, site: Site): RuntimeValue {
  const place = 'the predicate of RestrictDomain';
  return restrict(
    f,
    filter(domain(f, site), (key) => bool(test(key), place, site), site),
    site,
  );
}

function restrictValues(f: Given, test: Unary, site: Site): RuntimeValue {
  const at = (key: Value): Value => value(apply(f, key, site), site);
  const isKept = (key: Value) => bool(test(at(key)), 'the predicate of RestrictValues', site);
  return restrict(f, filter(domain(f, site), isKept, site), site);
}

function isRestriction(narrow: Given, wide: Given, site: Site): boolean {
  if (!subsetOrEqual(domain(narrow, site), domain(wide, site), site)) return false;
  return elementsOf(domain(narrow, site), 'IsRestriction', site).every((key) =>
    equal(apply(narrow, key, site), apply(wide, key, site), site),
  );
}

function range(f: Given, site: Site): SetValue {
  return collected(valuesOf(f, 'Range', site), site);
}

function pointwise(f: Given, g: Given, op: Binary, site: Site): RuntimeValue {
  const at = (h: Given, key: Value): Value => value(apply(h, key, site), site);
  return mapping(domain(f, site), (key) => op(at(f, key), at(g, key)), site);
}

/** `[t \in T |-> CHOOSE s \in S : t \in Range(f) => f[s] = t]` */
function inverse(f: Given, from: Given, to: Given, site: Site): RuntimeValue {
  const taken = range(f, site);
  return mapping(
    to,
    (t) => {
      const isTaken = member(t, taken, site);
      return choose(from, (s) => !isTaken || equal(apply(f, s, site), t, site), site);
    },
    site,
  );
}

function antiFunction(f: Given, site: Site): RuntimeValue {
  return inverse(f, domain(f, site), range(f, site), site);
}

function isInjective(f: Given, site: Site): boolean {
  const all = valuesOf(f, 'IsInjective', site);
  return collected(all, site).elements.length === all.length;
}

/** The functions on `keys` that take no value twice. */
function injectionsOf(keys: SetValue, values: readonly Value[]): Value[] {
  const all: Value[] = [];
  const row: Value[] = [];
  const used = new Set<Value>();
  const extend = (): void => {
    if (row.length === keys.elements.length) {
      all.push(makeFunctionOn(keys, [...row]));
      return;
    }
    for (const one of values) {
      if (used.has(one)) continue;
      used.add(one);
      row.push(one);
      extend();
      row.pop();
      used.delete(one);
    }
  };
  extend();
  return all;
}

const hasEnd = (one: RuntimeSet): boolean => one instanceof SetValue || one.isFinite();

function injections(from: Given, to: Given, site: Site): RuntimeSet {
  const [keys, values] = [set(from, 'Injection', site), set(to, 'Injection', site)];
  if (!hasEnd(keys) || !hasEnd(values)) {
    return filter(new FunctionSet(keys, values), (f) => isInjective(f, site), site);
  }
  const all = elementsOf(values, 'Injection', site);
  return makeSet(injectionsOf(value(keys, site) as SetValue, all));
}

function surjections(from: Given, to: Given, site: Site): RuntimeSet {
  const [keys, values] = [set(from, 'Surjection', site), set(to, 'Surjection', site)];
  const count = cardinality(values, site);
  const isOnto = (f: Value): boolean => new Set(functionValues(f)).size === count;
  return filter(new FunctionSet(keys, values), isOnto, site);
}

function bijections(from: Given, to: Given, site: Site): RuntimeSet {
  return existsBijection(from, to, site) ? injections(from, to, site) : makeSet([]);
}

function existsInjection(from: Given, to: Given, site: Site): boolean {
  return cardinality(from, site) <= cardinality(to, site);
}

function existsSurjection(from: Given, to: Given, site: Site): boolean {
  const [keys, values] = [cardinality(from, site), cardinality(to, site)];
  return keys >= values && (values > 0 || keys === 0);
}

function existsBijection(from: Given, to: Given, site: Site): boolean {
  return cardinality(from, site) === cardinality(to, site);
}

export function foldFunction(op: Binary, base: Given, f: Given, site: Site): Value {
  return foldUp(op, base, valuesOf(f, 'FoldFunction', site), site);
}

function foldFunctionOnSet(op: Binary, base: Given, f: Given, keys: Given, site: Site): Value {
  const all = elementsOf(keys, 'FoldFunctionOnSet', site);
  const values = all.map((key) => value(apply(f, key, site), site));
  return foldUp(op, base, values, site);
}

function sumFunction(f: Given, site: Site): Value {
  return foldFunction((one, sum) => add(sum, one, site), 0, f, site);
}

function sumFunctionOnSet(f: Given, keys: Given, site: Site): Value {
  return foldFunctionOnSet((one, sum) => add(sum, one, site), 0, f, keys, site);
}

export const functions: StandardModule = {
  Restrict: operator('any', 2, restrict),
  RestrictDomain: operator('any', 2, restrictDomain),
  RestrictValues: operator('any', 2, restrictValues),
  IsRestriction: operator('boolean', 2, isRestriction),
  Range: operator('value', 1, range),
  Pointwise: operator('any', 3, pointwise),
  Inverse: operator('any', 3, inverse),
  AntiFunction: operator('any', 1, antiFunction),
  IsInjective: operator('boolean', 1, isInjective),
  Injection: operator('any', 2, injections),
  Surjection: operator('any', 2, surjections),
  Bijection: operator('any', 2, bijections),
  ExistsInjection: operator('boolean', 2, existsInjection),
  ExistsSurjection: operator('boolean', 2, existsSurjection),
  ExistsBijection: operator('boolean', 2, existsBijection),
  FoldFunction: operator('value', 3, foldFunction),
  FoldFunctionOnSet: operator('value', 4, foldFunctionOnSet),
  SumFunction: operator('number', 1, sumFunction),
  SumFunctionOnSet: operator('number', 2, sumFunctionOnSet),
};
