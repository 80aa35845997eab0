/** The one renderer of diagnostics: code and message, place, the line with a caret, cause, remedy. */
import type { Diagnostic } from './diagnostic.js';
import type { Span } from './text.js';

/** How to paint; plain text when colours are off. */
export interface Paint {
  error(text: string): string;
  warning(text: string): string;
  strong(text: string): string;
  dim(text: string): string;
}

export const plain: Paint = {
  error: (text) => text,
  warning: (text) => text,
  strong: (text) => text,
  dim: (text) => text,
};

export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const accent = diagnostic.severity === 'error' ? paint.error : paint.warning;
  const head = accent(`${diagnostic.severity}[${diagnostic.code}]`);
  const places = renderPlaces(diagnostic, paint);
  return `${head}: ${paint.strong(diagnostic.message)}${places === '' ? '' : `\n${places}`}`;
}

/** All but the message: for whoever has given that in his own way. */
export function renderPlaces(diagnostic: Diagnostic, paint: Paint = plain): string {
  const accent = diagnostic.severity === 'error' ? paint.error : paint.warning;
  const lines: string[] = [];
  if (diagnostic.span) lines.push(...frame(diagnostic.span, accent, paint));
  for (const note of diagnostic.notes) {
    lines.push(`  note: ${note.message}`);
    if (note.span) lines.push(...frame(note.span, paint.dim, paint));
  }
  if (diagnostic.hint !== null) lines.push(`  ${diagnostic.hint.replaceAll('\n', '\n  ')}`);
  return lines.join('\n');
}

/** A longer line is shown in part; the most that is shown, and how much of it before the place. */
const longestLine = 160;
const leadBefore = 60;

/** The place and its line with the span underlined; a span over several lines is cut at the first. */
function frame(at: Span, accent: (text: string) => string, paint: Paint): string[] {
  const { line, column } = at.source.position(at.start);
  // Control characters would act on the terminal; each is shown as one sign, so columns stay.
  const shown = at.source.line(line).replace(/(?!\t)\p{Cc}/gu, '\uFFFD');
  const { text, start } = excerpt(shown, column - 1);
  const number = String(line);
  const offset = column - 1 - start;
  const width = Math.max(1, Math.min(at.end - at.start, text.length - offset));
  // Tabs are kept in the padding, so that the caret stands under its character in any terminal.
  const padding = text.slice(0, offset).replace(/[^\t]/g, ' ');
  return [
    `  ${paint.dim(`${at.source.file}:${line}:${column}`)}`,
    `  ${paint.dim(`${number} │`)} ${text}`,
    `  ${' '.repeat(number.length)} ${paint.dim('╵')} ${padding}${accent(`^${'~'.repeat(width - 1)}`)}`,
  ];
}

/** The line, or its part around `offset`; `start` is the offset of what the text begins with. */
function excerpt(line: string, offset: number): { readonly text: string; readonly start: number } {
  if (line.length <= longestLine) return { text: line, start: 0 };
  const first = Math.max(0, Math.min(offset - leadBefore, line.length - longestLine));
  const part = line.slice(first, first + longestLine);
  const end = first + longestLine < line.length ? '…' : '';
  return first === 0
    ? { text: part + end, start: 0 }
    : { text: `…${part}${end}`, start: first - 1 };
}
