/** A diagnostic as a person sees it: the line is shown so that it can be read anywhere. */
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../src/source/diagnostic.js';
import { renderDiagnostic } from '../../src/source/render.js';
import { SourceText, span } from '../../src/source/text.js';

/** The place, the line and the caret's line of a diagnostic about `[start, end)`. */
function frame(text: string, start: number, end: number): string[] {
  const at = span(new SourceText('M.tla', text), start, end);
  return renderDiagnostic(diagnose('SYN016', at)).split('\n').slice(1, 4);
}

/** What stands above the caret. */
function marked([, line = '', caret = '']: readonly string[]): string {
  const start = caret.indexOf('^');
  return line.slice(start, start + caret.trimEnd().length - start);
}

describe('the line of a diagnostic', () => {
  it('has the place underlined', () => {
    expect(frame('one\ntwo three\n', 8, 13)).toEqual([
      '  M.tla:2:5',
      '  2 │ two three',
      '    ╵     ^~~~~',
    ]);
  });

  it('is cut at its end where the place goes on', () => {
    expect(frame('one two\nthree', 4, 13)[2]).toBe('    ╵     ^~~');
  });

  it('keeps its tabs in the padding', () => {
    expect(frame('\tone\ttwo', 5, 8)[2]).toBe('    ╵ \t   \t^~~');
  });

  it.each([0, 30, 500, 5_000, 9_990])('is shown in part if it is long: column %i', (start) => {
    const text = Array.from({ length: 2_000 }, (_, i) => String(i).padStart(5, '.')).join('');
    const lines = frame(text, start, start + 5);
    expect(lines[0]).toBe(`  M.tla:1:${start + 1}`);
    expect(marked(lines)).toBe(text.slice(start, start + 5));
    expect((lines[1] ?? '').length).toBeLessThan(180);
    expect((lines[1] ?? '').includes('…')).toBe(true);
  });

  it('shows control characters, and does not pass them on', () => {
    const [, line, caret] = frame('\u0007a\u001b[31mb\u0085\tc', 7, 8);
    expect(line).toBe('  1 │ \uFFFDa\uFFFD[31mb\uFFFD\tc');
    expect(caret).toBe('    ╵        ^');
  });
});
