/** The compiled next-state action and predicates, over one layout of slots. */
import type { StateVector, SuccessorSink } from '../explore/model.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import { walk } from '../syntax/walk.js';
import { formatValue, type Value } from '../values/index.js';
import { StepCoverage } from './actions/coverage.js';
import { type ActionCall, dispatch, dispatchGroups } from './actions/dispatch.js';
import { type ActionInstance, actionInstances } from './actions/instances.js';
import { type AssignedVariables, compileStep, type StepPlan } from './actions/steps.js';
import { SuccessorTarget } from './actions/target.js';
import { Block } from './block.js';
import type { Places } from './callSites.js';
import { asBoolean, type Code } from './code.js';
import type { Choice } from './compiledSpec.js';
import { type Context, unboundContext } from './context.js';
import { compile } from './expressions/index.js';
import type { Layout } from './layout.js';
import { PackedStorage } from './packedStorage.js';
import { AmpleProcesses } from './reduction/ampleProcesses.js';
import { value } from './runtime/lazy.js';
import type { Sources } from './sources.js';
import { chosenIn, UnfinishedStepFault } from './unfinishedStep.js';
import { Unit } from './unit.js';

/** What the generated module returns. */
interface Generated {
  /** Calls `emit` for each successor; the stack is for the choices. */
  next(state: StateVector, emit: Emit, stack: unknown[]): void;
  /** The same for the actions of one of the processes of `ample`. */
  nextOf(process: number, state: StateVector, emit: Emit, stack: unknown[]): void;
  /** (name, value) pairs, one after the other. */
  chosen(): readonly unknown[];
  readonly predicates: readonly ((state: StateVector) => boolean)[];
  readonly steps: readonly ((from: StateVector, to: StateVector) => boolean)[];
  view(state: StateVector): Value;
  alias(from: StateVector, to: StateVector): Value;
}

/** What is evaluated besides the next-state action. */
export interface Formulas {
  readonly predicates: readonly NamedFormula[];
  /** Predicates over steps. */
  readonly steps: readonly NamedFormula[];
  readonly view: NamedFormula | null;
  readonly alias: NamedFormula | null;
}

type Emit = (successor: StateVector, action: number) => void;

/** Thrown to leave the generated code when the search has seen enough. */
const enough = new Error('no more successors are wanted');

export interface Engine {
  readonly layout: Layout;
  readonly actions: readonly ActionInstance[];
  readonly places: Places;
  /** The generated JavaScript, for people. */
  readonly text: string;
  /** By the number of the action. */
  readonly slotsWritten: readonly Int32Array[];
  /** Null where no reduction is wanted. */
  readonly ample: AmpleProcesses | null;
  readonly hasEffects: boolean;
  /** Null where nothing is counted. */
  readonly coverage: StepCoverage | null;
  /** False only where the state shows at once that the action has no step. */
  mayStep(action: number, state: StateVector): boolean;
  successors(state: StateVector, sink: SuccessorSink): void;
  /** Of one of the processes of `ample`. */
  successorsOf(process: number, state: StateVector, sink: SuccessorSink): void;
  /** Whether the predicate of this number holds. */
  holds(predicate: number, state: StateVector): boolean;
  holdsOfStep(predicate: number, from: StateVector, to: StateVector): boolean;
  /** Only where there is a view. */
  view(state: StateVector): Value;
  /** Only where there is an alias. */
  alias(from: StateVector, to: StateVector): Value;
}

export interface EngineOptions {
  /** Partial-order reduction is wanted. */
  readonly reduces?: boolean;
  /** Steps, tests and branches are counted. */
  readonly covers?: boolean;
}

