/**
 * Trees for the laws of the front end: every construct with holes, from which all small trees and
 * random larger ones are made. The random numbers come from a seed, so a failure can be repeated.
 */
import { span } from '../../src/source/text.js';
import type {
  Bound,
  Expr,
  Identifier,
  Parameter,
  RecordField,
  Unit,
} from '../../src/syntax/ast.js';
import { text } from './shape.js';

/** Makes an expression from those that it is given for its holes. */
export interface Construct {
  readonly name: string;
  readonly holes: number;
  readonly make: (parts: readonly Expr[]) => Expr;
}

/** A number in [0, 1), each time another (mulberry32). */
export type Random = () => number;

export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function choose<T>(random: Random, all: readonly T[]): T {
  return all[Math.floor(random() * all.length)] as T;
}

const at = span(text(''), 0, 0);
const id = (name: string): Identifier => ({ name, span: at });
const name = (one: string): Expr => ({ kind: 'name', prefix: [], name: one, span: at });
const bound = (names: readonly string[], set: Expr | null, tuple = false): Bound => ({
  ...{ names: names.map(id), set, tuple, span: at },
});
const param = (one: string, arity = 0): Parameter => ({ name: id(one), arity, span: at });
const field = (one: string, value: Expr): RecordField => ({ name: id(one), value, span: at });

export const leaves: readonly Expr[] = [
  ...['x', 'Long_name', 'y1'].map(name),
  { kind: 'name', prefix: [{ name: id('M'), args: [], span: at }], name: 'z', span: at },
  ...['12', '3.5', '\\b101', '\\hFf'].map((one): Expr => ({ kind: 'number', text: one, span: at })),
  ...['', 'a "b" \\ \t c'].map((value): Expr => ({ kind: 'string', value, span: at })),
  { kind: 'boolean', value: true, span: at },
  { kind: 'at', span: at },
  { kind: 'setEnumeration', elements: [], span: at },
  { kind: 'tuple', elements: [], span: at },
];

const prefixes = ['~', '-.', '[]', '<>', 'ENABLED', 'UNCHANGED', 'DOMAIN', 'SUBSET', 'UNION'];
const postfixes = ["'", '^+', '^*', '^#'];
/** At least one of every row of the table of precedence. */
const infixes = [
  ...['=>', '<=>', '~>', '-+->', '/\\', '\\/', '=', '#', '\\in', '\\notin', '<', '<=', ':='],
  ...['\\subseteq', '|-', '\\cdot', '@@', ':>', '<:', '\\', '\\cap', '\\cup', '..', '...', '!!'],
  ...['$', '##', '\\wr', '+', '(+)', '%', '%%', '|', '-', '--', '/', '\\div', '*', '\\o', '(\\X)'],
  ...['^', '^^'],
];

type Make = (parts: readonly [Expr, Expr, Expr]) => Expr;

function construct(named: string, holes: number, make: Make): Construct {
  return { name: named, holes, make: (parts) => make(parts as readonly [Expr, Expr, Expr]) };
}

const operators: readonly Construct[] = [
  ...prefixes.map((op) =>
    construct(op, 1, ([a]) => ({ kind: 'prefix', op, operand: a, span: at })),
  ),
  ...postfixes.map((op) =>
    construct(op, 1, ([a]) => ({ kind: 'postfix', op, operand: a, span: at })),
  ),
  ...infixes.map((op) =>
    construct(op, 2, ([a, b]) => ({ kind: 'infix', op, left: a, right: b, span: at })),
  ),
  construct('product', 3, ([a, b, c]) => ({ kind: 'product', factors: [a, b, c], span: at })),
  ...(['/\\', '\\/'] as const).map((op) =>
    construct(`list ${op}`, 2, ([a, b]) => ({ kind: 'junction', op, items: [a, b], span: at })),
  ),
];

const lambda = (body: Expr): Expr => ({
  ...{ kind: 'lambda', params: [id('p'), id('q')], body, span: at },
});
const call = (args: readonly Expr[]): Expr => ({
  ...{ kind: 'apply', prefix: [], name: id('F'), args, span: at },
});

const applications: readonly Construct[] = [
  construct('F(…)', 2, ([a, b]) => call([a, b])),
  construct('F(+, LAMBDA)', 1, ([a]) => call([name('+'), lambda(a)])),
  construct('F(+)', 0, () => call([name('+')])),
  construct('M(…)!F(…)', 2, ([a, b]) => ({
    kind: 'apply',
    prefix: [{ name: id('M'), args: [a], span: at }],
    name: id('F'),
    args: [b],
    span: at,
  })),
  construct('f[…]', 2, ([a, b]) => ({ kind: 'index', function: a, args: [b], span: at })),
  construct('f[…, …]', 2, ([a, b]) => ({
    ...{ kind: 'index', function: name('f'), args: [a, b], span: at },
  })),
  construct('.f', 1, ([a]) => ({ kind: 'field', record: a, name: id('f'), span: at })),
];

