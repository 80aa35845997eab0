/**
 * What a name means at a place. Scopes are nested as the text is; TLA+ does not let an inner name
 * hide an outer one, so a name found in any scope of the chain is taken.
 */
import type { Span } from '../source/text.js';
import { builtinOperators } from './builtins.js';
import {
  operatorParameters,
  proofModules,
  standardOperators,
  standardTarget,
} from './standard/operators.js';

export type EntryKind =
  | 'builtin'
  | 'standard'
  | 'variable'
  | 'constant'
  | 'definition'
  | 'instance'
  | 'bound';

export interface Entry {
  readonly name: string;
  readonly kind: EntryKind;
  /** One number per parameter: how many arguments it takes itself, 0 for a value. */
  readonly parameters: readonly number[];
  /** Null for what no user wrote. */
  readonly span: Span | null;
  /** The module that made it; null for bound names and the language's own operators. */
  readonly module: string | null;
  /** The name that it has in `Specification.definitions`, if it is not `name`. */
  readonly target: string;
  /** Not handed on to modules that extend this one. */
  readonly local: boolean;
}

export class Scope {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly outer: Scope | null) {}

  find(name: string): Entry | undefined {
    return this.entries.get(name) ?? this.outer?.find(name);
  }

  /** Replaces what this scope had under the name; who must not do that asks `find` before. */
  add(entry: Entry): void {
    this.entries.set(entry.name, entry);
  }

  /** The entries of this scope alone. */
  own(): Iterable<Entry> {
    return this.entries.values();
  }

  /** Every name in scope, for suggestions. */
  names(): readonly string[] {
    return [...(this.outer?.names() ?? []), ...this.entries.keys()];
  }
}

/** The scope that all modules stand in: what the language itself defines. */
export function languageScope(): Scope {
  const scope = new Scope(null);
  for (const [name, arity] of builtinOperators) scope.add(provided(name, arity, 'builtin', null));
  return scope;
}

/** What a standard module defines; undefined where there is none of that name. */
export function standardEntries(module: string): readonly Entry[] | undefined {
  const extended = proofModules.get(module);
  if (extended) return extended.flatMap((one) => standardEntries(one) ?? []);
  const operators = standardOperators.get(module);
  if (!operators) return undefined;
  return [...operators].map(([name, arity]) => provided(name, arity, 'standard', module));
}

function provided(
  name: string,
  arity: number,
  kind: 'builtin' | 'standard',
  module: string | null,
): Entry {
  const target = module === null ? name : standardTarget(module, name);
  const parameters = operatorParameters.get(target) ?? new Array<number>(arity).fill(0);
  return { name, kind, parameters, span: null, module, target, local: false };
}

/** Whether two entries are the same thing reached in two ways. */
export function isSame(one: Entry, other: Entry): boolean {
  if (one === other) return true;
  return one.kind === 'standard' && other.kind === 'standard' && one.target === other.target;
}

/** `a variable`, `defined by module Sequences`, …: completes "it is already …". */
export function describe(entry: Entry): string {
  switch (entry.kind) {
    case 'builtin':
      return 'part of the language';
    case 'standard':
      return `defined by the standard module ${entry.module}`;
    case 'variable':
      return 'declared as a variable';
    case 'constant':
      return 'declared as a constant';
    case 'definition':
    case 'instance':
      return 'defined';
    case 'bound':
      return 'bound around this place';
  }
}

/** `no arguments`, `1 argument`, `2 arguments`. */
export function countArguments(count: number): string {
  return count === 0 ? 'no arguments' : count === 1 ? '1 argument' : `${count} arguments`;
}
