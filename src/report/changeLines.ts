/** One changed place of a state as lines: `page.ref: 2 → 3`, a set by what came and went. */
import type { Change } from '../trace/difference.js';
import { formatValue, makeSet, SetValue, type Value } from '../values/index.js';
import type { Palette } from './palette.js';

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

const show = (value: Value | null) => (value === null ? '(no such variable)' : formatValue(value));

function setDifference(before: SetValue, after: SetValue, paint: Palette): string {
  const came = after.elements.filter((it) => !before.has(it));
  const went = before.elements.filter((it) => !after.has(it));
  const parts = [
    came.length > 0 ? paint.strong(`+${formatValue(makeSet(came))}`) : '',
    went.length > 0 ? paint.strong(`−${formatValue(makeSet(went))}`) : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
