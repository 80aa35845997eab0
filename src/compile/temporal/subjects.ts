/** What a fairness condition is about, in the words of the algorithm: processes and labels. */
import type { LabelInfo } from '../../semantics/specification.js';
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { formatValue, type Value } from '../../values/index.js';
import type { ActionInstance } from '../actions/instances.js';
import { argumentsOf, nameOf } from '../analysis.js';
import { compile } from '../expressions/index.js';
import { conjuncts, namedAction } from './actionNumbers.js';
import type { FairnessSite } from './formulas.js';

/** `process "F", but for LockPage`, `label a of process 1`, `action Eat(p1)`. */
export function subjectOf(
  { action, context }: FairnessSite,
  labels: ReadonlyMap<string, LabelInfo>,
  instances: readonly ActionInstance[],
): string {
  const { span } = action;
  const items = conjuncts(action);
  const named = namedAction(items.at(-1) as Expr, context);
  const name = named && nameOf(named.expr);
  if (named === null || name === null) {
    return `the action in line ${span.source.position(span.start).line}`;
  }
  const args = named.expr.kind === 'apply' ? argumentsOf(named.expr) : [];
  const values = args.map((arg) => compile(arg, named.context).known);
  const known = values.filter((value): value is Value => value !== undefined);
  const label = labels.get(name);
  const own = instances.find((one) => one.label !== null && one.label === label);
  if (label !== undefined) {
    const process = known[0] ?? own?.process ?? null;
    const of = process === null ? '' : ` of process ${formatValue(process)}`;
    return `label ${label.label}${of}`;
  }
  const owned = instances.find((one) => one.label?.owner === name);
  if (owned !== undefined) {
    return processText(name, known[0] ?? owned.process, instances) + leftOut(items.slice(0, -1));
  }
  if (name === 'Next' && known.length === 0) return 'the next-state action';
  const inside = known.map((value) => formatValue(value)).join(', ');
  return known.length === 0 ? `action ${name}` : `action ${name}(${inside})`;
}

/** A process that calls procedures is fair in each of them by a condition of its own. */
function processText(
  owner: string,
  process: Value | null,
  instances: readonly ActionInstance[],
): string {
  if (process === null) return `process ${owner}`;
  const own = instances.filter((one) => one.process === process);
  const owners = new Set(own.map((one) => one.label?.owner));
  const text = `process ${formatValue(process)}`;
  return owners.size > 1 ? `${text} in ${owner}` : text;
}

/** The labels of tests such as `pc[self] # "a"`, which the translator writes for `a:-`. */
function leftOut(guards: readonly Expr[]): string {
  const names = guards.flatMap((guard) => {
    if (guard.kind !== 'infix' || guard.op !== '#') return [];
    const right = stripParens(guard.right);
    return right.kind === 'string' ? [right.value] : [];
  });
  return names.length === 0 ? '' : `, but for ${names.join(' and ')}`;
}
