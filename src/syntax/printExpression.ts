/** Documents of expressions. One arm per construct; what breaks where is decided here only. */
import type {
  Bound,
  Case,
  ExceptUpdate,
  Expr,
  Infix,
  InstancePrefix,
  Let,
  Product,
  RecordField,
  Unit,
} from './ast.js';
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
} from './layoutDocument.js';
import { operator } from './operators.js';
import {
  endsInCase,
  endsInJunction,
  needsParensBeforeSuffix,
  needsParensInMap,
  needsParensOnLeft,
  needsParensOnRight,
} from './parentheses.js';

/** How the definitions of a LET are printed; given from outside, since units contain expressions. */
export type PrintUnit = (unit: Unit) => Doc;

export function expressionDocument(e: Expr, printUnit: PrintUnit): Doc {
  const doc = (inner: Expr): Doc => expressionDocument(inner, printUnit);
  switch (e.kind) {
    case 'name':
      return concat(...prefixDocs(e.prefix, doc), e.name);
    case 'apply':
      return concat(...prefixDocs(e.prefix, doc), e.name.name, argumentsDoc(e.args, doc));
    case 'number':
      return e.text;
    case 'string':
      return quote(e.value);
    case 'boolean':
      return e.value ? 'TRUE' : 'FALSE';
    case 'at':
      return '@';
    case 'paren':
      return parens(doc(e.inner));
    case 'prefix':
      return prefixDoc(e.op, e.operand, doc);
    case 'infix':
      return chainDoc(e, doc);
    case 'product':
      return chainDoc(e, doc);
    case 'postfix':
      return concat(suffixBase(e.operand, doc), e.op);
    case 'junction':
      return align(
        join(
          hardLine,
          e.items.map((item) => concat(e.op, ' ', align(doc(item)))),
        ),
      );
    case 'index':
      return concat(suffixBase(e.function, doc), '[', fill(e.args.map(doc)), ']');
    case 'field':
      return concat(suffixBase(e.record, doc), '.', e.name.name);
    default:
      return bracketDocument(e, doc, printUnit);
  }
}

type Printed = Extract<
  Expr['kind'],
  | ('name' | 'apply' | 'number' | 'string' | 'boolean' | 'at' | 'paren' | 'prefix' | 'infix')
  | ('product' | 'postfix' | 'junction' | 'index' | 'field')
>;
type Bracketed = Exclude<Expr, { readonly kind: Printed }>;
type ToDoc = (e: Expr) => Doc;

function bracketDocument(e: Bracketed, doc: ToDoc, printUnit: PrintUnit): Doc {
  switch (e.kind) {
    case 'setEnumeration':
      return concat('{', fill(e.elements.map(doc)), '}');
    case 'setFilter':
      return group('{', align(boundDoc(e.bound, doc), ' :', line, doc(e.predicate)), '}');
    case 'setMap': {
      const value = needsParensInMap(e.value) ? parens(doc(e.value)) : doc(e.value);
      return group('{', align(value, ' :', line, boundsDoc(e.bounds, doc)), '}');
    }
    case 'tuple':
      return concat('<<', fill(e.elements.map(doc)), '>>');
    case 'function': {
      const head = concat('[', boundsDoc(e.bounds, doc), ' |->');
      return group(align(head, nest(4, line, align(doc(e.body))), ']'));
    }
    case 'functionSet':
      return group('[', align(doc(e.domain), line, '-> ', align(doc(e.range))), ']');
    case 'record':
      return concat('[', fieldsDoc(e.fields, ' |-> ', doc), ']');
    case 'recordSet':
      return concat('[', fieldsDoc(e.fields, ': ', doc), ']');
    case 'except': {
      const updates = group(
        align(
          join(
            concat(',', line),
            e.updates.map((one) => updateDoc(one, doc)),
          ),
        ),
      );
      return group(align('[', align(doc(e.function)), ' EXCEPT', nest(4, line, updates), ']'));
    }
    case 'boxAction':
      return concat('[', align(doc(e.action)), ']_', subscriptDoc(e.subscript, doc));
    case 'angleAction':
      return concat('<<', align(doc(e.action)), '>>_', subscriptDoc(e.subscript, doc));
    case 'fairness': {
      const subscript = subscriptDoc(e.subscript, doc);
      return concat(`${e.strength}_`, subscript, parens(doc(e.action)));
    }
    default:
      return openEndedDocument(e, doc, printUnit);
  }
}

