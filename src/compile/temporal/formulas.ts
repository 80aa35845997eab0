/**
 * Temporal formulas to formulas over atoms: definitions are entered, quantifiers over constant sets
 * are written out, and what has no temporal operator is an atom, as large as possible. TLC's class
 * is part of what this takes: TLC refuses actions but in `<>[][A]_v` and `[]<><<A>>_v`.
 */
import type { Formula } from '../../explore/liveness/temporalModel.js';
import { fail } from '../../source/diagnostic.js';
import type { AngleAction, Expr, Let, Quantifier } from '../../syntax/ast.js';
import { stripParens, walk } from '../../syntax/walk.js';
import { TupleValue, type Value } from '../../values/index.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { type Binding, bind, type Context, enter } from '../context.js';
import { compile } from '../expressions/index.js';
import { bindingOf, outermost } from '../expressions/names.js';
import { constantElements } from '../expressions/unroll.js';
import type { Atoms } from './atoms.js';

/** A quantifier is written out for so many values at most. */
const elementMax = 10_000;

export interface FairnessSite {
  readonly condition: number;
  readonly action: Expr;
  readonly context: Context;
}

export class TemporalFormulas {
  /** Where each condition was met first. */
  readonly fairness: FairnessSite[] = [];
  private readonly temporal = new Map<string, boolean>();

  constructor(private readonly atoms: Atoms) {}

  formula(expr: Expr, context: Context): Formula {
    const inner = stripParens(expr);
    if (!this.isTemporal(inner, context)) return this.state(inner, context);
    switch (inner.kind) {
      case 'prefix':
        return this.prefix(inner, context);
      case 'infix':
        return this.infix(inner, context);
      case 'junction':
        return this.connected(inner.op, inner.items, context);
      case 'quantifier':
        return this.quantified(inner, context);
      case 'fairness':
        return this.fair(inner, context);
      case 'if':
        return this.choice(inner, context);
      case 'let':
        return this.formula(inner.body, this.within(inner, context));
      case 'name':
      case 'apply':
        return this.named(inner, context);
      default:
        return refuse(inner, 'a temporal formula inside of this expression');
    }
  }

  private state(expr: Expr, context: Context): Formula {
    const atom = this.atoms.state(expr, context);
    return typeof atom === 'boolean' ? { kind: 'constant', value: atom } : { kind: 'state', atom };
  }

  private prefix(expr: Expr & { readonly kind: 'prefix' }, context: Context): Formula {
    const inner = stripParens(expr.operand);
    switch (expr.op) {
      case '~':
        return not(this.formula(expr.operand, context));
      case '[]':
        return { kind: 'always', operand: this.actionOr(inner, context) };
      case '<>':
        return { kind: 'eventually', operand: this.actionOr(inner, context) };
      default:
        return refuse(expr, `${expr.op} of a temporal formula`);
    }
  }

  /** `[A]_v` is `<<A>>_v`, or v stays. */
  private actionOr(inner: Expr, context: Context): Formula {
    if (inner.kind === 'angleAction') {
      return { kind: 'step', atom: this.atoms.step(inner, context) };
    }
    if (inner.kind !== 'boxAction') return this.formula(inner, context);
    const angle: AngleAction = { ...inner, kind: 'angleAction' };
    const taken: Formula = { kind: 'step', atom: this.atoms.step(angle, context) };
    const changed = this.atoms.changed(inner.subscript, context);
    return { kind: 'or', operands: [taken, not({ kind: 'step', atom: changed })] };
  }

  private infix(expr: Expr & { readonly kind: 'infix' }, context: Context): Formula {
    const both = (): readonly [Formula, Formula] => [
      this.formula(expr.left, context),
      this.formula(expr.right, context),
    ];
    switch (expr.op) {
      case '/\\':
      case '\\/':
        return this.connected(expr.op, [expr.left, expr.right], context);
      case '=>': {
        const [left, right] = both();
        return { kind: 'or', operands: [not(left), right] };
      }
      case '<=>': {
        const [left, right] = both();
        const forth: Formula = { kind: 'or', operands: [not(left), right] };
        const back: Formula = { kind: 'or', operands: [left, not(right)] };
        return { kind: 'and', operands: [forth, back] };
      }
      case '~>': {
        const [left, right] = both();
        const later: Formula = { kind: 'eventually', operand: right };
        return { kind: 'always', operand: { kind: 'or', operands: [not(left), later] } };
      }
      default:
        return refuse(expr, `\`${expr.op}\` of temporal formulas`);
    }
  }

  private connected(op: '/\\' | '\\/', items: readonly Expr[], context: Context): Formula {
    const operands = items.map((item) => this.formula(item, context));
    return { kind: op === '/\\' ? 'and' : 'or', operands };
  }

  private choice(expr: Expr & { readonly kind: 'if' }, context: Context): Formula {
    const condition = this.formula(expr.condition, context);
    const [yes, no] = [this.formula(expr.then, context), this.formula(expr.else, context)];
    return {
      kind: 'and',
      operands: [
        { kind: 'or', operands: [not(condition), yes] },
        { kind: 'or', operands: [condition, no] },
      ],
    };
  }

  private fair(expr: Expr & { readonly kind: 'fairness' }, context: Context): Formula {
    const { action, subscript, span } = expr;
    const strength = expr.strength === 'WF' ? 'weak' : 'strong';
    const angle: AngleAction = { kind: 'angleAction', action, subscript, span };
    const condition = this.atoms.condition(strength, angle, context);
    if (this.fairness[condition] === undefined) {
      this.fairness[condition] = { condition, action, context };
    }
    return { kind: 'fair', condition };
  }

