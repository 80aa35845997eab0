/**
 * What a run is of: all that decides which states it finds, in which order, and what is checked of
 * them. A checkpoint is for runs with the same identity only.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { SourceText } from '../../source/text.js';
import { version } from '../version.js';

export interface RunIdentity {
  readonly version: string;
  /** The file of the specification, without its folders. */
  readonly spec: string;
  /** The hash of each text of the specification, by file name: modules that it extends, too. */
  readonly modules: Readonly<Record<string, string>>;
  readonly config: string;
  /** As on the command line. */
  readonly options: Readonly<Record<string, string>>;
}

/** The texts of a run; the specification is the first module. */
export interface RunSources {
  readonly modules: readonly SourceText[];
  readonly config: SourceText;
}

export function textsOf({ modules, config }: RunSources): readonly SourceText[] {
  return [...modules, config];
}

export interface RunOptions {
  readonly everyProperty: boolean;
  readonly checkDeadlock: boolean;
  readonly reduces: boolean;
  readonly pluscal: string;
  /** Of what is drawn at random. */
  readonly seed: number;
}

export function runIdentity({ modules, config }: RunSources, options: RunOptions): RunIdentity {
  const [spec] = modules;
  if (spec === undefined) throw new Error('a run without a specification');
  const hashes = modules.map((one) => [basename(one.file), hash(one.text)] as const);
  return {
    version,
    spec: basename(spec.file),
    modules: Object.fromEntries(hashes),
    config: hash(config.text),
    options: {
      '--every-property': onOff(options.everyProperty),
      'deadlock checking': onOff(options.checkDeadlock),
      '--por': onOff(options.reduces),
      '--pluscal': `"${options.pluscal}"`,
      '--seed': String(options.seed),
    },
  };
}

export interface IdentityDifference {
  /** What the two runs do not share, after "another". */
  readonly what: string;
  readonly difference: string;
}

/** The first thing that differs, the most telling one first; null for the same run. */
export function differenceOf(then: RunIdentity, now: RunIdentity): IdentityDifference | null {
  if (then.version !== now.version) {
    return { what: 'version', difference: `${then.version}, and this is ${now.version}` };
  }
  if (then.spec !== now.spec) {
    return { what: 'specification', difference: `${then.spec}, and this is ${now.spec}` };
  }
  for (const name of new Set([...Object.keys(then.modules), ...Object.keys(now.modules)])) {
    if (then.modules[name] === now.modules[name]) continue;
    const isMissing = now.modules[name] === undefined || then.modules[name] === undefined;
    const difference = isMissing
      ? `only one of the two has the module ${name}`
      : `${name} has been changed since`;
    return { what: 'specification', difference };
  }
  if (then.config !== now.config) {
    return { what: 'configuration', difference: 'its text is not the one that was checked' };
  }
  for (const [name, value] of Object.entries(now.options)) {
    const before = then.options[name] ?? 'unknown';
    if (before === value) continue;
    return { what: 'run', difference: `${name} was ${before}, and is now ${value}` };
  }
  return null;
}

function onOff(isOn: boolean): string {
  return isOn ? 'on' : 'off';
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