type OpenEnded = Extract<
  Expr,
  { readonly kind: 'quantifier' | 'choose' | 'if' | 'case' | 'let' | 'lambda' }
>;

function openEndedDocument(e: OpenEnded, doc: ToDoc, printUnit: PrintUnit): Doc {
  switch (e.kind) {
    case 'quantifier': {
      const head = concat(`${e.quantifier} `, boundsDoc(e.bounds, doc), ' :');
      return group(align(head, nest(2, line, doc(e.body))));
    }
    case 'choose':
      return group(align('CHOOSE ', boundDoc(e.bound, doc), ' :', nest(2, line, doc(e.body))));
    case 'lambda': {
      const params = e.params.map(({ name }) => name).join(', ');
      return group(align(`LAMBDA ${params} :`, nest(2, line, doc(e.body))));
    }
    case 'if': {
      const branches = [line, 'THEN ', align(doc(e.then)), line, 'ELSE ', align(doc(e.else))];
      return group(align('IF ', align(doc(e.condition)), nest(3, ...branches)));
    }
    case 'case':
      return caseDoc(e, doc);
    case 'let':
      return letDoc(e, doc, printUnit);
    default:
      return unreachable(e);
  }
}

function caseDoc(e: Case, doc: ToDoc): Doc {
  const values = [...e.arms.map(({ value }) => value), ...(e.other ? [e.other] : [])];
  const guards: Doc[] = e.arms.map(({ guard }) => closedCase(guard, doc));
  if (e.other) guards.push('OTHER');
  const arms = guards.map((guard, i) => {
    const value = values[i] as Expr;
    const valueDoc = i < values.length - 1 ? closedCase(value, doc) : doc(value);
    return concat(align(guard), ' -> ', align(valueDoc));
  });
  return group(align('CASE ', nest(2, join(concat(line, '[] '), arms))));
}

/** Before another arm or an arrow: a CASE at the end would take it. */
function closedCase(e: Expr, doc: ToDoc): Doc {
  return endsInCase(e) ? parens(doc(e)) : doc(e);
}

function letDoc(e: Let, doc: ToDoc, printUnit: PrintUnit): Doc {
  const definitions = align(join(hardLine, e.definitions.map(printUnit)));
  const isSmall = e.definitions.length === 1;
  const separator = isSmall ? line : hardLine;
  return group(align('LET ', definitions, separator, isSmall ? 'IN ' : 'IN  ', align(doc(e.body))));
}

const relations = new Set(
  '= # < > <= >= \\in \\notin \\subseteq \\subset :> \\sqsubseteq'.split(' '),
);
const tightKinds = new Set<Expr['kind']>(['name', 'number', 'paren', 'apply', 'field', 'index']);

/** Infix operators; a chain of one left-associative operator is laid out as one list. */
function chainDoc(e: Infix | Product, doc: ToDoc): Doc {
  const op = e.kind === 'product' ? '\\X' : e.op;
  const of = operator(op, 'infix');
  const operands = e.kind === 'product' ? [...e.factors] : chainOperands(e, of.leftAssociative);
  const docs = operands.map((one, i) => {
    const isLeft = i < operands.length - 1 && needsParensOnLeft(one, of);
    const isWrapped = isLeft || (i > 0 && needsParensOnRight(one, of));
    return isWrapped ? parens(doc(one)) : align(doc(one));
  });
  if (op === '..' && operands.every(({ kind }) => tightKinds.has(kind))) return join('..', docs);
  const isListBefore = operands.slice(0, -1).some(endsInJunction);
  if (relations.has(op) && !isListBefore) return join(` ${op} `, docs);
  // A list that begins the chain stands to the right of the operators that follow it, which
  // would otherwise be taken for its bullets.
  const margin = operands[0]?.kind === 'junction' ? ' '.repeat(op.length + 1) : '';
  const separator = concat(isListBefore ? hardLine : line, op, ' ');
  return group(align(margin, join(separator, docs)));
}

