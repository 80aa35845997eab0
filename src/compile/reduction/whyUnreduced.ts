/** What a specification must not have for its search to be reduced. */
import type { Specification } from '../../semantics/specification.js';

/** As a clause; null where it can be reduced. */
export function whyUnreduced(
  specification: Specification,
  processCount: number,
  hasEffects: boolean,
): string | null {
  const known = obstacle(specification);
  if (known !== null) return known;
  if (hasEffects) return 'evaluating it sees or does more than states tell (module TLC)';
  return processCount < 2 ? 'no two processes begin their steps by asking where they are' : null;
}

/** What can be told from the specification alone. */
export function obstacle(specification: Specification): string | null {
  const { view, symmetry, postcondition, actionConstraints, properties } = specification;
  if (view !== null) return 'VIEW decides which states count as one';
  if (symmetry !== null) return 'SYMMETRY decides which states count as one';
  if (actionConstraints.length > 0) return 'ACTION_CONSTRAINT is about single steps';
  const ofSteps = properties.find(({ steps }) => steps.length > 0);
  if (ofSteps !== undefined) return `${ofSteps.name} is about single steps`;
  const temporal = properties.find((property) => property.temporal.length > 0);
  if (temporal !== undefined) return `${temporal.name} is about whole behaviors`;
  return postcondition === null ? null : 'POSTCONDITION is about the whole search';
}
