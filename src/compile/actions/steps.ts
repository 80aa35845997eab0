/**
 * An action to JavaScript statements, in continuation-passing style: conjuncts from left to right,
 * each followed by the code of those after it. An assignment writes, goes on and takes itself back;
 * a disjunction, `\E` or `x' \in S` at conjunct position goes on once per alternative, and each is a
 * step of its own, as in TLC (`Tool.getNextStates`); everything else is a test.
 */
import type { Bound, Case, Expr, If, Let, Quantifier } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { argumentsOf, nameOf, qualified } from '../analysis.js';
import type { Block } from '../block.js';
import { asBoolean, type Code, local } from '../code.js';
import { type Assigned, type Binding, bind, type Context, enter } from '../context.js';
import { loopsOf } from '../expressions/binders.js';
import { compile } from '../expressions/index.js';
import { bindDefinitions } from '../expressions/let.js';
import { bindingOf, outermost } from '../expressions/names.js';
import { equal } from '../runtime/equality.js';
import { raise } from '../runtime/fault.js';
import { elementsOf } from '../runtime/sets.js';
import { share } from './share.js';
import type { Target } from './target.js';

export type AssignedVariables = ReadonlyMap<string, Assigned>;

/** Generates what follows a conjunct. */
export type Continue = (assigned: AssignedVariables, block: Block) => void;

/** What all parts of one step have in common. */
export interface StepPlan {
  readonly target: Target;
  /** The number of each `either` of a label, and none of anything else. */
  readonly eithers: ReadonlyMap<Expr, number>;
  /** Whether choices are recorded. */
  readonly recordsChoices: boolean;
  /** Gets the guard of the first test of the step, if that comes before all else. */
  onFirst(code: Code | null): void;
}

function assignedIn(context: Context): AssignedVariables {
  if (context.assigned === null) throw new Error('a step outside of an action');
  return context.assigned;
}

export function compileStep(
  expr: Expr,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  switch (expr.kind) {
    case 'paren':
      return compileStep(expr.inner, context, block, plan, next);
    case 'boolean':
      if (expr.value) next(assignedIn(context), block);
      else plan.onFirst(null);
      return;
    case 'junction':
      if (expr.op === '/\\') return conjuncts(expr.items, context, block, plan, next);
      return disjuncts(expr.items, expr, context, block, plan, next);
    case 'infix':
      if (expr.op === '/\\') {
        return conjuncts([expr.left, expr.right], context, block, plan, next);
      }
      if (expr.op === '\\/') {
        return disjuncts([expr.left, expr.right], expr, context, block, plan, next);
      }
      if (expr.op === '=' || expr.op === '\\in') {
        const variable = plan.target.variableOf(expr.left, context);
        if (variable !== null && !assignedIn(context).has(variable)) {
          plan.onFirst(null);
          if (expr.op === '=') assign(variable, expr.right, context, block, plan, next);
          else assignFrom(variable, expr.right, context, block, plan, next);
          return;
        }
      }
      return test(expr, context, block, plan, next);
    case 'quantifier':
      if (expr.quantifier === '\\E') return someElement(expr, context, block, plan, next);
      return test(expr, context, block, plan, next);
    case 'if':
      return either(expr, context, block, plan, next);
    case 'case':
      return cases(expr, context, block, plan, next);
    case 'let':
      return inLet(expr, context, block, plan, next);
    case 'prefix':
      if (expr.op === 'UNCHANGED') return unchanged(expr.operand, context, block, plan, next);
      return test(expr, context, block, plan, next);
    case 'boxAction': {
      const stutter: Expr = {
        kind: 'prefix',
        op: 'UNCHANGED',
        operand: expr.subscript,
        span: expr.span,
      };
      return disjuncts([expr.action, stutter], expr, context, block, plan, next);
    }
    case 'name':
    case 'apply':
      return named(expr, context, block, plan, next);
    default:
      return test(expr, context, block, plan, next);
  }
}

/** A boolean that only lets the step go on. */
function test(expr: Expr, context: Context, block: Block, plan: StepPlan, next: Continue): void {
  const { unit } = context;
  const code = asBoolean(unit, compile(expr, context), 'a conjunct of an action', expr.span);
  plan.onFirst(code);
  if (code.known === true) {
    next(assignedIn(context), block);
    return;
  }
  const js = unit.lifted(code);
  const condition = js.startsWith('(') && isWrapped(js) ? js : `(${js})`;
  block.nest(`if ${condition}`, (inner) => next(assignedIn(context), inner));
}

