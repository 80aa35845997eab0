/**
 * The TLA+ tree: a readonly discriminated union with a span on every node. No pass mutates a tree
 * or adds fields to it; facts about nodes live in side tables. Parentheses are nodes, so that a
 * tree prints as it was written. Operators have one canonical spelling here (`\cup`, not `\union`;
 * `#`, not `/=`; `<=`, not `=<` or `\leq`; `\in` for ∈): the parser folds synonyms.
 */
import type { Span } from '../source/text.js';

export interface Node {
  readonly span: Span;
}

export interface Identifier extends Node {
  readonly name: string;
}

/** `M!` or `M(a, b)!` before a name. */
export interface InstancePrefix extends Node {
  readonly name: Identifier;
  readonly args: readonly Expr[];
}

/** `x, y \in S`, or `<<x, y>> \in S` (tuple), or `x, y` without a set. */
export interface Bound extends Node {
  readonly names: readonly Identifier[];
  readonly tuple: boolean;
  readonly set: Expr | null;
}

/** A parameter or declared constant: `x`, or `F(_, _)` with arity 2. */
export interface Parameter extends Node {
  readonly name: Identifier;
  readonly arity: number;
}

export interface RecordField extends Node {
  readonly name: Identifier;
  readonly value: Expr;
}

export type ExceptStep =
  | (Node & { readonly kind: 'index'; readonly args: readonly Expr[] })
  | (Node & { readonly kind: 'field'; readonly name: Identifier });

/** `![a].b = value` */
export interface ExceptUpdate extends Node {
  readonly path: readonly ExceptStep[];
  readonly value: Expr;
}

export interface CaseArm extends Node {
  readonly guard: Expr;
  readonly value: Expr;
}

/** An identifier without arguments: variable, constant, bound name, operator of no arguments,
 *  an operator passed as an argument (also a symbol such as `+`), or `BOOLEAN`, `STRING`. */
export interface Name extends Node {
  readonly kind: 'name';
  readonly prefix: readonly InstancePrefix[];
  readonly name: string;
}
/** `F(a, b)` with at least one argument. */
export interface Apply extends Node {
  readonly kind: 'apply';
  readonly prefix: readonly InstancePrefix[];
  readonly name: Identifier;
  readonly args: readonly Expr[];
}
export interface NumberLiteral extends Node {
  readonly kind: 'number';
  /** As written: `12`, `\b101`, `\hFF`, `3.5`. */
  readonly text: string;
}
export interface StringLiteral extends Node {
  readonly kind: 'string';
  /** With escapes resolved. */
  readonly value: string;
}
export interface BooleanLiteral extends Node {
  readonly kind: 'boolean';
  readonly value: boolean;
}
/** `@` inside EXCEPT. */
export interface At extends Node {
  readonly kind: 'at';
}
export interface Paren extends Node {
  readonly kind: 'paren';
  readonly inner: Expr;
}
/** `op` is canonical; `-` of `-x` is `-.`. Also `~`, `[]`, `<>`, `ENABLED`, `UNCHANGED`, `DOMAIN`, `SUBSET`, `UNION`. */
export interface Prefix extends Node {
  readonly kind: 'prefix';
  readonly op: string;
  readonly operand: Expr;
}
/** Infix operators, `\X` included (n-ary products are built left to right as one `product`). */
export interface Infix extends Node {
  readonly kind: 'infix';
  readonly op: string;
  readonly left: Expr;
  readonly right: Expr;
}
/** `A \X B \X C`: one node, because it is not associative. */
export interface Product extends Node {
  readonly kind: 'product';
  readonly factors: readonly Expr[];
}
/** `'`, `^+`, `^*`, `^#`. */
export interface Postfix extends Node {
  readonly kind: 'postfix';
  readonly op: string;
  readonly operand: Expr;
}
/** A bulleted list by column. */
export interface Junction extends Node {
  readonly kind: 'junction';
  readonly op: '/\\' | '\\/';
  readonly items: readonly Expr[];
}
export interface Quantifier extends Node {
  readonly kind: 'quantifier';
  readonly quantifier: '\\A' | '\\E' | '\\AA' | '\\EE';
  readonly bounds: readonly Bound[];
  readonly body: Expr;
}
export interface Choose extends Node {
  readonly kind: 'choose';
  readonly bound: Bound;
  readonly body: Expr;
}
export interface SetEnumeration extends Node {
  readonly kind: 'setEnumeration';
  readonly elements: readonly Expr[];
}
/** `{x \in S : P}` */
export interface SetFilter extends Node {
  readonly kind: 'setFilter';
  readonly bound: Bound;
  readonly predicate: Expr;
}
/** `{e : x \in S, y \in T}` */
export interface SetMap extends Node {
  readonly kind: 'setMap';
  readonly value: Expr;
  readonly bounds: readonly Bound[];
}
/** `f[a, b]` */
export interface Index extends Node {
  readonly kind: 'index';
  readonly function: Expr;
  readonly args: readonly Expr[];
}
/** `[x \in S |-> e]` */
export interface FunctionLiteral extends Node {
  readonly kind: 'function';
  readonly bounds: readonly Bound[];
  readonly body: Expr;
}
/** `[S -> T]` */
export interface FunctionSet extends Node {
  readonly kind: 'functionSet';
  readonly domain: Expr;
  readonly range: Expr;
}
/** `[a |-> 1, b |-> 2]` */
export interface RecordLiteral extends Node {
  readonly kind: 'record';
  readonly fields: readonly RecordField[];
}
/** `[a : S, b : T]` */
export interface RecordSet extends Node {
  readonly kind: 'recordSet';
  readonly fields: readonly RecordField[];
}
/** `r.f` */
export interface Field extends Node {
  readonly kind: 'field';
  readonly record: Expr;
  readonly name: Identifier;
}
export interface Except extends Node {
  readonly kind: 'except';
  readonly function: Expr;
  readonly updates: readonly ExceptUpdate[];
}
export interface Tuple extends Node {
  readonly kind: 'tuple';
  readonly elements: readonly Expr[];
}
export interface If extends Node {
  readonly kind: 'if';
  readonly condition: Expr;
  readonly then: Expr;
  readonly else: Expr;
}
export interface Case extends Node {
  readonly kind: 'case';
  readonly arms: readonly CaseArm[];
  readonly other: Expr | null;
}
export interface Let extends Node {
  readonly kind: 'let';
  readonly definitions: readonly Unit[];
  readonly body: Expr;
}
export interface Lambda extends Node {
  readonly kind: 'lambda';
  readonly params: readonly Identifier[];
  readonly body: Expr;
}
/** `[A]_v` */
export interface BoxAction extends Node {
  readonly kind: 'boxAction';
  readonly action: Expr;
  readonly subscript: Expr;
}
/** `<<A>>_v` */
export interface AngleAction extends Node {
  readonly kind: 'angleAction';
  readonly action: Expr;
  readonly subscript: Expr;
}
/** `WF_v(A)`, `SF_v(A)` */
export interface Fairness extends Node {
  readonly kind: 'fairness';
  readonly strength: 'WF' | 'SF';
  readonly subscript: Expr;
  readonly action: Expr;
}

