/** LET and definitions inside a step: what assigns or branches is entered, the rest is a test. */
import type { Apply, Let, Name } from '../../syntax/ast.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { bind, enter } from '../context.js';
import { bindDefinitions } from '../expressions/let.js';
import { bindingOf, outermost } from '../expressions/names.js';
import { compileStep, type Place, test } from './steps.js';

export function inLet(expr: Let, place: Place): void {
  const { context, block, plan } = place;
  const { context: inner, locals } = bindDefinitions(expr.definitions, expr.body, context);
  for (const { js, code } of locals) block.add(`const ${js} = ${context.unit.lifted(code)};`);
  if (locals.length > 0) plan.onConjunct(null);
  compileStep(expr.body, { ...place, context: inner });
}

export function named(expr: Name | Apply, place: Place): void {
  const { context, plan } = place;
  const { unit } = context;
  const { analysis } = unit.sources;
  const name = nameOf(expr) as string;
  const binding = context.bindings.get(name);
  const definition = binding?.kind === 'operator' ? binding.definition : analysis.definition(name);
  const isStep = plan.target.assignsIn(expr, context) || analysis.branches(expr, context);
  if (isStep && binding?.kind === 'closure') {
    const { closure } = binding;
    compileStep(closure.expr, { ...place, context: enter(closure, context) });
    return;
  }
  const isEntered = isStep && definition?.kind === 'operator';
  if (!isEntered || !unit.startExpansion(definition)) {
    test(expr, place);
    return;
  }
  const given = argumentsOf(expr).map((arg) => ({ expr: arg, context }));
  const bindings = definition.params.map((param, i) => {
    const argument = given[i];
    if (argument === undefined) throw new Error(`too few arguments for ${name}`);
    return [param.name.name, bindingOf(argument, param.arity, context)] as const;
  });
  const home = binding?.kind === 'operator' ? binding.context() : outermost(context);
  compileStep(definition.body, {
    ...place,
    context: { ...bind(home, bindings), unit, assigned: context.assigned },
    next: (assigned, block) => {
      // What follows is outside of the definition, which may be used there again.
      unit.endExpansion(definition);
      place.next(assigned, block);
      unit.startExpansion(definition);
    },
  });
  unit.endExpansion(definition);
}
