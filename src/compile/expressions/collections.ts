/** Tuples, records and the sets written out. */
import type { Span } from '../../source/text.js';
import type {
  Expr,
  FunctionSet as FunctionSetExpr,
  Product as ProductExpr,
  RecordLiteral,
  RecordSet as RecordSetExpr,
  SetEnumeration,
} from '../../syntax/ast.js';
import { compareValues, makeTuple, recordShape } from '../../values/index.js';
import { type Code, combine } from '../code.js';
import type { Context } from '../context.js';
import { record, tuple } from '../runtime/functions.js';
import { FunctionSet, Product, RecordSet } from '../runtime/productSets.js';
import { enumerate, set } from '../runtime/sets.js';
import type { Unit } from '../unit.js';
import { compile } from './index.js';

export function compileTuple(elements: readonly Expr[], context: Context, at: Span | null): Code {
  return tupleOf(
    elements.map((element) => compile(element, context)),
    context.unit,
    at,
  );
}

export function tupleOf(parts: readonly Code[], unit: Unit, at: Span | null): Code {
  const known = parts.flatMap((part) => (part.known === undefined ? [] : [part.known]));
  if (known.length === parts.length) return unit.constant(makeTuple(known));
  const made = unit.use('tuple', tuple);
  return combine(unit, parts, 'value', (js) => `${made}([${js.join(', ')}], ${unit.site(at)})`);
}

export function compileRecord(expr: RecordLiteral, context: Context): Code {
  const { unit } = context;
  const fields = [...expr.fields].sort((a, b) => compareValues(a.name.name, b.name.name));
  const shape = recordShape(fields.map((field) => field.name.name));
  const made = unit.use('record', record);
  const shared = unit.use('shape$', shape);
  return combine(
    unit,
    fields.map((field) => compile(field.value, context)),
    'value',
    (js) => `${made}(${shared}, [${js.join(', ')}], ${unit.site(expr.span)})`,
  );
}

export function compileRecordSet(expr: RecordSetExpr, context: Context): Code {
  const { unit } = context;
  const fields = [...expr.fields].sort((a, b) => compareValues(a.name.name, b.name.name));
  const shape = unit.use('shape$', recordShape(fields.map((field) => field.name.name)));
  const made = unit.use('RecordSet', RecordSet);
  return combine(
    unit,
    fields.map((field) => compile(field.value, context)),
    'any',
    (js) => `new ${made}(${shape}, [${checkedSets(js, unit, 'the set of records', expr.span)}])`,
  );
}

export function compileSets(
  expr: SetEnumeration | FunctionSetExpr | ProductExpr,
  context: Context,
): Code {
  const { unit } = context;
  const site = unit.site(expr.span);
  const all = (exprs: readonly Expr[]) => exprs.map((one) => compile(one, context));
  switch (expr.kind) {
    case 'setEnumeration': {
      const made = unit.use('enumerate', enumerate);
      const parts = all(expr.elements);
      return combine(unit, parts, 'value', (js) => `${made}([${js.join(', ')}], ${site})`);
    }
    case 'functionSet': {
      const made = unit.use('FunctionSet', FunctionSet);
      return combine(
        unit,
        all([expr.domain, expr.range]),
        'any',
        (js) => `new ${made}(${checkedSets(js, unit, 'the set of functions', expr.span)})`,
      );
    }
    case 'product': {
      const made = unit.use('Product', Product);
      return combine(
        unit,
        all(expr.factors),
        'any',
        (js) => `new ${made}([${checkedSets(js, unit, '\\X', expr.span)}])`,
      );
    }
  }
}

function checkedSets(js: readonly string[], unit: Unit, what: string, at: Span): string {
  const check = unit.use('set', set);
  const site = unit.site(at);
  return js.map((one) => `${check}(${one}, ${JSON.stringify(what)}, ${site})`).join(', ');
}
