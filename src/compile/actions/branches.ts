/** What goes on in several ways: disjunctions, `\E`, IF and CASE. */
import type { Case, Expr, If, Quantifier } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import type { Block } from '../block.js';
import { asBoolean } from '../code.js';
import { type Binding, bind, type Context } from '../context.js';
import { filterMask, type Loop, loopsOf } from '../expressions/binders.js';
import { compile } from '../expressions/index.js';
import { forEachElement, unrolledElements } from '../expressions/unroll.js';
import { raise } from '../runtime/fault.js';
import { eachElement } from './elementLoop.js';
import { share } from './share.js';
import { assignedIn, compileStep, ifTest, type Place, type StepPlan, test } from './steps.js';

export function disjuncts(items: readonly Expr[], whole: Expr, place: Place): void {
  const { block, plan } = place;
  const { unit } = place.context;
  if (items.length === 1) {
    compileStep(items[0] as Expr, place);
    return;
  }
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, unit);
  const number = plan.eithers.get(whole);
  const name = number === 1 ? 'either' : `either${number}`;
  items.forEach((item, i) => {
    block.nest('', (inner) => {
      if (number !== undefined) inner.add(pushed([[name, `${i + 1}`]]));
      const counted = number === undefined ? null : plan.coverage?.branch(unit, item, i + 1);
      if (counted) inner.add(counted.begin);
      compileStep(item, { ...place, block: inner, next: shared.next });
      if (counted) inner.add(counted.end);
      if (number !== undefined) inner.add(popped(1));
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
  const walk = ([loop, ...rest]: readonly Loop[], outer: Place): void => {
    if (loop === undefined) {
      compileStep(expr.body, outer);
      return;
    }
    const around = (inner: Place): void => {
      const binding = inner.context.bindings.get(loop.bindings[0]?.[0] as string);
      const bindings = loop.bindings.length === 1 && binding ? [binding] : bindingsOf(loop);
      chosen(loop, bindings, inner.block, plan, () => walk(rest, inner));
    };
    if (writeOut(loop, expr.body, context, outer, around)) return;
    const set = compile(loop.set, context);
    eachElement(loop, set, '\\E', context.unit, outer.block, (inner) => {
      around({ ...outer, block: inner });
    });
  };
  walk(loops, inside);
  shared.close();
}

/** The loop as one copy of its body per element; false where its set is not small and constant. */
function writeOut(
  loop: Loop,
  body: Expr,
  context: Context,
  place: Place,
  around: (inner: Place) => void,
): boolean {
  const { block } = place;
  const set = stripParens(loop.set);
  const filterLoop = set.kind === 'setFilter' ? loopsOf([set.bound], context)?.[0] : undefined;
  const base = filterLoop ?? loop;
  const elements = unrolledElements({ ...loop, set: base.set }, body, context, branchCopiesMax);
  if (elements === null) return false;
  let mask: string | null = null;
  if (set.kind === 'setFilter') {
    const chosenOf = filterLoop && filterMask(set, filterLoop, context);
    if (chosenOf == null) return false;
    // All tests come before the first step, as they do where the set is made.
    mask = context.unit.local('mask');
    block.add(`const ${mask} = ${context.unit.lifted(chosenOf.mask)};`);
  }
  forEachElement(loop, elements, place.context, (inner, element) => {
    const bit = 2 ** elements.indexOf(element);
    block.nest(mask === null ? '' : `if ((${mask} & ${bit}) !== 0)`, (into) => {
      around({ ...place, context: inner, block: into });
    });
  });
  return true;
}

/** So often the rest of a step may be written. */
const branchCopiesMax = 16;

function bindingsOf(loop: Loop): readonly Binding[] {
  return loop.bindings.map(([, binding]) => binding);
}

/** Records what a loop has chosen while `inside` is generated. */
function chosen(
  loop: Loop,
  bindings: readonly Binding[],
  block: Block,
  plan: StepPlan,
  inside: () => void,
): void {
  if (!plan.recordsChoices) {
    inside();
    return;
  }
  const pairs = loop.bindings.map(([name], i) => [name, jsOf(bindings[i] as Binding)] as const);
  block.add(pushed(pairs));
  inside();
  block.add(popped(pairs.length));
}

/** The stack of choices never shrinks: cutting an array costs more than a whole simple step. */
function pushed(pairs: readonly (readonly [string, string])[]): string {
  const put = (js: string): string => `choices[depth++] = ${js};`;
  return pairs.map(([name, js]) => `${put(JSON.stringify(name))} ${put(js)}`).join(' ');
}

function popped(count: number): string {
  return `depth -= ${2 * count};`;
}

function jsOf(binding: Binding): string {
  if (binding.kind !== 'code') throw new Error('a bound variable is no code');
  return binding.code.js;
}

export function compileIf(expr: If, place: Place): void {
  const { context, block, plan } = place;
  const { unit } = context;
  const value = compile(expr.condition, context);
  const condition = asBoolean(unit, value, 'the condition of IF', expr.condition.span);
  const counted = plan.coverage?.test(unit, expr.condition) ?? null;
  if (condition.known !== undefined) {
    if (counted !== null) block.add(condition.known ? counted.isTrue : counted.isFalse);
    compileStep(condition.known ? expr.then : expr.else, place);
    return;
  }
  plan.onConjunct(null);
  const shared = share(place.next, assignedIn(place), block, unit);
  const branch = (inner: Block, to: Expr, counter: string | undefined): void => {
    if (counter !== undefined) inner.add(counter);
    compileStep(to, { ...place, block: inner, next: shared.next });
  };
  block.nest(ifTest(unit.lifted(condition)), (inner) => branch(inner, expr.then, counted?.isTrue));
  block.nest('else', (inner) => branch(inner, expr.else, counted?.isFalse));
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
