/**
 * Tree → text: readable TLA+ that parses to the same tree. Junction lists keep their columns,
 * parentheses are those of the tree, and some are added only where precedence needs them.
 */
import type { Expr, Module, Parameter, RecordField, Unit } from './ast.js';
import { unreachable } from './ast.js';
import {
  align,
  concat,
  type Doc,
  fill,
  group,
  hardLine,
  join,
  line,
  nest,
  renderDocument,
} from './layoutDocument.js';
import { operatorFixity } from './operators.js';
import { boundsDoc, expressionDocument } from './printExpression.js';

export interface PrintOptions {
  /** The column (from 0) where the first line begins; further lines are indented to it. */
  readonly indent?: number;
  /** The longest line that is aimed at. */
  readonly width?: number;
}

const defaultWidth = 78;
/** A definition whose head is longer than this has its body on the next line, unless it fits. */
const longHead = 28;

export function printExpression(e: Expr, options: PrintOptions = {}): string {
  return render(expression(e), options);
}

/** A declaration or definition, without a line break at its end. */
export function printUnit(unit: Unit, options: PrintOptions = {}): string {
  return render(unitDocument(unit), options);
}

export function printModule(module: Module, options: PrintOptions = {}): string {
  return `${render(moduleDocument(module), options)}\n`;
}

function render(doc: Doc, { indent = 0, width = defaultWidth }: PrintOptions): string {
  return renderDocument(doc, indent, width);
}

function expression(e: Expr): Doc {
  return expressionDocument(e, unitDocument);
}

function moduleDocument({ name, extends: extended, units }: Module): Doc {
  const header = ` MODULE ${name.name} `;
  const dashes = '-'.repeat(Math.max(4, Math.floor((defaultWidth - header.length) / 2)));
  const names = fill(extended.map((one) => one.name));
  return align(
    `${dashes}${header}${dashes}`,
    extended.length > 0 ? concat(hardLine, 'EXTENDS ', names) : '',
    ...units.map((unit) => concat(hardLine, hardLine, unitDocument(unit))),
    hardLine,
    hardLine,
    '='.repeat(defaultWidth),
  );
}

function unitDocument(unit: Unit): Doc {
  switch (unit.kind) {
    case 'variables':
      return declaration(
        'VARIABLE',
        unit.names.map(({ name }) => name),
      );
    case 'constants':
      return declaration('CONSTANT', unit.declarations.map(parameter));
    case 'recursive':
      return concat('RECURSIVE ', fill(unit.declarations.map(parameter)));
    case 'operator':
      return definition(unit.local, operatorHead(unit), expression(unit.body));
    case 'functionDefinition': {
      const head = concat(unit.name.name, '[', boundsDoc(unit.bounds, expression), ']');
      return definition(unit.local, head, expression(unit.body));
    }
    case 'moduleDefinition': {
      const head = unit.name.name + parameters(unit.params);
      return definition(unit.local, head, instance(unit.instance));
    }
    case 'instance':
      return concat(unit.local ? 'LOCAL ' : '', instance(unit.instance));
    case 'assume':
      return fact('ASSUME ', unit.name?.name ?? null, unit.body);
    case 'theorem':
      return fact('THEOREM ', unit.name?.name ?? null, unit.body);
    case 'submodule':
      return moduleDocument(unit.module);
    case 'separator':
      return '-'.repeat(defaultWidth);
    default:
      return unreachable(unit);
  }
}

function declaration(word: string, names: readonly string[]): Doc {
  return concat(names.length === 1 ? `${word} ` : `${word}S `, fill(names));
}

function definition(isLocal: boolean, head: Doc, body: Doc): Doc {
  const whole = concat(isLocal ? 'LOCAL ' : '', head, ' ==');
  const isLong = typeof head === 'string' && head.length > longHead;
  return isLong ? group(align(whole, nest(2, line, body))) : concat(whole, ' ', align(body));
}

function operatorHead(unit: Unit & { readonly kind: 'operator' }): string {
  const symbol = unit.name.name;
  const [first, second] = unit.params.map(({ name }) => name.name);
  switch (unit.fixity) {
    case 'named':
      return symbol + parameters(unit.params);
    case 'infix':
      return `${first} ${symbol} ${second}`;
    case 'prefix':
      return `${symbol} ${first}`;
    case 'postfix':
      return `${first} ${symbol}`;
    default:
      return unreachable(unit.fixity);
  }
}

function parameters(params: readonly Parameter[]): string {
  return params.length === 0 ? '' : `(${params.map(parameter).join(', ')})`;
}

function parameter({ name: { name }, arity }: Parameter): string {
  const fixity = arity === 0 ? null : operatorFixity(name, arity);
  if (fixity === 'infix') return `_ ${name} _`;
  if (fixity === 'prefix') return `${name} _`;
  if (fixity === 'postfix') return `_ ${name}`;
  return arity === 0 ? name : `${name}(${Array(arity).fill('_').join(', ')})`;
}

function instance(clause: {
  readonly module: { readonly name: string };
  readonly substitutions: readonly RecordField[];
}): Doc {
  const list = clause.substitutions.map(({ name, value }) =>
    concat(name.name, ' <- ', align(expression(value))),
  );
  const head = `INSTANCE ${clause.module.name}`;
  if (list.length === 0) return head;
  return group(align(head, nest(2, line, 'WITH ', align(join(concat(',', line), list)))));
}

function fact(word: string, name: string | null, body: Expr): Doc {
  return concat(word, name === null ? '' : `${name} == `, align(expression(body)));
}
