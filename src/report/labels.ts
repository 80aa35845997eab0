/** The actions of a specification as a person sees them: by label, in the order of the text. */
import type { GraphAction } from '../graph/index.js';
import type { Value } from '../values/index.js';
import { formatValue } from '../values/index.js';

export interface Label {
  readonly name: string;
  readonly location: GraphAction['location'];
  /** The numbers of the actions that are instances of it. */
  readonly actions: readonly number[];
}

export function labelsOf(actions: readonly GraphAction[]): readonly Label[] {
  const byPlace = new Map<string, { name: string; actions: number[]; first: GraphAction }>();
  actions.forEach((action, number) => {
    const { name, location } = action;
    const key = `${name} ${location?.file} ${location?.line} ${location?.column}`;
    const known = byPlace.get(key);
    if (known === undefined) byPlace.set(key, { name, actions: [number], first: action });
    else known.actions.push(number);
  });
  return [...byPlace.values()]
    .map(({ name, actions: numbers, first }) => ({
      name,
      location: first.location,
      actions: numbers,
    }))
    .sort((a, b) => compareLocations(a.location, b.location));
}

/** By file, then as in the text; what has no place comes last. */
function compareLocations(a: GraphAction['location'], b: GraphAction['location']): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column;
}

export function placeOf(location: GraphAction['location']): string {
  return location === null ? '' : `${location.file}:${location.line}:${location.column}`;
}

/** The processes of these actions with what belongs to each, in the order of the actions. */
export function byProcess(
  numbers: readonly number[],
  actions: readonly GraphAction[],
): ReadonlyMap<Value | null, readonly number[]> {
  const groups = new Map<Value | null, number[]>();
  for (const number of numbers) {
    const { process } = actions[number] as GraphAction;
    const known = groups.get(process);
    if (known === undefined) groups.set(process, [number]);
    else known.push(number);
  }
  return groups;
}

export function processName(process: Value | null): string {
  return process === null ? '' : formatValue(process);
}

export function sumOf(numbers: readonly number[], counts: ArrayLike<number>): number {
  return numbers.reduce((sum, number) => sum + (counts[number] ?? 0), 0);
}
