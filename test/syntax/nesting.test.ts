/** Texts that are nested deeply or are very long: read, or refused at the right place. */
import { describe, expect, it } from 'vitest';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { parseAlgorithm } from '../../src/syntax/parsePluscal.js';
import { children } from '../../src/syntax/walk.js';
import { diagnosticsOf } from './mistakes.js';
import { text, withoutSpans } from './shape.js';

/** The length of the longest path of the tree; counted without recursion. */
function depth(expr: Expr): number {
  let deepest = 0;
  const rest = [{ expr, depth: 1 }];
  for (let next = rest.pop(); next; next = rest.pop()) {
    deepest = Math.max(deepest, next.depth);
    for (const child of children(next.expr)) rest.push({ expr: child, depth: next.depth + 1 });
  }
  return deepest;
}

/** What opens a level, the innermost expression, and what closes the level. */
const levels: readonly [string, string, string][] = [
  ['(', '1', ')'],
  ['1 + (', '1', ')'],
  ['F(x, ', '1', ')'],
  ['f[', '1', ']'],
  ['<<a, ', '1', '>>'],
  ['{a, ', '1', '}'],
  ['{x \\in S : ', 'TRUE', '}'],
  ['[a |-> ', '1', ']'],
  ['[x \\in S, y \\in T |-> ', '1', ']'],
  ['[S -> ', 'T', ']'],
  ['[f EXCEPT ![1] = 2, ![2].a = ', '1', ']'],
  ['IF a THEN b ELSE ', '1', ''],
  ['IF a THEN ', '1', ' ELSE b'],
  ['CASE a -> b [] c -> ', '1', ''],
  ['\\E x, y \\in S : ', 'TRUE', ''],
  ['CHOOSE x \\in S : ', 'TRUE', ''],
  ['LET a == 1 b(x) == x IN ', '1', ''],
  ['/\\ \\/ ', 'TRUE', ''],
];

describe('an expression nested deeply', () => {
  it.each(levels)('%s%s%s', (open, inner, close) => {
    const nested = (n: number): Expr =>
      parseExpression(text(open.repeat(n) + inner + close.repeat(n)));
    // Every level is as deep as the first, whether or not parts of the text are cut out.
    const perLevel = depth(nested(2)) - depth(nested(1));
    expect(perLevel).toBeGreaterThan(0);
    expect(depth(nested(700)) - depth(nested(1))).toBe(699 * perLevel);
  });

  it('is the same tree that it is piece by piece', () => {
    const level = '(a + {x \\in S : x = [f EXCEPT ![b] = c, !.d = IF p THEN q ELSE ';
    const end = ']})';
    const tree = (n: number): string =>
      withoutSpans(parseExpression(text(`${level.repeat(n)}z${end.repeat(n)}`)));
    // n levels are one level with n - 1 levels in place of its `z`.
    let expected = tree(0);
    for (let n = 1; n <= 50; n++) {
      const inner = expected;
      expected = tree(1).replace(tree(0), () => inner);
    }
    expect(tree(50)).toBe(expected);
  });

  it('has places in the source', () => {
    const source = `${'('.repeat(100)}inner + 1${')'.repeat(100)}`;
    let expr = parseExpression(text(source));
    for (let i = 0; i < 100; i++) {
      expect([expr.span.start, expr.span.end]).toEqual([i, source.length - i]);
      if (expr.kind === 'paren') expr = expr.inner;
    }
    expect([expr.kind, expr.span.start, expr.span.end]).toEqual(['infix', 100, 109]);
  });

  it('says where a mistake inside it is', () => {
    const source = `${'('.repeat(300)}1 + * 2${')'.repeat(300)}`;
    const [mistake] = diagnosticsOf(() => parseExpression(text(source)));
    expect(mistake?.message).toBe('Expected an expression after `+`, found `*`.');
    expect(mistake?.span?.start).toBe(304);
  });

  it.each(levels)('more than any stack holds is refused where it is too deep: %s', (open) => {
    const source = open.repeat(40_000);
    const [mistake] = diagnosticsOf(() => parseExpression(text(source)));
    expect(mistake?.code).toBe('SYN016');
    expect(mistake?.span?.start).toBeGreaterThan(10_000 * open.length);
    expect(mistake?.span?.start).toBeLessThan(35_000 * open.length);
  });

  it('in PlusCal, too', () => {
    const algorithm = (n: number): string =>
      `---- MODULE M ----\n(* --algorithm A { { x := ${'(a + '.repeat(n)}1${')'.repeat(n)} } } *)\n====`;
    const parse = (n: number): unknown => {
      const parsed = parseModule(text(algorithm(n)));
      if (!parsed.algorithm) throw new Error('no algorithm');
      return parseAlgorithm(parsed.algorithm);
    };
    expect(parse(700)).toMatchObject({ body: [{ kind: 'assign' }] });
    const [mistake] = diagnosticsOf(() => parse(40_000));
    expect(mistake?.code).toBe('SYN016');
    const blocks = `---- MODULE M ----\n(* --algorithm A ${'{'.repeat(5000)} *)\n====`;
    const { algorithm: open } = parseModule(text(blocks));
    const [refused] = diagnosticsOf(() => open && parseAlgorithm(open));
    expect(refused?.code).toBe('SYN016');
  });
});

describe('a text that is too long', () => {
  it('is refused, not tried', () => {
    const source = `---- MODULE M ----\nA == 1\nB == 1${' + 1'.repeat(200_000)}\n====`;
    const [mistake] = diagnosticsOf(() => parseModule(text(source)));
    expect(mistake?.code).toBe('SYN017');
    expect(mistake?.span?.source.position(mistake.span.start)).toEqual({ line: 3, column: 1 });
  });

  it.each([
    ['dashes', '-'.repeat(1_000_000), 'SYN009'],
    ['words', 'lorem ipsum '.repeat(100_000), 'SYN009'],
    ['openings of a comment', `---- MODULE M ----\n${'(* '.repeat(300_000)}`, 'SYN002'],
    ['an endless string', `---- MODULE M ----\nA == "${'a'.repeat(1_000_000)}\n====`, 'SYN003'],
    ['a long string', `---- MODULE M ----\nA == "${'a'.repeat(1_000_000)}"\n====`, 'SYN017'],
    ['parentheses', `---- MODULE M ----\nA == ${'('.repeat(300_000)}\n====`, 'SYN016'],
    ['modules in modules', '---- MODULE M ----\n'.repeat(1_000), 'SYN016'],
  ])('%s', (_name, source, code) => {
    expect(diagnosticsOf(() => parseModule(text(source)))[0]?.code).toBe(code);
  });
});
