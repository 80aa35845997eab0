/** What gives a variable its next value: `x' = e`, `x' \in S`, UNCHANGED. */
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import { local } from '../code.js';
import { compile } from '../expressions/index.js';
import { equal } from '../runtime/equality.js';
import { elementsJs } from './elementLoop.js';
import { meaningOf } from './meaning.js';
import { share } from './share.js';
import { assignedIn, type Place, proceed } from './steps.js';

export function assign(variable: string, expr: Expr, place: Place): void {
  const { context, block, plan } = place;
  const before = assignedIn(place);
  plan.onConjunct(null);
  plan.target.assign(variable, expr, context, block, (assigned) =>
    place.next(new Map([...before, [variable, assigned]]), block),
  );
}

/** `x' \in S` */
export function assignFrom(variable: string, set: Expr, place: Place): void {
  const { context, block, plan } = place;
  const { unit } = context;
  const before = assignedIn(place);
  plan.onConjunct(null);
  const shared = share(place.next, before, block, unit);
  const js = unit.local(variable);
  const over = elementsJs(compile(set, context), '\\in', set.span, unit);
  block.nest(`for (const ${js} of ${over})`, (inner) => {
    plan.target.assignCode(variable, local(js), unit, inner, set.span, (assigned) =>
      shared.next(new Map([...before, [variable, assigned]]), inner),
    );
  });
  shared.close();
}

/** UNCHANGED of a variable assigns it; of a tuple, or of the name of one, its parts. */
export function unchanged(expr: Expr, place: Place): void {
  const { context, block, plan } = place;
  const inner = stripParens(expr);
  const primed: Expr = { kind: 'postfix', op: "'", operand: inner, span: inner.span };
  const variable = plan.target.variableOf(primed, context);
  const meaning = meaningOf(inner, context);
  if (variable === null && meaning.expr.kind === 'tuple') {
    unchangedAll(meaning.expr.elements, { ...place, context: meaning.context });
    return;
  }
  if (variable !== null && !assignedIn(place).has(variable)) {
    assign(variable, meaning.expr, { ...place, context: meaning.context });
    return;
  }
  plan.onConjunct(null);
  const { unit } = context;
  const [after, before] = [compile(primed, context), compile(inner, context)];
  const same = `${unit.use('equal', equal)}(${after.js}, ${before.js}, ${unit.site(inner.span)})`;
  block.nest(`if (${same})`, (into) => proceed(place, into));
}

function unchangedAll([first, ...rest]: readonly Expr[], place: Place): void {
  if (first === undefined) {
    proceed(place);
    return;
  }
  unchanged(first, {
    ...place,
    next: (assigned, block) =>
      unchangedAll(rest, { ...place, block, context: { ...place.context, assigned } }),
  });
}
