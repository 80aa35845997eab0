/** FiniteSets. */
import { cardinality, isFiniteSet } from '../runtime/sets.js';
import { operator, type StandardModule } from './operator.js';

export const finiteSets: StandardModule = {
  Cardinality: operator('number', 1, cardinality),
  IsFiniteSet: operator('boolean', 1, isFiniteSet),
};
