/**
 * From a flat sequence of operators and operands to a tree, by the precedence ranges of TLA+: of
 * two operators the tighter one takes the operand between them if its whole range lies above the
 * other's; a left-associative operator may stand beside itself; anything else is a conflict
 * (SANY's rules; observed in `pluscal-semantics.md` section 7). Two consequences that surprise:
 * `\div` and `*` conflict, and a minus sign may not follow an operator that binds tighter than it
 * (`2 * -3`), while any other prefix operator may (`TRUE = ~FALSE`).
 */
import { fail } from '../source/diagnostic.js';
import { cover, type Span } from '../source/text.js';
import type { Expr } from './ast.js';
import { canonicalOperator, type Operator, operator } from './operators.js';

/** One element of the flat sequence. `isPrimed` says that a postfix operator ends the operand. */
export type SequenceItem =
  | { readonly kind: 'operand'; readonly expr: Expr; readonly primed: Span | null }
  | { readonly kind: 'prefix' | 'infix'; readonly spelling: string; readonly span: Span };

interface Pending {
  readonly operator: Operator;
  readonly spelling: string;
  readonly span: Span;
}

/** Builds the tree of `prefix* operand (infix prefix* operand)*`. */
export function resolvePrecedence(items: readonly SequenceItem[]): Expr {
  const only = items[0];
  if (items.length === 1 && only?.kind === 'operand') return only.expr;
  const operands: Expr[] = [];
  const pending: Pending[] = [];
  let before: Pending | null = null;
  for (const item of items) {
    if (item.kind === 'operand') {
      if (before && item.primed) checkPrime(before, item.primed);
      operands.push(item.expr);
      before = null;
      continue;
    }
    const next = toPending(item);
    if (next.operator.fixity === 'infix') reduceWhileTighter(operands, pending, next);
    else if (before && next.operator.symbol === '-.') checkMinus(before, next);
    pending.push(next);
    before = next;
  }
  while (pending.length > 0) reduce(operands, pending);
  return operands[0] as Expr;
}

function toPending(item: SequenceItem & { kind: 'prefix' | 'infix' }): Pending {
  const canonical = canonicalOperator(item.spelling);
  const symbol = item.kind === 'prefix' && canonical === '-' ? '-.' : canonical;
  return { operator: operator(symbol, item.kind), spelling: item.spelling, span: item.span };
}

function reduceWhileTighter(operands: Expr[], pending: Pending[], next: Pending): void {
  for (;;) {
    const left = pending.at(-1);
    if (!left) return;
    const isSame = left.operator === next.operator;
    if (left.operator.low > next.operator.high || (isSame && left.operator.leftAssociative)) {
      reduce(operands, pending);
    } else if (left.operator.high < next.operator.low) {
      return;
    } else {
      conflict(left, next);
    }
  }
}

/** `2 * -3`: the minus would have to bind tighter than the operator before it. */
function checkMinus(before: Pending, minus: Pending): void {
  if (before.operator.low > minus.operator.high) conflict(before, minus);
}

/** `UNCHANGED x'`: the ranges of the prefix operators of actions reach up to that of prime. */
function checkPrime(before: Pending, at: Span): void {
  const prime = operator("'", 'postfix');
  if (before.operator.fixity === 'prefix' && before.operator.high >= prime.low) {
    conflict(before, { operator: prime, spelling: "'", span: at });
  }
}

function reduce(operands: Expr[], pending: Pending[]): void {
  const { operator: op, span } = pending.pop() as Pending;
  const right = operands.pop() as Expr;
  if (op.fixity === 'prefix') {
    operands.push({
      kind: 'prefix',
      op: op.symbol,
      operand: right,
      span: cover(span, right.span),
    });
    return;
  }
  const left = operands.pop() as Expr;
  const whole = cover(left.span, right.span);
  if (op.symbol === '\\X') {
    const factors = left.kind === 'product' ? left.factors : [left];
    operands.push({ kind: 'product', factors: [...factors, right], span: whole });
  } else {
    operands.push({ kind: 'infix', op: op.symbol, left, right, span: whole });
  }
}

function conflict(left: Pending, right: Pending): never {
  fail(
    'SYN010',
    right.span,
    { left: left.spelling, right: right.spelling },
    {
      notes: [{ message: `\`${left.spelling}\` is here.`, span: left.span }],
    },
  );
}
