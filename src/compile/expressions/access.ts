/** Application, record fields, EXCEPT, and reads of variables, which take the shortest way. */
import type { Span } from '../../source/text.js';
import type { Except, ExceptStep, Expr, Field, Index } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { callMark } from '../callSites.js';
import { body, type Code, combine, fault, literal, local } from '../code.js';
import type { Context } from '../context.js';
import { apply, except, field } from '../runtime/functions.js';
import { tupleOf } from './collections.js';
import { compile } from './index.js';

interface Step {
  readonly key: Code;
  readonly span: Span;
}

export function compileIndex(expr: Index, context: Context): Code {
  return compileAccess(expr, context);
}

export function compileField(expr: Field, context: Context): Code {
  return compileAccess(expr, context);
}

function compileAccess(expr: Expr, context: Context): Code {
  const steps: Step[] = [];
  let root = expr;
  for (;;) {
    root = stripParens(root);
    if (root.kind === 'index') {
      steps.unshift({ key: keyOf(root.args, root.span, context), span: root.span });
      root = root.function;
    } else if (root.kind === 'field') {
      steps.unshift({ key: literal(root.name.name), span: root.span });
      root = root.record;
    } else break;
  }
  const isPrimed = root.kind === 'postfix' && root.op === "'";
  const inner = root.kind === 'postfix' && isPrimed ? stripParens(root.operand) : root;
  if (inner.kind === 'name' && isVariable(inner.name, context)) {
    const where = isPrimed ? { ...context, primed: true } : context;
    return readVariable(inner.name, steps, where, inner.span);
  }
  return applySteps(compile(root, context), steps, context);
}

function keyOf(args: readonly Expr[], at: Span, context: Context): Code {
  const parts = args.map((arg) => compile(arg, context));
  return parts.length === 1 ? (parts[0] as Code) : tupleOf(parts, context.unit, at);
}

function applySteps(start: Code, steps: readonly Step[], context: Context): Code {
  const { unit } = context;
  return steps.reduce((f, { key, span }) => {
    const site = unit.site(span);
    if (typeof key.known === 'string') {
      const run = unit.use('field', field);
      const name = JSON.stringify(key.known);
      return combine(unit, [f], 'any', ([js]) => `${run}(${js}, ${name}, ${site})`);
    }
    const run = unit.use('apply', apply);
    // A function may be defined by recursion: then its applications are calls, too.
    const called = `${run}${callMark(site)}`;
    return combine(unit, [f, key], 'any', ([js, at]) => `${called}(${js}, ${at}, ${site})`);
  }, start);
}

export function isVariable(name: string, context: Context): boolean {
  const { specification } = context.unit.sources;
  return (
    !context.bindings.has(name) &&
    specification.variables.some((variable) => variable.name === name)
  );
}

/** A variable, or a part of it, as it is in this context: old or next. */
export function readVariable(
  name: string,
  steps: readonly Step[],
  context: Context,
  at: Span,
): Code {
  const { unit } = context;
  let primed = context.primed;
  if (primed && context.assigned !== null) {
    const assigned = context.assigned.get(name);
    if (assigned === undefined) {
      return fault(unit, 'EVL020', { variable: `${name}'` }, at, new Set([`#${name}'`]));
    }
    if (assigned.kind === 'local') return applySteps(assigned.code, steps, context);
    if (assigned.kind === 'unchanged') primed = false;
  }
  if (steps.length > 0) {
    const keys = steps.map((step) => step.key);
    const short = unit.storage.readPath(unit, name, primed, keys, steps[0]?.span ?? at);
    if (short !== null) return short;
  }
  return applySteps(unit.storage.read(unit, name, primed, at), steps, context);
}

export function compileExcept(expr: Except, context: Context): Code {
  const { unit } = context;
  const run = unit.use('except', except);
  const outside = unit.onOutside();
  return expr.updates.reduce(
    (f, update) => {
      const path = update.path.map((step) => compileStep(step, context));
      const at = unit.local('at');
      const inner: Context = { ...context, at: local(at, 'any') };
      const to = body(unit, compile(update.value, inner), [at]);
      const site = unit.site(update.span);
      return combine(unit, [f, ...path, to], 'value', (js) => {
        const keys = js.slice(1, -1).join(', ');
        return `${run}(${js[0]}, [${keys}], (${at}) => ${js.at(-1)}, ${site}, ${outside})`;
      });
    },
    compile(expr.function, context),
  );
}

export function compileStep(step: ExceptStep, context: Context): Code {
  if (step.kind === 'field') return literal(step.name.name);
  return keyOf(step.args, step.span, context);
}
