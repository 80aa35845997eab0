/**
 * Macro expansion: call by name, on trees. An argument of more than one token is put in parentheses
 * where it becomes part of a larger expression, as the official translator does it. A macro may
 * call the macros before it. Statements keep the span of the macro's body and get `macroCall`, the
 * call in the algorithm that they came from.
 */
import { nearest } from '../source/diagnostic.js';
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
import type { Mistakes } from './mistakes.js';
import { rewriteNames } from './rewrite.js';
import { mapBodies, mapExpressions, mapTarget, visitStatements } from './statements.js';

type Arguments = ReadonlyMap<string, Expr>;

/** The algorithm without macros and macro calls. */
export function expandMacros(algorithm: Algorithm, mistakes: Mistakes): Algorithm {
  return new Expansion(mistakes).algorithm(algorithm);
}

class Expansion {
  private readonly macros = new Map<string, Macro>();

  constructor(private readonly mistakes: Mistakes) {}

  algorithm(algorithm: Algorithm): Algorithm {
    for (const macro of algorithm.macros) this.define(macro);
    const inside = <T extends { readonly body: readonly Statement[] }>(one: T): T => ({
      ...one,
      body: this.expandAll(one.body),
    });
    return {
      ...inside(algorithm),
      macros: [],
      procedures: algorithm.procedures.map(inside),
      processes: algorithm.processes.map(inside),
    };
  }

  private define(macro: Macro): void {
    const { name, span } = macro.name;
    const earlier = this.macros.get(name);
    if (earlier) {
      const notes = [{ message: 'it is defined here first', span: earlier.name.span }];
      this.mistakes.add('PCL030', span, { kind: 'Macro', name }, { notes });
    }
    this.checkBody(macro);
    this.macros.set(name, { ...macro, body: this.expandAll(macro.body) });
  }

  /** A macro may hold neither labels nor while: it must fit into a step. */
  private checkBody({ name: { name }, body }: Macro): void {
    visitStatements(body, ({ kind, label, span }) => {
      if (label) this.mistakes.add('PCL031', label.span, { label: label.name, name });
      if (kind === 'while') this.mistakes.add('PCL032', span, { name });
    });
  }

  private expandAll(statements: readonly Statement[]): readonly Statement[] {
    return statements.flatMap((statement) =>
      statement.kind === 'macroCall'
        ? this.expandCall(statement)
        : [mapBodies(statement, (body) => this.expandAll(body))],
    );
  }

  private expandCall(call: MacroCall): readonly Statement[] {
    const { name, span } = call.macro;
    const macro = this.macros.get(name);
    if (!macro) {
      const guess = nearest(name, this.macros.keys());
      const hint = guess === null ? {} : { hint: `Did you mean \`${guess}\`?` };
      this.mistakes.add('PCL033', span, { name }, hint);
      return [];
    }
    if (macro.params.length !== call.args.length) {
      const expected = countArguments(macro.params.length);
      const notes = [{ message: 'the macro is defined here', span: macro.name.span }];
      this.mistakes.add('PCL034', span, { name, expected, found: call.args.length }, { notes });
      return [];
    }
    const args = new Map(macro.params.map((param, i) => [param.name, call.args[i] as Expr]));
    const [first, ...rest] = macro.body.map((one) => this.substitute(one, args, call.span));
    return first ? [{ ...first, label: call.label }, ...rest] : [];
  }

  private substitute(statement: Statement, args: Arguments, call: Span): Statement {
    const expr = (e: Expr): Expr => substituteIn(e, args);
    const changed = mapExpressions(statement, {
      expr,
      assignment: (one) => this.substituteAssignment(one, args),
    });
    const inner = mapBodies(changed, (body) => body.map((one) => this.substitute(one, args, call)));
    return { ...inner, macroCall: call };
  }

  private substituteAssignment(assignment: Assignment, args: Arguments): Assignment {
    // To the official translator an index is part of an expression that begins with `[`.
    const path = mapTarget(assignment.path, (e) => substituteInside(e, args));
    const value = substituteIn(assignment.value, args);
    const param = assignment.variable.name;
    const arg = args.get(param);
    const target = arg ? targetOf(arg) : { variable: assignment.variable, path: [] };
    if (target) return { ...assignment, ...target, path: [...target.path, ...path], value };
    this.mistakes.add('PCL035', (arg as Expr).span, { param });
    return assignment;
  }
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

/** The argument as a target: a variable or a part of one (`q[i].head`); else null. */
function targetOf(arg: Expr): Pick<Assignment, 'variable' | 'path'> | null {
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
      return null;
    }
  }
  return { variable: { span: rest.span, name: rest.name }, path };
}
