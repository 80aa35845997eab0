/** Aligned columns with a rule under the head. Styles are applied after the widths are known. */
import type { Palette } from './palette.js';

export interface Cell {
  readonly text: string;
  readonly style?: 'good' | 'error' | 'dim' | 'strong' | 'warning';
}

export interface Table {
  readonly head: readonly string[];
  readonly align: readonly ('left' | 'right')[];
  readonly rows: readonly (readonly Cell[])[];
}

const gap = '  ';

/** The columns' widths: the widest text of each. */
function widths(table: Table): number[] {
  return table.head.map((title, i) =>
    Math.max(title.length, ...table.rows.map((row) => row[i]?.text.length ?? 0)),
  );
}

export function tableWidth(table: Table): number {
  const all = widths(table);
  return all.reduce((sum, width) => sum + width, 0) + gap.length * (all.length - 1);
}

export function renderTable(table: Table, paint: Palette): string {
  const all = widths(table);
  const place = (text: string, i: number, painted: string) => {
    const padding = ' '.repeat((all[i] ?? 0) - text.length);
    return table.align[i] === 'right' ? padding + painted : painted + padding;
  };
  const line = (cells: readonly Cell[]) =>
    cells
      .map(({ text, style }, i) => place(text, i, style ? paint[style](text) : text))
      .join(gap)
      .trimEnd();
  return [
    line(table.head.map((text) => ({ text, style: 'strong' }))),
    paint.dim(all.map((width) => '─'.repeat(width)).join(gap)),
    ...table.rows.map(line),
  ].join('\n');
}
