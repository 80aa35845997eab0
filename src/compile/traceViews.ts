/** States of a trace, as something else than the variables shows them. */
import { EvaluationFailure } from '../explore/model.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import { stripParens } from '../syntax/walk.js';
import { RecordValue, type Value } from '../values/index.js';
import type { RefinedStates, StateValues } from './compiledSpec.js';
import type { FittedEngine } from './fittedEngine.js';
import type { Layout } from './layout.js';
import type { Sources } from './sources.js';
import { encoded } from './stateValues.js';
import { refinementMapping } from './temporal/refinement.js';

/** What ALIAS shows of the state `from`, see `CompiledSpec.shown`. */
export function shownBy(
  alias: NamedFormula | null,
  from: StateValues,
  to: StateValues,
  fitted: FittedEngine,
): StateValues {
  const { engine, layout } = fitted;
  if (alias === null || !isWhole(from, layout) || !isWhole(to, layout)) return from;
  const vectors = [encoded(from, layout), encoded(to, layout)] as const;
  try {
    const shown = fitted.guarded(engine.places, vectors[0], () => engine.alias(...vectors));
    return shown instanceof RecordValue ? fieldsOf(shown, alias.expr) : from;
  } catch (error) {
    if (error instanceof EvaluationFailure) return from;
    throw error;
  }
}

/** In the variables of the module that the property is about; null where it is about none. */
export function refinedBy(
  property: string,
  states: readonly StateValues[],
  specification: Specification,
  sources: Sources,
  layout: Layout,
): RefinedStates | null {
  const named = specification.properties.find(({ name }) => name === property);
  if (named === undefined || !states.every((state) => isWhole(state, layout))) return null;
  const mapping = refinementMapping(named, specification, sources, layout);
  if (mapping === null) return null;
  const { instance } = mapping;
  return { instance, states: states.map((state) => mapping.stateOf(encoded(state, layout))) };
}

/** Whether it has a value for every variable. */
function isWhole(state: StateValues, layout: Layout): boolean {
  return state.size >= layout.variables.size;
}

/** In the order in which the expression has them, where it is a record itself. */
function fieldsOf(record: RecordValue, expr: Expr): StateValues {
  const inner = stripParens(expr);
  const names =
    inner.kind === 'record' ? inner.fields.map(({ name }) => name.name) : record.shape.names;
  return new Map(names.map((name) => [name, record.get(name) as Value]));
}
