/**
 * What SPECIFICATION and the properties say of whole behaviors, compiled for one layout of slots: a
 * module of its own beside the engine's, since only a run that has such properties needs it.
 */
import type { Formula, TemporalModel } from '../../explore/liveness/temporalModel.js';
import type { StateVector } from '../../explore/model.js';
import type { LabelInfo, Specification } from '../../semantics/specification.js';
import type { Span } from '../../source/text.js';
import { formatValue, type Value } from '../../values/index.js';
import { type ActionInstance, actionInstances } from '../actions/instances.js';
import { argumentsOf, nameOf } from '../analysis.js';
import type { Places } from '../callSites.js';
import type { Context } from '../context.js';
import { compile } from '../expressions/index.js';
import type { Layout } from '../layout.js';
import { PackedStorage } from '../packedStorage.js';
import type { Sources } from '../sources.js';
import { Unit } from '../unit.js';
import { ActionNumbers, namedAction } from './actionNumbers.js';
import { Atoms } from './atoms.js';
import { type FairnessSite, TemporalFormulas } from './formulas.js';

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

function subjectOf(
  { action, context }: FairnessSite,
  labels: ReadonlyMap<string, LabelInfo>,
  instances: readonly ActionInstance[],
): string {
  const { span } = action;
  // A guard such as `pc[self] # "a"` leaves out labels of the process that is named last.
  const last = lastConjunct(action);
  const named = namedAction(last, context);
  const name = named && nameOf(named.expr);
  if (named === null || name === null) {
    const { line } = span.source.position(span.start);
    return `the action in line ${line}`;
  }
  const args = named.expr.kind === 'apply' ? argumentsOf(named.expr) : [];
  const values = args.map((arg) => constantOf(arg, named.context));
  const known = values.every((value) => value !== undefined) ? (values as Value[]) : [];
  const inside =
    known.length === 0 ? '' : `(${known.map((value) => formatValue(value)).join(', ')})`;
  const label = labels.get(name);
  const owned = instances.find((one) => one.label?.owner === name);
  const self = known.length === 1 ? formatValue(known[0] as Value) : null;
  if (label !== undefined) {
    const process = self ?? processOf(name, instances);
    return process === null ? `label ${label.label}` : `label ${label.label} of process ${process}`;
  }
  if (owned !== undefined) {
    const process = self ?? (owned.process === null ? null : formatValue(owned.process));
    return process === null ? `process ${name}` : `process ${process}`;
  }
  return name === 'Next' && inside === '' ? 'the next-state action' : `action ${name}${inside}`;
}

function processOf(name: string, instances: readonly ActionInstance[]): string | null {
  const found = instances.find((one) => one.label?.label === name)?.process ?? null;
  return found === null ? null : formatValue(found);
}

function lastConjunct(expr: FairnessSite['action']): FairnessSite['action'] {
  switch (expr.kind) {
    case 'paren':
      return lastConjunct(expr.inner);
    case 'junction':
      return expr.op === '/\\' ? lastConjunct(expr.items.at(-1) ?? expr) : expr;
    case 'infix':
      return expr.op === '/\\' ? lastConjunct(expr.right) : expr;
    default:
      return expr;
  }
}

function constantOf(arg: FairnessSite['action'], context: Context): Value | undefined {
  const code = compile(arg, context);
  return code.known;
}
