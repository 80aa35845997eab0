/**
 * A specification to a Model. The initial predicate is compiled first and run once: the layout of
 * the slots follows from its states, and the rest is compiled for that layout. When a state turns
 * up that does not fit, the rest is compiled anew and the search is told to begin again.
 */
import {
  type CodeSharing,
  EvaluationFailure,
  LayoutChanged,
  type Reduction,
  type SearchView,
  type StateKeys,
  type StatePredicate,
  type StateVector,
  type StepPredicate,
} from '../explore/model.js';
import { formulasOf } from '../semantics/formulas.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import { stripParens } from '../syntax/walk.js';
import { hashValue, RecordValue, type Value } from '../values/index.js';
import type { Coverage } from './actions/coverage.js';
import type { Places } from './callSites.js';
import { asBoolean } from './code.js';
import type {
  Coding,
  CompiledSpec,
  CompileOptions,
  RefinedStates,
  StateValues,
} from './compiledSpec.js';
import type { Context } from './context.js';
import { buildEngine, type Engine, type Formulas } from './engine.js';
import { compile } from './expressions/index.js';
import { failureOf } from './failure.js';
import { compileInitial, type InitialPredicate } from './initialStates.js';
import { Orbits } from './keys/orbits.js';
import type { Permutation } from './keys/permutations.js';
import { symmetryGroup } from './keys/symmetry.js';
import { Views } from './keys/views.js';
import { LayoutMisfit, layOut, misfitOf, read, type Slots, store } from './layout.js';
import { obstacle, whyUnreduced } from './reduction/whyUnreduced.js';
import { Fault } from './runtime/fault.js';
import { Host } from './runtime/host.js';
import { SharedCodes } from './sharedCodes.js';
import { type Sources, sourcesOf } from './sources.js';
import { noStorage } from './storage.js';
import { type CompiledTemporal, compileTemporal } from './temporal/compileTemporal.js';
import { refinementMapping } from './temporal/refinement.js';
import { Unit } from './unit.js';

/** So many initial states are looked at for the layout; one that does not fit later is no harm. */
const sampledStateMax = 10_000;

export function compileSpecification(
  specification: Specification,
  options: CompileOptions = {},
): CompiledSpec {
  return new Compiled(specification, options);
}

class Compiled implements CompiledSpec {
  readonly variables: readonly string[];
  readonly constants: ReadonlyMap<string, Value>;
  readonly invariants: readonly StatePredicate[];
  readonly observed: readonly StatePredicate[];
  readonly initialProperties: readonly StatePredicate[];
  readonly actionProperties: readonly StepPredicate[];
  readonly constraint: StatePredicate | null;
  readonly actionConstraint: StepPredicate | null;
  keys: StateKeys | null = null;
  reduction: Reduction | null = null;
  readonly sharing: CodeSharing;
  private readonly initial: InitialPredicate;
  private readonly sampled: ReadonlyMap<string, ReadonlySet<Value>>;
  private readonly depths = new Map<string, number>();
  private readonly sources: Sources;
  private readonly host: Host;
  private readonly formulas: Formulas;
  private readonly group: readonly Permutation[];
  private engine: Engine;
  /** States until the next misfit that is asked for; never 0 where none is. */
  private misfitIn: number;

