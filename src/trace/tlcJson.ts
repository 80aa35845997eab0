/**
 * Counterexamples as TLC writes them with `-dumpTrace json`: states with their numbers, and edges
 * between them. A lasso is the edge that leads back, or to the same state where it stays. TLC loses
 * the difference between sets, sequences and functions on 1..n, which all are arrays there: they
 * are read as tuples; and it names neither the property nor the configuration.
 */
import { fail } from '../source/diagnostic.js';
import {
  formatValue,
  functionPairs,
  ModelValue,
  makeRecord,
  makeTuple,
  SetValue,
  TupleValue,
  type Value,
} from '../values/index.js';
import { Reader } from './json.js';
import type { Trace, TraceStep } from './trace.js';

type Json = boolean | string | number | readonly Json[] | { readonly [key: string]: Json };
type Label = Omit<TraceStep, 'state'>;

/** Whether parsed JSON is such a file. */
export function isTlcJson(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'counterexample' in data;
}

export function traceToTlc(trace: Trace): Json {
  const { loop, closing } = trace;
  const module = moduleOf(trace.spec);
  const states = trace.steps.map(({ state }, i): Json => [i + 1, stateToTlc(state)]);
  const stateAt = (index: number) => states[index] as Json;
  const steps = trace.steps.slice(1).map((step, i): Json => {
    return [stateAt(i), labelToTlc(step, module), stateAt(i + 1)];
  });
  if (loop !== null) {
    const stays: Json = { name: 'Stuttering', location: { module } };
    const back = closing === undefined ? stays : labelToTlc(closing, module);
    steps.push([stateAt(states.length - 1), back, stateAt(loop)]);
  }
  const vars = [...(trace.steps[0]?.state.keys() ?? [])];
  return { counterexample: { state: states, action: steps }, vars };
}

function labelToTlc({ action, process, location, choices }: Label, module: string): Json {
  const context: Record<string, Json> = {};
  if (process !== null) context.self = valueToTlc(process);
  for (const [name, value] of choices) context[name] = valueToTlc(value);
  const parameters = Object.keys(context);
  const { line: beginLine = 0, column: beginColumn = 0 } = location ?? {};
  const place: Json = location === null ? { module } : { beginLine, beginColumn, module };
  return {
    name: action ?? '',
    location: place,
    ...(parameters.length === 0 ? {} : { context, parameters }),
  };
}

function stateToTlc(state: TraceStep['state']): Json {
  return Object.fromEntries([...state].map(([name, value]) => [name, valueToTlc(value)]));
}

function valueToTlc(value: Value): Json {
  if (typeof value !== 'object') return value;
  if (value instanceof ModelValue) return value.name;
  if (value instanceof SetValue || value instanceof TupleValue) {
    return value.elements.map(valueToTlc);
  }
  const pairs = functionPairs(value);
  if (pairs === null) return formatValue(value);
  const named = pairs.map(([key, to]) => {
    return [typeof key === 'string' ? key : formatValue(key), valueToTlc(to)] as const;
  });
  return Object.fromEntries(named);
}

export function traceFromTlc(
  data: unknown,
  file: string,
  modelValues?: ReadonlySet<string>,
): Trace {
  const reader = new TlcReader(new Reader(file, modelValues));
  const { states, edges } = reader.graph(data);
  // Both are sets for TLC, so their order says nothing.
  const numbers = [...states.keys()].sort((a, b) => a - b);
  if (numbers.length === 0) fail('RPL003', null, { file });
  const steps = numbers.map((number, i): TraceStep => {
    const state = states.get(number) as TraceStep['state'];
    if (i === 0) return { action: null, process: null, choices: new Map(), location: null, state };
    const edge = edges.find(({ from, to }) => to === number && from === numbers[i - 1]);
    if (edge === undefined) return fail('RPL004', null, { file, path: `state ${number}` });
    return { ...edge.label, state };
  });
  const back = edges.find(({ from, to }) => to <= from);
  const closes = back !== undefined && back.from !== back.to;
  return {
    spec: `${edges[0]?.module ?? ''}.tla`,
    constants: new Map(),
    property: null,
    steps,
    loop: back === undefined ? null : numbers.indexOf(back.to),
    ...(closes ? { closing: back.label } : {}),
  };
}

interface Edge {
  readonly from: number;
  readonly to: number;
  readonly module: string;
  readonly label: Label;
}

class TlcReader {
  constructor(private readonly read: Reader) {}

  graph(data: unknown) {
    const { read } = this;
    const at = '/counterexample';
    const { state, action } = read.object(read.object(data, '').counterexample, at);
    const states = read.array(state, `${at}/state`);
    const edges = read.array(action, `${at}/action`);
    return {
      states: new Map(states.map((one, i) => this.state(one, `${at}/state/${i}`))),
      edges: edges.map((one, i) => this.edge(one, `${at}/action/${i}`)),
    };
  }

  private state(data: unknown, at: string): [number, TraceStep['state']] {
    const [number, values] = this.read.array(data, at);
    return [this.read.count(number, `${at}/0`), new Map(this.values(values, `${at}/1`))];
  }

  private edge(data: unknown, at: string): Edge {
    const { read } = this;
    const [from, action, to] = read.array(data, at);
    const { name, location, context } = read.object(action, `${at}/1`);
    const { module } = read.object(location ?? {}, `${at}/1/location`);
    const given = this.values(context ?? {}, `${at}/1/context`);
    const numberOf = (end: unknown, place: string) => read.count(read.array(end, place)[0], place);
    return {
      from: numberOf(from, `${at}/0`),
      to: numberOf(to, `${at}/2`),
      module: read.nullable(module, (it) => read.string(it, `${at}/1/location/module`)) ?? '',
      label: {
        action: read.string(name, `${at}/1/name`),
        process: given.find(([key]) => key === 'self')?.[1] ?? null,
        choices: new Map(given.filter(([key]) => key !== 'self')),
        // The place is one in the translation.
        location: null,
      },
    };
  }

  private values(data: unknown, at: string): [string, Value][] {
    const fields = Object.entries(this.read.object(data, at));
    return fields.map(([name, value]) => [name, this.value(value, `${at}/${name}`)]);
  }

  private value(data: unknown, at: string): Value {
    if (Array.isArray(data)) return makeTuple(data.map((one, i) => this.value(one, `${at}/${i}`)));
    if (typeof data !== 'object' || data === null) return this.read.value(data, at);
    const fields = this.values(data, at);
    return fields.length === 0 ? makeTuple([]) : makeRecord(new Map(fields));
  }
}

function moduleOf(path: string): string {
  return path.replace(/^.*[/\\]/, '').replace(/\.tla$/, '');
}
