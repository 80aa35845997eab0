/** Quantifiers, CHOOSE, set constructors and functions: loops over sets with JavaScript functions. */
import type {
  Bound,
  Choose,
  Expr,
  FunctionLiteral,
  Node,
  Quantifier,
  SetFilter,
  SetMap,
} from '../../syntax/ast.js';
import type { Value } from '../../values/index.js';
import { asBoolean, body, type Code, combine, fault, isConstant, local } from '../code.js';
import { type Binding, bind, type Context } from '../context.js';
import { mapping, mappingOfRows } from '../runtime/functions.js';
import { choose, component, each, exists, filter, forAll, gather, image } from '../runtime/sets.js';
import { compile, unsupported } from './index.js';
import { connected } from './logic.js';
import { remember } from './remember.js';
import { forEachElement, maskOf, Subsets, unrolledElements } from './unroll.js';

/** One set with the JavaScript parameter for its element, and what that binds. */
export interface Loop {
  readonly set: Expr;
  readonly parameter: string;
  readonly bindings: readonly (readonly [string, Binding])[];
}

/** `x, y \in S, <<a, b>> \in T` as one loop per element; null if a bound has no set. */
export function loopsOf(bounds: readonly Bound[], context: Context): readonly Loop[] | null {
  const loops: Loop[] = [];
  for (const bound of bounds) {
    if (bound.set === null) return null;
    if (bound.tuple) loops.push(tupleLoop(bound, bound.set, context));
    else {
      for (const { name } of bound.names) {
        const parameter = context.unit.local(name);
        context.unit.noteValue(parameter);
        const code = local(parameter);
        loops.push({ set: bound.set, parameter, bindings: [[name, { kind: 'code', code }]] });
      }
    }
  }
  return loops;
}

function tupleLoop(bound: Bound, set: Expr, context: Context): Loop {
  const { unit } = context;
  const parameter = unit.local('t');
  const part = unit.use('component', component);
  const site = unit.site(bound.span);
  const count = bound.names.length;
  const bindings = bound.names.map(({ name }, i) => {
    const js = `${part}(${parameter}, ${i}, ${count}, ${site})`;
    const code: Code = { ...local(parameter), js, safe: false };
    return [name, { kind: 'code', code }] as const;
  });
  return { set, parameter, bindings };
}

function unboundedIn(what: string, expr: Node, context: Context): Code {
  return fault(context.unit, 'EVL008', { what }, expr.span);
}

export function compileQuantifier(expr: Quantifier, context: Context): Code {
  const { unit } = context;
  if (expr.quantifier === '\\AA' || expr.quantifier === '\\EE') {
    return unsupported(expr.quantifier, expr, context);
  }
  const loops = loopsOf(expr.bounds, context);
  if (loops === null) return unboundedIn(expr.quantifier, expr, context);
  const written = unrolled(expr, loops, context);
  if (written !== null) return written;
  const run = expr.quantifier === '\\E' ? unit.use('exists', exists) : unit.use('forAll', forAll);
  const inner = bind(
    context,
    loops.flatMap((loop) => loop.bindings),
  );
  const test = compile(expr.body, inner);
  const start = asBoolean(unit, test, `the body of ${expr.quantifier}`, expr.body.span);
  return nest(loops, start, context, run, unit.site(expr.span), 'boolean');
}

/** The tests of all elements of small constant sets; null where there is another set. */
function unrolled(expr: Quantifier, loops: readonly Loop[], context: Context): Code | null {
  const [loop, ...rest] = loops;
  if (loop === undefined) {
    const { body: test } = expr;
    return asBoolean(
      context.unit,
      compile(test, context),
      `the body of ${expr.quantifier}`,
      test.span,
    );
  }
  const elements = unrolledElements(loop, expr.body, context);
  if (elements === null) return null;
  const tests = forEachElement(loop, elements, context, (inner) => unrolled(expr, rest, inner));
  if (tests.includes(null)) return null;
  const op = expr.quantifier === '\\E' ? '\\/' : '/\\';
  return connected(op, tests as readonly Code[], context.unit);
}