function chainOperands(e: Infix, isAssociative: boolean): Expr[] {
  const operands: Expr[] = [e.right];
  let left = e.left;
  while (isAssociative && left.kind === 'infix' && left.op === e.op) {
    operands.unshift(left.right);
    left = left.left;
  }
  return [left, ...operands];
}

function prefixDoc(op: string, operand: Expr, doc: ToDoc): Doc {
  const isWrapped = needsParensOnRight(operand, operator(op, 'prefix'));
  const inner = isWrapped ? parens(doc(operand)) : align(doc(operand));
  if (/^[A-Z]/.test(op)) return concat(`${op} `, inner);
  const isSpaced =
    !isWrapped && (operand.kind === 'junction' || (op === '-.' && startsWithMinus(operand)));
  return concat(op === '-.' ? '-' : op, isSpaced ? ' ' : '', inner);
}

function startsWithMinus(e: Expr): boolean {
  if (e.kind === 'infix') return startsWithMinus(e.left);
  if (e.kind === 'product') return startsWithMinus(e.factors[0] as Expr);
  return e.kind === 'prefix' && e.op === '-.';
}

function suffixBase(e: Expr, doc: ToDoc): Doc {
  return needsParensBeforeSuffix(e) ? parens(doc(e)) : doc(e);
}

function subscriptDoc(e: Expr, doc: ToDoc): Doc {
  const isPlain = e.kind === 'name' || e.kind === 'tuple' || e.kind === 'paren';
  return isPlain ? doc(e) : parens(doc(e));
}

function parens(inner: Doc): Doc {
  return concat('(', align(inner), ')');
}

/** `F( + )`, because `(+)` is an operator of its own. */
function argumentsDoc(args: readonly Expr[], doc: ToDoc): Doc {
  const only = args.length === 1 ? args[0] : undefined;
  const isSymbol = only?.kind === 'name' && only.prefix.length === 0 && /^\W/.test(only.name);
  return isSymbol ? `( ${only.name} )` : concat('(', fill(args.map(doc)), ')');
}

function prefixDocs(prefix: readonly InstancePrefix[], doc: ToDoc): Doc[] {
  return prefix.map(({ name, args }) =>
    concat(name.name, args.length > 0 ? argumentsDoc(args, doc) : '', '!'),
  );
}

function fieldsDoc(fields: readonly RecordField[], separator: string, doc: ToDoc): Doc {
  const docs = fields.map(({ name, value }) => concat(name.name, separator, align(doc(value))));
  return group(align(join(concat(',', line), docs)));
}

function updateDoc({ path, value }: ExceptUpdate, doc: ToDoc): Doc {
  const steps = path.map((step) =>
    step.kind === 'field' ? `.${step.name.name}` : concat('[', fill(step.args.map(doc)), ']'),
  );
  return concat('!', ...steps, ' = ', align(doc(value)));
}

export function boundsDoc(bounds: readonly Bound[], doc: ToDoc): Doc {
  return fill(bounds.map((bound) => boundDoc(bound, doc)));
}

function boundDoc({ names, tuple, set }: Bound, doc: ToDoc): Doc {
  const list = names.map(({ name }) => name).join(', ');
  const pattern = tuple ? `<<${list}>>` : list;
  return set ? concat(pattern, ' \\in ', align(doc(set))) : pattern;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function quote(value: string): string {
  return `"${value.replace(/["\\\t\n\f\r]/g, (one) => escapes[one] as string)}"`;
}
