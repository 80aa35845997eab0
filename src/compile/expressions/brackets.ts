/** `[A]_v` is A or a step that leaves v unchanged, `<<A>>_v` is A and no such step. */
import type { AngleAction, BoxAction, Infix, Prefix } from '../../syntax/ast.js';

/** A is evaluated first (as in TLC). */
export function withoutBrackets(expr: BoxAction | AngleAction): Infix {
  const { action: left, subscript: operand, span } = expr;
  const unchanged: Prefix = { kind: 'prefix', op: 'UNCHANGED', operand, span };
  if (expr.kind === 'boxAction') return { kind: 'infix', op: '\\/', left, right: unchanged, span };
  const right: Prefix = { kind: 'prefix', op: '~', operand: unchanged, span };
  return { kind: 'infix', op: '/\\', left, right, span };
}