export type Expr =
  | Name
  | Apply
  | NumberLiteral
  | StringLiteral
  | BooleanLiteral
  | At
  | Paren
  | Prefix
  | Infix
  | Product
  | Postfix
  | Junction
  | Quantifier
  | Choose
  | SetEnumeration
  | SetFilter
  | SetMap
  | Index
  | FunctionLiteral
  | FunctionSet
  | RecordLiteral
  | RecordSet
  | Field
  | Except
  | Tuple
  | If
  | Case
  | Let
  | Lambda
  | BoxAction
  | AngleAction
  | Fairness;

/** `INSTANCE M WITH a <- e, …` */
export interface InstanceClause extends Node {
  readonly module: Identifier;
  readonly substitutions: readonly RecordField[];
}

export interface VariablesUnit extends Node {
  readonly kind: 'variables';
  readonly names: readonly Identifier[];
}
export interface ConstantsUnit extends Node {
  readonly kind: 'constants';
  readonly declarations: readonly Parameter[];
}
export interface RecursiveUnit extends Node {
  readonly kind: 'recursive';
  readonly declarations: readonly Parameter[];
}
/** `F(x, G(_)) == body`; infix, prefix and postfix definitions have the symbol as their name. */
export interface OperatorDefinition extends Node {
  readonly kind: 'operator';
  readonly name: Identifier;
  readonly fixity: 'named' | 'infix' | 'prefix' | 'postfix';
  readonly params: readonly Parameter[];
  readonly body: Expr;
  readonly local: boolean;
}
/** `f[x \in S] == body` */
export interface FunctionDefinition extends Node {
  readonly kind: 'functionDefinition';
  readonly name: Identifier;
  readonly bounds: readonly Bound[];
  readonly body: Expr;
  readonly local: boolean;
}
export interface InstanceUnit extends Node {
  readonly kind: 'instance';
  readonly instance: InstanceClause;
  readonly local: boolean;
}
/** `M(x) == INSTANCE N WITH …` */
export interface ModuleDefinition extends Node {
  readonly kind: 'moduleDefinition';
  readonly name: Identifier;
  readonly params: readonly Parameter[];
  readonly instance: InstanceClause;
  readonly local: boolean;
}
export interface AssumeUnit extends Node {
  readonly kind: 'assume';
  readonly name: Identifier | null;
  readonly body: Expr;
}
/** THEOREM, LEMMA and the like; proofs, and theorems that say ASSUME … PROVE, are left out. */
export interface TheoremUnit extends Node {
  readonly kind: 'theorem';
  readonly name: Identifier | null;
  readonly body: Expr;
}
export interface SubmoduleUnit extends Node {
  readonly kind: 'submodule';
  readonly module: Module;
}
/** A line of four or more dashes. */
export interface SeparatorUnit extends Node {
  readonly kind: 'separator';
}

export type Unit =
  | VariablesUnit
  | ConstantsUnit
  | RecursiveUnit
  | OperatorDefinition
  | FunctionDefinition
  | InstanceUnit
  | ModuleDefinition
  | AssumeUnit
  | TheoremUnit
  | SubmoduleUnit
  | SeparatorUnit;

export interface Module extends Node {
  readonly name: Identifier;
  readonly extends: readonly Identifier[];
  readonly units: readonly Unit[];
}

/** For `default` arms of a switch over a union: adding a kind lights up every place to visit. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify((value as { kind?: string }).kind ?? value)}`);
}
