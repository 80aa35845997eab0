/** Specifications from texts and from the oracle's files, for the tests of this folder. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type LoadedSpecification, loadSpecification } from '../../src/cli/pipeline.js';
import type { Choice, CompiledSpec, CompileOptions } from '../../src/compile/compiledSpec.js';
import { compileSpecification } from '../../src/compile/index.js';
import { SourceText } from '../../src/source/text.js';
import { formatValue } from '../../src/values/index.js';

export const oracle = new URL('../oracle/', import.meta.url).pathname;

/** A module's body, checked with INIT Init and NEXT Next unless the configuration says otherwise. */
export function compileText(
  body: string,
  config = 'INIT Init NEXT Next',
  print: (line: string) => void = () => {},
  options: CompileOptions = {},
): CompiledSpec {
  const extended = body.includes('EXTENDS') ? '' : ' EXTENDS Integers';
  const whole = `---- MODULE Root ----${extended}\n${body}\n====\n`;
  const text = body.includes('MODULE') ? body : whole;
  const { specification } = loadSpecification({
    spec: new SourceText('Root.tla', text),
    config: new SourceText('Root.cfg', config),
    findModule: () => null,
  });
  return compileSpecification(specification, { print, ...options });
}

/** A specification of the oracle, by its paths below `specs/`. */
export function loadOracle(spec: string, config: string): LoadedSpecification {
  const folder = join(oracle, 'specs', dirname(spec));
  const read = (path: string) => new SourceText(path, readFileSync(path, 'utf8'));
  return loadSpecification({
    spec: read(join(oracle, 'specs', spec)),
    config: read(join(oracle, 'specs', config)),
    findModule(name) {
      const path = join(folder, `${name}.tla`);
      return existsSync(path) ? read(path) : null;
    },
  });
}

export function show(spec: CompiledSpec, state: Int32Array): string {
  const values = [...spec.decode(state)].map(([name, value]) => `${name}=${formatValue(value)}`);
  return values.join(' ');
}

export function initialStates(spec: CompiledSpec): Int32Array[] {
  const found: Int32Array[] = [];
  spec.initialStates((state) => {
    found.push(state.slice());
    return true;
  });
  return found;
}

export interface Step {
  /** `name(args)`, with the arguments as TLC prints them. */
  readonly action: string;
  readonly choices: readonly string[];
  readonly state: string;
  readonly vector: Int32Array;
}

/** The successors of a state, as text. */
export function steps(spec: CompiledSpec, from: Int32Array): Step[] {
  const found: Step[] = [];
  spec.successors(from, (successor, action, choices) => {
    found.push({
      action: actionText(spec, action),
      choices: (choices() as Choice[]).map(({ name, value }) => `${name}=${formatValue(value)}`),
      state: show(spec, successor),
      vector: successor.slice(),
    });
    return true;
  });
  return found;
}

export function actionText(spec: CompiledSpec, action: number): string {
  const info = spec.actions[action];
  if (info === undefined) throw new Error(`no action ${action}`);
  const args = [...info.args.values()].map(formatValue);
  return args.length === 0 ? info.name : `${info.name}(${args.join(', ')})`;
}

/** The steps from the only initial state. */
export function firstSteps(body: string, config?: string): Step[] {
  const spec = compileText(body, config);
  const [initial, ...others] = initialStates(spec);
  if (initial === undefined || others.length > 0) throw new Error('one initial state is wanted');
  return steps(spec, initial);
}
