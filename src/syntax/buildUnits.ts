/** The actions for modules, declarations and definitions. */
import type { ActionDict, Node as OhmNode } from 'ohm-js';
import type {
  Bound,
  Expr,
  Identifier,
  InstanceClause,
  Module,
  Parameter,
  RecordField,
  Unit,
} from './ast.js';
import { listItems, optional, type TreeContext } from './buildTree.js';
import { canonicalOperator } from './operators.js';

export type ModuleHead = Pick<Module, 'name' | 'extends'>;

export function unitActions(context: TreeContext): ActionDict<unknown> {
  return {
    ...declarationActions(context),
    ...definitionActions(context),
    ...operatorActions(context),
    ...parameterActions(context),
  };
}

function declarationActions(context: TreeContext): ActionDict<unknown> {
  return {
    ModuleHead(_open, _module, name, _dashes, extending): ModuleHead {
      const names = optional<Identifier[]>(extending) ?? [];
      return { name: context.identifier(name), extends: names };
    },
    Extends(_extends, names): Identifier[] {
      return listItems(names);
    },
    Separator(_dashes): Unit {
      return { kind: 'separator', span: context.span(this) };
    },
    Variables(_word, names): Unit {
      return { kind: 'variables', names: listItems(names), span: context.span(this) };
    },
    Constants(_word, declarations): Unit {
      const span = context.span(this);
      return { kind: 'constants', declarations: listItems(declarations), span };
    },
    Recursive(_word, declarations): Unit {
      const span = context.span(this);
      return { kind: 'recursive', declarations: listItems(declarations), span };
    },
    Assume(_word, name, body): Unit {
      const span = context.span(this);
      return { kind: 'assume', name: optional(name), body: body.tree(), span };
    },
    /** Null for ASSUME … PROVE: it is read and left out, as proofs are. */
    Theorem(_word, name, statement): Unit | null {
      const body = statement.tree() as Expr | null;
      return body && { kind: 'theorem', name: optional(name), body, span: context.span(this) };
    },
    AssumeProve(_assume, _assumptions, _prove, _goal): null {
      return null;
    },
    UnitName(name, _definedAs): Identifier {
      return context.identifier(name);
    },
  };
}

function definitionActions(context: TreeContext): ActionDict<unknown> {
  return {
    Local(_local, unit): Unit {
      return { ...unit.tree(), local: true, span: context.span(this) };
    },
    Instance(clause): Unit {
      const span = context.span(this);
      return { kind: 'instance', instance: clause.tree(), local: false, span };
    },
    InstanceClause(_instance, module, substitutions): InstanceClause {
      return {
        module: context.identifier(module),
        substitutions: optional<RecordField[]>(substitutions) ?? [],
        span: context.span(this),
      };
    },
    Substitutions(_with, list): RecordField[] {
      return listItems(list);
    },
    Substitution(name, _gets, value): RecordField {
      const span = context.span(this);
      return { name: symbolName(context, name), value: value.tree(), span };
    },
    FunctionDefinition(name, _open, bounds, _close, _definedAs, body): Unit {
      return {
        kind: 'functionDefinition',
        name: context.identifier(name),
        bounds: bounds.tree() as Bound[],
        body: body.tree(),
        local: false,
        span: context.span(this),
      };
    },
    ModuleDefinition(name, parameters, _definedAs, instance): Unit {
      return {
        kind: 'moduleDefinition',
        name: context.identifier(name),
        params: optional<Parameter[]>(parameters) ?? [],
        instance: instance.tree(),
        local: false,
        span: context.span(this),
      };
    },
  };
}

function operatorActions(context: TreeContext): ActionDict<unknown> {
  const operatorUnit = (
    node: OhmNode,
    name: OhmNode,
    fixity: 'named' | 'infix' | 'prefix' | 'postfix',
    params: readonly Parameter[],
    body: OhmNode,
  ): Unit => ({
    kind: 'operator',
    name: symbolName(context, name),
    fixity,
    params,
    body: body.tree() as Expr,
    local: false,
    span: context.span(node),
  });
  const plain = (name: OhmNode): Parameter => parameter(context, name, name, 0);
  return {
    OperatorDefinition_named(name, parameters, _definedAs, body): Unit {
      const params = optional<Parameter[]>(parameters) ?? [];
      return operatorUnit(this, name, 'named', params, body);
    },
    OperatorDefinition_infix(left, symbol, right, _definedAs, body): Unit {
      return operatorUnit(this, symbol, 'infix', [plain(left), plain(right)], body);
    },
    OperatorDefinition_postfix(operand, symbol, _definedAs, body): Unit {
      return operatorUnit(this, symbol, 'postfix', [plain(operand)], body);
    },
    OperatorDefinition_prefix(symbol, operand, _definedAs, body): Unit {
      return operatorUnit(this, symbol, 'prefix', [plain(operand)], body);
    },
  };
}

function parameterActions(context: TreeContext): ActionDict<unknown> {
  return {
    Parameters(_open, list, _close): Parameter[] {
      return listItems(list);
    },
    Parameter_operator(name, _open, places, _close): Parameter {
      return parameter(context, this, name, places.asIteration().children.length);
    },
    Parameter_plain(name): Parameter {
      return parameter(context, this, name, 0);
    },
    Parameter_infix(_left, symbol, _right): Parameter {
      return parameter(context, this, symbol, 2);
    },
    Parameter_postfix(_operand, symbol): Parameter {
      return parameter(context, this, symbol, 1);
    },
    Parameter_prefix(symbol, _operand): Parameter {
      return parameter(context, this, symbol, 1);
    },
  };
}

function parameter(context: TreeContext, node: OhmNode, name: OhmNode, arity: number): Parameter {
  return { name: symbolName(context, name), arity, span: context.span(node) };
}

/** A name or an operator symbol, in its canonical spelling. */
function symbolName(context: TreeContext, node: OhmNode): Identifier {
  const { name, span } = context.identifier(node);
  return {
    name: node.ctorName === 'prefixSymbol' && name === '-' ? '-.' : canonicalOperator(name),
    span,
  };
}