/** Whether the first parenthesis closes at the very end. */
function isWrapped(js: string): boolean {
  let depth = 0;
  for (let i = 0; i < js.length; i++) {
    const character = js[i];
    if (character === '"' || character === "'") return false; // Not worth reading strings.
    if (character === '(') depth++;
    if (character === ')' && --depth === 0) return i === js.length - 1;
  }
  return false;
}

function conjuncts(
  items: readonly Expr[],
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const [first, ...rest] = items;
  if (first === undefined) return next(assignedIn(context), block);
  compileStep(first, context, block, plan, (assigned, inner) =>
    conjuncts(rest, { ...context, assigned }, inner, plan, next),
  );
}

function disjuncts(
  items: readonly Expr[],
  whole: Expr,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  if (items.length === 1) return compileStep(items[0] as Expr, context, block, plan, next);
  plan.onFirst(null);
  const shared = share(next, assignedIn(context), block, context.unit);
  const number = plan.eithers.get(whole);
  const name = number === 1 ? 'either' : `either${number}`;
  items.forEach((item, i) => {
    block.nest('', (inner) => {
      if (number === undefined) {
        compileStep(item, context, inner, plan, shared.next);
      } else {
        inner.add(`choices.push("${name}", ${i + 1});`);
        compileStep(item, context, inner, plan, shared.next);
        inner.add('choices.length -= 2;');
      }
    });
  });
  shared.close();
}

function someElement(
  expr: Quantifier,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const loops = loopsOf(expr.bounds as readonly Bound[], context);
  if (loops === null) return test(expr, context, block, plan, next);
  plan.onFirst(null);
  const { unit } = context;
  const shared = share(next, assignedIn(context), block, unit);
  const inside = bind(
    context,
    loops.flatMap((loop) => loop.bindings),
  );
  const walk = (depth: number, outer: Block): void => {
    const loop = loops[depth];
    if (loop === undefined) return compileStep(expr.body, inside, outer, plan, shared.next);
    const over = elementsJs(compile(loop.set, context), '\\E', loop.set, context);
    outer.nest(`for (const ${loop.parameter} of ${over})`, (inner) => {
      if (!plan.recordsChoices) return walk(depth + 1, inner);
      const pairs = loop.bindings.map(([name, binding]) => `"${name}", ${codeOf(binding)}`);
      inner.add(`choices.push(${pairs.join(', ')});`);
      walk(depth + 1, inner);
      inner.add(`choices.length -= ${2 * pairs.length};`);
    });
  };
  walk(0, block);
  shared.close();
}

function codeOf(binding: Binding): string {
  if (binding.kind !== 'code') throw new Error('a bound variable is no code');
  return binding.code.js;
}

function elementsJs(set: Code, what: string, at: Expr, context: Context): string {
  const { unit } = context;
  const run = unit.use('elementsOf', elementsOf);
  return `${run}(${unit.lifted(set)}, ${JSON.stringify(what)}, ${unit.site(at.span)})`;
}

function assign(
  variable: string,
  expr: Expr,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const before = assignedIn(context);
  plan.target.assign(variable, expr, context, block, (assigned) =>
    next(new Map([...before, [variable, assigned]]), block),
  );
}

/** `x' \in S` */
function assignFrom(
  variable: string,
  set: Expr,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const { unit } = context;
  const before = assignedIn(context);
  const shared = share(next, before, block, unit);
  const js = unit.local(variable);
  const over = elementsJs(compile(set, context), '\\in', set, context);
  block.nest(`for (const ${js} of ${over})`, (inner) => {
    plan.target.assignCode(variable, local(js), unit, inner, set.span, (assigned) =>
      shared.next(new Map([...before, [variable, assigned]]), inner),
    );
  });
  shared.close();
}

function either(expr: If, context: Context, block: Block, plan: StepPlan, next: Continue): void {
  const { unit } = context;
  const compiled = compile(expr.condition, context);
  const condition = asBoolean(unit, compiled, 'the condition of IF', expr.condition.span);
  plan.onFirst(null);
  const shared = share(next, assignedIn(context), block, unit);
  block.nest(`if (${unit.lifted(condition)})`, (inner) =>
    compileStep(expr.then, context, inner, plan, shared.next),
  );
  block.nest('else', (inner) => compileStep(expr.else, context, inner, plan, shared.next));
  shared.close();
}

