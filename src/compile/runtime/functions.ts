/** Functions, tuples and records: construction, application, EXCEPT, DOMAIN. */
import {
  FunctionValue,
  makeFunctionOn,
  makeFunctionShaped,
  makeShapedRecord,
  makeTuple,
  type RecordShape,
  RecordValue,
  SetValue,
  TupleValue,
  type Value,
} from '../../values/index.js';
import { member } from './equality.js';
import { Fault, type Site, show, wrongKind } from './fault.js';
import { LazyFunction, type RuntimeSet, type RuntimeValue, value } from './lazy.js';
import { Interval } from './lazySets.js';
import { domainKeys, elements, Product, someRow } from './productSets.js';
import { set } from './sets.js';

/** `f[x]` */
export function apply(f: RuntimeValue, argument: RuntimeValue, site: Site): RuntimeValue {
  const key = value(argument, site);
  if (f instanceof LazyFunction) {
    if (member(key, f.domain, site)) return f.apply(key);
    return outside(f, key, site);
  }
  const found = lookUp(f, key);
  if (found !== undefined) return found;
  if (domainKeys(value(f, site)) !== null) return outside(f, key, site);
  throw new Fault('EVL006', site, { value: show(f) });
}

/** The value of a function at a key; undefined outside its domain or where it is no function. */
function lookUp(f: RuntimeValue, key: Value): Value | undefined {
  if (f instanceof TupleValue) {
    return typeof key === 'number' ? f.elements[key - 1] : undefined;
  }
  if (f instanceof RecordValue) return typeof key === 'string' ? f.get(key) : undefined;
  if (f instanceof FunctionValue) return f.get(key);
  return undefined;
}

function outside(f: RuntimeValue, key: Value, site: Site): never {
  const holes = { function: show(f), argument: show(key), domain: show(domain(f, site)) };
  throw new Fault('EVL004', site, holes);
}

/** `r.name` */
export function field(record: RuntimeValue, name: string, site: Site): RuntimeValue {
  if (record instanceof RecordValue) {
    const found = record.get(name);
    if (found !== undefined) return found;
    throw new Fault('EVL005', site, { record: show(record), field: name });
  }
  if (record instanceof LazyFunction) return apply(record, name, site);
  return wrongKind(`.${name}`, 'a record', record, site);
}

/** `[x \in S |-> e]`: at once for a finite domain, when applied for an infinite one. */
export function mapping(
  given: RuntimeValue,
  compute: (argument: Value) => RuntimeValue,
  site: Site,
): RuntimeValue {
  const domain = set(given, 'the function constructor', site);
  if (!(domain instanceof SetValue) && !domain.isFinite()) {
    return new LazyFunction(domain, compute);
  }
  if (domain instanceof Interval && domain.low === 1) {
    const values: Value[] = [];
    for (let i = 1; i <= domain.high; i++) values.push(value(compute(i), site));
    return makeTuple(values);
  }
  const keys = value(domain, site) as SetValue;
  return makeFunctionOn(
    keys,
    keys.elements.map((key) => value(compute(key), site)),
  );
}

/** `[x \in S, y \in T |-> e]`: a function of tuples. */
export function mappingOfRows(
  given: readonly RuntimeValue[],
  compute: (row: readonly Value[]) => RuntimeValue,
  site: Site,
): RuntimeValue {
  const sets = given.map((one) => set(one, 'the function constructor', site));
  const domain = new Product(sets);
  if (!domain.isFinite()) {
    return new LazyFunction(domain, (row) => compute((row as TupleValue).elements));
  }
  const values: Value[] = [];
  someRow(
    sets.map((one) => elements(one, site)),
    (row) => {
      values.push(value(compute(row), site));
      return false;
    },
  );
  return makeFunctionOn(domain.force(site), values);
}

/** `f[x \in S] == e` where e mentions f: computed where it is applied. */
export function recursiveFunction(
  domains: readonly RuntimeValue[],
  compute: (self: LazyFunction, row: readonly Value[]) => RuntimeValue,
  site: Site,
): LazyFunction {
  const sets = domains.map((one) => set(one, 'the function definition', site));
  const domain = sets.length === 1 ? (sets[0] as RuntimeSet) : new Product(sets);
  const made: LazyFunction = new LazyFunction(domain, (argument) =>
    compute(made, sets.length === 1 ? [argument] : (argument as TupleValue).elements),
  );
  return made;
}

export function record(
  shape: RecordShape,
  fields: readonly RuntimeValue[],
  site: Site,
): RecordValue {
  return makeShapedRecord(
    shape,
    fields.map((one) => value(one, site)),
  );
}

export function tuple(given: readonly RuntimeValue[], site: Site): TupleValue {
  return makeTuple(given.map((one) => value(one, site)));
}

/** Told of an EXCEPT whose path leaves the domain of a function at a key. */
export type OnOutside = (f: RuntimeValue, key: RuntimeValue, site: Site) => void;

/**
 * `[f EXCEPT ![path] = e]`; `compute` gets the old value, which is `@`. As in TLC, a path that
 * leaves the domain changes nothing, and there is a warning.
 */
export function except(
  given: RuntimeValue,
  path: readonly RuntimeValue[],
  compute: (old: RuntimeValue) => RuntimeValue,
  site: Site,
  onOutside: OnOutside,
): Value {
  return exceptAt(value(given, site), path, 0, { compute, site, onOutside });
}

interface Update {
  readonly compute: (old: RuntimeValue) => RuntimeValue;
  readonly site: Site;
  readonly onOutside: OnOutside;
}

function exceptAt(f: Value, path: readonly RuntimeValue[], depth: number, update: Update): Value {
  const { compute, site, onOutside } = update;
  if (depth === path.length) return value(compute(f), site);
  const key = value(path[depth] as RuntimeValue, site);
  if (f instanceof LazyFunction && member(key, f.domain, site)) {
    const made = exceptAt(value(f.apply(key), site), path, depth + 1, update);
    return new LazyFunction(f.domain, (other) => (other === key ? made : f.apply(other)));
  }
  const old = lookUp(f, key);
  if (old === undefined) {
    if (domainKeys(f) === null) return wrongKind('EXCEPT', 'a function', f, site);
    onOutside(f, key, site);
    return f;
  }
  const made = exceptAt(old, path, depth + 1, update);
  return made === old ? f : replaced(f, key, made);
}

/** The function with another value at a key of its domain. */
export function replaced(f: Value, key: Value, to: Value): Value {
  if (f instanceof TupleValue) return makeTuple(f.elements.with((key as number) - 1, to));
  if (f instanceof RecordValue) {
    const position = f.shape.positions.get(key as string) as number;
    return makeShapedRecord(f.shape, f.values.with(position, to));
  }
  const position = (f as FunctionValue).domain.positions.get(key) as number;
  return makeFunctionShaped(
    (f as FunctionValue).domain,
    (f as FunctionValue).values.with(position, to),
  );
}

export function domain(f: RuntimeValue, site: Site): RuntimeSet {
  if (f instanceof LazyFunction) return f.domain;
  if (f instanceof TupleValue) return new Interval(1, f.elements.length);
  const keys = domainKeys(value(f, site));
  return keys ?? wrongKind('DOMAIN', 'a function', f, site);
}
