import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { span } from '../../src/source/text.js';
import type { Expr, Infix } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { printExpression, printModule, printUnit } from '../../src/syntax/print.js';
import { shapeOf, text, unitsOf, withoutSpans } from './shape.js';

const oracle = new URL('../oracle/', import.meta.url);

function modulesBelow(folder: string): string[] {
  return readdirSync(new URL(folder, oracle), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.tla'))
    .map((name) => `${folder}${name}`);
}

describe('printing and parsing again', () => {
  it.each([...modulesBelow('specs/'), ...modulesBelow('translations/')])('keeps %s', (file) => {
    // Without its algorithm, the units of a translation count.
    const content = readFileSync(new URL(file, oracle), 'utf8').replace(/--(fair )?algorithm/, '');
    const { module } = parseModule(text(content, file));
    for (const width of [78, 40, 10]) {
      const printed = printModule(module, { width });
      const again = parseModule(text(printed, file)).module;
      expect(withoutSpans(again), printed).toBe(withoutSpans(module));
    }
  });
});

describe('the layout', () => {
  it('puts lists in their columns, nested in IF, LET and quantifiers', () => {
    const source = [
      'Next(self) == /\\ pc[self] = "a"',
      '              /\\ IF x > 1',
      "                    THEN /\\ x' = 1",
      "                         /\\ y' = y",
      '                    ELSE LET z == 1',
      "                         IN /\\ x' = z",
      '                            /\\ \\E k \\in S :',
      "                                 \\/ y' = k",
      "                                 \\/ y' = 0",
      '              /\\ UNCHANGED <<pc, u>>',
    ].join('\n');
    const [unit] = unitsOf(source);
    expect(unit && printUnit(unit)).toBe(source);
  });

  it('breaks long lines at the outermost operator', () => {
    const e = parseExpression(text('aaaaaaaa + bbbbbbbb /\\ cccccccc \\in dddddddd /\\ eeeeeeee'));
    expect(printExpression(e, { width: 30 })).toBe(
      'aaaaaaaa + bbbbbbbb\n/\\ cccccccc \\in dddddddd\n/\\ eeeeeeee',
    );
  });

  it('fills tuples and sets', () => {
    const e = parseExpression(text('<<aaaa, bbbb, cccc, dddd>>'));
    expect(printExpression(e, { width: 16 })).toBe('<<aaaa, bbbb,\n  cccc, dddd>>');
  });

  it('indents further lines to the column where the first begins', () => {
    const e = parseExpression(text('/\\ a\n/\\ b'));
    expect(printExpression(e, { indent: 4 })).toBe('/\\ a\n    /\\ b');
  });

  it('puts an operator after a list to the left of it', () => {
    const e = parseExpression(text('      /\\ a\n      /\\ b\n\\/ c'));
    expect(printExpression(e)).toBe('   /\\ a\n   /\\ b\n\\/ c');
  });

  it('keeps an operator argument apart from its parentheses', () => {
    expect(printExpression(parseExpression(text('F( + )')))).toBe('F( + )');
  });
});

describe('parentheses of a tree that was built', () => {
  const at = span(text(''), 0, 0);
  const name = (one: string): Expr => ({ kind: 'name', prefix: [], name: one, span: at });
  const infix = (op: string, left: Expr, right: Expr): Infix => ({
    ...{ kind: 'infix', op, left, right, span: at },
  });
  const [a, b, c] = [name('a'), name('b'), name('c')] as const;
  const not = (operand: Expr): Expr => ({ kind: 'prefix', op: '~', operand, span: at });
  const negative = (operand: Expr): Expr => ({ kind: 'prefix', op: '-.', operand, span: at });
  const exists = (body: Expr): Expr => ({
    ...{ kind: 'quantifier', quantifier: '\\E', body, span: at },
    bounds: [{ names: [{ name: 'x', span: at }], tuple: false, set: name('S'), span: at }],
  });

  it.each<[Expr, string]>([
    [infix('*', infix('+', a, b), c), '(a + b) * c'],
    [infix('-', a, infix('-', b, c)), 'a - (b - c)'],
    [infix('-', infix('-', a, b), c), 'a - b - c'],
    [infix('=>', infix('=>', a, b), c), '(a => b) => c'],
    [infix('/\\', infix('\\/', a, b), c), '(a \\/ b) /\\ c'],
    [infix('/\\', exists(a), b), '(\\E x \\in S : a) /\\ b'],
    [infix('/\\', a, exists(b)), 'a /\\ \\E x \\in S : b'],
    [infix('=', infix('+', a, not(b)), c), '(a + ~b) = c'],
    [infix('*', a, negative(b)), 'a * (-b)'],
    [negative(negative(a)), '- -a'],
    [not(infix('/\\', a, b)), '~(a /\\ b)'],
    [{ kind: 'postfix', op: "'", operand: infix('+', a, b), span: at }, "(a + b)'"],
    [
      {
        ...{ kind: 'setMap', value: infix('\\in', a, b), span: at },
        bounds: [{ names: [{ name: 'x', span: at }], tuple: false, set: c, span: at }],
      },
      '{(a \\in b) : x \\in c}',
    ],
  ])('are added where precedence needs them: %#', (tree, printed) => {
    expect(printExpression(tree)).toBe(printed);
  });

  it('are read back with the same meaning', () => {
    const printed = printExpression(infix('=', infix('+', a, not(b)), c));
    expect(shapeOf(printed)).toBe('(<(a + (~ b))> = c)');
  });
});
