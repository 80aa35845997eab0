/**
 * A specification to a Model. The initial predicate is compiled first and run once: the layout of
 * the slots follows from its states, and the rest is compiled for that layout. When a state turns
 * up that does not fit, the rest is compiled anew and the search is told to begin again.
 */
import {
  LayoutChanged,
  type SearchView,
  type StatePredicate,
  type StateVector,
} from '../explore/model.js';
import type { NamedFormula, Specification } from '../semantics/specification.js';
import type { Expr } from '../syntax/ast.js';
import { hashValue, type Value } from '../values/index.js';
import { asBoolean } from './code.js';
import type { CompiledSpec, CompileOptions } from './compiledSpec.js';
import type { Context } from './context.js';
import { buildEngine, type Engine } from './engine.js';
import { compile } from './expressions/index.js';
import { failureOf } from './failure.js';
import { compileInitial, type InitialPredicate } from './initialStates.js';
import { LayoutMisfit, layOut, read, type Slots, store } from './layout.js';
import { Fault } from './runtime/fault.js';
import { Host } from './runtime/host.js';
import { type Sources, sourcesOf } from './sources.js';
import { noStorage } from './storage.js';
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
  readonly constraint: StatePredicate | null;
  private readonly initial: InitialPredicate;
  private readonly sampled: ReadonlyMap<string, ReadonlySet<Value>>;
  private readonly depths = new Map<string, number>();
  private readonly sources: Sources;
  private readonly host: Host;
  private engine: Engine;

  constructor(
    private readonly specification: Specification,
    options: CompileOptions,
  ) {
    this.host = new Host(options, (state) => this.hash(state));
    this.sources = sourcesOf(specification, this.host);
    this.variables = specification.variables.map((variable) => variable.name);
    this.constants = this.sources.constants;
    this.initial = compileInitial(specification, this.sources);
    this.sampled = this.sampleInitialStates();
    this.engine = this.build();
    this.invariants = specification.invariants.map(({ name }, i) => this.predicate(name, [i]));
    const first = specification.invariants.length;
    const numbers = specification.constraints.map((_, i) => first + i);
    const names = specification.constraints.map(({ name }) => name);
    this.constraint = numbers.length === 0 ? null : this.predicate(names.join(' /\\ '), numbers);
  }

  get slotCount(): number {
    return this.engine.layout.leaves.length;
  }

  get actionCount(): number {
    return this.engine.actions.length;
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
    this.guarded(this.initial.sites, null, () =>
      this.initial.solve((values) => {
        this.variables.forEach((name, i) => {
          store(this.slots(name), values[i] as Value, vector);
        });
        return sink(vector);
      }),
    );
  }

  successors(state: StateVector, sink: Parameters<CompiledSpec['successors']>[1]): void {
    const { engine } = this;
    this.guarded(engine.sites, state, () => engine.successors(state, sink));
  }

  decode(state: StateVector): ReadonlyMap<string, Value> {
    return new Map(this.variables.map((name) => [name, read(this.slots(name), state)]));
  }

  watch(view: SearchView): void {
    this.host.search = view;
  }

  private hash(state: StateVector): number {
    const values = [...this.decode(state).values()];
    return values.reduce<number>((sum, one) => (Math.imul(sum, 31) + hashValue(one)) | 0, 0);
  }

  falseAssumptions(): ReturnType<CompiledSpec['falseAssumptions']> {
    return this.specification.assumptions
      .filter(({ body }) => !this.isTrue(body))
      .map(({ name, span }) => ({ name: name?.name ?? null, span }));
  }

  private isTrue(expr: Expr): boolean {
    const unit = new Unit(this.sources, noStorage);
    const context: Context = {
      unit,
      bindings: new Map(),
      primed: false,
      assigned: new Map(),
      at: null,
    };
    const code = asBoolean(unit, compile(expr, context), 'ASSUME', expr.span);
    return this.guarded(
      unit.sites,
      null,
      () => unit.instantiate(unit.text('', code.js)) as boolean,
    );
  }

  private slots(variable: string): Slots {
    const slots = this.engine.layout.variables.get(variable);
    if (slots === undefined) throw new Error(`no slots for ${variable}`);
    return slots;
  }

  private build(): Engine {
    const predicates: NamedFormula[] = [
      ...this.specification.invariants,
      ...this.specification.constraints,
    ];
    const layout = layOut(this.sampled, this.depths);
    return buildEngine(this.specification, predicates, this.sources, layout);
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

  private predicate(name: string, numbers: readonly number[]): StatePredicate {
    const holds = (state: StateVector): boolean => {
      const { engine } = this;
      return this.guarded(engine.sites, state, () =>
        numbers.every((number) => engine.holds(number, state)),
      );
    };
    return { name, holds };
  }

  private guarded<T>(sites: Engine['sites'], state: StateVector | null, run: () => T): T {
    try {
      return this.host.in(state, run);
    } catch (error) {
      if (!(error instanceof LayoutMisfit)) throw failureOf(error, sites);
      this.depths.set(error.variable, error.depth);
      this.engine = this.build();
      throw new LayoutChanged(`${error.variable} is split less deeply`);
    }
  }
}
