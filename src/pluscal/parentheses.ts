/**
 * Where the official translator puts parentheses around the right-hand side of an equation: if
 * outside brackets it sees a character of an operator that might bind as weakly as `=`. Its test is
 * on characters (PcalTLAGen.NeedsParentheses): `\cup` counts, `\o`, `\X` and a free-standing `\` do
 * not. We follow it, so that both translations have the same parentheses; where they are needed
 * but missing, the printer adds them.
 */
import type { Expr } from '../syntax/ast.js';
import { children } from '../syntax/walk.js';

export function needsParentheses(expr: Expr): boolean {
  switch (expr.kind) {
    case 'infix':
    case 'prefix':
    case 'postfix':
      if (looksWeak(expr.op)) return true;
      break;
    case 'junction':
    case 'quantifier':
    case 'case':
    case 'let':
      return true;
    case 'choose':
      if (expr.bound.set) return true;
      break;
    case 'number':
      return looksWeak(expr.text);
    case 'apply':
    case 'index':
      // Arguments are in brackets; what stands before them is not.
      return expr.kind === 'index' && needsParentheses(expr.function);
    case 'name':
    case 'string':
    case 'boolean':
    case 'at':
    case 'paren':
    case 'tuple':
    case 'setEnumeration':
    case 'setFilter':
    case 'setMap':
    case 'function':
    case 'functionSet':
    case 'record':
    case 'recordSet':
    case 'except':
    case 'boxAction':
    case 'angleAction':
      return false;
    default:
      break;
  }
  return children(expr).some(needsParentheses);
}

function looksWeak(token: string): boolean {
  if (token === '\\') return false;
  return /[=#]|<(?!<)|>(?!>)|\|-|-\||\\[^oX]|\/\\/.test(token);
}
