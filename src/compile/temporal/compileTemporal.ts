/**
 * What SPECIFICATION and the properties say of whole behaviors, compiled for one layout of slots: a
 * module of its own beside the engine's, since only a run that has such properties needs it.
 */
import type { Formula, TemporalModel } from '../../explore/liveness/temporalModel.js';
import type { StateVector } from '../../explore/model.js';
import type { Specification } from '../../semantics/specification.js';
import type { Span } from '../../source/text.js';
import { actionInstances } from '../actions/instances.js';
import type { Places } from '../callSites.js';
import type { Context } from '../context.js';
import type { Layout } from '../layout.js';
import { PackedStorage } from '../packedStorage.js';
import type { Sources } from '../sources.js';
import { Unit } from '../unit.js';
import { ActionNumbers } from './actionNumbers.js';
import { Atoms } from './atoms.js';
import { TemporalFormulas } from './formulas.js';
import { subjectOf } from './subjects.js';

/** What a fairness condition is about, for people. */
export interface ConditionInfo {
  readonly strength: 'weak' | 'strong';
  /** `label a of process 1`, `process "F"`, `action Eat(p1)`. */
  readonly subject: string;
  readonly span: Span;
  /** Numbers of actions that make it up; null where it is evaluated. */
  readonly actions: readonly number[] | null;
}

export interface CompiledTemporal {
  readonly model: TemporalModel;
  readonly conditions: readonly ConditionInfo[];
  readonly places: Places;
}

interface Generated {
  stateAtoms(state: StateVector, bits: Int32Array): void;
  evaluateStep(from: StateVector, to: StateVector, bits: Int32Array): void;
}

/** Mistakes are thrown as diagnostics. */
export function compileTemporal(
  specification: Specification,
  sources: Sources,
  layout: Layout,
): CompiledTemporal {
  const unit = new Unit(sources, new PackedStorage(layout));
  const outer = { unit, bindings: new Map(), primed: false, at: null };
  const context: Context = { ...outer, assigned: null };
  const instances = actionInstances(specification.next, specification.labels, {
    ...outer,
    assigned: new Map(),
  });
  const actions = new ActionNumbers(instances, specification.labels);
  const names = new Set(specification.variables.map(({ name }) => name));
  const atoms = new Atoms(unit, actions, names);
  const formulas = new TemporalFormulas(atoms);
  const all = (exprs: Specification['fairness']): Formula => ({
    kind: 'and',
    operands: exprs.map((expr) => formulas.formula(expr, context)),
  });
  const assumption = all(specification.fairness);
  const properties = specification.properties.map(({ name, temporal }) => {
    return { name, formula: all(temporal) };
  });
  const text = unit.text('', `{ ${atoms.functions()} }`);
  const generated = unit.instantiate(text) as Generated;
  const conditions = formulas.fairness.map((site): ConditionInfo => {
    const { strength = 'weak', step = -1 } = atoms.conditions[site.condition] ?? {};
    const atom = atoms.steps[step];
    return {
      strength,
      subject: subjectOf(site, specification.labels, instances),
      span: site.action.span,
      actions: atom?.kind === 'actions' ? atom.actions : null,
    };
  });
  const model: TemporalModel = {
    stateAtomCount: atoms.stateCount,
    stateAtoms: (state, bits) => generated.stateAtoms(state, bits),
    stepAtoms: atoms.steps,
    evaluateStep: (from, to, bits) => generated.evaluateStep(from, to, bits),
    conditions: atoms.conditions,
    assumption,
    properties,
  };
  return { model, conditions, places: unit };
}