/** `run(S, (x) => run(T, (y) => body))` */
function nest(
  loops: readonly Loop[],
  innermost: Code,
  context: Context,
  run: string,
  site: number,
  type: Code['type'],
): Code {
  const walked = loops.reduceRight((inner, loop) => {
    const parts = [compile(loop.set, context), body(context.unit, inner, [loop.parameter])];
    return combine(
      context.unit,
      parts,
      type,
      ([set, js]) => `${run}(${set}, (${loop.parameter}) => ${js}, ${site})`,
    );
  }, innermost);
  return remember(walked, context.unit);
}

export function compileChoose(expr: Choose, context: Context): Code {
  const { unit } = context;
  const loop = loopsOf([expr.bound], context)?.[0];
  if (loop === undefined) return unboundedIn('CHOOSE', expr, context);
  const test = compile(expr.body, bind(context, loop.bindings));
  const start = asBoolean(unit, test, 'the body of CHOOSE', expr.body.span);
  return nest([loop], start, context, unit.use('choose', choose), unit.site(expr.span), 'value');
}

export function compileFilter(expr: SetFilter, context: Context): Code {
  const { unit } = context;
  const loop = loopsOf([expr.bound], context)?.[0];
  if (loop === undefined) return unboundedIn('{x : P}', expr, context);
  const subset = unrolledFilter(expr, loop, context);
  if (subset !== null) return subset;
  const test = compile(expr.predicate, bind(context, loop.bindings));
  const start = asBoolean(unit, test, 'the predicate of a set', expr.predicate.span);
  return nest([loop], start, context, unit.use('filter', filter), unit.site(expr.span), 'any');
}

/** Of a small constant set: the subset that belongs to the results of its tests. */
function unrolledFilter(expr: SetFilter, loop: Loop, context: Context): Code | null {
  const { unit } = context;
  const chosen = filterMask(expr, loop, context);
  if (chosen === null || isConstant(chosen.mask)) return null;
  const subsets = unit.use('subsets', new Subsets(chosen.elements));
  return combine(unit, [chosen.mask], 'value', ([mask]) => `${subsets}.get(${mask})`);
}

/** Which elements of a small constant set a filter keeps, as bits. */
export function filterMask(
  expr: SetFilter,
  loop: Loop,
  context: Context,
): { readonly elements: readonly Value[]; readonly mask: Code } | null {
  const elements = unrolledElements(loop, expr.predicate, context);
  if (elements === null) return null;
  const tests = forEachElement(loop, elements, context, (inner) => {
    const test = compile(expr.predicate, inner);
    return asBoolean(inner.unit, test, 'the predicate of a set', expr.predicate.span);
  });
  const mask = maskOf(tests, context);
  return mask === null ? null : { elements, mask };
}

export function compileMap(expr: SetMap, context: Context): Code {
  const { unit } = context;
  const loops = loopsOf(expr.bounds, context);
  if (loops === null) return unboundedIn('{e : x}', expr, context);
  const made = compile(
    expr.value,
    bind(
      context,
      loops.flatMap((loop) => loop.bindings),
    ),
  );
  const site = unit.site(expr.span);
  if (loops.length === 1) {
    return nest(loops, made, context, unit.use('image', image), site, 'value');
  }
  const add = unit.local('add');
  const adding = combine(unit, [made, local(add)], 'any', ([js]) => `${add}(${js})`);
  const walk = nest(loops, adding, context, unit.use('each', each), site, 'any');
  const run = unit.use('gather', gather);
  return combine(
    unit,
    [body(unit, walk, [add])],
    'value',
    ([js]) => `${run}((${add}) => ${js}, ${site})`,
  );
}

export function compileFunction(expr: FunctionLiteral, context: Context): Code {
  const { unit } = context;
  const loops = loopsOf(expr.bounds, context);
  if (loops === null) return unboundedIn('[x |-> e]', expr, context);
  const made = compile(
    expr.body,
    bind(
      context,
      loops.flatMap((loop) => loop.bindings),
    ),
  );
  const site = unit.site(expr.span);
  if (loops.length === 1) {
    return nest(loops, made, context, unit.use('mapping', mapping), site, 'any');
  }
  const run = unit.use('mappingOfRows', mappingOfRows);
  const parameters = loops.map((loop) => loop.parameter);
  const parts = [...loops.map((loop) => compile(loop.set, context)), body(unit, made, parameters)];
  return combine(unit, parts, 'any', (js) => {
    const sets = js.slice(0, -1).join(', ');
    return `${run}([${sets}], ([${parameters.join(', ')}]) => ${js.at(-1)}, ${site})`;
  });
}