  constructor(
    private readonly specification: Specification,
    private readonly options: CompileOptions,
  ) {
    this.misfitIn = options.slots?.misfitEvery ?? 0;
    this.host = new Host(options, (state) => this.hash(state));
    this.sources = sourcesOf(specification, this.host);
    this.variables = specification.variables.map((variable) => variable.name);
    this.constants = this.sources.constants;
    this.initial = compileInitial(specification, this.sources);
    this.sampled = this.sampleInitialStates();
    const { observe = [] } = options;
    this.formulas = evaluatedFormulas(specification, observe);
    this.group = symmetryGroup(specification.symmetry, this.sources);
    this.engine = this.build();
    this.sharing = new SharedCodes({
      coding: () => this.coding(false),
      adopt: (coding) => this.adopt(coding),
      leaves: () => this.engine.layout.leaves,
    });
    const { invariants, initial, actions } = formulasOf(specification);
    const { constraints, actionConstraints } = specification;
    this.invariants = invariants.map((one) => this.predicate([one]));
    this.observed = observe.map((one) => this.predicate([one]));
    this.initialProperties = initial.map((one) => this.predicate([one]));
    this.actionProperties = actions.map((one) => this.stepPredicate([one]));
    this.constraint = constraints.length === 0 ? null : this.predicate(constraints);
    this.actionConstraint =
      actionConstraints.length === 0 ? null : this.stepPredicate(actionConstraints);
  }

  get slotCount(): number {
    return this.engine.layout.leaves.length;
  }

  get actionCount(): number {
    return this.engine.actions.length;
  }

  get hasEffects(): boolean {
    return this.engine.hasEffects;
  }

  get whyUnreduced(): string | null {
    return this.whyNot(this.engine);
  }

  private whyNot({ ample, hasEffects }: Engine): string | null {
    return whyUnreduced(this.specification, ample?.actions.length ?? 0, hasEffects);
  }

  private reductionBy(engine: Engine): Reduction | null {
    const { ample } = engine;
    if (ample === null || this.whyNot(engine) !== null) return null;
    return {
      processCount: ample.actions.length,
      isAmple: (process, state) => ample.isAmple(process, state),
      successors: (process, state, sink) =>
        this.expand(state, () => engine.successorsOf(process, state, sink)),
    };
  }

  slotsWritten(action: number): Int32Array {
    const written = this.engine.slotsWritten[action];
    if (written === undefined) throw new Error(`no action ${action}`);
    return written;
  }

  get actions() {
    return this.engine.actions;
  }

  get text(): string {
    return `// Initial states\n${this.initial.text}\n// Steps\n${this.engine.text}`;
  }

  slotSize(slot: number): number {
    const leaf = this.engine.layout.leaves[slot];
    if (leaf === undefined) throw new Error(`no slot ${slot}`);
    return leaf.dictionary.values.length;
  }

  initialStates(sink: (state: StateVector) => boolean): void {
    const vector = new Int32Array(this.slotCount);
    this.host.begin();
    // A search begins, perhaps again.
    const { coverage } = this.engine;
    coverage?.reset();
    this.guarded(this.initial.places, null, () =>
      this.initial.solve((values) => {
        this.variables.forEach((name, i) => {
          store(this.slots(name), values[i] as Value, vector);
        });
        if (coverage !== null) coverage.initial++;
        return sink(vector);
      }),
    );
    this.host.endInitial();
  }

  successors(state: StateVector, sink: Parameters<CompiledSpec['successors']>[1]): void {
    this.expand(state, () => this.engine.successors(state, sink));
  }

  private expand(state: StateVector, run: () => void): void {
    const { engine, host } = this;
    host.beginExpansion();
    host.enter(state);
    try {
      if (--this.misfitIn === 0) this.misfit();
      run();
    } catch (error) {
      throw this.explained(error, engine.places);
    } finally {
      host.leave();
    }
  }

  mayStep(action: number, state: StateVector): boolean {
    return this.engine.mayStep(action, state);
  }

  coverage(): Coverage | null {
    return this.engine.coverage?.counted() ?? null;
  }

  coding(beforeExpansion: boolean): Coding {
    const { leaves } = this.engine.layout;
    return {
      depths: this.depths,
      dictionaries: leaves.map(({ dictionary }) => dictionary.values),
      registers: this.host.setRegisters(beforeExpansion),
    };
  }

  adopt({ depths, dictionaries, registers }: Coding): boolean {
    if (depths.size + this.depths.size > 0) {
      this.depths.clear();
      for (const [variable, depth] of depths) this.depths.set(variable, depth);
      this.engine = this.build();
    }
    const { leaves } = this.engine.layout;
    this.host.goOn(registers);
    return (
      leaves.length === dictionaries.length &&
      leaves.every(({ dictionary }, i) => dictionary.adopt(dictionaries[i] as readonly Value[]))
    );
  }