export function buildEngine(
  specification: Specification,
  formulas: Formulas,
  sources: Sources,
  layout: Layout,
  { reduces = false, covers = false }: EngineOptions = {},
): Engine {
  const storage = new PackedStorage(layout);
  const unit = new Unit(sources, storage);
  const context = unboundContext(unit);
  const instances = actionInstances(specification.next, specification.labels, context);
  const steps = new Block();
  const calls: ActionCall[] = [];
  const names = specification.variables.map((variable) => variable.name);
  const coverage = covers ? new StepCoverage() : null;
  const isTranslation = specification.labels.size > 0;
  const slotsWritten = instances.map((one, i) => {
    const target = new SuccessorTarget(storage);
    calls.push(
      generateStep(one, i, { variables: names, target, coverage, isTranslation }, unit, steps),
    );
    return target.written;
  });
  const ample = reduces ? new AmpleProcesses(specification, sources, layout, slotsWritten) : null;
  const groups = (ample?.actions ?? []).map((all) => all.map((i) => calls[i] as ActionCall));
  const evaluated = formulaTests(formulas, { ...context, assigned: null });
  const body = [
    'let emit, choices, depth = 0;',
    evaluation,
    steps.toString(),
    'function begin(state, sink, stack) {',
    '  load(state);',
    '  n.set(state);',
    '  emit = sink;',
    '  choices = stack;',
    '  depth = 0;',
    '}',
    'function next(state, sink, stack) {',
    '  begin(state, sink, stack);',
    dispatch(calls).toString(),
    '}',
    'function nextOf(process, state, sink, stack) {',
    '  begin(state, sink, stack);',
    dispatchGroups(groups).toString(),
    '}',
  ].join('\n');
  const text = unit.text(body, `{ next, nextOf, chosen, ${evaluated} }`);
  const generated = unit.instantiate(text) as Generated;
  return {
    layout,
    actions: instances,
    places: unit,
    text,
    slotsWritten,
    ample,
    hasEffects: unit.hasEffects,
    coverage,
    mayStep: (action, state) => {
      const guard = calls[action]?.guard;
      return guard === undefined || state[guard.slot] === guard.code;
    },
    ...successorsOf(generated, instances),
    holds: (predicate, state) => numbered(generated.predicates, predicate)(state),
    holdsOfStep: (predicate, from, to) => numbered(generated.steps, predicate)(from, to),
    view: (state) => generated.view(state),
    alias: (from, to) => generated.alias(from, to),
  };
}

function numbered<T>(tests: readonly T[], number: number): T {
  const test = tests[number];
  if (test === undefined) throw new Error(`no predicate ${number}`);
  return test;
}

/** A search may ask for anything of a successor while it is being handed out. */
const evaluation = `
function chosen() { return choices.slice(0, depth); }
function evaluateStep(from, to, test) {
  // The step that is being handed out lies in s and n.
  if (from === s && to === n) return test();
  const before = s;
  const successor = n.slice();
  load(from === n ? successor : from);
  n.set(to);
  try { return test(); } finally { n.set(successor); load(before); }
}`;

/** The properties of the generated module besides `next`. */
function formulaTests(formulas: Formulas, context: Context): string {
  const { unit } = context;
  const predicate = ({ expr, name }: NamedFormula): string =>
    unit.lifted(asBoolean(unit, compile(expr, context), name, expr.span));
  const whole = ({ expr }: NamedFormula): string => {
    const js = unit.lifted(compile(expr, context));
    return `${unit.use('value', value)}(${js}, ${unit.site(expr.span)})`;
  };
  const state = (js: string): string =>
    `state => { const before = s; load(state); try { return ${js}; } finally { load(before); } }`;
  const step = (js: string): string => `(from, to) => evaluateStep(from, to, () => ${js})`;
  const { predicates, steps, view, alias } = formulas;
  return [
    `predicates: [\n${predicates.map((one) => state(predicate(one))).join(',\n')}\n]`,
    `steps: [\n${steps.map((one) => step(predicate(one))).join(',\n')}\n]`,
    `view: ${view === null ? 'null' : state(whole(view))}`,
    `alias: ${alias === null ? 'null' : step(whole(alias))}`,
  ].join(', ');
}