  private quantified(expr: Quantifier, context: Context): Formula {
    if (expr.quantifier === '\\AA' || expr.quantifier === '\\EE') {
      return refuse(expr, `the quantifier ${expr.quantifier} over behaviors of a variable`);
    }
    let contexts: readonly Context[] = [context];
    for (const { set, names, tuple } of expr.bounds) {
      const elements = set && constantElements(compile(set, context), context, elementMax);
      if (elements == null) {
        const what = 'a quantifier over a set that is not constant, or has over';
        return refuse(set ?? expr, `${what} ${elementMax} elements`);
      }
      const rows = tuple ? elements.map((one) => components(one, names.length, expr)) : null;
      for (const [i, { name }] of names.entries()) {
        if (rows !== null && i > 0) break;
        contexts = contexts.flatMap((outer) =>
          elements.map((element, number) => {
            const row = rows?.[number];
            const pairs: (readonly [string, Value])[] =
              row === undefined
                ? [[name, element]]
                : names.map((one, j) => [one.name, row[j] as Value] as const);
            return bind(
              outer,
              pairs.map(([to, value]) => [to, known(value, outer)] as const),
            );
          }),
        );
      }
    }
    const operands = contexts.map((inner) => this.formula(expr.body, inner));
    return { kind: expr.quantifier === '\\A' ? 'and' : 'or', operands };
  }

  /** Definitions are compiled where they are used. */
  private within({ definitions }: Let, context: Context): Context {
    let inner = context;
    for (const unit of definitions) {
      if (unit.kind !== 'operator') {
        return refuse(unit, 'a LET with anything but plain operators around a temporal formula');
      }
      const home = inner;
      const binding: Binding =
        unit.params.length === 0
          ? { kind: 'closure', closure: { expr: unit.body, context: home }, code: null }
          : { kind: 'operator', definition: unit, context: () => home, compiled: null };
      inner = bind(inner, [[unit.name.name, binding]]);
    }
    return inner;
  }

  private named(expr: Expr & { readonly kind: 'name' | 'apply' }, context: Context): Formula {
    const { unit } = context;
    const name = nameOf(expr) as string;
    const binding = context.bindings.get(name);
    if (binding?.kind === 'closure') {
      return this.formula(binding.closure.expr, enter(binding.closure, context));
    }
    const found =
      binding?.kind === 'operator' ? binding.definition : unit.sources.analysis.definition(name);
    if (found?.kind !== 'operator' || !unit.startExpansion(found)) {
      return refuse(
        expr,
        'an operator that is passed on, or is recursive, with a temporal formula',
      );
    }
    const args = argumentsOf(expr).map((arg) => ({ expr: arg, context }));
    const bindings = found.params.map((param, i) => {
      const argument = args[i];
      if (argument === undefined) throw new Error(`too few arguments for ${name}`);
      const isOne = param.arity === 0 && this.isTemporal(argument.expr, context);
      const value: Binding = isOne
        ? { kind: 'closure', closure: argument, code: null }
        : bindingOf(argument, param.arity, context);
      return [param.name.name, value] as const;
    });
    const home = binding?.kind === 'operator' ? binding.context() : outermost(context);
    const formula = this.formula(found.body, bind({ ...home, unit }, bindings));
    unit.endExpansion(found);
    return formula;
  }

  /** Whether it has a temporal operator, perhaps in a definition that it uses. */
  private isTemporal(expr: Expr, context: Context | null): boolean {
    let found = false;
    walk(expr, (inner) => {
      // What is enabled is an action, in brackets or not.
      if (inner.kind === 'prefix' && inner.op === 'ENABLED') return false;
      if (isTemporalOperator(inner)) found = true;
      const name = nameOf(inner);
      if (!found && name !== null) found = this.isTemporalName(name, context);
      return !found;
    });
    return found;
  }

  private isTemporalName(name: string, context: Context | null): boolean {
    const binding = context?.bindings.get(name);
    if (binding !== undefined) {
      if (binding.kind === 'closure' || binding.kind === 'alias') {
        return this.isTemporal(binding.closure.expr, binding.closure.context);
      }
      return binding.kind === 'operator' && this.isTemporal(binding.definition.body, null);
    }
    const known = this.temporal.get(name);
    if (known !== undefined) return known;
    this.temporal.set(name, false); // For a definition that uses itself.
    const definition = context?.unit.sources.analysis.definition(name) ?? this.definition(name);
    const answer = definition !== undefined && this.isTemporal(definition.body, null);
    this.temporal.set(name, answer);
    return answer;
  }

  private definition(name: string) {
    return this.atoms.unit.sources.analysis.definition(name);
  }
}

function isTemporalOperator(expr: Expr): boolean {
  switch (expr.kind) {
    case 'prefix':
      return expr.op === '[]' || expr.op === '<>';
    case 'infix':
      return expr.op === '~>' || expr.op === '-+->';
    case 'fairness':
    case 'boxAction':
    case 'angleAction':
      return true;
    case 'quantifier':
      return expr.quantifier === '\\AA' || expr.quantifier === '\\EE';
    default:
      return false;
  }
}

function not(operand: Formula): Formula {
  return { kind: 'not', operand };
}

function known(value: Value, { unit }: Context): Binding {
  return { kind: 'code', code: unit.constant(value) };
}

function components(value: Value, count: number, at: Expr): readonly Value[] {
  if (value instanceof TupleValue && value.elements.length === count) return value.elements;
  return refuse(at, `a tuple of ${count} names for elements of another form`);
}

function refuse(at: { readonly span: Expr['span'] }, what: string): never {
  return fail('EVL032', at.span, { what });
}
