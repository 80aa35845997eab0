/** What is printed is read back as the same tree, whatever the tree. */
import { describe, expect, it } from 'vitest';
import { span } from '../../src/source/text.js';
import type { Expr, Module, Unit } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { printExpression, printModule } from '../../src/syntax/print.js';
import { type Construct, constructs, leaves, randomExpr, seeded, unitsWith } from './generate.js';
import { text, withoutSpans } from './shape.js';

/** A tree without its parentheses: the printer adds them where a tree that was built needs them. */
function bare(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => {
    if (key === 'span') return undefined;
    let inner = value;
    while (inner?.kind === 'paren') inner = inner.inner;
    const isNode = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
    return isNode ? Object.fromEntries(Object.entries(inner).sort()) : inner;
  });
}

/** The failures of the law, as texts, so that a test can show the first few. */
function failures(trees: Iterable<Expr>, widths: readonly number[]): string[] {
  const found: string[] = [];
  for (const tree of trees) {
    for (const width of widths) {
      const printed = printExpression(tree, { width });
      try {
        const again = parseExpression(text(printed));
        if (bare(again) !== bare(tree)) found.push(printed);
        // Now the parentheses are in the tree, so everything must be the same.
        const twice = printExpression(again, { width });
        if (withoutSpans(parseExpression(text(twice))) !== withoutSpans(again)) found.push(twice);
      } catch (error) {
        found.push(`${printed} (${error instanceof Error ? error.message : error})`);
      }
    }
  }
  return found.slice(0, 5);
}

const [x, , , , one] = leaves as readonly [Expr, Expr, Expr, Expr, Expr];
const plain = (outer: Construct): Expr[] => Array.from({ length: outer.holes }, () => x);

/** `outer` with `inner` in one hole and names in the others, once for each hole. */
function* nested(outer: Construct, inner: Construct): Iterable<Expr> {
  const part = inner.make(plain(inner).fill(one, 1));
  for (let hole = 0; hole < outer.holes; hole++) {
    yield outer.make(plain(outer).map((other, i) => (i === hole ? part : other)));
  }
}

describe('parse ∘ print is the identity', () => {
  it('on every construct with every leaf', () => {
    const trees = constructs.flatMap((outer) =>
      leaves.map((leaf) => outer.make(plain(outer).map(() => leaf))),
    );
    expect(failures([...leaves, ...trees], [78])).toEqual([]);
  });

  it.each(constructs)('on every construct inside $name', (outer) => {
    const trees = constructs.flatMap((inner) => [...nested(outer, inner)]);
    expect(failures(trees, [40])).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6])('on random trees, seed %i', (seed) => {
    const random = seeded(seed);
    const trees = Array.from({ length: 60 }, () =>
      randomExpr(random, 2 + Math.floor(random() * 4)),
    );
    expect(failures(trees, [78, 30])).toEqual([]);
  });

  it.each([7, 8, 9])('on units of every kind, seed %i', (seed) => {
    const random = seeded(seed);
    const at = span(text(''), 0, 0);
    const module = (name: string, units: readonly Unit[]): Module => ({
      ...{ name: { name, span: at }, extends: [], units, span: at },
    });
    for (let i = 0; i < 12; i++) {
      const units = unitsWith(randomExpr(random, 3));
      const inner: Unit = { kind: 'submodule', module: module('Inner', units), span: at };
      const outer = module('Test', [...units, inner, ...units]);
      const printed = printModule(outer);
      expect(bare(parseModule(text(printed)).module), printed).toBe(bare(outer));
    }
  });
});