interface Generation {
  readonly variables: readonly string[];
  readonly target: SuccessorTarget;
  readonly coverage: StepCoverage | null;
  /** What has no label is written by nobody. */
  readonly isTranslation: boolean;
}

/** Adds the function of an action and gives the call of it. */
function generateStep(
  instance: ActionInstance,
  number: number,
  { variables, target, coverage, isTranslation }: Generation,
  unit: Unit,
  steps: Block,
): ActionCall {
  const js = unit.name(`${instance.name}_${number}`);
  let first: Code | null | undefined;
  const plan: StepPlan = {
    target,
    variableCount: variables.length,
    eithers: instance.label === null ? new Map() : eithersIn(instance.expr),
    recordsChoices: true,
    coverage: isTranslation && instance.label === null ? null : coverage,
    onConjunct: (code) => {
      first = first === undefined ? code : first;
    },
  };
  const finish = (assigned: AssignedVariables, block: Block): void => {
    const open = variables.filter((variable) => !assigned.has(variable));
    if (open.length === 0) {
      if (coverage !== null) block.add(coverage.step(unit, number));
      block.add(`emit(n, ${number});`);
      return;
    }
    const holes = { action: instance.name, variables: open.join(', ') };
    const made = variables
      .filter((variable) => assigned.has(variable))
      .map((name) => [name, unit.storage.read(unit, name, true, null).js] as const);
    block.add(raiseUnfinished(unit, instance, number, holes, made));
  };
  const args = [...instance.args].map(([name, value]) => `${name} = ${formatValue(value)}`);
  steps.add(`// ${instance.name}(${args.join(', ')})`);
  steps.nest(`function ${js}()`, (block) =>
    compileStep(instance.expr, { context: instance.context, block, plan, next: finish }),
  );
  return { js: `${js}();`, guard: first?.guard };
}

/** The statement that ends an action which leaves variables open. */
function raiseUnfinished(
  unit: Unit,
  { choices, span }: ActionInstance,
  number: number,
  holes: Readonly<Record<string, string>>,
  made: readonly (readonly [string, string])[],
): string {
  const values = made.map(([name, js]) => `[${JSON.stringify(name)}, ${js}]`).join(', ');
  const args = [
    unit.site(span),
    JSON.stringify(holes),
    number,
    `new Map([${values}])`,
    unit.use('before', choices),
    'chosen()',
  ];
  return `throw new ${unit.use('UnfinishedStepFault', UnfinishedStepFault)}(${args.join(', ')});`;
}

/** The disjunctions of a label's action that are `either` statements, numbered from 1. */
function eithersIn(expr: Expr): ReadonlyMap<Expr, number> {
  const found = new Map<Expr, number>();
  walk(expr, (inner) => {
    if (inner.kind === 'junction' && inner.op === '\\/' && inner.items.length > 1) {
      found.set(inner, found.size + 1);
    }
  });
  return found;
}

/** `next` of the generated module, with all that it hands out made once and not for every state. */
function successorsOf(
  generated: Generated,
  instances: readonly ActionInstance[],
): Pick<Engine, 'successors' | 'successorsOf'> {
  const stack: unknown[] = [];
  let current = 0;
  let receive: SuccessorSink | null = null;
  const choices = (): readonly Choice[] => {
    return chosenIn(instances[current]?.choices ?? [], generated.chosen());
  };
  const emit: Emit = (successor, action) => {
    current = action;
    if (!(receive as SuccessorSink)(successor, action, choices)) throw enough;
  };
  const until = (sink: SuccessorSink, run: () => void): void => {
    receive = sink;
    try {
      run();
    } catch (error) {
      if (error !== enough) throw error;
    }
  };
  return {
    successors: (state, sink) => until(sink, () => generated.next(state, emit, stack)),
    successorsOf: (process, state, sink) =>
      until(sink, () => generated.nextOf(process, state, emit, stack)),
  };
}
