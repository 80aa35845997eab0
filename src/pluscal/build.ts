/**
 * Small builders of TLA+ trees. Each takes the span of the PlusCal text that the tree came from,
 * so that whatever goes wrong in generated TLA+ is shown in the PlusCal that the user wrote.
 */
import type { Span } from '../source/text.js';
import type {
  Bound,
  Except,
  ExceptStep,
  ExceptUpdate,
  Expr,
  FunctionLiteral,
  Identifier,
  If,
  Junction,
  Name,
  OperatorDefinition,
  Paren,
  Postfix,
  Quantifier,
  RecordField,
  RecordLiteral,
  Tuple,
} from '../syntax/ast.js';

export const identifier = (span: Span, name: string): Identifier => ({ span, name });

export const name = (span: Span, text: string): Name => ({
  kind: 'name',
  span,
  prefix: [],
  name: text,
});

export const string = (span: Span, value: string): Expr => ({ kind: 'string', span, value });

export const truth = (span: Span): Expr => ({ kind: 'boolean', span, value: true });

/** `f(a, …)`, or just `f` where there is nothing to apply it to. */
export const apply = (span: Span, operator: string, args: readonly Expr[]): Expr =>
  args.length === 0
    ? name(span, operator)
    : { kind: 'apply', span, prefix: [], name: identifier(span, operator), args };

export const infix = (span: Span, op: string, left: Expr, right: Expr): Expr => ({
  kind: 'infix',
  span,
  op,
  left,
  right,
});

/** `a op b op c`, left to right; there must be at least one operand. */
export function chain(span: Span, op: string, operands: readonly Expr[]): Expr {
  const [first, ...rest] = operands;
  if (!first) throw new Error(`no operand for ${op}`);
  return rest.reduce((left, right) => infix(span, op, left, right), first);
}

export const prefix = (span: Span, op: string, operand: Expr): Expr => ({
  kind: 'prefix',
  span,
  op,
  operand,
});

export const paren = (inner: Expr): Paren => ({ kind: 'paren', span: inner.span, inner });

export const prime = (operand: Expr): Postfix => ({
  kind: 'postfix',
  span: operand.span,
  op: "'",
  operand,
});

/** A bulleted list; a list of one item keeps its bullet, as the official translator writes it. */
export const conj = (span: Span, items: readonly Expr[]): Junction => ({
  kind: 'junction',
  span,
  op: '/\\',
  items,
});

export const disj = (span: Span, items: readonly Expr[]): Junction => ({
  kind: 'junction',
  span,
  op: '\\/',
  items,
});

export const tuple = (span: Span, elements: readonly Expr[]): Tuple => ({
  kind: 'tuple',
  span,
  elements,
});

export const set = (span: Span, elements: readonly Expr[]): Expr => ({
  kind: 'setEnumeration',
  span,
  elements,
});

export const index = (fn: Expr, args: readonly Expr[]): Expr => ({
  kind: 'index',
  span: fn.span,
  function: fn,
  args,
});

export const field = (record: Expr, fieldName: string): Expr => ({
  kind: 'field',
  span: record.span,
  record,
  name: identifier(record.span, fieldName),
});

export const ifThenElse = (span: Span, condition: Expr, then: Expr, otherwise: Expr): If => ({
  kind: 'if',
  span,
  condition,
  then,
  else: otherwise,
});

export const bound = (span: Span, variable: string, domain: Expr): Bound => ({
  span,
  names: [identifier(span, variable)],
  tuple: false,
  set: domain,
});

export const quantify = (
  span: Span,
  quantifier: '\\A' | '\\E',
  variable: string,
  domain: Expr,
  body: Expr,
): Quantifier => ({
  kind: 'quantifier',
  span,
  quantifier,
  bounds: [bound(span, variable, domain)],
  body,
});

/** `[variable \in domain |-> body]` */
export const functionOf = (
  span: Span,
  variable: string,
  domain: Expr,
  body: Expr,
): FunctionLiteral => ({ kind: 'function', span, bounds: [bound(span, variable, domain)], body });

export const record = (
  span: Span,
  fields: readonly (readonly [string, Expr])[],
): RecordLiteral => ({
  kind: 'record',
  span,
  fields: fields.map(
    ([key, value]): RecordField => ({ span: value.span, name: identifier(span, key), value }),
  ),
});

export const except = (span: Span, fn: Expr, updates: readonly ExceptUpdate[]): Except => ({
  kind: 'except',
  span,
  function: fn,
  updates,
});

export const update = (span: Span, path: readonly ExceptStep[], value: Expr): ExceptUpdate => ({
  span,
  path,
  value,
});

export const atIndex = (span: Span, args: readonly Expr[]): ExceptStep => ({
  kind: 'index',
  span,
  args,
});

/** `name(params) == body` */
export const define = (
  span: Span,
  operator: string,
  params: readonly string[],
  body: Expr,
): OperatorDefinition => ({
  kind: 'operator',
  span,
  name: identifier(span, operator),
  fixity: 'named',
  params: params.map((one) => ({ span, name: identifier(span, one), arity: 0 })),
  body,
  local: false,
});

/** That the variables keep their values: `x' = x` for one short name, else `UNCHANGED`. */
export function unchanged(span: Span, variables: readonly string[]): Expr {
  const [first, ...rest] = variables;
  if (first === undefined) throw new Error('UNCHANGED of no variables');
  const names = variables.map((one) => name(span, one));
  if (rest.length > 0) return prefix(span, 'UNCHANGED', tuple(span, names));
  // The official translator writes x' = x for names of up to five letters.
  if (first.length > 5) return prefix(span, 'UNCHANGED', name(span, first));
  return infix(span, '=', prime(name(span, first)), name(span, first));
}
