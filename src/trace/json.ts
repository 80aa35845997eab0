/**
 * The trace as JSON, `counterplay-trace-1` (`commands.md`). The writer is total; the reader refuses
 * whatever is not of that format, naming the file, the place inside it and what belongs there.
 */
import { fail } from '../source/diagnostic.js';
import type { Location } from '../source/text.js';
import { decodeItf, encodeItf, type Itf, ItfError, type Value } from '../values/index.js';
import { type LassoJson, lassoToJson, readLasso } from './lassoJson.js';
import type { Trace, TraceStep } from './trace.js';

export const traceFormat = 'counterplay-trace-1';

/** A value is `Itf` data; the names follow `commands.md`. */
export interface TraceJson extends LassoJson {
  readonly format: typeof traceFormat;
  readonly spec: string;
  readonly config?: string;
  readonly constants: Readonly<Record<string, Itf>>;
  readonly property: string | null;
  readonly steps: readonly (StepJson & { readonly state: Readonly<Record<string, Itf>> })[];
  readonly loop: number | null;
  /** The step from the last state of a lasso back; not there if it stays in it. */
  readonly closing?: StepJson;
}

interface StepJson {
  readonly action: string | null;
  readonly process: Itf | null;
  readonly choices: Readonly<Record<string, Itf>>;
  readonly location: Location | null;
}

export function traceToJson(trace: Trace): TraceJson {
  return {
    format: traceFormat,
    spec: trace.spec,
    ...(trace.config === undefined ? {} : { config: trace.config }),
    constants: encodeMap(trace.constants),
    property: trace.property,
    steps: trace.steps.map((step) => ({ ...stepToJson(step), state: encodeMap(step.state) })),
    loop: trace.loop,
    ...(trace.closing === undefined ? {} : { closing: stepToJson(trace.closing) }),
    ...lassoToJson(trace),
  };
}

function stepToJson({ action, process, choices, location }: Omit<TraceStep, 'state'>): StepJson {
  return {
    action,
    process: process === null ? null : encodeItf(process),
    choices: encodeMap(choices),
    location,
  };
}

export function encodeMap(map: ReadonlyMap<string, Value>): Record<string, Itf> {
  return Object.fromEntries([...map].map(([name, value]) => [name, encodeItf(value)]));
}

/**
 * Reads a trace from parsed JSON. ITF writes model values as strings, so they come back as strings
 * unless `modelValues` names them. `file` is for messages.
 */
export function traceFromJson(
  data: unknown,
  file: string,
  modelValues?: ReadonlySet<string>,
): Trace {
  const read = new Reader(file, modelValues);
  const root = read.object(data, '');
  if (root.format !== traceFormat) {
    read.expected('/format', `"${traceFormat}"`, root.format);
  }
  const steps = read.array(root.steps, '/steps');
  if (steps.length === 0) fail('RPL003', null, { file });
  return {
    spec: read.string(root.spec, '/spec'),
    ...read.config(root.config, '/config'),
    constants: read.values(root.constants ?? {}, '/constants'),
    property: read.nullable(root.property, (it) => read.string(it, '/property')),
    steps: steps.map((step, i) => {
      const at = `/steps/${i}`;
      const data = read.object(step, at);
      return { ...readStep(read, data, at, i > 0), state: read.values(data.state, `${at}/state`) };
    }),
    loop: read.loop(root.loop, steps.length),
    ...readClosing(read, root.closing, '/closing'),
    ...readLasso(read, root, '', steps.length),
  };
}

/** The field of a trace, or none. */
export function readClosing(read: Reader, data: unknown, at: string): Pick<Trace, 'closing'> {
  const step = read.nullable(data, (it) => read.object(it, at));
  return step === null ? {} : { closing: readStep(read, step, at, true) };
}

function readStep(
  read: Reader,
  step: Record<string, unknown>,
  at: string,
  hasAction: boolean,
): Omit<TraceStep, 'state'> {
  const action = read.nullable(step.action, (it) => read.string(it, `${at}/action`));
  if (hasAction && action === null) {
    read.expected(`${at}/action`, 'the label of the step', step.action);
  }
  return {
    action,
    process: read.nullable(step.process, (it) => read.value(it, `${at}/process`)),
    choices: read.values(step.choices ?? {}, `${at}/choices`),
    location: read.nullable(step.location, (it) => read.location(it, `${at}/location`)),
  };
}

/** Checks parsed JSON piece by piece; every refusal is a diagnostic with file and JSON path. */
export class Reader {
  constructor(
    private readonly file: string,
    private readonly modelValues?: ReadonlySet<string>,
  ) {}

  expected(path: string, expected: string, found: unknown): never {
    const text = found === undefined ? 'nothing' : (JSON.stringify(found) ?? String(found));
    const shown = text.length > 60 ? `${text.slice(0, 57)}...` : text;
    return fail('RPL002', null, {
      file: this.file,
      path: path === '' ? 'the top level' : path,
      expected,
      found: shown,
    });
  }

  object(data: unknown, path: string): Record<string, unknown> {
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      this.expected(path, 'an object', data);
    }
    return data as Record<string, unknown>;
  }

  array(data: unknown, path: string): readonly unknown[] {
    return Array.isArray(data) ? data : this.expected(path, 'an array', data);
  }

  string(data: unknown, path: string): string {
    return typeof data === 'string' ? data : this.expected(path, 'a string', data);
  }

  count(data: unknown, path: string): number {
    const isCount = typeof data === 'number' && Number.isInteger(data) && data >= 1;
    return isCount ? data : this.expected(path, 'a number from 1', data);
  }

  location(data: unknown, path: string): Location {
    const location = this.object(data, path);
    return {
      file: this.string(location.file, `${path}/file`),
      line: this.count(location.line, `${path}/line`),
      column: this.count(location.column, `${path}/column`),
    };
  }

  nullable<T>(data: unknown, read: (present: unknown) => T): T | null {
    return data === null || data === undefined ? null : read(data);
  }

  /** The field of a trace, or none. */
  config(data: unknown, path: string): { readonly config?: string } {
    const config = this.nullable(data, (it) => this.string(it, path));
    return config === null ? {} : { config };
  }

  loop(data: unknown, stepCount: number): number | null {
    if (data === null || data === undefined) return null;
    const isIndex = typeof data === 'number' && Number.isInteger(data);
    if (isIndex && data >= 0 && data < stepCount) return data;
    return this.expected('/loop', `null or the index of a state, 0 to ${stepCount - 1}`, data);
  }

  value(data: unknown, path: string): Value {
    try {
      return decodeItf(data, this.modelValues);
    } catch (error) {
      if (!(error instanceof ItfError)) throw error;
      return this.expected(path + error.path, `an ITF value (${error.message})`, data);
    }
  }

  values(data: unknown, path: string): ReadonlyMap<string, Value> {
    const entries = Object.entries(this.object(data, path));
    return new Map(entries.map(([name, it]) => [name, this.value(it, `${path}/${name}`)]));
  }
}
