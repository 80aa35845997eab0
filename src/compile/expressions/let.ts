/**
 * LET. A definition that is used once, or mentions the next state, is compiled where it is used;
 * others become JavaScript locals, computed when first needed unless the body needs them anyway.
 */
import type { Expr, FunctionDefinition, Let, OperatorDefinition, Unit } from '../../syntax/ast.js';
import { isStrictIn, occurrences } from '../analysis.js';
import { body, type Code, combine, isConstant, local } from '../code.js';
import { type Binding, bind, type CompiledOperator, type Context } from '../context.js';
import { lazy } from '../runtime/lazy.js';
import { compileFunctionDefinition, parametersOf } from './definitions.js';
import { compile } from './index.js';
import { isExpanded } from './names.js';

/** A JavaScript local that a LET needs. */
interface Local {
  readonly js: string;
  readonly code: Code;
}

export interface Scoped {
  readonly context: Context;
  readonly locals: readonly Local[];
}

export function compileLet(expr: Let, context: Context): Code {
  const { unit } = context;
  const { context: inner, locals } = bindDefinitions(expr.definitions, expr.body, context);
  const result = compile(expr.body, inner);
  if (locals.length === 0) return result;
  const names = locals.map((one) => one.js);
  const parts = [...locals.map((one) => one.code), result].map((part) => body(unit, part, names));
  return combine(unit, parts, result.type, (js) => {
    const statements = names.map((name, i) => `const ${name} = ${js[i]};`);
    return `(() => { ${statements.join(' ')} return ${js.at(-1)}; })()`;
  });
}

/** The context of a LET's body, and the locals to declare before it, in order. */
export function bindDefinitions(
  definitions: readonly Unit[],
  inside: Expr,
  context: Context,
): Scoped {
  const locals: Local[] = [];
  let inner = context;
  const units = definitions.filter(
    (unit): unit is OperatorDefinition | FunctionDefinition =>
      unit.kind === 'operator' || unit.kind === 'functionDefinition',
  );
  const unsupported = definitions.find(
    (unit) => unit.kind === 'instance' || unit.kind === 'moduleDefinition',
  );
  if (unsupported !== undefined) throw new Error('an INSTANCE in a LET was not expanded');
  const recursive = new Set(
    definitions.flatMap((unit) =>
      unit.kind === 'recursive' ? unit.declarations.map((one) => one.name.name) : [],
    ),
  );
  units.forEach((unit, i) => {
    const rest = [...units.slice(i + 1).map((later) => later.body), inside];
    const add = (binding: Binding): void => {
      inner = bind(inner, [[unit.name.name, binding]]);
    };
    if (unit.kind === 'functionDefinition') {
      add(valueBinding(unit.name.name, compileFunctionDefinition(unit, inner), locals, inner));
    } else if (unit.params.length === 0) {
      add(nullaryBinding(unit, rest, locals, inner));
    } else {
      const js = context.unit.local(unit.name.name);
      // An operator may be used in its own body and, if declared RECURSIVE, in those before.
      const home: Context = inner;
      add(operatorBinding(unit, js, recursive, locals, home));
    }
  });
  return { context: inner, locals };
}

function valueBinding(name: string, code: Code, locals: Local[], context: Context): Binding {
  if (isConstant(code)) {
    const js = context.unit.lifted(code);
    return { kind: 'code', code: { ...code, js, atomic: true } };
  }
  const js = context.unit.local(name);
  locals.push({ js, code });
  return { kind: 'code', code: local(js, code.type) };
}

function nullaryBinding(
  definition: OperatorDefinition,
  rest: readonly Expr[],
  locals: Local[],
  context: Context,
): Binding {
  const { unit } = context;
  const name = definition.name.name;
  const closure = { expr: definition.body, context };
  const uses = rest.reduce((sum, expr) => sum + occurrences(expr, name), 0);
  if (uses <= 1 || unit.sources.analysis.isAction(definition.body, context)) {
    return { kind: 'closure', closure, code: null };
  }
  const code = compile(definition.body, context);
  if (isConstant(code)) {
    const js = unit.lifted(code);
    return { kind: 'closure', closure, code: { ...code, js, atomic: true } };
  }
  if (code.safe) return { kind: 'closure', closure, code };
  const js = unit.local(name);
  if (isStrictIn(rest.at(-1) as Expr, name)) {
    locals.push({ js, code });
    return { kind: 'closure', closure, code: local(js, code.type) };
  }
  const once = unit.use('lazy', lazy);
  locals.push({ js, code: { ...code, js: `${once}(() => ${code.js})` } });
  const read: Code = { ...local(js, code.type), js: `${js}()`, safe: false };
  return { kind: 'closure', closure, code: read };
}

function operatorBinding(
  definition: OperatorDefinition,
  js: string,
  recursive: ReadonlySet<string>,
  locals: Local[],
  context: Context,
): Binding {
  let inner = context;
  if (
    isExpanded(definition, context) ||
    context.unit.sources.analysis.isAction(definition.body, context)
  ) {
    return { kind: 'operator', definition, context: () => inner, compiled: null };
  }
  const { parameters, modes, bindings } = parametersOf(definition.params, definition.body, context);
  const own: CompiledOperator = { js, modes, free: new Set([js]), type: 'any' };
  const self: Binding = { kind: 'operator', definition, context: () => inner, compiled: own };
  if (recursive.has(definition.name.name)) inner = bind(context, [[definition.name.name, self]]);
  const made = body(context.unit, compile(definition.body, bind(inner, bindings)), [
    js,
    ...parameters,
  ]);
  const code: Code = { ...made, js: `(${parameters.join(', ')}) => ${made.js}`, atomic: true };
  locals.push({ js, code });
  return {
    kind: 'operator',
    definition,
    context: () => inner,
    compiled: { ...own, type: made.type },
  };
}
