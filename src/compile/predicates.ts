/** What the engine evaluates of states and steps, as the predicates that a search asks. */
import type { StatePredicate, StateVector, StepPredicate } from '../explore/model.js';
import { formulasOf } from '../semantics/formulas.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Formulas } from './engine.js';
import type { FittedEngine } from './fittedEngine.js';
import type { Host } from './runtime/host.js';

/** All that an engine must evaluate; `observed` is what can be asked besides what is checked. */
export function evaluatedFormulas(
  specification: Specification,
  observed: readonly NamedFormula[],
): Formulas {
  const { invariants, initial, actions } = formulasOf(specification);
  const { constraints, actionConstraints, view, alias } = specification;
  return {
    predicates: [...invariants, ...initial, ...constraints, ...observed],
    steps: [...actions, ...actionConstraints],
    view,
    alias,
  };
}

/** Their conjunction; they are among the engine's predicates. */
export function statePredicate(
  conjuncts: readonly NamedFormula[],
  { predicates }: Formulas,
  fitted: FittedEngine,
  host: Host,
): StatePredicate {
  const numbers = conjuncts.map((one) => predicates.indexOf(one));
  // No closure is made for a state: this is asked for each.
  const holds = (state: StateVector): boolean => {
    const { engine } = fitted;
    host.enter(state);
    try {
      for (const number of numbers) if (!engine.holds(number, state)) return false;
      return true;
    } catch (error) {
      throw fitted.explained(error, engine.places);
    } finally {
      host.leave();
    }
  };
  return { name: nameOf(conjuncts), holds };
}

/** As `statePredicate`, of the engine's predicates over steps. */
export function stepPredicate(
  conjuncts: readonly NamedFormula[],
  { steps }: Formulas,
  fitted: FittedEngine,
): StepPredicate {
  const numbers = conjuncts.map((one) => steps.indexOf(one));
  const holds = (from: StateVector, to: StateVector): boolean => {
    const { engine } = fitted;
    return fitted.guarded(engine.places, from, () =>
      numbers.every((number) => engine.holdsOfStep(number, from, to)),
    );
  };
  return { name: nameOf(conjuncts), holds };
}

function nameOf(conjuncts: readonly NamedFormula[]): string {
  return conjuncts.map(({ name }) => name).join(' /\\ ');
}
