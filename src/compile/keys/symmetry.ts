/** SYMMETRY: its value is computed once, and is a set of permutations or the user's mistake. */
import { EvaluationFailure } from '../../explore/model.js';
import type { NamedFormula } from '../../semantics/specification.js';
import { fail } from '../../source/diagnostic.js';
import type { Value } from '../../values/index.js';
import { compile } from '../expressions/index.js';
import { failureOf } from '../failure.js';
import { type RuntimeValue, value } from '../runtime/lazy.js';
import type { Sources } from '../sources.js';
import { noStorage } from '../storage.js';
import { Unit } from '../unit.js';
import { NoPermutations, type Permutation, permutationGroup } from './permutations.js';

/** All permutations of the group but the identity; none where there is no symmetry. */
export function symmetryGroup(
  symmetry: NamedFormula | null,
  sources: Sources,
): readonly Permutation[] {
  if (symmetry === null) return [];
  const { name, span } = symmetry;
  try {
    return permutationGroup(evaluate(symmetry, sources));
  } catch (error) {
    if (!(error instanceof NoPermutations || error instanceof EvaluationFailure)) throw error;
    return fail('CFG115', span, { name, reason: error.message });
  }
}

function evaluate({ expr }: NamedFormula, sources: Sources): Value {
  const unit = new Unit(sources, noStorage);
  const bindings = new Map();
  const code = compile(expr, { unit, bindings, primed: false, assigned: new Map(), at: null });
  try {
    return value(unit.instantiate(unit.text('', code.js)) as RuntimeValue, unit.site(expr.span));
  } catch (error) {
    throw failureOf(error, unit);
  }
}
