/** Walking and rewriting PlusCal statements: the one place that knows what is inside each kind. */
import type { Expr } from '../syntax/ast.js';
import { unreachable } from '../syntax/ast.js';
import type { Assignment, Statement, TargetStep } from '../syntax/pluscalAst.js';

/** The statement lists directly inside a statement, in the order of the text. */
export function bodies(statement: Statement): readonly (readonly Statement[])[] {
  switch (statement.kind) {
    case 'while':
    case 'with':
      return [statement.body];
    case 'if':
      return [statement.then, statement.else];
    case 'either':
      return statement.branches;
    default:
      return [];
  }
}

/** Visits every statement, outer before inner, in the order of the text. */
export function visitStatements(
  statements: readonly Statement[],
  visit: (statement: Statement) => void,
): void {
  for (const one of statements) {
    visit(one);
    for (const body of bodies(one)) visitStatements(body, visit);
  }
}

/** The same statement with other statement lists inside; `change` gets each list. */
export function mapBodies(
  statement: Statement,
  change: (body: readonly Statement[]) => readonly Statement[],
): Statement {
  switch (statement.kind) {
    case 'while':
    case 'with':
      return { ...statement, body: change(statement.body) };
    case 'if':
      // biome-ignore lint/suspicious/noThenProperty: the tree's own word, never awaited.
      return { ...statement, then: change(statement.then), else: change(statement.else) };
    case 'either':
      return { ...statement, branches: statement.branches.map(change) };
    default:
      return statement;
  }
}

/** How the expressions of one statement change; lists inside it are left alone. */
export interface StatementRewriting {
  readonly expr: (expr: Expr) => Expr;
  readonly assignment: (assignment: Assignment) => Assignment;
}

export function mapExpressions(statement: Statement, rewriting: StatementRewriting): Statement {
  const { expr } = rewriting;
  switch (statement.kind) {
    case 'while':
    case 'if':
    case 'await':
    case 'assert':
      return { ...statement, condition: expr(statement.condition) };
    case 'with':
    case 'print':
      return { ...statement, value: expr(statement.value) };
    case 'call':
    case 'macroCall':
      return { ...statement, args: statement.args.map(expr) };
    case 'assign':
      return { ...statement, assignments: statement.assignments.map(rewriting.assignment) };
    case 'either':
    case 'skip':
    case 'goto':
    case 'return':
      return statement;
    default:
      return unreachable(statement);
  }
}

export function mapTarget(
  path: readonly TargetStep[],
  expr: (expr: Expr) => Expr,
): readonly TargetStep[] {
  return path.map((step) =>
    step.kind === 'field' ? step : { ...step, args: step.args.map(expr) },
  );
}
