/**
 * `\A` at conjunct position. For TLC it is the conjunction of its instances (Tool.getNextStates), so
 * each of them may go on in several ways, and may assign.
 */
import type { Quantifier } from '../../syntax/ast.js';
import { bind } from '../context.js';
import { type Loop, loopsOf } from '../expressions/binders.js';
import { compile } from '../expressions/index.js';
import { forEachElement, unrolledElements } from '../expressions/unroll.js';
import { elementsJs } from './elementLoop.js';
import { assignedIn, type Continue, compileStep, type Place, proceed, test } from './steps.js';

export function everyElement(expr: Quantifier, place: Place): void {
  const { context, plan } = place;
  const { body } = expr;
  const assigns = plan.target.assignsIn(body, context);
  const loops = loopsOf(expr.bounds, context);
  if (loops === null || !(assigns || context.unit.sources.analysis.branches(body, context))) {
    test(expr, place);
    return;
  }
  const constant = loops.map((loop) => unrolledElements(loop, body, context));
  // What an instance assigns is known only where the instances are.
  if (assigns && constant.includes(null)) {
    test(expr, place);
    return;
  }
  plan.onConjunct(null);
  const walk = ([loop, ...rest]: readonly Loop[], outer: Place): void => {
    if (loop === undefined) compileStep(body, outer);
    else if (assigns) written(loop, place, outer, (inner) => walk(rest, inner));
    else walked(loop, place, outer, (inner) => walk(rest, inner));
  };
  walk(loops, place);
}

/** One instance after the other, each inside what follows the one before. */
function written(loop: Loop, { context }: Place, outer: Place, body: (inner: Place) => void): void {
  const { unit } = context;
  const elements = unrolledElements(loop, loop.set, context) ?? [];
  const bound = forEachElement(loop, elements, outer.context, (inner) => inner.bindings);
  const from = (i: number, at: Place): void => {
    const bindings = bound[i];
    if (bindings === undefined) {
      outer.next(assignedIn(at), at.block);
      return;
    }
    const next: Continue = (assigned, block) =>
      from(i + 1, { ...at, block, context: { ...at.context, assigned } });
    body({ ...at, context: { ...at.context, unit, bindings }, next });
  };
  from(0, outer);
}

/** A function for what is left of the elements, which every way of an instance calls. */
function walked(loop: Loop, { context }: Place, outer: Place, body: (inner: Place) => void): void {
  const { unit } = context;
  const elements = unit.local('elements');
  const every = unit.local('every');
  const i = unit.local('i');
  const over = elementsJs(compile(loop.set, context), '\\A', loop.set.span, unit);
  outer.block.add(`const ${elements} = ${over};`);
  outer.block.nest(
    `const ${every} = (${i}) =>`,
    (inside) => {
      inside.nest(`if (${i} === ${elements}.length)`, (end) => proceed(outer, end));
      inside.nest('else', (instance) => {
        instance.add(`const ${loop.parameter} = ${elements}[${i}];`);
        const inner = bind(outer.context, loop.bindings);
        const next: Continue = (_assigned, block) => block.add(`${every}(${i} + 1);`);
        body({ ...outer, block: instance, context: inner, next });
      });
    },
    ';',
  );
  outer.block.add(`${every}(0);`);
}
