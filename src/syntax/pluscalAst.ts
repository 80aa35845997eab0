/** The PlusCal tree, the same for both syntaxes. Expressions are TLA+ trees (`ast.ts`). */
import type { Span } from '../source/text.js';
import type { Expr, Identifier, Node, Unit } from './ast.js';

/** `v`, `v = e`, `v \in S`; for a parameter only the first two. */
export interface VariableDeclaration extends Node {
  readonly name: Identifier;
  readonly initial: { readonly kind: 'equals' | 'in'; readonly value: Expr } | null;
}

/** `name:`, `name:+`, `name:-` */
export interface Label extends Node {
  readonly name: string;
  readonly modifier: '' | '+' | '-';
}

/** One step into an assigned variable: `[a, b]` or `.f`. */
export type TargetStep =
  | (Node & { readonly kind: 'index'; readonly args: readonly Expr[] })
  | (Node & { readonly kind: 'field'; readonly name: Identifier });

export interface Assignment extends Node {
  readonly variable: Identifier;
  readonly path: readonly TargetStep[];
  readonly value: Expr;
}

interface StatementBase extends Node {
  readonly label: Label | null;
  /** The call in the algorithm's own text that a macro's statement was expanded from. */
  readonly macroCall?: Span;
}
export interface While extends StatementBase {
  readonly kind: 'while';
  readonly condition: Expr;
  readonly body: readonly Statement[];
}
/** `elsif` is an `if` in the else branch. */
export interface IfStatement extends StatementBase {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly then: readonly Statement[];
  readonly else: readonly Statement[];
}
export interface Either extends StatementBase {
  readonly kind: 'either';
  readonly branches: readonly (readonly Statement[])[];
}
/** One binding; `with (a = 1, b \in S)` is nested. */
export interface With extends StatementBase {
  readonly kind: 'with';
  readonly name: Identifier;
  readonly binding: 'equals' | 'in';
  readonly value: Expr;
  readonly body: readonly Statement[];
}
export interface Await extends StatementBase {
  readonly kind: 'await';
  readonly condition: Expr;
}
export interface Assert extends StatementBase {
  readonly kind: 'assert';
  readonly condition: Expr;
}
export interface Print extends StatementBase {
  readonly kind: 'print';
  readonly value: Expr;
}
export interface Skip extends StatementBase {
  readonly kind: 'skip';
}
export interface Goto extends StatementBase {
  readonly kind: 'goto';
  readonly target: Identifier;
}
export interface Call extends StatementBase {
  readonly kind: 'call';
  readonly procedure: Identifier;
  readonly args: readonly Expr[];
}
export interface Return extends StatementBase {
  readonly kind: 'return';
}
/** `a := e || b[i] := f` */
export interface Assign extends StatementBase {
  readonly kind: 'assign';
  readonly assignments: readonly Assignment[];
}
export interface MacroCall extends StatementBase {
  readonly kind: 'macroCall';
  readonly macro: Identifier;
  readonly args: readonly Expr[];
}

export type Statement =
  | While
  | IfStatement
  | Either
  | With
  | Await
  | Assert
  | Print
  | Skip
  | Goto
  | Call
  | Return
  | Assign
  | MacroCall;

export interface Macro extends Node {
  readonly name: Identifier;
  readonly params: readonly Identifier[];
  readonly body: readonly Statement[];
}

export interface Procedure extends Node {
  readonly name: Identifier;
  readonly params: readonly VariableDeclaration[];
  readonly variables: readonly VariableDeclaration[];
  readonly body: readonly Statement[];
}

export interface Process extends Node {
  readonly name: Identifier;
  readonly fairness: 'none' | 'weak' | 'strong';
  /** `process p = id` or `process p \in set` */
  readonly binding: 'equals' | 'in';
  readonly id: Expr;
  readonly variables: readonly VariableDeclaration[];
  readonly body: readonly Statement[];
}

export interface Algorithm extends Node {
  readonly name: Identifier;
  readonly syntax: 'c' | 'p';
  /** `--fair algorithm` */
  readonly fair: boolean;
  readonly variables: readonly VariableDeclaration[];
  readonly define: readonly Unit[];
  readonly macros: readonly Macro[];
  readonly procedures: readonly Procedure[];
  /** Empty for a uniprocess algorithm, whose statements are `body`. */
  readonly processes: readonly Process[];
  readonly body: readonly Statement[];
}
