/** Gives every symbol its new name (`symbols.ts`), where it is declared and where it is used. */
import type { Expr } from '../syntax/ast.js';
import type { Algorithm, Statement, VariableDeclaration } from '../syntax/pluscalAst.js';
import { rewriteNames } from './rewrite.js';
import { mapBodies, mapExpressions, mapTarget } from './statements.js';
import type { Names, ScopeNames } from './symbols.js';

/** The algorithm with new names; its jumps have been checked (`jumps.ts`). */
export function renameSymbols(algorithm: Algorithm, names: Names): Algorithm {
  const scope = (name: string): Renamer => new Renamer(names, names.scopes.get(name) ?? EMPTY);
  return {
    ...algorithm,
    procedures: algorithm.procedures.map((one) => {
      const renamer = scope(one.name.name);
      return {
        ...one,
        name: renamed(one.name, names.procedures),
        params: renamer.declarations(one.params),
        variables: renamer.declarations(one.variables),
        body: renamer.statements(one.body, NOTHING),
      };
    }),
    processes: algorithm.processes.map((one) => {
      const renamer = scope(one.name.name);
      return {
        ...one,
        name: renamed(one.name, names.processes),
        variables: renamer.declarations(one.variables),
        body: renamer.statements(one.body, NOTHING),
      };
    }),
    body: scope('').statements(algorithm.body, NOTHING),
  };
}

const EMPTY: ScopeNames = { labels: new Map(), variables: new Map() };
const NOTHING: ReadonlySet<string> = new Set();

function renamed<T extends { readonly name: string }>(id: T, to: ReadonlyMap<string, string>): T {
  return { ...id, name: to.get(id.name) ?? id.name };
}

class Renamer {
  constructor(
    private readonly names: Names,
    private readonly scope: ScopeNames,
  ) {}

  declarations(declarations: readonly VariableDeclaration[]): readonly VariableDeclaration[] {
    return declarations.map((one) => ({
      ...one,
      name: renamed(one.name, this.scope.variables),
      initial: one.initial && { ...one.initial, value: this.expr(one.initial.value, NOTHING) },
    }));
  }

  statements(statements: readonly Statement[], bound: ReadonlySet<string>): readonly Statement[] {
    return statements.map((one) => this.statement(one, bound));
  }

  private statement(statement: Statement, bound: ReadonlySet<string>): Statement {
    const expr = (e: Expr): Expr => this.expr(e, bound);
    const inner = statement.kind === 'with' ? new Set([...bound, statement.name.name]) : bound;
    const changed = mapBodies(
      mapExpressions(statement, {
        expr,
        assignment: (one) => ({
          ...one,
          variable: bound.has(one.variable.name)
            ? one.variable
            : renamed(one.variable, this.scope.variables),
          path: mapTarget(one.path, expr),
          value: expr(one.value),
        }),
      }),
      (body) => this.statements(body, inner),
    );
    const label = changed.label && renamed(changed.label, this.scope.labels);
    if (changed.kind === 'goto') {
      return { ...changed, label, target: renamed(changed.target, this.scope.labels) };
    }
    if (changed.kind === 'call') {
      return { ...changed, label, procedure: renamed(changed.procedure, this.names.procedures) };
    }
    return { ...changed, label };
  }

  private expr(expr: Expr, hidden: ReadonlySet<string>): Expr {
    const { variables } = this.scope;
    return rewriteNames(expr, {
      name: (name) => (variables.has(name.name) ? renamed(name, variables) : name),
      hidden,
    });
  }
}
