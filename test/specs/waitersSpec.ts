/** The waiters spec of specs/ as tests use it: any kernel, with its text or constants edited. */
import { readFileSync } from 'node:fs';
import { graphModel } from '../../src/cli/graphModel.js';
import { traceOfLasso } from '../../src/cli/lassoTraces.js';
import { loadSpecification } from '../../src/cli/pipeline.js';
import { explore, LivenessCheck } from '../../src/explore/index.js';
import type { GraphModel } from '../../src/graph/index.js';
import { SourceText } from '../../src/source/text.js';
import type { Trace } from '../../src/trace/trace.js';
import { edit } from './writebackSpec.js';

const folder = new URL('../../specs/waiters/', import.meta.url);

export function readWaiters(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** What every kernel of the dossier's table changes against `base.cfg`, shipped or not. */
const LOOPS = { WaitInFsync: '"while"', WaitInTruncate: '"while"' };
const ONLY_IF_CLEAR = { WakeStyle: '"only-if-clear"' };
export const WAITER_KERNELS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  old: { WaitInFsync: '"recheck"', WaitInTruncate: '"recheck"', ...ONLY_IF_CLEAR },
  base: {},
  a: {},
  b: {},
  c: {},
  e: LOOPS,
  'a+b': {},
  'a+c': {},
  'b+e': LOOPS,
  'c+e': LOOPS,
  g: ONLY_IF_CLEAR,
  'b+g': ONLY_IF_CLEAR,
};

/** The configuration of a kernel that ships, with other values for some constants. */
export function waitersConfig(
  kernel: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return Object.entries(values).reduce(
    (text, [name, value]) => {
      const line = text.split('\n').find((it) => it.startsWith(`    ${name} = `));
      if (line === undefined) throw new Error(`the configuration has no constant ${name}`);
      return edit(text, line, `    ${name} = ${value}`);
    },
    readWaiters(`${kernel}.cfg`),
  );
}

export interface WaitersEdits {
  readonly constants?: Readonly<Record<string, string>>;
  readonly spec?: (text: string) => string;
}

/** The safety part; what is temporal in the configuration is left out of it. */
export function loadWaiters(kernel: string, edits: WaitersEdits = {}): GraphModel {
  const { spec = (text) => text, constants = {} } = edits;
  const config = waitersConfig(kernel, constants).replace(/^PROPERTIES$[\s\S]*?(?=^\\\*)/m, '');
  const { compiled } = loadSpecification({
    spec: new SourceText('Waiters.tla', spec(readWaiters('Waiters.tla'))),
    config: new SourceText(`${kernel}.cfg`, config),
    findModule: () => null,
  });
  return graphModel('Waiters.tla', compiled);
}

export interface DecidedWaiters {
  /** Invariants and properties that are violated, in the order of the configuration. */
  readonly violated: readonly string[];
  readonly lassos: ReadonlyMap<string, Trace>;
}

/** What the checker itself says of a kernel, with all of its properties. */
export function decideWaiters(kernel: string, edits: WaitersEdits = {}): DecidedWaiters {
  const { spec = (text) => text, constants = {} } = edits;
  const config = `${kernel}.cfg`;
  const { compiled } = loadSpecification({
    spec: new SourceText('Waiters.tla', spec(readWaiters('Waiters.tla'))),
    config: new SourceText(config, waitersConfig(kernel, constants)),
    findModule: () => null,
  });
  const search = explore(compiled, { everyProperty: true, checkDeadlock: false });
  const temporal = compiled.temporal();
  if (temporal === null) throw new Error('the configuration has temporal properties');
  const check = new LivenessCheck(compiled, temporal.model, search, { everyProperty: true });
  while (check.advance(10_000));
  const model = graphModel('Waiters.tla', compiled);
  const lassos = check.result().violations.map((violation): [string, Trace] => {
    const trace = traceOfLasso(violation, { compiled, temporal, model, search, config });
    return [trace.property as string, trace];
  });
  const invariants = search.violations.map(({ property }) => property as string);
  return { violated: [...invariants, ...lassos.map(([name]) => name)], lassos: new Map(lassos) };
}