function cases(expr: Case, context: Context, block: Block, plan: StepPlan, next: Continue): void {
  const { unit } = context;
  plan.onFirst(null);
  const shared = share(next, assignedIn(context), block, unit);
  expr.arms.forEach((arm, i) => {
    const guard = asBoolean(unit, compile(arm.guard, context), 'a guard of CASE', arm.guard.span);
    block.nest(`${i === 0 ? '' : 'else '}if (${unit.lifted(guard)})`, (inner) =>
      compileStep(arm.value, context, inner, plan, shared.next),
    );
  });
  block.nest('else', (inner) => {
    if (expr.other) compileStep(expr.other, context, inner, plan, shared.next);
    else inner.add(`${unit.use('raise', raise)}('EVL013', ${unit.site(expr.span)}, {});`);
  });
  shared.close();
}

function inLet(expr: Let, context: Context, block: Block, plan: StepPlan, next: Continue): void {
  const { context: inner, locals } = bindDefinitions(expr.definitions, expr.body, context);
  for (const { js, code } of locals) block.add(`const ${js} = ${context.unit.lifted(code)};`);
  if (locals.length > 0) plan.onFirst(null);
  compileStep(expr.body, inner, block, plan, next);
}

/** UNCHANGED of a variable assigns it; of a tuple, or of the name of one, its parts. */
function unchanged(
  expr: Expr,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const { unit } = context;
  const inner = stripParens(expr);
  const all = inner.kind === 'tuple' ? inner.elements : namedTuple(inner, context);
  if (all !== null) {
    const [first, ...rest] = all;
    if (first === undefined) return next(assignedIn(context), block);
    return unchanged(first, context, block, plan, (assigned, into) => {
      const tuple: Expr = { kind: 'tuple', elements: rest, span: inner.span };
      unchanged(tuple, { ...context, assigned }, into, plan, next);
    });
  }
  const primed: Expr = { kind: 'postfix', op: "'", operand: inner, span: inner.span };
  const variable = plan.target.variableOf(primed, context);
  if (variable !== null && !assignedIn(context).has(variable)) {
    return assign(variable, inner, context, block, plan, next);
  }
  const [after, before] = [compile(primed, context), compile(inner, context)];
  plan.onFirst(null);
  const same = `${unit.use('equal', equal)}(${after.js}, ${before.js}, ${unit.site(inner.span)})`;
  block.nest(`if (${same})`, (into) => next(assignedIn(context), into));
}

/** The elements of the tuple that a definition without parameters is; null if it is none. */
function namedTuple(expr: Expr, context: Context): readonly Expr[] | null {
  if (expr.kind !== 'name' || context.bindings.has(expr.name)) return null;
  const name = qualified(expr.prefix, expr.name);
  const definition = context.unit.sources.analysis.definition(name);
  if (definition?.kind !== 'operator' || definition.params.length > 0) return null;
  const meaning = stripParens(definition.body);
  if (meaning.kind === 'tuple') return meaning.elements;
  return meaning.kind === 'name' ? [meaning] : null;
}

/** A definition that has next values or alternatives in it is entered; others are tests. */
function named(
  expr: Extract<Expr, { kind: 'name' | 'apply' }>,
  context: Context,
  block: Block,
  plan: StepPlan,
  next: Continue,
): void {
  const { unit } = context;
  const { analysis } = unit.sources;
  const isStep = plan.target.assignsIn(expr, context) || analysis.branches(expr, context);
  if (!isStep) return test(expr, context, block, plan, next);
  const name = nameOf(expr) as string;
  const given = argumentsOf(expr).map((arg) => ({ expr: arg, context }));
  const binding = context.bindings.get(name);
  if (binding?.kind === 'closure') {
    const inner = enter(binding.closure, context);
    return compileStep(binding.closure.expr, inner, block, plan, next);
  }
  const definition = binding?.kind === 'operator' ? binding.definition : analysis.definition(name);
  if (definition?.kind !== 'operator' || !unit.startExpansion(definition)) {
    return test(expr, context, block, plan, next);
  }
  const bindings = definition.params.map((param, i) => {
    const argument = given[i];
    if (argument === undefined) throw new Error(`too few arguments for ${name}`);
    return [param.name.name, bindingOf(argument, param.arity, context)] as const;
  });
  const home = binding?.kind === 'operator' ? binding.context() : outermost(context);
  const inner = { ...bind(home, bindings), unit, assigned: context.assigned };
  compileStep(definition.body, inner, block, plan, (assigned, into) => {
    unit.endExpansion(definition);
    next(assigned, into);
    unit.startExpansion(definition);
  });
  unit.endExpansion(definition);
}
