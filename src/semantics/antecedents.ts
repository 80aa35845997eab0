/**
 * What must happen for an invariant to say anything: the A of `A => B`, also below `\A`, conjunctions,
 * LET and definitions, and that the set of a `\A` has an element. Where it never happens, the
 * invariant holds and says nothing ("vacuously": Beer, Ben-David, Eisner and Rodeh, "Efficient
 * Detection of Vacuity in Temporal Model Checking", 2001, look for the same in formulas).
 * Limit: disjunctions, CASE and operators with parameters are not looked into.
 */
import type { Span } from '../source/text.js';
import type { Expr } from '../syntax/ast.js';
import { stripParens } from '../syntax/walk.js';
import { Level, type LevelChecker } from './levels.js';
import type { Antecedent, Definition, NamedFormula } from './specification.js';

export interface AntecedentContext {
  readonly levels: LevelChecker;
  /** The definition that a name stands for after the configuration's replacements. */
  definition(name: string): Definition | undefined;
}

/** Puts a predicate below the quantifiers, premises and definitions around the place. */
type Around = (inner: Expr) => Expr;

const definitionDepthMax = 20;

export function antecedentsOf(
  invariant: NamedFormula,
  context: AntecedentContext,
): readonly Antecedent[] {
  const found: Antecedent[] = [];
  const { name } = invariant;
  const add = (kind: Antecedent['kind'], expr: Expr, span: Span, outer: number | null) => {
    // What only constants decide is the configuration's wish.
    if (context.levels.expression(expr) !== Level.state) return outer;
    return found.push({ invariant: name, kind, formula: { name, expr, span }, outer }) - 1;
  };
  const visit = (expr: Expr, around: Around, outer: number | null, depth: number): void => {
    const inner = stripParens(expr);
    const { span } = inner;
    if (inner.kind === 'junction' && inner.op === '/\\') {
      for (const item of inner.items) visit(item, around, outer, depth);
    } else if (inner.kind === 'infix' && inner.op === '/\\') {
      visit(inner.left, around, outer, depth);
      visit(inner.right, around, outer, depth);
    } else if (inner.kind === 'infix' && inner.op === '=>') {
      const { left } = inner;
      const premise = add('premise', around(left), stripParens(left).span, outer);
      const within = (one: Expr): Expr => around({ ...inner, op: '/\\', left, right: one });
      visit(inner.right, within, premise, depth);
    } else if (inner.kind === 'quantifier' && inner.quantifier === '\\A') {
      const within = (one: Expr): Expr => around({ ...inner, quantifier: '\\E', body: one });
      const sets = inner.bounds.map((bound) => bound.set);
      const [set = null] = sets;
      const some: Expr = { kind: 'boolean', span, value: true };
      const isBounded = set !== null && sets.every((one) => one !== null);
      const element = isBounded ? add('element', within(some), set.span, outer) : outer;
      visit(inner.body, within, element, depth);
    } else if (inner.kind === 'let') {
      visit(inner.body, (one) => around({ ...inner, body: one }), outer, depth);
    } else if (inner.kind === 'name' && depth < definitionDepthMax) {
      const definition = context.definition(inner.name);
      if (definition?.kind !== 'operator' || definition.params.length > 0) return;
      // What is bound around a name does not occur in its definition.
      visit(definition.body, around, outer, depth + 1);
    }
  };
  visit(invariant.expr, (one) => one, null, 0);
  return found;
}
