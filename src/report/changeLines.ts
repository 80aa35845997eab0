/** One changed place of a state as lines: `page.ref: 2 → 3`, a set by what came and went. */
import type { Change } from '../trace/difference.js';
import { formatValue, makeSet, SetValue, type Value } from '../values/index.js';
import { noColours, type Palette } from './palette.js';

/** One line where it fits into `width`, else the path and both values on lines of their own. */
export function changeLines(change: Change, paint: Palette, width: number): string[] {
  const { path, before, after } = change;
  if (before instanceof SetValue && after instanceof SetValue) {
    return [`${paint.name(path)}: ${setDifference(before, after, paint)}`];
  }
  const old = show(before);
  const now = show(after);
  if (path.length + old.length + now.length + 5 <= width) {
    return [`${paint.name(path)}: ${paint.dim(old)} → ${paint.strong(now)}`];
  }
  return [`${paint.name(path)}:`, `  ${paint.dim(`from ${old}`)}`, `  to   ${paint.strong(now)}`];
}

/**
 * What changed, in a few words for one line: `page: ref 2→3, +locked; queue <<>>→<<T>>`. A plus is
 * what became TRUE, a minus what became FALSE; several fields share the name of their variable.
 */
export function briefChanges(all: readonly Change[]): string {
  const groups = new Map<string, Change[]>();
  for (const change of all) {
    const isField = change.path.startsWith(`${change.variable}.`);
    const key = isField ? change.variable : change.path;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups]
    .map(([name, [first, ...more]]) => {
      if (first !== undefined && more.length === 0) return briefChange(first, first.path);
      const fields = [first as Change, ...more];
      const words = fields.map((it) => briefChange(it, it.path.slice(name.length + 1)));
      return `${name}: ${words.join(', ')}`;
    })
    .join('; ');
}

function briefChange({ before, after }: Change, path: string): string {
  const name = path.replaceAll('"', '');
  if (typeof before === 'boolean' && typeof after === 'boolean') return (after ? '+' : '−') + name;
  if (before instanceof SetValue && after instanceof SetValue) {
    const words = setDifference(before, after, noColours).replaceAll('"', '');
    return `${name} ${clip(words, 32)}`;
  }
  const words = (value: Value | null) => clip(show(value).replaceAll('"', ''), 16);
  return `${name} ${words(before)}→${words(after)}`;
}

export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

const show = (value: Value | null) => (value === null ? '(no value)' : formatValue(value));

function setDifference(before: SetValue, after: SetValue, paint: Palette): string {
  const came = after.elements.filter((it) => !before.has(it));
  const went = before.elements.filter((it) => !after.has(it));
  const parts = [
    came.length > 0 ? paint.strong(`+${formatValue(makeSet(came))}`) : '',
    went.length > 0 ? paint.strong(`−${formatValue(makeSet(went))}`) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
