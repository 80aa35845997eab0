/** `ENABLED A`: whether the action has a successor in this state, found by running it. */
import type { Expr } from '../../syntax/ast.js';
import { Block } from '../block.js';
import { type Code, fault } from '../code.js';
import type { Context } from '../context.js';
import { PackedStorage } from '../packedStorage.js';
import { hasMapped, MappedTarget } from './mappedTarget.js';
import { compileStep } from './steps.js';
import { SuccessorTarget } from './target.js';

export function compileEnabled(expr: Expr, action: Expr, context: Context): Code {
  const { unit } = context;
  const { storage } = unit;
  if (!(storage instanceof PackedStorage) || context.primed) {
    const holes = { construct: 'ENABLED', place: 'without a current state' };
    return fault(unit, 'EVL021', holes, expr.span);
  }
  const [found, before, state] = ['found', 'before', 'state'].map((name) => unit.local(name));
  const { variables } = unit.sources.specification;
  const mapped = hasMapped(unit);
  const steps = new Block(1);
  compileStep(action, {
    context: { ...context, assigned: new Map() },
    block: steps,
    plan: {
      target: mapped ? new MappedTarget(storage) : new SuccessorTarget(storage),
      // Where there are more to be assigned, no number of them is enough.
      variableCount: mapped ? Number.POSITIVE_INFINITY : variables.length,
      eithers: new Map(),
      recordsChoices: false,
      onConjunct: () => {},
    },
    // As in TLC, a variable may stay without a next value.
    next: (_assigned, block) => block.add(`${found} = true;`),
  });
  const js = [
    '(() => {',
    // A step may be under way, which this must not disturb; its successor may be the state.
    `  const ${before} = n.slice();`,
    `  const ${state} = s;`,
    `  if (s === n) s = ${before};`,
    '  n.set(s);',
    `  let ${found} = false;`,
    steps.toString(),
    `  n.set(${before});`,
    `  s = ${state};`,
    `  return ${found};`,
    '})()',
  ].join('\n');
  return { js, type: 'boolean', free: namesAround(context), safe: false, atomic: true };
}

/** It reads the state, and possibly any local that is bound here. */
function namesAround(context: Context): ReadonlySet<string> {
  const names = [...context.bindings.values()].flatMap((binding) =>
    'code' in binding && binding.code !== null ? [...binding.code.free] : [],
  );
  return new Set(['#enabled', ...names]);
}
