/** Expressions to JavaScript expressions: one arm per construct, the work in the file of its topic. */
import { type Expr, unreachable } from '../../syntax/ast.js';
import { argumentsOf, qualified } from '../analysis.js';
import { type Code, fault, literal } from '../code.js';
import type { Context } from '../context.js';
import { compileExcept, compileField, compileIndex } from './access.js';
import {
  compileChoose,
  compileFilter,
  compileFunction,
  compileMap,
  compileQuantifier,
} from './binders.js';
import { withoutBrackets } from './brackets.js';
import { compileRecord, compileRecordSet, compileSets, compileTuple } from './collections.js';
import { compileLet } from './let.js';
import { compileCase, compileIf, compileInfix, compileJunction, compilePrefix } from './logic.js';
import { applyNamed } from './names.js';
import { compileNumber } from './numbers.js';

export function compile(expr: Expr, context: Context): Code {
  switch (expr.kind) {
    case 'number':
      return compileNumber(expr, context);
    case 'string':
    case 'boolean':
      return literal(expr.value);
    case 'at':
      if (context.at === null) throw new Error('@ outside of EXCEPT');
      return context.at;
    case 'paren':
      return compile(expr.inner, context);
    case 'name':
      return named(expr, qualified(expr.prefix, expr.name), context);
    case 'apply':
      return named(expr, qualified(expr.prefix, expr.name.name), context);
    case 'prefix':
      return compilePrefix(expr, context);
    case 'postfix':
      if (expr.op === "'") return compile(expr.operand, { ...context, primed: true });
      return applyNamed(expr.op, [{ expr: expr.operand, context }], context, expr.span);
    case 'infix':
      return compileInfix(expr, context);
    case 'junction':
      return compileJunction(expr, context);
    case 'quantifier':
      return compileQuantifier(expr, context);
    case 'choose':
      return compileChoose(expr, context);
    case 'setFilter':
      return compileFilter(expr, context);
    case 'setMap':
      return compileMap(expr, context);
    case 'function':
      return compileFunction(expr, context);
    case 'setEnumeration':
    case 'functionSet':
    case 'product':
      return compileSets(expr, context);
    case 'tuple':
      return compileTuple(expr.elements, context, expr.span);
    case 'record':
      return compileRecord(expr, context);
    case 'recordSet':
      return compileRecordSet(expr, context);
    case 'index':
      return compileIndex(expr, context);
    case 'field':
      return compileField(expr, context);
    case 'except':
      return compileExcept(expr, context);
    case 'if':
      return compileIf(expr, context);
    case 'case':
      return compileCase(expr, context);
    case 'let':
      return compileLet(expr, context);
    case 'lambda':
      throw new Error('a LAMBDA outside of an argument');
    case 'boxAction':
    case 'angleAction':
      return compile(withoutBrackets(expr), context);
    case 'fairness':
      return unsupported(`${expr.strength}_v(A)`, expr, context);
    default:
      return unreachable(expr);
  }
}

function named(expr: Extract<Expr, { kind: 'name' | 'apply' }>, name: string, context: Context) {
  const given = argumentsOf(expr).map((argument) => ({ expr: argument, context }));
  return applyNamed(name, given, context, expr.span);
}

export function unsupported(construct: string, expr: Expr, context: Context): Code {
  return fault(context.unit, 'EVL021', { construct, place: 'here' }, expr.span);
}
