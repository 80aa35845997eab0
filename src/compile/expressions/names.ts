/** What a name with its arguments comes to: bound names first, then the specification's, then ours. */

import type { Definition } from '../../semantics/specification.js';
import { operatorParameters } from '../../semantics/standard/operators.js';
import type { Span } from '../../source/text.js';
import type { OperatorDefinition } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { makeSet, type Value } from '../../values/index.js';
import { isPrimedIn, qualified } from '../analysis.js';
import { callMark } from '../callSites.js';
import { body, type Code, combine, fault, local } from '../code.js';
import {
  type Argument,
  type Binding,
  bind,
  type Closure,
  type CompiledOperator,
  type Context,
  enter,
  type ParameterMode,
  unboundContext,
} from '../context.js';
import { Fault } from '../runtime/fault.js';
import { LazyFunction, LazySet } from '../runtime/lazy.js';
import { strings } from '../runtime/lazySets.js';
import type { StandardOperator } from '../standard/index.js';
import { isVariable, readVariable } from './access.js';
import { compile } from './index.js';
import { remember } from './remember.js';

const booleans = makeSet([false, true]);

export function applyNamed(
  name: string,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  const { unit } = context;
  const binding = context.bindings.get(name);
  if (binding !== undefined) return applyBinding(binding, args, context, at);
  const { analysis, constants, standard } = unit.sources;
  const definition = analysis.definition(name);
  if (definition !== undefined) {
    if (context.primed && context.assigned?.has(name)) return unit.mappedValue(name);
    return applyDefinition(definition, args, context, at);
  }
  if (isVariable(name, context)) return readVariable(name, [], context, at);
  const target = analysis.target(name);
  const constant = constants.get(target);
  if (constant !== undefined) return unit.constant(constant);
  const operator = standard.get(target);
  if (operator !== undefined) return applyStandard(target, operator, args, context, at);
  if (target === 'BOOLEAN') return unit.constant(booleans);
  if (target === 'STRING') {
    const js = unit.use('strings', strings);
    return { js, type: 'any', free: new Set(), safe: true, atomic: true };
  }
  return fault(unit, 'EVL021', { construct: `the operator ${name}`, place: 'here' }, at);
}

function applyBinding(
  binding: Binding,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  const { unit } = context;
  switch (binding.kind) {
    case 'code':
      // What is known is a constant of every unit; its name may be that of another one.
      return binding.code.known === undefined ? binding.code : unit.constant(binding.code.known);
    case 'closure': {
      const { closure, code } = binding;
      if (code !== null && (closure.context.primed || !context.primed)) return code;
      return compile(closure.expr, enter(closure, context));
    }
    case 'function': {
      const parts = args.map((arg) => compileArgument(arg, context));
      const called: Code = { ...local(binding.js), safe: true };
      return combine(unit, [called, ...parts], 'any', ([f, ...js]) => `${f}(${js.join(', ')})`);
    }
    case 'alias':
      return applyClosure(binding.closure, args, context, at);
    case 'operator': {
      if (binding.compiled !== null && binding.context().primed === context.primed) {
        return callCompiled(binding.compiled, args, context, at);
      }
      return expand(binding.definition, args, binding.context(), context);
    }
  }
}

function applyClosure(
  closure: Closure,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  const expr = stripParens(closure.expr);
  const inner = enter(closure, context);
  if (expr.kind === 'name') return applyNamed(qualified(expr.prefix, expr.name), args, inner, at);
  if (expr.kind !== 'lambda') throw new Error(`no operator: ${expr.kind}`);
  const bindings = expr.params.map(({ name }, i) => {
    return [name, bindingOf(args[i] as Argument, 0, context)] as const;
  });
  return compile(expr.body, bind(inner, bindings));
}

function applyDefinition(
  definition: Definition,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  const { unit } = context;
  if (definition.kind === 'operator' && (isExpanded(definition, context) || hasOwn(context))) {
    return expand(definition, args, outermost(context), context);
  }
  const compiled = unit.operator(definition, context.primed, outermost(context));
  const missing = context.primed ? unassigned(compiled.free, context) : undefined;
  if (missing !== undefined) return fault(unit, 'EVL020', { variable: missing }, at, compiled.free);
  return callCompiled(compiled, args, context, at);
}

/** Whether next values are those of an instance's own variables, which shared code cannot see. */
function hasOwn({ primed, assigned, unit }: Context): boolean {
  if (!primed || assigned === null) return false;
  const { variables } = unit.sources.specification;
  return [...assigned.keys()].some((name) => variables.every((variable) => variable.name !== name));
}

/** A next value that the operator reads and the step has not given yet. */
function unassigned(free: ReadonlySet<string>, context: Context): string | undefined {
  const { assigned } = context;
  if (assigned === null) return undefined;
  const missing = [...free].find((token) => {
    return token.startsWith('#') && token.endsWith("'") && !assigned.has(token.slice(1, -1));
  });
  return missing?.slice(1);
}

