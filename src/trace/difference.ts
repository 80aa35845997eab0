/**
 * What changed between two values, as small as it can be named: `page.ref: 2 → 3`, not the whole
 * page. Used between the states of a trace and between a specification and an implementation.
 */
import {
  FunctionValue,
  formatValue,
  functionPairs,
  RecordValue,
  TupleValue,
  type Value,
} from '../values/index.js';
import type { TraceState } from './trace.js';

/** One place where two states differ. A side that has no such variable is null. */
export interface Change {
  /** Such as `page.ref`, `queue[2]` or `pc["A"]`. */
  readonly path: string;
  readonly variable: string;
  readonly before: Value | null;
  readonly after: Value | null;
}

/**
 * The differences between two states, by variable in the order of `before`, then new variables.
 * `processes` are the processes that are strings; they decide how a path is written.
 */
export function changes(
  before: TraceState,
  after: TraceState,
  processes: ReadonlySet<string> = processNames(before),
): Change[] {
  const names = new Set([...before.keys(), ...after.keys()]);
  return [...names].flatMap((name) => {
    const old = before.get(name) ?? null;
    const now = after.get(name) ?? null;
    if (old === null || now === null) {
      return old === now ? [] : [{ path: name, variable: name, before: old, after: now }];
    }
    return valueChanges(name, name, old, now, processes);
  });
}

function valueChanges(
  variable: string,
  path: string,
  before: Value,
  after: Value,
  indexes: ReadonlySet<string>,
): Change[] {
  if (before === after) return [];
  if (!haveSameDomain(before, after)) return [{ path, variable, before, after }];
  const olds = functionPairs(before) as readonly (readonly [Value, Value])[];
  const news = functionPairs(after) as readonly (readonly [Value, Value])[];
  const brackets = !(before instanceof RecordValue) || isIndexed(before, indexes);
  return olds.flatMap(([key, old], i) => {
    const inner = brackets ? `${path}[${formatValue(key)}]` : `${path}.${String(key)}`;
    return valueChanges(variable, inner, old, (news[i] as readonly [Value, Value])[1], indexes);
  });
}

function haveSameDomain(a: Value, b: Value): boolean {
  if (a instanceof TupleValue && b instanceof TupleValue) {
    return a.elements.length === b.elements.length;
  }
  if (a instanceof RecordValue && b instanceof RecordValue) return a.shape === b.shape;
  return a instanceof FunctionValue && b instanceof FunctionValue && a.domain === b.domain;
}

/**
 * TLA+ has one value for the record `[A |-> 1]` and the function `[p \in {"A"} |-> 1]`. It reads
 * as a function where its fields are all processes, or no field could be written after a dot.
 */
function isIndexed(record: RecordValue, indexes: ReadonlySet<string>): boolean {
  return record.shape.names.every((name) => indexes.has(name) || !/^\w*[A-Za-z_]\w*$/.test(name));
}

/** The processes that are strings, read off the domain of PlusCal's `pc`. */
export function processNames(state: TraceState): ReadonlySet<string> {
  const pc = state.get('pc');
  return new Set(pc instanceof RecordValue ? pc.shape.names : []);
}
