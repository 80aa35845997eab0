/** The actions for expressions. */
import type { ActionDict, Node as OhmNode } from 'ohm-js';
import { cover, type Span } from '../source/text.js';
import type {
  Bound,
  CaseArm,
  ExceptStep,
  ExceptUpdate,
  Expr,
  Identifier,
  InstancePrefix,
  Junction,
  RecordField,
} from './ast.js';
import { listItems, optional, repeated, type TreeContext } from './buildTree.js';
import { canonicalOperator } from './operators.js';
import { resolvePrecedence, type SequenceItem } from './precedence.js';

export function expressionActions(context: TreeContext): ActionDict<unknown> {
  return {
    ...sequenceActions(context),
    ...referenceActions(context),
    ...literalActions(context),
    ...collectionActions(context),
    ...bracketActions(context),
    ...boundActions(context),
    ...constructActions(context),
    ...temporalActions(context),
  };
}

type Suffix = (base: Expr) => Expr;

function sequenceActions(context: TreeContext): ActionDict<unknown> {
  return {
    Expr(first, operators, rest): Expr {
      const items: SequenceItem[] = first.tree();
      operators.children.forEach((one, i) => {
        items.push({ kind: 'infix', spelling: one.sourceString, span: context.span(one) });
        items.push(...(rest.child(i).tree() as SequenceItem[]));
      });
      return resolvePrecedence(items);
    },
    Term(prefixes, operand): SequenceItem[] {
      const items: SequenceItem[] = prefixes.children.map((one) => ({
        kind: 'prefix',
        spelling: one.sourceString,
        span: context.span(one),
      }));
      const expr = operand.tree() as Expr;
      return [...items, { kind: 'operand', expr, primed: primeOf(expr) }];
    },
    Suffixed(primary, suffixes): Expr {
      let expr = primary.tree() as Expr;
      for (const suffix of repeated<Suffix>(suffixes)) expr = suffix(expr);
      return expr;
    },
    Suffix_index(_open, args, _close): Suffix {
      const end = context.span(this);
      const indices = listItems<Expr>(args);
      return (base) => ({
        kind: 'index',
        function: base,
        args: indices,
        span: cover(base.span, end),
      });
    },
    Suffix_field(_dot, name): Suffix {
      const field = context.identifier(name);
      return (base) => ({
        kind: 'field',
        record: base,
        name: field,
        span: cover(base.span, field.span),
      });
    },
    Suffix_postfix(symbol): Suffix {
      const end = context.span(symbol);
      const op = canonicalOperator(symbol.sourceString);
      return (base) => ({ kind: 'postfix', op, operand: base, span: cover(base.span, end) });
    },
  };
}

/** Where a postfix operator of the operand stands, if it has one outside all brackets. */
function primeOf(expr: Expr): Span | null {
  for (let at = expr; ; ) {
    if (at.kind === 'index') at = at.function;
    else if (at.kind === 'field') at = at.record;
    else return at.kind === 'postfix' ? { ...at.span, start: at.operand.span.end } : null;
  }
}

function referenceActions(context: TreeContext): ActionDict<unknown> {
  const part = (node: OhmNode, name: OhmNode, args: OhmNode): InstancePrefix => ({
    name: { name: canonicalOperator(name.sourceString), span: context.span(name) },
    args: optional<Expr[]>(args) ?? [],
    span: context.span(node),
  });
  return {
    Reference(first, _bangs, rest): Expr {
      return reference([first.tree(), ...repeated<InstancePrefix>(rest)], context.span(this));
    },
    QualifiedName(prefix, _bangs, name): Expr {
      const last = { name: context.identifier(name), args: [], span: context.span(name) };
      return reference([...repeated<InstancePrefix>(prefix), last], context.span(this));
    },
    Applied(name, args): InstancePrefix {
      return part(this, name, args);
    },
    SymbolApplied(name, args): InstancePrefix {
      return part(this, name, args);
    },
    Arguments(_open, args, _close): Expr[] {
      return listItems(args);
    },
    OperatorArgument(symbol, _next): Expr {
      const name = canonicalOperator(symbol.sourceString);
      return { kind: 'name', prefix: [], name, span: context.span(symbol) };
    },
    Lambda(_lambda, params, _colon, body): Expr {
      const span = context.span(this);
      return { kind: 'lambda', params: listItems(params), body: body.tree(), span };
    },
    identifier(_name): Identifier {
      return context.identifier(this);
    },
  };
}

