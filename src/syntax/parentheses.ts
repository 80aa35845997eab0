/**
 * Where a tree without parentheses would be read as another tree: the printer puts them there. A
 * tree that was parsed never needs any, because parentheses are nodes.
 */
import type { Expr } from './ast.js';
import { type Operator, operator } from './operators.js';

/** Expressions that reach as far right as they can. */
function isOpenEnded(e: Expr): boolean {
  return ['quantifier', 'choose', 'if', 'case', 'let', 'lambda'].includes(e.kind);
}

function operatorOf(e: Expr): Operator | null {
  if (e.kind === 'infix' || e.kind === 'prefix') return operator(e.op, e.kind);
  return e.kind === 'product' ? operator('\\X', 'infix') : null;
}

function lastOperand(e: Expr): Expr | null {
  if (e.kind === 'infix') return e.right;
  if (e.kind === 'prefix') return e.operand;
  return e.kind === 'product' ? (e.factors.at(-1) as Expr) : null;
}

function firstOperand(e: Expr): Expr | null {
  if (e.kind === 'infix') return e.left;
  return e.kind === 'product' ? (e.factors[0] as Expr) : null;
}

/** Whether `e` needs parentheses as the left operand of the operator. */
export function needsParensOnLeft(e: Expr, of: Operator): boolean {
  for (let at: Expr | null = e; at; at = lastOperand(at)) {
    if (isOpenEnded(at)) return true;
    const inner = operatorOf(at);
    if (!inner) return false;
    const isSame = inner === of && inner.leftAssociative && at.kind !== 'product';
    if (inner.low <= of.high && !isSame) return true;
  }
  return false;
}

/** Whether `e` needs parentheses as the right or only operand of the operator. */
export function needsParensOnRight(e: Expr, of: Operator): boolean {
  if (e.kind === 'prefix') return e.op === '-.' && of.low > operator('-.', 'prefix').high;
  if (of.fixity === 'prefix' && of.high >= 15 && endsPrimed(e)) return true;
  for (let at: Expr | null = e; at; at = firstOperand(at)) {
    const inner = operatorOf(at);
    if (inner && inner.fixity === 'infix' && of.high >= inner.low) return true;
  }
  return false;
}

function endsPrimed(e: Expr): boolean {
  if (e.kind === 'index') return endsPrimed(e.function);
  if (e.kind === 'field') return endsPrimed(e.record);
  return e.kind === 'postfix';
}

const suffixable = new Set<Expr['kind']>([
  ...(['name', 'apply', 'number', 'string', 'boolean', 'at', 'paren', 'tuple'] as const),
  ...(['setEnumeration', 'setFilter', 'setMap', 'function', 'functionSet', 'record'] as const),
  ...(['recordSet', 'except', 'index', 'field', 'postfix'] as const),
]);

/** Whether `e` needs parentheses before `[i]`, `.f` or a postfix operator. */
export function needsParensBeforeSuffix(e: Expr): boolean {
  return !suffixable.has(e.kind);
}

/** `{x \in S : …}` is a filter, so a map of memberships needs parentheses. */
export function needsParensInMap(e: Expr): boolean {
  if (e.kind !== 'infix' || e.op !== '\\in') return false;
  return e.left.kind === 'name' || e.left.kind === 'tuple';
}

/** Whether a CASE stands open at the end: a following `[]` would belong to it. */
export function endsInCase(e: Expr): boolean {
  return tail(e)?.kind === 'case';
}

/** Whether a junction list stands open at the end: an operator must follow on its own line. */
export function endsInJunction(e: Expr): boolean {
  return tail(e)?.kind === 'junction';
}

/** The innermost CASE or junction that ends where `e` ends, outside all brackets. */
function tail(e: Expr): Expr | null {
  switch (e.kind) {
    case 'case':
    case 'junction':
      return e;
    case 'if':
      return tail(e.else);
    case 'quantifier':
    case 'choose':
    case 'lambda':
    case 'let':
      return tail(e.body);
    default: {
      const last = lastOperand(e);
      return last && tail(last);
    }
  }
}
