/**
 * A specification to a Model. The initial predicate is compiled first and run once: the layout of
 * the slots follows from its states (`initialSample.ts`), and the rest is compiled for that layout
 * (`fittedEngine.ts`).
 */
import type {
  CodeSharing,
  Reduction,
  SearchView,
  StateKeys,
  StatePredicate,
  StateVector,
  StepPredicate,
} from '../explore/model.js';
import { formulasOf } from '../semantics/formulas.js';
import type { Specification } from '../semantics/specification.js';
import type { Value } from '../values/index.js';
import type { Coverage } from './actions/coverage.js';
import { falseAssumptions, postconditionHolds } from './assumptions.js';
import type {
  Coding,
  CompiledSpec,
  CompileOptions,
  RefinedStates,
  StateValues,
} from './compiledSpec.js';
import type { Formulas } from './engine.js';
import { FittedEngine } from './fittedEngine.js';
import { sampleInitialStates } from './initialSample.js';
import { compileInitial, type InitialPredicate } from './initialStates.js';
import { store } from './layout.js';
import { evaluatedFormulas, statePredicate, stepPredicate } from './predicates.js';
import { Host } from './runtime/host.js';
import { SharedCodes } from './sharedCodes.js';
import { type Sources, sourcesOf } from './sources.js';
import { decoded, hashState, slotsOf } from './stateValues.js';
import { type CompiledTemporal, compileTemporal } from './temporal/compileTemporal.js';
import { refinedBy, shownBy } from './traceViews.js';

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
  readonly sharing: CodeSharing;
  private readonly initial: InitialPredicate;
  private readonly sources: Sources;
  private readonly host: Host;
  private readonly formulas: Formulas;
  private readonly fitted: FittedEngine;

  constructor(
    private readonly specification: Specification,
    options: CompileOptions,
  ) {
    const host = new Host(options, (state) => hashState(this.decode(state)));
    const sources = sourcesOf(specification, host);
    this.host = host;
    this.sources = sources;
    this.variables = specification.variables.map((variable) => variable.name);
    this.constants = sources.constants;
    this.initial = compileInitial(specification, sources);
    const sampled = sampleInitialStates(this.initial, this.variables, host);
    const { observe = [] } = options;
    const formulas = evaluatedFormulas(specification, observe);
    const fitted = new FittedEngine({ specification, sources, formulas, sampled, options });
    this.formulas = formulas;
    this.fitted = fitted;
    this.sharing = new SharedCodes({
      coding: () => fitted.coding(false),
      adopt: (coding) => fitted.adopt(coding),
      leaves: () => fitted.layout.leaves,
    });
    const { invariants, initial, actions } = formulasOf(specification);
    const { constraints, actionConstraints } = specification;
    const ofState = (all: Formulas['predicates']) => statePredicate(all, formulas, fitted, host);
    const ofStep = (all: Formulas['steps']) => stepPredicate(all, formulas, fitted);
    this.invariants = invariants.map((one) => ofState([one]));
    this.observed = observe.map((one) => ofState([one]));
    this.initialProperties = initial.map((one) => ofState([one]));
    this.actionProperties = actions.map((one) => ofStep([one]));
    this.constraint = constraints.length === 0 ? null : ofState(constraints);
    this.actionConstraint = actionConstraints.length === 0 ? null : ofStep(actionConstraints);
  }

  get slotCount(): number {
    return this.fitted.layout.leaves.length;
  }

  slotSize(slot: number): number {
    const leaf = this.fitted.layout.leaves[slot];
    if (leaf === undefined) throw new Error(`no slot ${slot}`);
    return leaf.dictionary.values.length;
  }

  get actionCount(): number {
    return this.actions.length;
  }

  get actions() {
    return this.fitted.engine.actions;
  }

  slotsWritten(action: number): Int32Array {
    const written = this.fitted.engine.slotsWritten[action];
    if (written === undefined) throw new Error(`no action ${action}`);
    return written;
  }

  get hasEffects(): boolean {
    return this.fitted.engine.hasEffects;
  }

  get keys(): StateKeys | null {
    return this.fitted.keys;
  }

  get reduction(): Reduction | null {
    return this.fitted.reduction;
  }

  get whyUnreduced(): string | null {
    return this.fitted.whyUnreduced;
  }

  get text(): string {
    return `// Initial states\n${this.initial.text}\n// Steps\n${this.fitted.engine.text}`;
  }

  initialStates(sink: (state: StateVector) => boolean): void {
    const { fitted, host, initial } = this;
    const { engine, layout } = fitted;
    const vector = new Int32Array(this.slotCount);
    host.begin();
    // A search begins, perhaps again.
    const { coverage } = engine;
    coverage?.reset();
    fitted.guarded(initial.places, null, () =>
      initial.solve((values) => {
        this.variables.forEach((name, i) => {
          store(slotsOf(name, layout), values[i] as Value, vector);
        });
        if (coverage !== null) coverage.initial++;
        return sink(vector);
      }),
    );
    host.endInitial();
  }

  successors(state: StateVector, sink: Parameters<CompiledSpec['successors']>[1]): void {
    this.fitted.successors(state, sink);
  }

  mayStep(action: number, state: StateVector): boolean {
    return this.fitted.engine.mayStep(action, state);
  }

  coverage(): Coverage | null {
    return this.fitted.engine.coverage?.counted() ?? null;
  }

  coding(beforeExpansion: boolean): Coding {
    return this.fitted.coding(beforeExpansion);
  }

  adopt(coding: Coding): boolean {
    return this.fitted.adopt(coding);
  }

  decode(state: StateVector): StateValues {
    return decoded(state, this.fitted.layout);
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

  falseAssumptions(): ReturnType<CompiledSpec['falseAssumptions']> {
    return falseAssumptions(this.specification, this.sources, this.fitted);
  }

  postconditionHolds(): boolean {
    return postconditionHolds(this.specification, this.sources, this.fitted);
  }

  temporal(): CompiledTemporal | null {
    const { specification, sources, fitted } = this;
    if (specification.properties.every(({ temporal }) => temporal.length === 0)) return null;
    const compiled = compileTemporal(specification, sources, fitted.layout);
    const { model, places } = compiled;
    return {
      ...compiled,
      model: {
        ...model,
        stateAtoms: (state, bits) =>
          fitted.guarded(places, state, () => model.stateAtoms(state, bits)),
        evaluateStep: (from, to, bits) =>
          fitted.guarded(places, from, () => model.evaluateStep(from, to, bits)),
      },
    };
  }

  refined(property: string, states: readonly StateValues[]): RefinedStates | null {
    const { specification, sources, fitted } = this;
    return refinedBy(property, states, specification, sources, fitted.layout);
  }

  shown(from: StateValues, to: StateValues): StateValues {
    return shownBy(this.formulas.alias, from, to, this.fitted);
  }
}