const binders: readonly Construct[] = [
  ...(['\\A', '\\E'] as const).map((quantifier) =>
    construct(quantifier, 3, ([a, b, c]) => ({
      ...{ kind: 'quantifier', quantifier, body: c, span: at },
      bounds: [bound(['p', 'q'], a), bound(['r', 's'], b, true)],
    })),
  ),
  construct('\\EE', 1, ([a]) => ({
    ...{ kind: 'quantifier', quantifier: '\\EE', body: a, span: at },
    bounds: [bound(['p', 'q'], null)],
  })),
  construct('CHOOSE', 2, ([a, b]) => ({
    ...{ kind: 'choose', bound: bound(['p'], a), body: b, span: at },
  })),
  construct('CHOOSE p', 1, ([a]) => ({
    ...{ kind: 'choose', bound: bound(['p'], null), body: a, span: at },
  })),
  construct('filter', 2, ([a, b]) => ({
    ...{ kind: 'setFilter', bound: bound(['p'], a), predicate: b, span: at },
  })),
  construct('filter <<>>', 2, ([a, b]) => ({
    ...{ kind: 'setFilter', bound: bound(['p', 'q'], a, true), predicate: b, span: at },
  })),
  construct('map', 3, ([a, b, c]) => ({
    ...{ kind: 'setMap', value: a, bounds: [bound(['p'], b), bound(['q'], c)], span: at },
  })),
  construct('function', 3, ([a, b, c]) => ({
    ...{ kind: 'function', bounds: [bound(['p'], a), bound(['q'], b)], body: c, span: at },
  })),
];

const brackets: readonly Construct[] = [
  construct('{…}', 2, ([a, b]) => ({ kind: 'setEnumeration', elements: [a, b], span: at })),
  construct('<<…>>', 2, ([a, b]) => ({ kind: 'tuple', elements: [a, b], span: at })),
  construct('[S -> T]', 2, ([a, b]) => ({ kind: 'functionSet', domain: a, range: b, span: at })),
  construct('record', 2, ([a, b]) => ({
    ...{ kind: 'record', fields: [field('a', a), field('b', b)], span: at },
  })),
  construct('records', 2, ([a, b]) => ({
    ...{ kind: 'recordSet', fields: [field('a', a), field('b', b)], span: at },
  })),
  construct('EXCEPT', 3, ([a, b, c]) => ({
    ...{ kind: 'except', function: a, span: at },
    updates: [
      { path: [{ kind: 'index', args: [b, b], span: at }], value: c, span: at },
      { path: [{ kind: 'field', name: id('f'), span: at }], value: c, span: at },
    ],
  })),
  construct('[A]_v', 2, ([a, b]) => ({ kind: 'boxAction', action: a, subscript: b, span: at })),
  construct('<<A>>_v', 2, ([a, b]) => ({ kind: 'angleAction', action: a, subscript: b, span: at })),
  construct('WF_v', 2, ([a, b]) => ({
    ...{ kind: 'fairness', strength: 'WF', subscript: a, action: b, span: at },
  })),
];

const choices: readonly Construct[] = [
  construct('IF', 3, ([a, b, c]) => ({
    // biome-ignore lint/suspicious/noThenProperty: the field's name in the tree
    ...{ kind: 'if', condition: a, then: b, else: c, span: at },
  })),
  construct('CASE', 2, ([a, b]) => ({
    ...{ kind: 'case', other: null, span: at },
    arms: [
      { guard: a, value: b, span: at },
      { guard: b, value: a, span: at },
    ],
  })),
  construct('CASE OTHER', 3, ([a, b, c]) => ({
    ...{ kind: 'case', arms: [{ guard: a, value: b, span: at }], other: c, span: at },
  })),
  construct('LET', 3, ([a, b, c]) => ({
    ...{ kind: 'let', body: c, span: at },
    definitions: [definition('op', [param('p'), param('g', 1)], a), functionUnit('fn', b)],
  })),
];

export const constructs: readonly Construct[] = [
  ...operators,
  ...applications,
  ...binders,
  ...brackets,
  ...choices,
];

function definition(named: string, params: readonly Parameter[], body: Expr): Unit {
  const common = { kind: 'operator', fixity: 'named', local: false, span: at } as const;
  return { ...common, name: id(named), params, body };
}

function functionUnit(named: string, body: Expr): Unit {
  const common = { kind: 'functionDefinition', local: false, span: at } as const;
  return { ...common, name: id(named), bounds: [bound(['p', 'q'], name('S'))], body };
}

/** Units of every kind, with the expression wherever one may stand. */
export function unitsWith(body: Expr): readonly Unit[] {
  const operator = (fixity: 'infix' | 'prefix' | 'postfix', symbol: string): Unit => ({
    ...{ kind: 'operator', name: id(symbol), fixity, body, local: fixity === 'infix', span: at },
    params: fixity === 'infix' ? [param('p'), param('q')] : [param('p')],
  });
  const instance = { module: id('N'), substitutions: [field('a', body), field('+', name('Plus'))] };
  return [
    { kind: 'variables', names: [id('v'), id('w')], span: at },
    { kind: 'constants', declarations: [param('N'), param('G', 2), param('++', 2)], span: at },
    { kind: 'recursive', declarations: [param('R', 1)], span: at },
    definition('Named', [param('p'), param('g', 2)], body),
    functionUnit('fun', body),
    ...[operator('infix', '(+)'), operator('prefix', '-.'), operator('postfix', '^#')],
    { kind: 'instance', instance: { ...instance, span: at }, local: true, span: at },
    {
      ...{ kind: 'moduleDefinition', name: id('I'), params: [param('p')], local: false, span: at },
      instance: { ...instance, span: at },
    },
    { kind: 'assume', name: id('Fact'), body, span: at },
    { kind: 'theorem', name: null, body, span: at },
    { kind: 'separator', span: at },
  ];
}

/** A tree of at most that depth. */
export function randomExpr(random: Random, depth: number): Expr {
  if (depth === 0 || random() < 0.1) return choose(random, leaves);
  const { holes, make } = choose(random, constructs);
  return make(Array.from({ length: holes }, () => randomExpr(random, depth - 1)));
}
