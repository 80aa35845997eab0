/** The compiled next-state action and predicates, over one layout of slots. */
import type { StateVector, SuccessorSink } from '../explore/model.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Span } from '../source/text.js';
import type { Expr } from '../syntax/ast.js';
import { walk } from '../syntax/walk.js';
import { formatValue, type Value } from '../values/index.js';
import { type ActionInstance, actionInstances } from './actions/instances.js';
import { type AssignedVariables, compileStep, type StepPlan } from './actions/steps.js';
import { SuccessorTarget } from './actions/target.js';
import { Block } from './block.js';
import { asBoolean, type Code } from './code.js';
import type { Choice } from './compiledSpec.js';
import type { Context } from './context.js';
import { compile } from './expressions/index.js';
import type { Layout } from './layout.js';
import { PackedStorage } from './packedStorage.js';
import { raise } from './runtime/fault.js';
import type { Sources } from './sources.js';
import { Unit } from './unit.js';

/** What the generated module returns. */
interface Generated {
  /** Calls `emit` for each successor; `choices` are (name, value) pairs on a stack. */
  next(state: StateVector, emit: Emit, choices: unknown[]): void;
  /** One test per predicate. */
  readonly predicates: readonly ((state: StateVector) => boolean)[];
}

type Emit = (successor: StateVector, action: number) => void;

/** Thrown to leave the generated code when the search has seen enough. */
const enough = new Error('no more successors are wanted');

export interface Engine {
  readonly layout: Layout;
  readonly actions: readonly ActionInstance[];
  readonly sites: readonly (Span | null)[];
  /** The generated JavaScript, for people. */
  readonly text: string;
  successors(state: StateVector, sink: SuccessorSink): void;
  /** Whether the predicate of this number holds. */
  holds(predicate: number, state: StateVector): boolean;
}

export function buildEngine(
  specification: Specification,
  predicates: readonly NamedFormula[],
  sources: Sources,
  layout: Layout,
): Engine {
  const storage = new PackedStorage(layout);
  const unit = new Unit(sources, storage);
  const context: Context = {
    unit,
    bindings: new Map(),
    primed: false,
    assigned: new Map(),
    at: null,
  };
  const instances = actionInstances(specification.next, specification.labels, context);
  const steps = new Block();
  const dispatch = new Block(1);
  const names = specification.variables.map((variable) => variable.name);
  instances.forEach((one, i) => {
    const call = generateStep(one, i, names, storage, unit, steps);
    dispatch.add(call);
  });
  const tests = predicates.map(({ expr, name }) => {
    const code = asBoolean(unit, compile(expr, { ...context, assigned: null }), name, expr.span);
    return `state => evaluateIn(state, () => ${unit.lifted(code)})`;
  });
  const body = [
    'let emit, choices;',
    // A search may ask for a predicate of a successor while it is being handed out.
    'function evaluateIn(state, test) {',
    '  const before = s;',
    '  load(state);',
    '  try { return test(); } finally { load(before); }',
    '}',
    steps.toString(),
    'function next(state, sink, stack) {',
    '  load(state);',
    '  n.set(state);',
    '  emit = sink;',
    '  choices = stack;',
    dispatch.toString(),
    '}',
  ].join('\n');
  const text = unit.text(body, `{ next, predicates: [\n${tests.join(',\n')}\n] }`);
  const generated = unit.instantiate(text) as Generated;
  return {
    layout,
    actions: instances,
    sites: unit.sites,
    text,
    successors: (state, sink) => runNext(generated, instances, state, sink),
    holds: (predicate, state) => {
      const test = generated.predicates[predicate];
      if (test === undefined) throw new Error(`no predicate ${predicate}`);
      return test(state);
    },
  };
}

/** Adds the function of an action and gives the statement that calls it. */
function generateStep(
  instance: ActionInstance,
  number: number,
  variables: readonly string[],
  storage: PackedStorage,
  unit: Unit,
  steps: Block,
): string {
  const js = unit.name(`${instance.name}_${number}`);
  let first: Code | null | undefined;
  const plan: StepPlan = {
    target: new SuccessorTarget(storage),
    variableCount: variables.length,
    eithers: instance.label === null ? new Map() : eithersIn(instance.expr),
    recordsChoices: true,
    onConjunct: (code) => {
      first = first === undefined ? code : first;
    },
  };
  const finish = (assigned: AssignedVariables, block: Block): void => {
    const open = variables.filter((variable) => !assigned.has(variable));
    if (open.length === 0) {
      block.add(`emit(n, ${number});`);
      return;
    }
    const holes = JSON.stringify({ action: instance.name, variables: open.join(', ') });
    block.add(`${unit.use('raise', raise)}('EVL018', ${unit.site(instance.span)}, ${holes});`);
  };
  const args = [...instance.args].map(([name, value]) => `${name} = ${formatValue(value)}`);
  steps.add(`// ${instance.name}(${args.join(', ')})`);
  steps.nest(`function ${js}()`, (block) =>
    compileStep(instance.expr, { context: instance.context, block, plan, next: finish }),
  );
  const guard = first?.guard;
  return guard === undefined ? `${js}();` : `if (${guard}) ${js}();`;
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

function runNext(
  generated: Generated,
  instances: readonly ActionInstance[],
  state: StateVector,
  sink: SuccessorSink,
): void {
  const stack: unknown[] = [];
  let current = 0;
  const choices = (): readonly Choice[] => {
    const made: Choice[] = [...(instances[current]?.choices ?? [])];
    for (let i = 0; i < stack.length; i += 2) {
      made.push({ name: stack[i] as string, value: stack[i + 1] as Value });
    }
    return made;
  };
  const emit: Emit = (successor, action) => {
    current = action;
    if (!sink(successor, action, choices)) throw enough;
  };
  try {
    generated.next(state, emit, stack);
  } catch (error) {
    if (error !== enough) throw error;
  }
}
