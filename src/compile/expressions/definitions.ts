/** A definition as a JavaScript function; one without parameters that is constant runs once. */
import type { Definition } from '../../semantics/specification.js';
import type { Expr, FunctionDefinition, FunctionLiteral, Parameter } from '../../syntax/ast.js';
import { isStrictIn, namesIn } from '../analysis.js';
import { body, type Code, combine, fault, isConstant, local, nothing } from '../code.js';
import {
  type Binding,
  bind,
  type CompiledOperator,
  type Context,
  type ParameterMode,
} from '../context.js';
import { recursiveFunction } from '../runtime/functions.js';
import { lazy } from '../runtime/lazy.js';
import { loopsOf } from './binders.js';
import { compile } from './index.js';

export interface Placement {
  /** The JavaScript name of the function. */
  readonly js: string;
  /** Called before the body is compiled, so that it can use itself, and again afterwards. */
  register(operator: CompiledOperator): void;
}

export function compileDefinition(
  definition: Definition,
  context: Context,
  place: Placement,
): CompiledOperator {
  const { unit } = context;
  const { js } = place;
  if (definition.kind === 'functionDefinition') {
    const made = compileFunctionDefinition(definition, context);
    return declareConstantOrFunction(made, [], [], context, place);
  }
  const own = `#${js}`;
  const { parameters, modes, bindings } = parametersOf(definition.params, definition.body, context);
  place.register({ js, modes, free: new Set([own]), type: 'any' });
  const compiled = compile(definition.body, bind(context, bindings));
  const free = new Set(isConstant(compiled) ? nothing : body(unit, compiled, parameters).free);
  const isRecursive = free.delete(own);
  const made = { ...compiled, free: free.size === 0 ? nothing : free };
  if (isRecursive && parameters.length === 0) {
    const holes = {
      construct: `${definition.name.name}, which is defined by itself,`,
      place: 'here',
    };
    return declareConstantOrFunction(
      fault(unit, 'EVL021', holes, definition.span),
      [],
      [],
      context,
      place,
    );
  }
  return declareConstantOrFunction(made, parameters, modes, context, place);
}

function declareConstantOrFunction(
  made: Code,
  parameters: readonly string[],
  modes: readonly ParameterMode[],
  context: Context,
  place: Placement,
): CompiledOperator {
  const { js } = place;
  const { unit } = context;
  if (parameters.length === 0 && isConstant(made)) {
    unit.declare(`const ${js} = ${unit.use('lazy', lazy)}(() => ${made.js});`);
  } else {
    unit.declare(`function ${js}(${parameters.join(', ')}) {\n  return ${made.js};\n}`);
  }
  const { free, type, known } = made;
  const isKnown = known !== undefined && parameters.length === 0;
  const operator: CompiledOperator = { js, modes, free, type, ...(isKnown ? { known } : {}) };
  place.register(operator);
  return operator;
}

/** Values are passed by value if the body always needs them; others only when they are used. */
export function parametersOf(
  params: readonly Parameter[],
  definition: Expr,
  context: Context,
): {
  readonly parameters: readonly string[];
  readonly modes: readonly ParameterMode[];
  readonly bindings: readonly (readonly [string, Binding])[];
} {
  const { unit } = context;
  const parameters = params.map((param) => unit.local(param.name.name));
  const modes = params.map((param): ParameterMode => {
    if (param.arity > 0) return { arity: param.arity };
    return isStrictIn(definition, param.name.name) ? 'value' : 'lazy';
  });
  const bindings = params.map((param, i) => {
    const js = parameters[i] as string;
    return [param.name.name, parameterBinding(js, modes[i] as ParameterMode)] as const;
  });
  return { parameters, modes, bindings };
}

function parameterBinding(js: string, mode: ParameterMode): Binding {
  if (mode === 'value') return { kind: 'code', code: local(js, 'any') };
  if (mode !== 'lazy') return { kind: 'function', js };
  return { kind: 'code', code: { ...local(js, 'any'), js: `${js}()`, safe: false } };
}

/** `f[x \in S] == e`, whose body may apply f. */
export function compileFunctionDefinition(definition: FunctionDefinition, context: Context): Code {
  const { unit } = context;
  const name = definition.name.name;
  if (!namesIn(definition.body).has(name)) {
    const { bounds, body: inner, span } = definition;
    const literal: FunctionLiteral = { kind: 'function', bounds, body: inner, span };
    return compile(literal, context);
  }
  const loops = loopsOf(definition.bounds, context);
  if (loops === null) return fault(unit, 'EVL008', { what: name }, definition.span);
  const self = unit.local(name);
  const own: Binding = { kind: 'code', code: local(self, 'any') };
  const inner = bind(context, [[name, own], ...loops.flatMap((loop) => loop.bindings)]);
  const parameters = loops.map((loop) => loop.parameter);
  const parts = [
    ...loops.map((loop) => compile(loop.set, context)),
    body(unit, compile(definition.body, inner), [self, ...parameters]),
  ];
  const run = unit.use('recursiveFunction', recursiveFunction);
  const site = unit.site(definition.span);
  return combine(unit, parts, 'any', (js) => {
    const sets = js.slice(0, -1).join(', ');
    return `${run}([${sets}], (${self}, [${parameters.join(', ')}]) => ${js.at(-1)}, ${site})`;
  });
}