function reference(parts: readonly InstancePrefix[], span: Span): Expr {
  const last = parts.at(-1) as InstancePrefix;
  const prefix = parts.slice(0, -1);
  if (last.args.length === 0) return { kind: 'name', prefix, name: last.name.name, span };
  return { kind: 'apply', prefix, name: last.name, args: last.args, span };
}

const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', f: '\f', r: '\r' };

function literalActions(context: TreeContext): ActionDict<unknown> {
  return {
    number(_digits): Expr {
      return { kind: 'number', text: this.sourceString, span: context.span(this) };
    },
    string(_open, characters, _close): Expr {
      const value = characters.sourceString.replace(
        /\\(.)/gs,
        (_, escaped: string) => escapes[escaped] ?? escaped,
      );
      return { kind: 'string', value, span: context.span(this) };
    },
    boolean(word): Expr {
      const value = word.sourceString === 'TRUE';
      return { kind: 'boolean', value, span: context.span(this) };
    },
    at(_at): Expr {
      return { kind: 'at', span: context.span(this) };
    },
    /** Labels name places for proofs; nothing else refers to them. */
    Labelled(_name, _parameters, _mark, labelled): Expr {
      return labelled.tree();
    },
    nested(_mark): Expr {
      return context.nested(this);
    },
    Paren(_open, inner, _close): Expr {
      return { kind: 'paren', inner: inner.tree(), span: context.span(this) };
    },
  };
}

function collectionActions(context: TreeContext): ActionDict<unknown> {
  const junction = (
    node: OhmNode,
    op: Junction['op'],
    first: OhmNode,
    rest: OhmNode,
  ): Junction => ({
    kind: 'junction',
    op,
    items: [first.tree(), ...repeated<Expr>(rest)],
    span: context.span(node),
  });
  return {
    Tuple(_open, elements, _close): Expr {
      return { kind: 'tuple', elements: listItems(elements), span: context.span(this) };
    },
    Set_filter(_open, bound, _colon, predicate, _close): Expr {
      const span = context.span(this);
      return { kind: 'setFilter', bound: bound.tree(), predicate: predicate.tree(), span };
    },
    Set_map(_open, value, _colon, bounds, _close): Expr {
      const span = context.span(this);
      return { kind: 'setMap', value: value.tree(), bounds: bounds.tree(), span };
    },
    Set_enumeration(_open, elements, _close): Expr {
      const span = context.span(this);
      return { kind: 'setEnumeration', elements: listItems(elements), span };
    },
    Junction_and(_begin, _bullet, first, _next, _bullets, rest, _end): Expr {
      return junction(this, '/\\', first, rest);
    },
    Junction_or(_begin, _bullet, first, _next, _bullets, rest, _end): Expr {
      return junction(this, '\\/', first, rest);
    },
  };
}

function bracketActions(context: TreeContext): ActionDict<unknown> {
  const field = (node: OhmNode, name: OhmNode, value: OhmNode): RecordField => ({
    name: context.identifier(name),
    value: value.tree(),
    span: context.span(node),
  });
  return {
    Bracketed_record(_open, fields, _close): Expr {
      return { kind: 'record', fields: listItems(fields), span: context.span(this) };
    },
    Bracketed_recordSet(_open, fields, _close): Expr {
      return { kind: 'recordSet', fields: listItems(fields), span: context.span(this) };
    },
    Bracketed_function(_open, bounds, _mapsTo, body, _close): Expr {
      const span = context.span(this);
      return { kind: 'function', bounds: bounds.tree(), body: body.tree(), span };
    },
    Bracketed_functionSet(_open, domain, _arrow, range, _close): Expr {
      const span = context.span(this);
      return { kind: 'functionSet', domain: domain.tree(), range: range.tree(), span };
    },
    Bracketed_except(_open, base, _except, updates, _close): Expr {
      const span = context.span(this);
      return { kind: 'except', function: base.tree(), updates: listItems(updates), span };
    },
    RecordField(name, _mapsTo, value): RecordField {
      return field(this, name, value);
    },
    RecordSetField(name, _colon, value): RecordField {
      return field(this, name, value);
    },
    Update(_bang, path, _equals, value): ExceptUpdate {
      return { path: repeated(path), value: value.tree(), span: context.span(this) };
    },
    ExceptStep_index(_open, args, _close): ExceptStep {
      return { kind: 'index', args: listItems(args), span: context.span(this) };
    },
    ExceptStep_field(_dot, name): ExceptStep {
      return { kind: 'field', name: context.identifier(name), span: context.span(this) };
    },
  };
}

