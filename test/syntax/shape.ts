/**
 * A tree on one line with every operator's extent in parentheses, so that a test can say which
 * tree is meant; and trees without spans, for comparing them.
 */
import { SourceText } from '../../src/source/text.js';
import type { Expr } from '../../src/syntax/ast.js';
import { parseExpression, parseModule } from '../../src/syntax/parse.js';
import { printExpression } from '../../src/syntax/print.js';

export function text(content: string, file = 'Test.tla'): SourceText {
  return new SourceText(file, content);
}

/** The units of a module with this body. */
export function unitsOf(body: string) {
  return parseModule(text(`---- MODULE Test ----\n${body}\n====\n`)).module.units;
}

/** `(1 + (2 * 3))`; lists are `and[a, b]` and `or[a, b]`. */
export function shapeOf(source: string): string {
  return shape(parseExpression(text(source)));
}

export function shape(e: Expr): string {
  switch (e.kind) {
    case 'infix':
      return `(${shape(e.left)} ${e.op} ${shape(e.right)})`;
    case 'product':
      return `(${e.factors.map(shape).join(' \\X ')})`;
    case 'prefix':
      return `(${e.op} ${shape(e.operand)})`;
    case 'postfix':
      return `(${shape(e.operand)}${e.op})`;
    case 'junction':
      return `${e.op === '/\\' ? 'and' : 'or'}[${e.items.map(shape).join(', ')}]`;
    case 'paren':
      return `<${shape(e.inner)}>`;
    case 'if':
      return `if(${shape(e.condition)}, ${shape(e.then)}, ${shape(e.else)})`;
    case 'quantifier':
      return `${e.quantifier}(${shape(e.body)})`;
    case 'let':
      return `let(${shape(e.body)})`;
    default:
      return printExpression(e, { width: 1000 });
  }
}

/** The tree as text without the spans. */
export function withoutSpans(tree: unknown): string {
  return JSON.stringify(tree, (key, value) => (key === 'span' ? undefined : value));
}
