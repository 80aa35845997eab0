/** What goes on in several ways: disjunctions, `\E`, IF and CASE. */
import type { Case, Expr, If, Quantifier } from '../../syntax/ast.js';
import type { Block } from '../block.js';
import { asBoolean, type Code } from '../code.js';
import { type Binding, bind, type Context } from '../context.js';
import { type Loop, loopsOf } from '../expressions/binders.js';
import { compile } from '../expressions/index.js';
import { raise } from '../runtime/fault.js';
import { elementsOf } from '../runtime/sets.js';
import { share } from './share.js';
import { assignedIn, compileStep, ifTest, type Place, type StepPlan, test } from './steps.js';

export function disjuncts(items: readonly Expr[], whole: Expr, place: Place): void {
  const { block, plan } = place;
  if (items.length === 1) {
    compileStep(items[0] as Expr, place);
    return;
  }
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, place.context.unit);
  const number = plan.eithers.get(whole);
  const name = number === 1 ? 'either' : `either${number}`;
  items.forEach((item, i) => {
    block.nest('', (inner) => {
      if (number !== undefined) inner.add(`choices.push("${name}", ${i + 1});`);
      compileStep(item, { ...place, block: inner, next: shared.next });
      if (number !== undefined) inner.add('choices.length -= 2;');
    });
  });
  shared.close();
}

export function someElement(expr: Quantifier, place: Place): void {
  const { context, block, plan } = place;
  const loops = loopsOf(expr.bounds, context);
  if (loops === null) {
    test(expr, place);
    return;
  }
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, context.unit);
  const bindings = loops.flatMap((loop) => loop.bindings);
  const inside: Place = { ...place, context: bind(context, bindings), next: shared.next };
  const walk = ([loop, ...rest]: readonly Loop[], outer: Block): void => {
    if (loop === undefined) {
      compileStep(expr.body, { ...inside, block: outer });
      return;
    }
    const over = elementsJs(compile(loop.set, context), '\\E', loop.set, context);
    outer.nest(`for (const ${loop.parameter} of ${over})`, (inner) => {
      chosen(loop, inner, plan, () => walk(rest, inner));
    });
  };
  walk(loops, block);
  shared.close();
}

/** Records what a loop has chosen while `inside` is generated. */
function chosen(loop: Loop, block: Block, plan: StepPlan, inside: () => void): void {
  if (!plan.recordsChoices) {
    inside();
    return;
  }
  const pairs = loop.bindings.map(([name, binding]) => `"${name}", ${jsOf(binding)}`);
  block.add(`choices.push(${pairs.join(', ')});`);
  inside();
  block.add(`choices.length -= ${2 * pairs.length};`);
}

function jsOf(binding: Binding): string {
  if (binding.kind !== 'code') throw new Error('a bound variable is no code');
  return binding.code.js;
}

export function elementsJs(set: Code, what: string, at: Expr, { unit }: Context): string {
  const run = unit.use('elementsOf', elementsOf);
  return `${run}(${unit.lifted(set)}, ${JSON.stringify(what)}, ${unit.site(at.span)})`;
}

export function compileIf(expr: If, place: Place): void {
  const { context, block, plan } = place;
  const { unit } = context;
  const value = compile(expr.condition, context);
  const condition = asBoolean(unit, value, 'the condition of IF', expr.condition.span);
  if (condition.known !== undefined) {
    compileStep(condition.known ? expr.then : expr.else, place);
    return;
  }
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, unit);
  block.nest(ifTest(unit.lifted(condition)), (inner) =>
    compileStep(expr.then, { ...place, block: inner, next: shared.next }),
  );
  block.nest('else', (inner) =>
    compileStep(expr.else, { ...place, block: inner, next: shared.next }),
  );
  shared.close();
}

export function compileCases(expr: Case, place: Place): void {
  const { context, block, plan } = place;
  const { unit } = context;
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, unit);
  expr.arms.forEach(({ guard, value }, i) => {
    const code = asBoolean(unit, compile(guard, context), 'a guard of CASE', guard.span);
    block.nest(`${i === 0 ? '' : 'else '}${ifTest(unit.lifted(code))}`, (inner) =>
      compileStep(value, { ...place, block: inner, next: shared.next }),
    );
  });
  block.nest('else', (inner) => {
    if (expr.other) compileStep(expr.other, { ...place, block: inner, next: shared.next });
    else inner.add(`${unit.use('raise', raise)}('EVL013', ${unit.site(expr.span)}, {});`);
  });
  shared.close();
}
