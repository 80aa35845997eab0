/**
 * The next-state action taken apart before anything runs: through disjunctions, `\E x \in S` over a
 * constant set (one instance per element) and definitions whose body is such a thing again. What
 * is left are the actions of single processes, with `self` and other arguments known.
 */
import { writtenName } from '../../semantics/extended.js';
import type { LabelInfo, NamedFormula } from '../../semantics/specification.js';
import type { Span } from '../../source/text.js';
import type { Expr, OperatorDefinition, Quantifier } from '../../syntax/ast.js';
import type { Value } from '../../values/index.js';
import { argumentsOf, nameOf } from '../analysis.js';
import type { ActionInfo, Choice } from '../compiledSpec.js';
import { type Binding, bind, type Context } from '../context.js';
import { loopsOf } from '../expressions/binders.js';
import { compile } from '../expressions/index.js';
import { bindingOf, outermost } from '../expressions/names.js';
import { constantElements } from '../expressions/unroll.js';
import { LazyFunction, LazySet } from '../runtime/lazy.js';

/** Quantifiers that would make more instances of one disjunct are walked through at run time. */
const instanceCountMax = 512;
const definitionDepthMax = 50;

export interface ActionInstance extends ActionInfo {
  readonly expr: Expr;
  readonly context: Context;
  readonly label: LabelInfo | null;
  /** What the expanded quantifiers inside the definition have chosen. */
  readonly choices: readonly Choice[];
}

interface Place {
  readonly name: string;
  readonly span: Span;
  readonly args: ReadonlyMap<string, Value>;
  readonly choices: readonly Choice[];
  readonly depth: number;
  /** How many instances the quantifiers around have made of this. */
  readonly instanceCount: number;
}

export function actionInstances(
  next: NamedFormula,
  labels: ReadonlyMap<string, LabelInfo>,
  context: Context,
): readonly ActionInstance[] {
  const found: ActionInstance[] = [];
  const visit = (expr: Expr, inner: Context, place: Place): void => {
    const split = alternatives(expr, inner, place);
    if (split === null) found.push(instance(expr, inner, place, labels));
    else for (const one of split) visit(one.expr, one.context, one.place);
  };
  const { name, span, expr } = next;
  visit(expr, context, { name, span, args: new Map(), choices: [], depth: 0, instanceCount: 1 });
  return found;
}

interface Alternative {
  readonly expr: Expr;
  readonly context: Context;
  readonly place: Place;
}

function alternatives(expr: Expr, context: Context, place: Place): readonly Alternative[] | null {
  switch (expr.kind) {
    case 'paren':
      return [{ expr: expr.inner, context, place }];
    case 'junction':
      if (expr.op !== '\\/' && expr.items.length > 1) return null;
      return expr.items.map((item) => ({ expr: item, context, place }));
    case 'infix':
      if (expr.op !== '\\/') return null;
      return [expr.left, expr.right].map((side) => ({ expr: side, context, place }));
    case 'quantifier':
      return expr.quantifier === '\\E' ? expanded(expr, context, place) : null;
    case 'name':
    case 'apply':
      return entered(expr, context, place);
    default:
      return null;
  }
}

/** One alternative per element of constant sets; null if a set is not constant, or too large. */
function expanded(expr: Quantifier, context: Context, place: Place): readonly Alternative[] | null {
  const { unit } = context;
  const loops = expr.bounds.some((bound) => bound.tuple) ? null : loopsOf(expr.bounds, context);
  if (loops === null) return null;
  let rows: (readonly [string, Value])[][] = [[]];
  for (const loop of loops) {
    const elements = constantElements(compile(loop.set, context), context, instanceCountMax);
    const name = loop.bindings[0]?.[0];
    if (elements === null || name === undefined) return null;
    if (place.instanceCount * rows.length * elements.length > instanceCountMax) return null;
    rows = rows.flatMap((row) => elements.map((element) => [...row, [name, element] as const]));
  }
  return rows.map((row) => {
    const bindings = row.map(([name, value]): readonly [string, Binding] => {
      return [name, { kind: 'code', code: unit.constant(value) }];
    });
    const choices = row.map(([name, value]) => ({ name, value }));
    return {
      expr: expr.body,
      context: bind(context, bindings),
      place: {
        ...place,
        choices: [...place.choices, ...choices],
        instanceCount: place.instanceCount * rows.length,
      },
    };
  });
}

/** The body of the definition that is applied, with its arguments bound. */
function entered(
  expr: Extract<Expr, { kind: 'name' | 'apply' }>,
  context: Context,
  place: Place,
): readonly Alternative[] | null {
  const name = nameOf(expr) as string;
  if (context.bindings.has(name) || place.depth === definitionDepthMax) return null;
  const definition = context.unit.sources.analysis.definition(name);
  if (definition?.kind !== 'operator') return null;
  const given = argumentsOf(expr).map((arg) => ({ expr: arg, context }));
  const args = new Map<string, Value>();
  const bindings = definition.params.map((param, i) => {
    const argument = given[i];
    if (argument === undefined) throw new Error(`too few arguments for ${name}`);
    const binding = constantBinding(bindingOf(argument, param.arity, context), argument, context);
    if (binding.kind === 'code' && binding.code.known !== undefined) {
      args.set(param.name.name, binding.code.known);
    }
    return [param.name.name, binding] as const;
  });
  const inner: Context = {
    ...bind(outermost(context), bindings),
    assigned: context.assigned,
  };
  return [{ expr: definition.body, context: inner, place: placeOf(definition, args, place) }];
}

function placeOf(
  definition: OperatorDefinition,
  args: ReadonlyMap<string, Value>,
  outer: Place,
): Place {
  const { name, span } = definition;
  return {
    ...outer,
    name: writtenName(name.name),
    span,
    args,
    choices: [],
    depth: outer.depth + 1,
  };
}

/** A constant argument such as `Left(self)` as its value, so that slots are found by it. */
function constantBinding(
  binding: Binding,
  argument: { readonly expr: Expr; readonly context: Context },
  context: Context,
): Binding {
  if (binding.kind !== 'closure' && binding.kind !== 'code') return binding;
  const code = binding.kind === 'code' ? binding.code : compile(argument.expr, context);
  if (code.free.size > 0) return binding;
  const known = context.unit.evaluate(code);
  if (known === undefined || known instanceof LazySet || known instanceof LazyFunction) {
    return binding;
  }
  return { kind: 'code', code: context.unit.constant(known) };
}

function instance(
  expr: Expr,
  context: Context,
  place: Place,
  labels: ReadonlyMap<string, LabelInfo>,
): ActionInstance {
  const { name, span, args, choices } = place;
  const label = labels.get(name) ?? null;
  return {
    name: label?.label ?? name,
    process: processOf(label, args, context),
    args,
    span: label?.span ?? span,
    expr,
    context,
    label,
    choices,
  };
}

function processOf(
  label: LabelInfo | null,
  args: ReadonlyMap<string, Value>,
  context: Context,
): Value | null {
  const self = args.get('self');
  if (self !== undefined) return self;
  if (label?.processId == null) return null;
  const code = compile(label.processId, outermost(context));
  const id = code.free.size > 0 ? undefined : context.unit.evaluate(code);
  return id === undefined || id instanceof LazySet || id instanceof LazyFunction ? null : id;
}
