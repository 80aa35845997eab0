/** Propositional operators, IF and CASE, equality and membership. */
import type { Case, Expr, If, Infix, Junction, Prefix } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import type { Value } from '../../values/index.js';
import { compileEnabled } from '../actions/enabled.js';
import { asBoolean, type Code, combine, type Guard, literal } from '../code.js';
import type { Context } from '../context.js';
import { equal, member, notEqual, notMember } from '../runtime/equality.js';
import { Fault, raise } from '../runtime/fault.js';
import { domain } from '../runtime/functions.js';
import { PowerSet } from '../runtime/productSets.js';
import {
  difference,
  flatten,
  intersect,
  intersection,
  set,
  subsetOrEqual,
  subtract,
  union,
  unite,
} from '../runtime/sets.js';
import type { Unit } from '../unit.js';
import { compile, unsupported } from './index.js';
import { applyNamed } from './names.js';
import { compileSmallest } from './numbers.js';
import { remember } from './remember.js';

function truth(expr: Expr, context: Context, place: string): Code {
  return asBoolean(context.unit, compile(expr, context), place, expr.span);
}

export function compileJunction(expr: Junction, context: Context): Code {
  return connect(expr.op, expr.items, context);
}

function connect(op: '/\\' | '\\/', items: readonly Expr[], context: Context): Code {
  return connected(
    op,
    items.map((item) => truth(item, context, op)),
    context.unit,
  );
}

/** Conjunction or disjunction of booleans; of none, what decides nothing. */
export function connected(op: '/\\' | '\\/', given: readonly Code[], unit: Unit): Code {
  const parts = decisive(given, op === '/\\');
  const sign = op === '/\\' ? ' && ' : ' || ';
  if (parts.length === 1) return parts[0] as Code;
  const made = combine(unit, parts, 'boolean', (js) => `(${js.join(sign)})`);
  const guard = op === '/\\' ? parts[0]?.guard : undefined;
  return guard === undefined ? made : { ...made, guard };
}

/** Without the known parts that decide nothing, and what follows one that decides. */
function decisive(parts: readonly Code[], neutral: boolean): readonly Code[] {
  const end = parts.findIndex((part) => part.known === !neutral);
  const upTo = end < 0 ? parts : parts.slice(0, end + 1);
  const kept = upTo.filter((part) => part.known !== neutral);
  return kept.length === 0 ? [literal(neutral)] : kept;
}

/**
 * The operators that evaluate both sides, whatever their values are. `run` remembers its results;
 * `compute` does not.
 */
const eager = {
  '\\in': { run: member, name: 'member', type: 'boolean' },
  '\\notin': { run: notMember, name: 'notMember', type: 'boolean' },
  '\\subseteq': { run: subsetOrEqual, name: 'subsetOrEqual', type: 'boolean' },
  '\\cup': { run: union, name: 'union', type: 'any', compute: unite },
  '\\cap': { run: intersection, name: 'intersection', type: 'any', compute: intersect },
  '\\': { run: difference, name: 'difference', type: 'any', compute: subtract },
} as const;

export function compileInfix(expr: Infix, context: Context): Code {
  const { unit } = context;
  const overridden = unit.sources.analysis.definition(expr.op) !== undefined;
  if (overridden) return general(expr, context);
  switch (expr.op) {
    case '/\\':
    case '\\/':
      return connect(expr.op, [expr.left, expr.right], context);
    case '=>': {
      const left = truth(expr.left, context, '=>');
      if (left.known === false) return literal(true);
      const right = truth(expr.right, context, '=>');
      if (left.known === true) return right;
      const parts = [left, right];
      return combine(unit, parts, 'boolean', ([p, q]) => `(!${p} || ${q})`);
    }
    case '<=>': {
      const parts = [truth(expr.left, context, '<=>'), truth(expr.right, context, '<=>')];
      return combine(unit, parts, 'boolean', ([p, q]) => `(${p} === ${q})`);
    }
    case '=':
    case '#':
      return compileEquality(expr, context);
    case '\\in':
    case '\\notin': {
      const right = stripParens(expr.right);
      if (right.kind === 'setEnumeration' && right.elements.length <= 8) {
        return compileOneOf(expr, right.elements, context);
      }
      return compileEager(expr, eager[expr.op], context);
    }
    case '\\subseteq':
    case '\\cup':
    case '\\cap':
    case '\\':
      return compileEager(expr, eager[expr.op], context);
    case '~>':
    case '-+->':
    case '\\cdot':
      return unsupported(expr.op, expr, context);
    default:
      return general(expr, context);
  }
}

