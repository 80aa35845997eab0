/**
 * Traces in the Informal Trace Format (Apalache's ADR 015). ITF has no place for the action, so the
 * label is written twice: in each state's `#meta`, with process, choices and location, and in the
 * variables `mbt::actionTaken` and `mbt::nondetPicks` that Quint's tools read. A trace by Quint has
 * only the latter, one by Apalache has neither: its steps cannot be replayed, and reading says so.
 */
import { fail } from '../source/diagnostic.js';
import type { Itf, Value } from '../values/index.js';
import { Reader, readClosing, type TraceJson, traceToJson } from './json.js';
import { lassoToJson, readLasso } from './lassoJson.js';
import type { Trace, TraceStep } from './trace.js';

export const actionTaken = 'mbt::actionTaken';
export const nondetPicks = 'mbt::nondetPicks';

export interface ItfTrace {
  readonly '#meta': Readonly<Record<string, unknown>>;
  readonly params: readonly string[];
  readonly vars: readonly string[];
  readonly states: readonly Readonly<Record<string, unknown>>[];
  readonly loop?: number;
}

export function traceToItf(trace: Trace): ItfTrace {
  const json = traceToJson(trace);
  const variables = [...(trace.steps[0]?.state.keys() ?? [])];
  const loop = trace.loop === null ? {} : { loop: trace.loop };
  return {
    '#meta': {
      format: 'ITF',
      'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
      source: trace.spec,
      ...(trace.config === undefined ? {} : { config: trace.config }),
      property: trace.property,
      constants: json.constants,
      ...(json.closing === undefined ? {} : { closing: json.closing }),
      ...lassoToJson(trace),
    },
    params: [...trace.constants.keys()],
    vars: [...variables, actionTaken, nondetPicks],
    states: json.steps.map((step, i) => stateToItf(step, i)),
    ...loop,
  };
}

function stateToItf(step: TraceJson['steps'][number], index: number): Record<string, unknown> {
  const picks = Object.entries(step.choices).map(([name, value]) => [name, { tag: 'Some', value }]);
  return {
    '#meta': {
      index,
      action: step.action,
      process: step.process,
      choices: step.choices,
      location: step.location,
    },
    ...step.state,
    // Quint's name for the step that leads to an initial state.
    [actionTaken]: step.action ?? 'init',
    [nondetPicks]: Object.fromEntries(picks),
  };
}

/** Whether parsed JSON claims to be an ITF trace: `vars` and `states`, and no format of ours. */
export function isItf(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 'states' in data && 'vars' in data;
}

export function traceFromItf(
  data: unknown,
  file: string,
  modelValues?: ReadonlySet<string>,
): Trace {
  const read = new Reader(file, modelValues);
  const root = read.object(data, '');
  const meta = read.object(root['#meta'] ?? {}, '/#meta');
  const names = read.array(root.vars, '/vars').map((it, i) => read.string(it, `/vars/${i}`));
  const variables = names.filter((name) => !name.startsWith('mbt::'));
  const states = read.array(root.states, '/states');
  if (states.length === 0) fail('RPL003', null, { file });
  return {
    spec: read.nullable(meta.source, (it) => read.string(it, '/#meta/source')) ?? '',
    ...read.config(meta.config, '/#meta/config'),
    constants: read.values(meta.constants ?? {}, '/#meta/constants'),
    property: read.nullable(meta.property, (it) => read.string(it, '/#meta/property')),
    steps: states.map((state, i) => readState(read, state, i, variables, file)),
    loop: read.loop(root.loop, states.length),
    ...readClosing(read, meta.closing, '/#meta/closing'),
    ...readLasso(read, meta, '/#meta', states.length),
  };
}

function readState(
  read: Reader,
  data: unknown,
  index: number,
  variables: readonly string[],
  file: string,
): TraceStep {
  const at = `/states/${index}`;
  const state = read.object(data, at);
  const meta = read.object(state['#meta'] ?? {}, `${at}/#meta`);
  const label = meta.action ?? (index === 0 ? null : state[actionTaken]);
  const action = read.nullable(label, (it) => read.string(it, `${at}/#meta/action`));
  if (index > 0 && action === null) fail('RPL004', null, { file, path: at });
  for (const name of variables) {
    if (!(name in state)) read.expected(`${at}/${name}`, 'a value of this variable', undefined);
  }
  const process = read.nullable(meta.process, (it) => read.value(it, `${at}/#meta/process`));
  return {
    action,
    process,
    choices: readChoices(read, meta.choices, state[nondetPicks], at),
    location: read.nullable(meta.location, (it) => read.location(it, `${at}/#meta/location`)),
    state: new Map(variables.map((name) => [name, read.value(state[name], `${at}/${name}`)])),
  };
}

/** Our `#meta`, else Quint's picks: `Some(v)` is a choice, `None` a pick not made in this step. */
function readChoices(
  read: Reader,
  choices: unknown,
  picks: unknown,
  at: string,
): ReadonlyMap<string, Value> {
  if (choices !== undefined) return read.values(choices, `${at}/#meta/choices`);
  const options = Object.entries(read.object(picks ?? {}, `${at}/${nondetPicks}`));
  const made = options.flatMap(([name, data]): [string, Itf][] => {
    const option = read.object(data, `${at}/${nondetPicks}/${name}`);
    return option.tag === 'Some' ? [[name, option.value as Itf]] : [];
  });
  return read.values(Object.fromEntries(made), `${at}/${nondetPicks}`);
}
