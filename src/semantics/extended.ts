/**
 * EXTENDS of two modules that define the same name. SANY (Context.mergeExtendContext) takes the
 * first definition for the extending module, whatever the second is, and warns unless both are the
 * same one; each of the extended modules goes on with its own. A definition and a declaration do
 * not go together. Two declarations of one name are taken for one.
 */
import type { Identifier } from '../syntax/ast.js';
import { printExpression } from '../syntax/print.js';
import { mapChildren, mapUnit, type Rewriter } from '../syntax/rewrite.js';
import type { ResolvedModule } from './modulePass.js';
import { reference, referredName } from './retarget.js';
import type { Entry } from './scope.js';
import type { Definition } from './specification.js';

/** `second`, with its definitions under other names where `first` has different ones under these. */
export function apartFrom(first: ResolvedModule, second: ResolvedModule): ResolvedModule {
  const known = first.definitions;
  if (![...second.definitions].some(([name, unit]) => isOther(known.get(name), unit)))
    return second;
  const renames = new Map<string, string>();
  const by: Rewriter = {
    expr(expr) {
      const inner = mapChildren(expr, by);
      const target = renames.get(referredName(inner) ?? '');
      return target === undefined ? inner : reference(inner, target, []);
    },
  };
  // A definition that comes on another way, and is the same but for its references, is one with
  // the first: once these are renamed, it reads the same.
  for (let count = -1; count < renames.size; ) {
    count = renames.size;
    for (const [target, unit] of second.definitions) {
      const other = known.get(target);
      if (!other || renames.has(target) || !isOther(other, unit)) continue;
      if (isOneText(other, unit) && textOf(other) === textOf(mapUnit(unit, by))) continue;
      renames.set(target, hiddenName(second, target));
    }
  }
  const definitions = new Map<string, Definition>();
  for (const [target, unit] of second.definitions) {
    const copy = mapUnit(unit, by);
    const name = renames.get(target);
    definitions.set(name ?? target, name ? { ...copy, name: { ...copy.name, name } } : copy);
  }
  const assumptions = second.assumptions.map((unit) => mapUnit(unit, by));
  return { ...second, definitions, assumptions };
}

function isOther(first: Definition | undefined, second: Definition): boolean {
  return first !== undefined && first !== second;
}

function isOneText(first: Definition, second: Definition): boolean {
  const [one, other] = [first.name.span, second.name.span];
  return one.source === other.source && one.start === other.start;
}

function textOf(unit: Definition): string {
  if (unit.kind === 'operator') return printExpression(unit.body);
  const { bounds, body, span } = unit;
  return printExpression({ kind: 'function', bounds, body, span });
}

/** The module that a definition is from counts, so that it has one name by whatever way it comes. */
function hiddenName(extended: ResolvedModule, target: string): string {
  const module = extended.scope.find(target)?.module ?? extended.name;
  return localName(module, target);
}

/** In the flat map: a name of the module that no other one sees. No identifier has a colon. */
export function localName(module: string, name: string): string {
  return `${module}::${name}`;
}

/** A name of the flat map as the user wrote it. */
export function writtenName(target: string): string {
  return target.replace(/\w+::/gu, '');
}

/** Whether the first of two different things with one name can stand for both. */
export function isCompatible(first: Entry, second: Entry): boolean {
  if (!isDeclared(first) && !isDeclared(second)) return true;
  return first.kind === second.kind && first.parameters.length === second.parameters.length;
}

function isDeclared({ kind }: Entry): boolean {
  return kind === 'variable' || kind === 'constant';
}

/** What is declared under names that are not declared yet. */
export function newNames<T extends { readonly name: string | Identifier }>(
  all: readonly T[],
  more: readonly T[],
): readonly T[] {
  const known = new Set(all.map(nameOf));
  return more.filter((one) => !known.has(nameOf(one)));
}

function nameOf({ name }: { readonly name: string | Identifier }): string {
  return typeof name === 'string' ? name : name.name;
}
