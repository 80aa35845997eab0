/** Number literals, within TLC's 32 bits. */
import type { Expr, NumberLiteral } from '../../syntax/ast.js';
import { type Code, fault, literal } from '../code.js';
import type { Context } from '../context.js';

const radix: Readonly<Record<string, number>> = { b: 2, o: 8, h: 16 };

const smallest = '2147483648';

/** `-2147483648`, whose positive part alone would be out of range. */
export function compileSmallest(operand: Expr): Code | null {
  return operand.kind === 'number' && operand.text === smallest ? literal(-0x80000000) : null;
}

/** `12`, `\b1010`, `\o17`, `\hFF`. Reals have no value, and neither have integers above 32 bits. */
export function compileNumber(expr: NumberLiteral, context: Context): Code {
  const { text } = expr;
  if (text.includes('.')) {
    const holes = { construct: `the real number ${text}`, place: 'at all' };
    return fault(context.unit, 'EVL021', holes, expr.span);
  }
  const base = text.startsWith('\\') ? radix[(text[1] as string).toLowerCase()] : 10;
  const number = Number.parseInt(base === 10 ? text : text.slice(2), base);
  if (number <= 0x7fffffff) return literal(number);
  return fault(context.unit, 'EVL010', { expression: text }, expr.span);
}