function boundActions(context: TreeContext): ActionDict<unknown> {
  const bound = (
    node: OhmNode,
    names: readonly Identifier[],
    tuple: boolean,
    set: OhmNode | null,
  ): Bound => ({ names, tuple, set: set ? set.tree() : null, span: context.span(node) });
  return {
    Bounds(list): Bound[] {
      return listItems(list);
    },
    Bound_names(names, _in, set): Bound {
      return bound(this, listItems(names), false, set);
    },
    Bound_tuple(_open, names, _close, _in, set): Bound {
      return bound(this, listItems(names), true, set);
    },
    SingleBound_name(name, _in, set): Bound {
      return bound(this, [context.identifier(name)], false, set);
    },
    SingleBound_tuple(_open, names, _close, _in, set): Bound {
      return bound(this, listItems(names), true, set);
    },
    Quantifier_bounded(symbol, bounds, _colon, body): Expr {
      return quantifier(context, this, symbol, bounds.tree(), body);
    },
    Quantifier_unbounded(symbol, names, _colon, body): Expr {
      const only = bound(names, listItems(names), false, null);
      return quantifier(context, this, symbol, [only], body);
    },
    Choose_bounded(_choose, single, _colon, body): Expr {
      const span = context.span(this);
      return { kind: 'choose', bound: single.tree(), body: body.tree(), span };
    },
    Choose_unbounded(_choose, name, _colon, body): Expr {
      const only = bound(name, [context.identifier(name)], false, null);
      return { kind: 'choose', bound: only, body: body.tree(), span: context.span(this) };
    },
    Choose_tuple(_choose, _open, names, _close, _colon, body): Expr {
      const only = bound(names, listItems(names), true, null);
      return { kind: 'choose', bound: only, body: body.tree(), span: context.span(this) };
    },
  };
}

function quantifier(
  context: TreeContext,
  node: OhmNode,
  symbol: OhmNode,
  bounds: readonly Bound[],
  body: OhmNode,
): Expr {
  const spelling = canonicalOperator(symbol.sourceString) as '\\A' | '\\E' | '\\AA' | '\\EE';
  const span = context.span(node);
  return { kind: 'quantifier', quantifier: spelling, bounds, body: body.tree(), span };
}

function constructActions(context: TreeContext): ActionDict<unknown> {
  return {
    If(_if, condition, _then, then, _else, otherwise): Expr {
      return {
        kind: 'if',
        condition: condition.tree(),
        // biome-ignore lint/suspicious/noThenProperty: the field's name in the tree
        then: then.tree(),
        else: otherwise.tree(),
        span: context.span(this),
      };
    },
    Case(_case, first, _boxes, rest, other): Expr {
      const arms = [first.tree(), ...repeated<CaseArm>(rest)];
      return { kind: 'case', arms, other: optional(other), span: context.span(this) };
    },
    CaseArm(guard, _arrow, value): CaseArm {
      return { guard: guard.tree(), value: value.tree(), span: context.span(this) };
    },
    CaseOther(_box, _other, _arrow, value): Expr {
      return value.tree();
    },
    Let(_let, definitions, _in, body): Expr {
      const span = context.span(this);
      return { kind: 'let', definitions: repeated(definitions), body: body.tree(), span };
    },
  };
}

function temporalActions(context: TreeContext): ActionDict<unknown> {
  return {
    ActionBox(_open, action, _close, subscript): Expr {
      const span = context.span(this);
      return { kind: 'boxAction', action: action.tree(), subscript: subscript.tree(), span };
    },
    ActionAngle(_open, action, _close, subscript): Expr {
      const span = context.span(this);
      return { kind: 'angleAction', action: action.tree(), subscript: subscript.tree(), span };
    },
    Fairness(head, subscript, _open, action, _close): Expr {
      return {
        kind: 'fairness',
        strength: head.sourceString === 'WF_' ? 'WF' : 'SF',
        subscript: subscript.tree(),
        action: action.tree(),
        span: context.span(this),
      };
    },
  };
}
