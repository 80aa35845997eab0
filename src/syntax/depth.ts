/** Where a module is nested deepest, for the case that this is too deep for the stack. */
import type { Span } from '../source/text.js';
import type { Expr, Unit } from './ast.js';
import { children, unitParts } from './walk.js';

/** Less is not what overflows a stack; a long chain of definitions is, for example. */
const shallow = 50;

/** The place of the expression with the most others around it; null where all are shallow. */
export function deepestPlace(units: readonly Unit[]): Span | null {
  const rest = units.flatMap(unitParts).map(({ expr }) => ({ expr, depth: 1 }));
  let deepest: { readonly expr: Expr; readonly depth: number } | null = null;
  for (let next = rest.pop(); next; next = rest.pop()) {
    if (!deepest || next.depth > deepest.depth) deepest = next;
    for (const expr of children(next.expr)) rest.push({ expr, depth: next.depth + 1 });
  }
  return deepest && deepest.depth > shallow ? deepest.expr.span : null;
}