  decode(state: StateVector): StateValues {
    return new Map(this.variables.map((name) => [name, read(this.slots(name), state)]));
  }

  watch(view: SearchView): void {
    this.host.search = view;
  }

  reseed(seed: number): void {
    this.host.seed = seed;
  }

  forgetEffects(): void {
    this.host.beginBehavior();
  }

  private hash(state: StateVector): number {
    const values = [...this.decode(state).values()];
    return values.reduce<number>((sum, one) => (Math.imul(sum, 31) + hashValue(one)) | 0, 0);
  }

  falseAssumptions(): ReturnType<CompiledSpec['falseAssumptions']> {
    return this.specification.assumptions
      .filter(({ body }) => !this.isTrue(body, 'ASSUME'))
      .map(({ name, span }) => ({ name: name?.name ?? null, span }));
  }

  temporal(): CompiledTemporal | null {
    const { specification, sources, engine } = this;
    if (specification.properties.every(({ temporal }) => temporal.length === 0)) return null;
    const compiled = compileTemporal(specification, sources, engine.layout);
    const { model, places } = compiled;
    const evaluated = (state: StateVector, run: () => void): void => {
      this.host.enter(state);
      try {
        run();
      } catch (error) {
        throw this.explained(error, places);
      } finally {
        this.host.leave();
      }
    };
    return {
      ...compiled,
      model: {
        ...model,
        stateAtoms: (state, bits) => evaluated(state, () => model.stateAtoms(state, bits)),
        evaluateStep: (from, to, bits) => evaluated(from, () => model.evaluateStep(from, to, bits)),
      },
    };
  }

  refined(property: string, states: readonly StateValues[]): RefinedStates | null {
    const { specification, sources, engine, variables } = this;
    const named = specification.properties.find(({ name }) => name === property);
    if (named === undefined || states.some(({ size }) => size < variables.length)) return null;
    const mapping = refinementMapping(named, specification, sources, engine.layout);
    if (mapping === null) return null;
    const { instance } = mapping;
    return { instance, states: states.map((state) => mapping.stateOf(this.encode(state))) };
  }

  postconditionHolds(): boolean {
    const { postcondition } = this.specification;
    return postcondition === null || this.isTrue(postcondition.expr, 'POSTCONDITION');
  }

  shown(from: StateValues, to: StateValues): StateValues {
    const { engine, variables } = this;
    const { alias } = this.formulas;
    if (alias === null || from.size < variables.length || to.size < variables.length) return from;
    const vectors = [this.encode(from), this.encode(to)] as const;
    try {
      const shown = this.guarded(engine.places, vectors[0], () => engine.alias(...vectors));
      return shown instanceof RecordValue ? fieldsOf(shown, alias.expr) : from;
    } catch (error) {
      if (error instanceof EvaluationFailure) return from;
      throw error;
    }
  }

  private encode(state: StateValues): StateVector {
    const vector = new Int32Array(this.slotCount);
    for (const [name, value] of state) store(this.slots(name), value, vector);
    return vector;
  }

  private isTrue(expr: Expr, statement: string): boolean {
    const unit = new Unit(this.sources, noStorage);
    const context: Context = {
      unit,
      bindings: new Map(),
      primed: false,
      assigned: new Map(),
      at: null,
    };
    const code = asBoolean(unit, compile(expr, context), statement, expr.span);
    return this.guarded(unit, null, () => unit.instantiate(unit.text('', code.js)) as boolean);
  }

  private slots(variable: string): Slots {
    const slots = this.engine.layout.variables.get(variable);
    if (slots === undefined) throw new Error(`no slots for ${variable}`);
    return slots;
  }