/** Expanded where it is used: it mentions the next state, or primes what it is given. */
export function isExpanded(definition: OperatorDefinition, context: Context): boolean {
  const { analysis } = context.unit.sources;
  if (analysis.isAction(definition.body, null)) return true;
  const names = new Set(definition.params.map((param) => param.name.name));
  return names.size > 0 && isPrimedIn(definition.body, names);
}

/** The context of the specification's own definitions. */
export function outermost(context: Context): Context {
  return unboundContext(context.unit, null);
}

function expand(
  definition: OperatorDefinition,
  args: readonly Argument[],
  home: Context,
  context: Context,
): Code {
  const { unit } = context;
  if (!unit.startExpansion(definition)) {
    const construct = `the recursive operator ${definition.name.name}, which mentions the next state,`;
    return fault(unit, 'EVL021', { construct, place: 'here' }, definition.span);
  }
  const bindings = definition.params.map((param, i) => {
    return [param.name.name, bindingOf(args[i] as Argument, param.arity, context)] as const;
  });
  const inner: Context = {
    ...home,
    unit,
    primed: home.primed || context.primed,
    assigned: context.assigned,
  };
  const code = compile(definition.body, bind(inner, bindings));
  unit.endExpansion(definition);
  return code;
}

/** A parameter of an operator that is expanded. Cheap arguments are evaluated, others where used. */
export function bindingOf(argument: Argument, arity: number, context: Context): Binding {
  if ('code' in argument) return { kind: 'code', code: argument.code };
  if (arity > 0) return { kind: 'alias', closure: argument };
  const code = compileArgument(argument, context);
  const isStateless = code.safe && ![...code.free].some((token) => token.startsWith('#'));
  if (isStateless) return { kind: 'code', code };
  return { kind: 'closure', closure: argument, code: null };
}

export function callCompiled(
  operator: CompiledOperator,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  if (operator.known !== undefined) return context.unit.constant(operator.known);
  const parts = args.map((arg, i) =>
    compileParameter(arg, operator.modes[i] as ParameterMode, context),
  );
  const called: Code = {
    js: operator.js,
    type: 'any',
    free: operator.free,
    safe: true,
    atomic: true,
  };
  const mark = callMark(context.unit.site(at));
  const made = combine(context.unit, [called, ...parts], operator.type, ([f, ...js]) => {
    return `${f}${mark}(${js.join(', ')})`;
  });
  if (args.length === 0) return { ...made, atomic: true };
  return made.type === 'boolean' ? made : remember(made, context.unit);
}

function compileParameter(argument: Argument, mode: ParameterMode, context: Context): Code {
  if (mode === 'value') return compileArgument(argument, context);
  if (mode !== 'lazy') return compileOperatorArgument(argument, mode.arity, context);
  const code = body(context.unit, compileArgument(argument, context), []);
  return { ...code, js: `() => ${code.js}`, atomic: true };
}

function compileArgument(argument: Argument, context: Context): Code {
  if ('code' in argument) return argument.code;
  return compile(argument.expr, enter(argument, context));
}

/** The name of an operator, or a LAMBDA, as a JavaScript function of values. */
function compileOperatorArgument(argument: Argument, arity: number, context: Context): Code {
  if ('code' in argument) return argument.code;
  const { unit } = context;
  const parameters = Array.from({ length: arity }, () => unit.local('p'));
  const args = parameters.map((parameter) => ({ code: local(parameter, 'any') }));
  const made = applyClosure(argument, args, context, argument.expr.span);
  const inner = body(unit, made, parameters);
  return { ...inner, js: `(${parameters.join(', ')}) => ${inner.js}`, type: 'any' };
}

function applyStandard(
  name: string,
  operator: StandardOperator,
  args: readonly Argument[],
  context: Context,
  at: Span,
): Code {
  const { unit } = context;
  const arities = operatorParameters.get(name);
  const parts = args.map((arg, i) => {
    const arity = arities?.[i] ?? 0;
    if (operator.lazy.has(i)) return compileParameter(arg, 'lazy', context);
    return arity > 0 ? compileOperatorArgument(arg, arity, context) : compileArgument(arg, context);
  });
  const folded = operator.isEffect ? undefined : fold(operator, parts);
  if (folded !== undefined) return unit.constant(folded);
  const { implementation } = operator;
  const run = unit.use(implementation.name, implementation);
  const site = unit.site(at);
  const made = combine(unit, parts, operator.result, (js) => {
    return `${run}(${[...js, site].join(', ')})`;
  });
  // What depends on more than the state is not evaluated once for all.
  if (!operator.isEffect) return made;
  unit.hasEffects = true;
  return { ...made, free: new Set([...made.free, '#host']) };
}

/** The value of an operator that is applied to known numbers, if it has one. */
function fold(operator: StandardOperator, parts: readonly Code[]): Value | undefined {
  if (parts.length === 0 || !parts.every((part) => typeof part.known === 'number'))
    return undefined;
  try {
    const result = operator.implementation(...parts.map((part) => part.known), 0);
    return result instanceof LazySet || result instanceof LazyFunction ? undefined : result;
  } catch (error) {
    if (error instanceof Fault) return undefined;
    throw error;
  }
}
