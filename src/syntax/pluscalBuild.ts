/** The actions that build PlusCal trees: the algorithm and its parts. */
import type { ActionDict, Node as OhmNode } from 'ohm-js';
import type { Expr, Identifier, Unit } from './ast.js';
import {
  listItems,
  optional,
  repeated,
  type TreeContext,
  treeActions,
  treeOperation,
} from './buildTree.js';
import type {
  Algorithm,
  Macro,
  Procedure,
  Process,
  Statement,
  VariableDeclaration,
} from './pluscalAst.js';
import { statementActions } from './pluscalBuildStatements.js';

/** `x = e` or `x \in S`: of a process, a variable or a `with`. */
export interface BindingTree {
  readonly name: Identifier;
  readonly binding: 'equals' | 'in';
  readonly value: Expr;
}

type Initial = VariableDeclaration['initial'];
type Bodies = Pick<Algorithm, 'processes' | 'body'>;

export function pluscalActions(context: TreeContext): ActionDict<unknown> {
  return {
    ...treeActions(context),
    ...algorithmActions(context),
    ...blockActions(context),
    ...declarationActions(context),
    ...statementActions(context),
  };
}

/** The parts of an algorithm are optional and in the same order in both syntaxes. */
function algorithm(
  context: TreeContext,
  syntax: 'c' | 'p',
  node: OhmNode,
  parts: Readonly<
    Record<'start' | 'name' | 'variables' | 'define' | 'macros' | 'procedures' | 'bodies', OhmNode>
  >,
): Algorithm {
  return {
    span: context.span(node),
    name: context.identifier(parts.name),
    syntax,
    fair: parts.start.tree() as boolean,
    variables: optional<VariableDeclaration[]>(parts.variables) ?? [],
    define: optional<Unit[]>(parts.define) ?? [],
    macros: repeated<Macro>(parts.macros),
    procedures: repeated<Procedure>(parts.procedures),
    ...(parts.bodies.tree() as Bodies),
  };
}

function algorithmActions(context: TreeContext): ActionDict<unknown> {
  return {
    Algorithm(one): Algorithm {
      return one[treeOperation]() as Algorithm;
    },
    CAlgorithm(
      start,
      name,
      _open,
      variables,
      define,
      macros,
      procedures,
      bodies,
      _close,
    ): Algorithm {
      const parts = { start, name, variables, define, macros, procedures, bodies };
      return algorithm(context, 'c', this, parts);
    },
    PAlgorithm(
      start,
      name,
      variables,
      define,
      macros,
      procedures,
      bodies,
      _end,
      _what,
      _semi,
    ): Algorithm {
      const parts = { start, name, variables, define, macros, procedures, bodies };
      return algorithm(context, 'p', this, parts);
    },
    algorithmStart_plain: (_word) => false,
    algorithmStart_fair: (_fair, _space, _algorithm) => true,
    CBodies_processes: (processes): Bodies => ({
      processes: repeated<Process>(processes),
      body: [],
    }),
    CBodies_body: (block, _semi): Bodies => ({ processes: [], body: block.tree() as Statement[] }),
    PBodies_processes: (processes): Bodies => ({
      processes: repeated<Process>(processes),
      body: [],
    }),
    PBodies_body: (_begin, body): Bodies => ({ processes: [], body: body.tree() as Statement[] }),
    CDefine: (_define, _open, units, _close, _semi): Unit[] => definitions(units),
    PDefine: (_define, units, _end, _what, _semi): Unit[] => definitions(units),
  };
}

function blockActions(context: TreeContext): ActionDict<unknown> {
  const macro = (node: OhmNode, name: OhmNode, params: OhmNode, body: OhmNode): Macro => ({
    span: context.span(node),
    name: context.identifier(name),
    params: listItems<Identifier>(params),
    body: body.tree() as Statement[],
  });
  const procedure = (
    node: OhmNode,
    name: OhmNode,
    params: OhmNode,
    variables: OhmNode,
    body: OhmNode,
  ): Procedure => ({
    span: context.span(node),
    name: context.identifier(name),
    params: listItems<VariableDeclaration>(params),
    variables: optional<VariableDeclaration[]>(variables) ?? [],
    body: body.tree() as Statement[],
  });
  const process = (
    node: OhmNode,
    fair: OhmNode,
    binding: OhmNode,
    variables: OhmNode,
    body: OhmNode,
  ): Process => {
    const { name, binding: kind, value } = binding.tree() as BindingTree;
    return {
      span: context.span(node),
      name,
      fairness: optional<'weak' | 'strong'>(fair) ?? 'none',
      binding: kind,
      id: value,
      variables: optional<VariableDeclaration[]>(variables) ?? [],
      body: body.tree() as Statement[],
    };
  };
  return {
    CMacro(_macro, name, _open, params, _close, body, _semi): Macro {
      return macro(this, name, params, body);
    },
    PMacro(_macro, name, _open, params, _close, _begin, body, _end, _what, _semi): Macro {
      return macro(this, name, params, body);
    },
    CProcedure(_procedure, name, _open, params, _close, variables, body, _semi): Procedure {
      return procedure(this, name, params, variables, body);
    },
    PProcedure(_word, name, _open, params, _close, variables, _begin, body, _end, _what, _semi) {
      return procedure(this, name, params, variables, body);
    },
    CProcess(fair, _process, _open, binding, _close, variables, body, _semi): Process {
      return process(this, fair, binding, variables, body);
    },
    PProcess(fair, _process, binding, variables, _begin, body, _end, _what, _semi): Process {
      return process(this, fair, binding, variables, body);
    },
    Fair_weak: (_fair) => 'weak',
    Fair_strong: (_fair, _plus) => 'strong',
  };
}

function declarationActions(context: TreeContext): ActionDict<unknown> {
  const binding = (name: OhmNode, kind: BindingTree['binding'], value: OhmNode): BindingTree => ({
    name: context.identifier(name),
    binding: kind,
    value: value.tree() as Expr,
  });
  return {
    Declarations: (_word, declarations) => repeated<VariableDeclaration>(declarations),
    Declaration(name, initial, _end): VariableDeclaration {
      const id = context.identifier(name);
      const value = optional<NonNullable<Initial>>(initial);
      const end = value ? value.value.span.end : id.span.end;
      return { span: { ...id.span, end }, name: id, initial: value };
    },
    Initial_equals: (_equals, value): Initial => ({ kind: 'equals', value: value.tree() as Expr }),
    Initial_in: (_in, value): Initial => ({ kind: 'in', value: value.tree() as Expr }),
    ProcedureParameter(name, _equals, value): VariableDeclaration {
      const initial = optional<Expr>(value);
      return {
        span: context.span(this),
        name: context.identifier(name),
        initial: initial && { kind: 'equals', value: initial },
      };
    },
    Binding_equals: (name, _equals, value) => binding(name, 'equals', value),
    Binding_in: (name, _in, value) => binding(name, 'in', value),
    pcalName(_name): Identifier {
      return context.identifier(this);
    },
  };
}

/** Without theorems that are left out. */
function definitions(units: OhmNode): Unit[] {
  return repeated<Unit | null>(units).filter((one) => one !== null);
}
