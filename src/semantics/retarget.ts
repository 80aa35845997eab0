/**
 * Makes references plain: what the name checker found to mean a definition under another name is
 * written under that name, with the arguments of its instance prefixes first. After this pass no
 * tree has a prefix (`A(4)!Ok(x)` is `A!Ok(4, x)`), and names of LOCAL definitions are unique.
 */
import type { Expr } from '../syntax/ast.js';
import { mapChildren, type Rewriter } from '../syntax/rewrite.js';

export function retargeting(targets: ReadonlyMap<Expr, string>): Rewriter {
  const by: Rewriter = {
    expr(expr) {
      const target = targets.get(expr);
      const inner = mapChildren(expr, by);
      return target === undefined ? inner : reference(inner, target, []);
    },
  };
  return by;
}

/** A name, application or operator as a reference to `target`, with more arguments in front. */
export function reference(expr: Expr, target: string, first: readonly Expr[]): Expr {
  const args = [...first, ...argumentsOf(expr)];
  const at = expr.kind === 'apply' ? expr.name.span : expr.span;
  if (args.length === 0) return { kind: 'name', prefix: [], name: target, span: expr.span };
  return { kind: 'apply', prefix: [], name: { name: target, span: at }, args, span: expr.span };
}

function argumentsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case 'name':
      return expr.prefix.flatMap((one) => one.args);
    case 'apply':
      return [...expr.prefix.flatMap((one) => one.args), ...expr.args];
    case 'prefix':
    case 'postfix':
      return [expr.operand];
    case 'infix':
      return [expr.left, expr.right];
    default:
      throw new Error(`a ${expr.kind} does not refer to a definition`);
  }
}