  private build(): Engine {
    const { specification, formulas, sources } = this;
    for (;;) {
      const layout = layOut(this.sampled, this.depths, this.options.slots);
      try {
        const orbits = this.group.length === 0 ? null : new Orbits(layout, this.group);
        const reduces = this.asksReduction();
        const covers = this.options.coverage === true;
        const engine = buildEngine(specification, formulas, sources, layout, { reduces, covers });
        this.keys = formulas.view === null ? orbits : this.views(engine, orbits);
        this.reduction = this.reductionBy(engine);
        return engine;
      } catch (error) {
        if (!(error instanceof LayoutMisfit)) throw error;
        this.depths.set(error.variable, error.depth);
      }
    }
  }

  private asksReduction(): boolean {
    return this.options.reduces === true && obstacle(this.specification) === null;
  }

  private views(engine: Engine, orbits: StateKeys | null): StateKeys {
    const view = (state: StateVector): Value =>
      this.guarded(engine.places, state, () => engine.view(state));
    return new Views(view, orbits);
  }

  /** The values of each variable; what goes wrong here will go wrong again when it matters. */
  private sampleInitialStates(): ReadonlyMap<string, ReadonlySet<Value>> {
    const sampled = new Map(this.variables.map((name) => [name, new Set<Value>()] as const));
    let count = 0;
    const sample = (values: readonly Value[]): boolean => {
      this.variables.forEach((name, i) => {
        sampled.get(name)?.add(values[i] as Value);
      });
      return ++count < sampledStateMax;
    };
    try {
      this.host.rehearse(() => this.initial.solve(sample));
    } catch (error) {
      if (!(error instanceof Fault || error instanceof RangeError)) throw error;
    }
    return sampled;
  }

  private predicate(formulas: readonly NamedFormula[]): StatePredicate {
    const numbers = formulas.map((one) => this.formulas.predicates.indexOf(one));
    const holds = (state: StateVector): boolean => {
      const { engine, host } = this;
      host.enter(state);
      try {
        for (const number of numbers) if (!engine.holds(number, state)) return false;
        return true;
      } catch (error) {
        throw this.explained(error, engine.places);
      } finally {
        host.leave();
      }
    };
    return { name: nameOf(formulas), holds };
  }

  private stepPredicate(formulas: readonly NamedFormula[]): StepPredicate {
    const numbers = formulas.map((one) => this.formulas.steps.indexOf(one));
    const holds = (from: StateVector, to: StateVector): boolean => {
      const { engine } = this;
      return this.guarded(engine.places, from, () =>
        numbers.every((number) => engine.holdsOfStep(number, from, to)),
      );
    };
    return { name: nameOf(formulas), holds };
  }

  private guarded<T>(places: Places, state: StateVector | null, run: () => T): T {
    try {
      return this.host.in(state, run);
    } catch (error) {
      throw this.explained(error, places);
    }
  }

  /** For tests: throws as a state would that does not fit, where anything is split at all. */
  private misfit(): void {
    this.misfitIn = this.options.slots?.misfitEvery ?? 0;
    const misfit = misfitOf(this.engine.layout);
    if (misfit !== null) throw misfit;
  }

  /** What the search is told of an error. A layout that did not fit has been replaced then. */
  private explained(error: unknown, places: Places): unknown {
    if (!(error instanceof LayoutMisfit)) return failureOf(error, places);
    this.depths.set(error.variable, error.depth);
    this.engine = this.build();
    return new LayoutChanged(`${error.variable} is split less deeply`);
  }
}

function evaluatedFormulas(
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

/** In the order in which the expression has them, where it is a record itself. */
function fieldsOf(record: RecordValue, expr: Expr): StateValues {
  const inner = stripParens(expr);
  const names =
    inner.kind === 'record' ? inner.fields.map(({ name }) => name.name) : record.shape.names;
  return new Map(names.map((name) => [name, record.get(name) as Value]));
}

function nameOf(formulas: readonly NamedFormula[]): string {
  return formulas.map(({ name }) => name).join(' /\\ ');
}