function general(expr: Infix, context: Context): Code {
  const given = [expr.left, expr.right].map((side) => ({ expr: side, context }));
  return applyNamed(expr.op, given, context, expr.span);
}

function compileEager(
  expr: Infix,
  operator: (typeof eager)[keyof typeof eager],
  context: Context,
): Code {
  const { unit } = context;
  const parts = [compile(expr.left, context), compile(expr.right, context)];
  let given = '';
  const made = combine(unit, parts, operator.type, (js) => {
    given = `(${js.join(', ')}, ${unit.site(expr.span)})`;
    return `${unit.use(operator.name, operator.run)}${given}`;
  });
  if (!('compute' in operator)) return made;
  // What is remembered here need not be remembered there.
  const once = remember(
    { ...made, js: `${unit.use(operator.compute.name, operator.compute)}${given}` },
    unit,
  );
  return once.remembered === undefined ? made : once;
}

/** `x \in {a, b}`: one comparison after the other, so that the set need not be one. */
function compileOneOf(expr: Infix, elements: readonly Expr[], context: Context): Code {
  const { unit } = context;
  const left = compile(expr.left, context);
  const name = left.safe ? null : unit.local('e');
  const right = elements.map((element) => compile(element, context));
  const isEqual = unit.use('equal', equal);
  const site = unit.site(expr.span);
  const sign = expr.op === '\\in' ? '' : '!';
  return combine(unit, [left, ...right], 'boolean', ([first, ...rest]) => {
    const tests = rest.map((one) => `${isEqual}(${name ?? first}, ${one}, ${site})`);
    const any = tests.length === 0 ? 'false' : `(${tests.join(' || ')})`;
    return name === null ? `${sign}${any}` : `${sign}((${name}) => ${any})(${first})`;
  });
}

function compileEquality(expr: Infix, context: Context): Code {
  const { unit } = context;
  const left = compile(expr.left, context);
  const right = compile(expr.right, context);
  const isEqual = expr.op === '=';
  if (left.known !== undefined && right.known !== undefined) {
    const known = equalIfComparable(left.known, right.known);
    if (known !== null) return literal(known === isEqual);
  }
  if (left.type === right.type && left.type !== 'any' && left.type !== 'value') {
    const sign = isEqual ? '===' : '!==';
    return combine(unit, [left, right], 'boolean', ([a, b]) => `(${a} ${sign} ${b})`);
  }
  const bySlot = compareSlot(left, right, unit) ?? compareSlot(right, left, unit);
  const name =
    isEqual || bySlot !== null ? unit.use('equal', equal) : unit.use('notEqual', notEqual);
  const site = unit.site(expr.span);
  const made = combine(unit, [left, right], 'boolean', (js) => {
    const compared = `${name}(${js.join(', ')}, ${site})`;
    if (bySlot === null) return compared;
    return `${isEqual ? '' : '!'}(${bySlot.test} || ${bySlot.isMixed} && ${compared})`;
  });
  if (bySlot?.guard == null || !isEqual) return made;
  return { ...made, guard: bySlot.guard };
}

/** Null where comparing the values is a fault, which is for the run to report. */
function equalIfComparable(left: Value, right: Value): boolean | null {
  try {
    return equal(left, right, -1);
  } catch (error) {
    if (error instanceof Fault) return null;
    throw error;
  }
}

