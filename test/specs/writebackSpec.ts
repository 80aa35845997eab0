/** The writeback spec of specs/ as tests use it: any variant, with its text or configuration edited. */
import { readFileSync } from 'node:fs';
import { graphModel } from '../../src/cli/graphModel.js';
import { loadSpecification } from '../../src/cli/pipeline.js';
import { explore, type SearchResult } from '../../src/explore/index.js';
import { foundTrace, type GraphModel } from '../../src/graph/index.js';
import { SourceText } from '../../src/source/text.js';
import type { Trace } from '../../src/trace/trace.js';

const folder = new URL('../../specs/writeback/', import.meta.url);

export function read(name: string): string {
  return readFileSync(new URL(name, folder), 'utf8');
}

/** Replaces a text that must be there exactly once, so that an edit cannot silently do nothing. */
export function edit(text: string, from: string, to: string): string {
  const parts = text.split(from);
  if (parts.length !== 2) throw new Error(`${parts.length - 1} places for the edit of: ${from}`);
  return parts.join(to);
}

export interface Explored {
  readonly model: GraphModel;
  readonly result: SearchResult;
  /** The shortest counterexample of a property; null where it holds. */
  trace(property: string): Trace | null;
}

export interface Edits {
  readonly spec?: (text: string) => string;
  readonly config?: (text: string) => string;
  /** Stop at the first violation. */
  readonly first?: boolean;
}

export function loadVariant(variant: string, edits: Edits = {}): GraphModel {
  const apply = (change: ((text: string) => string) | undefined, text: string) =>
    change === undefined ? text : change(text);
  const { compiled } = loadSpecification({
    spec: new SourceText('Writeback.tla', apply(edits.spec, read('Writeback.tla'))),
    config: new SourceText(`${variant}.cfg`, apply(edits.config, read(`${variant}.cfg`))),
    findModule: () => null,
  });
  return graphModel('Writeback.tla', compiled);
}

export function exploreVariant(variant: string, edits: Edits = {}): Explored {
  const model = loadVariant(variant, edits);
  const result = explore(model, { everyProperty: edits.first !== true, checkDeadlock: false });
  return {
    model,
    result,
    trace: (property) => {
      const violation = result.violations.find((one) => one.property === property);
      return violation === undefined ? null : foundTrace(model, result, violation);
    },
  };
}

/** The configuration with only this invariant. */
export function onlyInvariant(name: string): (config: string) => string {
  return (config) => config.replace(/INVARIANTS[\s\S]*?(?=\\\*)/, `INVARIANT ${name}\n`);
}

export type Constants = Readonly<Record<string, string | number>>;

const LOOP_IN_WRITEBACK = { WaitInWriteback: 'while' };
const LOOPS = { WaitInWriteback: 'while', WaitInTruncate: 'while' };
const AROUND_COMPLETION = { RefStyle: 'around-completion' };
const SET_TO_END = { RefStyle: 'set-to-end' };
const ONLY_IF_CLEAR = { WakeStyle: 'only-if-clear' };

/** What every kernel of the dossier's table changes against `base.cfg`, shipped or not. */
export const KERNELS: Readonly<Record<string, Constants>> = {
  old: { WaitInWriteback: 'recheck', WaitInTruncate: 'recheck', ...ONLY_IF_CLEAR },
  base: {},
  a: LOOP_IN_WRITEBACK,
  b: AROUND_COMPLETION,
  c: SET_TO_END,
  e: LOOPS,
  'a+b': { ...LOOP_IN_WRITEBACK, ...AROUND_COMPLETION },
  'a+c': { ...LOOP_IN_WRITEBACK, ...SET_TO_END },
  'b+e': { ...AROUND_COMPLETION, ...LOOPS },
  'c+e': { ...SET_TO_END, ...LOOPS },
  g: ONLY_IF_CLEAR,
  'b+g': { ...AROUND_COMPLETION, ...ONLY_IF_CLEAR },
  'f*': { ClearStyle: 'atomic-clear-wake' },
};

/** The configuration with other values for some constants. */
export function withConstants(values: Constants): (config: string) => string {
  return (config) =>
    Object.entries(values).reduce((text, [name, value]) => {
      const line = text.split('\n').find((it) => it.startsWith(`    ${name} = `));
      if (line === undefined) throw new Error(`the configuration has no constant ${name}`);
      return edit(text, line, `    ${name} = ${JSON.stringify(value)}`);
    }, config);
}
