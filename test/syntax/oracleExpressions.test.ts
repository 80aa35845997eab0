import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DiagnosticError } from '../../src/source/diagnostic.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { printExpression } from '../../src/syntax/print.js';
import { text, withoutSpans } from './shape.js';

const table = new URL('../oracle/expressions.tsv', import.meta.url);
const rows = readFileSync(table, 'utf8')
  .trimEnd()
  .split('\n')
  .map((row) => row.split('\t') as [string, string])
  .map(([source, value]) => ({ source: source.replaceAll('␤', '\n'), value }));
const isRefused = ({ value }: { value: string }) => value.startsWith('ERROR parse');

describe('expressions as TLC reads them', () => {
  it.each(rows.filter(isRefused))('refuses the conflict in $source', ({ source }) => {
    expect(() => parseExpression(text(source))).toThrow(DiagnosticError);
    expect(() => parseExpression(text(source))).toThrow('no order of precedence');
  });

  it.each(rows.filter((row) => !isRefused(row)))('prints $source as it was read', ({ source }) => {
    const tree = parseExpression(text(source));
    for (const width of [78, 20, 1]) {
      const printed = printExpression(tree, { width });
      expect(withoutSpans(parseExpression(text(printed))), printed).toBe(withoutSpans(tree));
    }
  });
});
