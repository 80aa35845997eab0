/** The walker and the rewriter know the same parts of every kind of expression. */
import { describe, expect, it } from 'vitest';
import { SourceText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression } from '../../src/syntax/parse.js';
import { mapChildren, type Rewriter } from '../../src/syntax/rewrite.js';
import { boundNames, parts, stripParens, walk } from '../../src/syntax/walk.js';

const parse = (text: string): Expr => parseExpression(new SourceText('text', text));

/** One expression of each kind, and how many `leaf`s are inside. */
const kinds: readonly (readonly [string, number])[] = [
  ['leaf', 1],
  ['F(leaf, leaf)', 2],
  ['M(leaf)!F(leaf)', 2],
  ['M(leaf)!N(leaf)!c', 2],
  ['12', 0],
  ['"leaf"', 0],
  ['TRUE', 0],
  ['(leaf)', 1],
  ['~leaf', 1],
  ['leaf \\cup leaf', 2],
  ['leaf \\X leaf \\X leaf', 3],
  ["leaf'", 1],
  ['/\\ leaf\n/\\ leaf', 2],
  ['\\A x \\in leaf, <<y, z>> \\in leaf : leaf', 3],
  ['CHOOSE x \\in leaf : leaf', 2],
  ['CHOOSE x : leaf', 1],
  ['{leaf, leaf}', 2],
  ['{x \\in leaf : leaf}', 2],
  ['{leaf : x \\in leaf, y \\in leaf}', 3],
  ['leaf[leaf, leaf]', 3],
  ['[x \\in leaf |-> leaf]', 2],
  ['[leaf -> leaf]', 2],
  ['[a |-> leaf, b |-> leaf]', 2],
  ['[a : leaf, b : leaf]', 2],
  ['leaf.leaf', 1],
  ['[leaf EXCEPT ![leaf, leaf].f[leaf] = leaf, !.g = @]', 5],
  ['<<leaf, leaf>>', 2],
  ['IF leaf THEN leaf ELSE leaf', 3],
  ['CASE leaf -> leaf [] leaf -> leaf [] OTHER -> leaf', 5],
  ['CASE leaf -> leaf', 2],
  ['LET a == leaf\n    F(x) == leaf\n    f[x \\in leaf] == leaf\nIN leaf', 5],
  ['F(LAMBDA x : leaf)', 1],
  ['[leaf]_leaf', 2],
  ['<<leaf>>_leaf', 2],
  ['WF_leaf(leaf)', 2],
];

function leaves(expr: Expr): number {
  let count = 0;
  walk(expr, (inner) => {
    if (inner.kind === 'name' && inner.name === 'leaf') count++;
  });
  return count;
}

describe('every part of an expression', () => {
  for (const [text, count] of kinds) {
    it(`is visited and rewritten once in ${text.replaceAll('\n', ' ')}`, () => {
      const expr = parse(text);
      expect(leaves(expr)).toBe(count);
      let replaced = 0;
      const by: Rewriter = {
        expr(inner) {
          if (inner.kind !== 'name' || inner.name !== 'leaf') return mapChildren(inner, by);
          replaced++;
          return { ...inner, name: 'new' };
        },
      };
      expect(leaves(by.expr(expr))).toBe(0);
      expect(replaced).toBe(count);
    });
  }

  it('is the very same tree when nothing changes', () => {
    for (const [text] of kinds) {
      const same: Rewriter = { expr: (inner) => mapChildren(inner, same), binder: (name) => name };
      const expr = parse(text);
      expect(same.expr(expr)).toBe(expr);
    }
  });
});

describe('bound names', () => {
  it('are those of the expression itself, in the scope of its body only', () => {
    const expr = parse('\\A x \\in S, <<y, z>> \\in T : {w \\in x : TRUE}');
    expect(boundNames(expr).map((name) => name.name)).toEqual(['x', 'y', 'z']);
    expect(parts(expr).map((part) => part.names.map((name) => name.name))).toEqual([
      [],
      [],
      ['x', 'y', 'z'],
    ]);
  });

  it('are renamed with their binders', () => {
    const rename = (name: string): string => (name === 'x' ? 'fresh' : name);
    const by: Rewriter = {
      binder: (name) => ({ ...name, name: rename(name.name) }),
      expr(inner) {
        const mapped = mapChildren(inner, by);
        return mapped.kind === 'name' ? { ...mapped, name: rename(mapped.name) } : mapped;
      },
    };
    const text =
      'LET F(x) == x IN {x \\in {} : \\E x \\in {} : [x \\in {} |-> CHOOSE x \\in {} : x]}';
    const names: string[] = [];
    walk(by.expr(parse(text)), (expr) => {
      names.push(...boundNames(expr).map((name) => name.name));
      if (expr.kind === 'name') names.push(expr.name);
    });
    expect(new Set(names)).toEqual(new Set(['fresh']));
  });
});

it('strips parentheses, however many', () => {
  expect(stripParens(parse('((a))')).kind).toBe('name');
});

it('leaves out what is inside where a visitor says so', () => {
  const seen: string[] = [];
  walk(parse('<<a, {b}>>'), (expr) => {
    seen.push(expr.kind);
    return expr.kind !== 'setEnumeration';
  });
  expect(seen).toEqual(['tuple', 'name', 'setEnumeration']);
});