/** A slot against a known value: their codes decide, unless the slot has had other kinds, too. */
function compareSlot(
  read: Code,
  other: Code,
  unit: Unit,
): { readonly test: string; readonly isMixed: string; readonly guard: Guard | null } | null {
  if (read.slot === undefined || other.known === undefined) return null;
  const packed = unit.storage.compareSlot?.(unit, read.slot.number, other.known);
  if (packed === undefined) return null;
  const { vector, number } = read.slot;
  const { code, isMixed } = packed;
  const guard = vector === 's' ? { slot: number, code, isMixed } : null;
  return { test: `${vector}[${number}] === ${code}`, isMixed, guard };
}

export function compilePrefix(expr: Prefix, context: Context): Code {
  const { unit } = context;
  const site = unit.site(expr.span);
  const operand = (): Code => compile(expr.operand, context);
  switch (expr.op) {
    case '~':
      return negation(truth(expr.operand, context, '~'), unit);
    case 'DOMAIN': {
      const run = unit.use('domain', domain);
      return combine(unit, [operand()], 'any', ([f]) => `${run}(${f}, ${site})`);
    }
    case 'UNION': {
      const run = unit.use('flatten', flatten);
      return combine(unit, [operand()], 'any', ([s]) => `${run}(${s}, ${site})`);
    }
    case 'SUBSET': {
      const [made, check] = [unit.use('PowerSet', PowerSet), unit.use('set', set)];
      return combine(
        unit,
        [operand()],
        'any',
        ([s]) => `new ${made}(${check}(${s}, 'SUBSET', ${site}))`,
      );
    }
    case 'UNCHANGED': {
      const next = compile(expr.operand, { ...context, primed: true });
      const isEqual = unit.use('equal', equal);
      return combine(
        unit,
        [next, operand()],
        'boolean',
        ([a, b]) => `${isEqual}(${a}, ${b}, ${site})`,
      );
    }
    case 'ENABLED':
      return compileEnabled(expr, expr.operand, context);
    case '[]':
    case '<>':
      return unsupported(expr.op, expr, context);
    default: {
      const whole = expr.op === '-.' ? compileSmallest(expr.operand) : null;
      return whole ?? applyNamed(expr.op, [{ expr: expr.operand, context }], context, expr.span);
    }
  }
}

function negation(code: Code, unit: Unit): Code {
  if (typeof code.known === 'boolean') return literal(!code.known);
  return combine(unit, [code], 'boolean', ([p]) => `!${p}`);
}

export function compileIf(expr: If, context: Context): Code {
  const { unit } = context;
  const condition = truth(expr.condition, context, 'the condition of IF');
  if (condition.known !== undefined)
    return compile(condition.known ? expr.then : expr.else, context);
  const [yes, no] = [compile(expr.then, context), compile(expr.else, context)];
  const type = yes.type === no.type ? yes.type : 'any';
  return combine(unit, [condition, yes, no], type, ([c, a, b]) => `(${c} ? ${a} : ${b})`);
}

export function compileCase(expr: Case, context: Context): Code {
  const { unit } = context;
  const guards = expr.arms.map((arm) => truth(arm.guard, context, 'a guard of CASE'));
  const values = expr.arms.map((arm) => compile(arm.value, context));
  const other = expr.other ? compile(expr.other, context) : null;
  const results = other ? [...values, other] : values;
  const first = (results[0] ?? literal(false)).type;
  const type = results.every((one) => one.type === first) ? first : 'any';
  const none = `${unit.use('raise', raise)}('EVL013', ${unit.site(expr.span)}, {})`;
  const count = guards.length;
  return combine(unit, [...guards, ...results], type, (js) => {
    const arms = guards.map((_, i) => `${js[i]} ? ${js[count + i]} : `);
    return `(${arms.join('')}${other ? js[2 * count] : none})`;
  });
}
