/**
 * Macro expansion: call by name, on trees. An argument of more than one token is put in parentheses
 * where it becomes part of a larger expression, as the official translator does it. A macro may
 * call the macros before it. Statements keep the span of the macro's body and get `macroCall`, the
 * call in the algorithm that they came from.
 */
import { fail, nearest } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { Expr, Name } from '../syntax/ast.js';
import type {
  Algorithm,
  Assignment,
  Macro,
  MacroCall,
  Statement,
  TargetStep,
} from '../syntax/pluscalAst.js';
import { countArguments } from './arity.js';
import { paren } from './build.js';
import { rewriteNames } from './rewrite.js';
import { mapBodies, mapExpressions, mapTarget, visitStatements } from './statements.js';

type Macros = ReadonlyMap<string, Macro>;
type Arguments = ReadonlyMap<string, Expr>;

/** The algorithm without macros and macro calls. */
export function expandMacros(algorithm: Algorithm): Algorithm {
  const macros = new Map<string, Macro>();
  for (const macro of algorithm.macros) {
    const earlier = macros.get(macro.name.name);
    if (earlier) {
      fail(
        'PCL030',
        macro.name.span,
        { kind: 'Macro', name: macro.name.name },
        {
          notes: [{ message: 'it is defined here first', span: earlier.name.span }],
        },
      );
    }
    checkBody(macro);
    macros.set(macro.name.name, { ...macro, body: expandAll(macro.body, macros) });
  }
  return {
    ...algorithm,
    macros: [],
    procedures: algorithm.procedures.map((one) => ({ ...one, body: expandAll(one.body, macros) })),
    processes: algorithm.processes.map((one) => ({ ...one, body: expandAll(one.body, macros) })),
    body: expandAll(algorithm.body, macros),
  };
}

/** A macro may hold neither labels nor while: it must fit into a step. */
function checkBody(macro: Macro): void {
  visitStatements(macro.body, (statement) => {
    if (statement.label) {
      fail('PCL031', statement.label.span, { label: statement.label.name, name: macro.name.name });
    }
    if (statement.kind === 'while') fail('PCL032', statement.span, { name: macro.name.name });
  });
}

function expandAll(statements: readonly Statement[], macros: Macros): readonly Statement[] {
  return statements.flatMap((statement) =>
    statement.kind === 'macroCall'
      ? expandCall(statement, macros)
      : [mapBodies(statement, (body) => expandAll(body, macros))],
  );
}

function expandCall(call: MacroCall, macros: Macros): readonly Statement[] {
  const name = call.macro.name;
  const macro = macros.get(name);
  if (!macro) {
    const guess = nearest(name, macros.keys());
    const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
    return fail('PCL033', call.macro.span, { name }, hint);
  }
  if (macro.params.length !== call.args.length) {
    const expected = countArguments(macro.params.length);
    const holes = { name, expected, found: call.args.length };
    fail('PCL034', call.macro.span, holes, {
      notes: [{ message: 'the macro is defined here', span: macro.name.span }],
    });
  }
  const args = new Map(macro.params.map((param, i) => [param.name, call.args[i] as Expr]));
  const [first, ...rest] = macro.body.map((one) => substitute(one, args, call.span));
  return first ? [{ ...first, label: call.label }, ...rest] : [];
}

function substitute(statement: Statement, args: Arguments, call: Span): Statement {
  const expr = (e: Expr): Expr => substituteIn(e, args);
  const changed = mapExpressions(statement, {
    expr,
    assignment: (one) => substituteAssignment(one, args),
  });
  const inner = mapBodies(changed, (body) => body.map((one) => substitute(one, args, call)));
  return { ...inner, macroCall: call };
}

/** An expression that is nothing but a parameter becomes the argument as it is. */
function substituteIn(expr: Expr, args: Arguments): Expr {
  if (expr.kind === 'name' && expr.prefix.length === 0) return args.get(expr.name) ?? expr;
  return substituteInside(expr, args);
}

function substituteInside(expr: Expr, args: Arguments): Expr {
  return rewriteNames(expr, {
    name: (name: Name) => {
      const arg = args.get(name.name);
      if (!arg) return name;
      return isOneToken(arg) ? arg : paren(arg);
    },
    // A parameter that is applied, `F(x)`, can be given an operator's name.
    operator: (name) => {
      const arg = args.get(name);
      return arg?.kind === 'name' ? arg.name : name;
    },
  });
}

function isOneToken(expr: Expr): boolean {
  switch (expr.kind) {
    case 'name':
      return expr.prefix.length === 0;
    case 'number':
    case 'string':
    case 'boolean':
    case 'at':
      return true;
    default:
      return false;
  }
}

function substituteAssignment(assignment: Assignment, args: Arguments): Assignment {
  // To the official translator an index is part of an expression that begins with `[`.
  const path = mapTarget(assignment.path, (e) => substituteInside(e, args));
  const value = substituteIn(assignment.value, args);
  const target = args.get(assignment.variable.name);
  if (!target) return { ...assignment, path, value };
  const { variable, path: outer } = targetOf(target, assignment.variable.name);
  return { ...assignment, variable, path: [...outer, ...path], value };
}

/** The argument as the target of an assignment: a variable or a part of one (`q[i].head`). */
function targetOf(arg: Expr, param: string): Pick<Assignment, 'variable' | 'path'> {
  const path: TargetStep[] = [];
  let rest = arg;
  while (rest.kind !== 'name') {
    if (rest.kind === 'index') {
      path.unshift({ kind: 'index', span: rest.span, args: rest.args });
      rest = rest.function;
    } else if (rest.kind === 'field') {
      path.unshift({ kind: 'field', span: rest.span, name: rest.name });
      rest = rest.record;
    } else {
      return fail('PCL035', arg.span, { param });
    }
  }
  return { variable: { span: rest.span, name: rest.name }, path };
}
