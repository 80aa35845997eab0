/**
 * The actions that build PlusCal statements. A labelled item gives a list of statements, because a
 * block in braces has no node of its own: its statements stand where it stood, and its label is
 * that of the first.
 */
import type { ActionDict, Node as OhmNode } from 'ohm-js';
import { fail } from '../source/diagnostic.js';
import type { Span } from '../source/text.js';
import type { ExceptStep, Expr, Identifier } from './ast.js';
import { listItems, optional, repeated, type TreeContext } from './buildTree.js';
import type { Assignment, Call, Label, Statement } from './pluscalAst.js';
import type { BindingTree } from './pluscalBuild.js';

type Statements = readonly Statement[];

export function statementActions(context: TreeContext): ActionDict<unknown> {
  return {
    ...sequenceActions(context),
    ...compoundActions(context),
    ...simpleActions(context),
  };
}

function sequenceActions(context: TreeContext): ActionDict<unknown> {
  const sequence = (first: OhmNode, rest: OhmNode): Statements => [
    ...(first.tree() as Statements),
    ...repeated<Statements>(rest).flat(),
  ];
  const item = (mark: OhmNode, statements: Statements): Statements => {
    const label = optional<Label>(mark);
    const [first, ...rest] = statements;
    if (!label || !first) return statements;
    if (first.label) fail('PCL008', first.label.span, { label: label.name });
    return [{ ...first, label }, ...rest];
  };
  return {
    CBlock: (_open, body, _close) => body.tree() as Statements,
    CSequence: (first, _semi, rest, _last) => sequence(first, rest),
    PSequence: (first, _semi, rest, _last) => sequence(first, rest),
    CItem: (mark, statement) => item(mark, asList(statement)),
    PItem: (mark, statement) => item(mark, asList(statement)),
    LabelMark(name, _colon, modifier): Label {
      const { span, name: id } = context.identifier(name);
      const sign = modifier.sourceString.trim();
      return { span, name: id, modifier: sign === '+' || sign === '-' ? sign : '' };
    },
  };
}

/** The statements of a node that is one statement or several. */
function asList(node: OhmNode): Statements {
  const tree = node.tree() as Statement | Statements;
  return 'kind' in tree ? [tree] : tree;
}

function compoundActions(context: TreeContext): ActionDict<unknown> {
  const loop = (node: OhmNode, condition: OhmNode, body: OhmNode): Statement => ({
    ...base(context, node),
    kind: 'while',
    condition: condition.tree() as Expr,
    body: body.tree() as Statements,
  });
  const branch = (
    node: OhmNode,
    condition: OhmNode,
    then: OhmNode,
    otherwise: OhmNode,
  ): Statement => ({
    ...base(context, node),
    kind: 'if',
    condition: condition.tree() as Expr,
    // biome-ignore lint/suspicious/noThenProperty: the tree's own word, never awaited.
    then: then.tree() as Statements,
    else: optional<Statements>(otherwise) ?? [],
  });
  const either = (node: OhmNode, first: OhmNode, rest: OhmNode): Statement => ({
    ...base(context, node),
    kind: 'either',
    branches: [first.tree() as Statements, ...repeated<Statements>(rest)],
  });
  return {
    CWhile(_while, _open, condition, _close, body): Statement {
      return loop(this, condition, body);
    },
    PWhile(_while, condition, _do, body, _end, _what): Statement {
      return loop(this, condition, body);
    },
    CIf(_if, _open, condition, _close, then, otherwise): Statement {
      return branch(this, condition, then, otherwise);
    },
    CElse: (_semi, _else, body) => body.tree() as Statements,
    PIf(_if, condition, _then, then, otherwise, _end, _what): Statement {
      return branch(this, condition, then, otherwise);
    },
    PElse_elsif(_elsif, condition, _then, then, otherwise): Statements {
      return [branch(this, condition, then, otherwise)];
    },
    PElse_else: (_else, body) => body.tree() as Statements,
    CEither(_either, first, rest): Statement {
      return either(this, first, rest);
    },
    COr: (_semi, _or, body) => body.tree() as Statements,
    PEither(_either, first, rest, _end, _what): Statement {
      return either(this, first, rest);
    },
    POr: (_or, body) => body.tree() as Statements,
    CWith(_with, _open, bindings, _close, body): Statement {
      return nest(context.span(this), bindings, body);
    },
    PWith(_with, bindings, _do, body, _end, _what): Statement {
      return nest(context.span(this), bindings, body);
    },
    Bindings: (bindings, _last) => listItems<BindingTree>(bindings),
  };
}

/** `with (a = 1, b \in S) …` is a `with` inside a `with`. */
function nest(span: Span, bindings: OhmNode, body: OhmNode): Statement {
  const [last, ...outer] = [...(bindings.tree() as BindingTree[])].reverse();
  if (!last) throw new Error('a with without bindings');
  const innermost: Statement = {
    ...last,
    span,
    label: null,
    kind: 'with',
    body: body.tree() as Statements,
  };
  return outer.reduce<Statement>(
    (inner, binding) => ({ ...binding, span, label: null, kind: 'with', body: [inner] }),
    innermost,
  );
}

function simpleActions(context: TreeContext): ActionDict<unknown> {
  return {
    Await(_await, condition): Statement {
      return { ...base(context, this), kind: 'await', condition: condition.tree() as Expr };
    },
    Assert(_assert, condition): Statement {
      return { ...base(context, this), kind: 'assert', condition: condition.tree() as Expr };
    },
    Print(_print, value): Statement {
      return { ...base(context, this), kind: 'print', value: value.tree() as Expr };
    },
    Skip(_skip): Statement {
      return { ...base(context, this), kind: 'skip' };
    },
    Goto(_goto, target): Statement {
      return { ...base(context, this), kind: 'goto', target: target.tree() as Identifier };
    },
    JumpTarget(target): Identifier {
      const tree = target.tree() as Identifier | (Expr & { readonly kind: 'string' });
      return 'kind' in tree ? { name: tree.value, span: tree.span } : tree;
    },
    Return(_return): Statement {
      return { ...base(context, this), kind: 'return' };
    },
    Call(_call, procedure, _open, args, _close): Call {
      const name = procedure.tree() as Identifier;
      return { ...base(context, this), kind: 'call', procedure: name, args: listItems(args) };
    },
    CallAndJump: (call, _semi, jump): Statements => [
      call.tree() as Statement,
      jump.tree() as Statement,
    ],
    MacroCall(macro, _open, args, _close): Statement {
      const name = macro.tree() as Identifier;
      return { ...base(context, this), kind: 'macroCall', macro: name, args: listItems(args) };
    },
    Assign(assignments): Statement {
      return { ...base(context, this), kind: 'assign', assignments: listItems(assignments) };
    },
    SingleAssign(variable, path, _becomes, value): Assignment {
      return {
        span: context.span(this),
        variable: variable.tree() as Identifier,
        path: repeated<ExceptStep>(path),
        value: value.tree() as Expr,
      };
    },
  };
}

function base(context: TreeContext, node: OhmNode): { span: Span; label: null } {
  return { span: context.span(node), label: null };
}
