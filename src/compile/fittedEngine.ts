/**
 * The engine for slots that all states so far fit, and how it is run. When a state turns up that
 * does not fit, its variable is split less deeply, the engine is built anew, and the search is told
 * to begin again.
 */
import {
  LayoutChanged,
  type Reduction,
  type StateKeys,
  type StateVector,
  type SuccessorSink,
} from '../explore/model.js';
import type { Specification } from '../semantics/specification.js';
import type { Value } from '../values/index.js';
import type { Places } from './callSites.js';
import type { Coding, CompileOptions } from './compiledSpec.js';
import { buildEngine, type Engine, type Formulas } from './engine.js';
import { failureOf } from './failure.js';
import { Orbits } from './keys/orbits.js';
import type { Permutation } from './keys/permutations.js';
import { symmetryGroup } from './keys/symmetry.js';
import { Views } from './keys/views.js';
import { type Layout, LayoutMisfit, layOut, misfitOf } from './layout.js';
import { obstacle, whyUnreduced } from './reduction/whyUnreduced.js';
import type { Host } from './runtime/host.js';
import type { Sources } from './sources.js';

/** What there is to build it from. */
export interface EngineParts {
  readonly specification: Specification;
  readonly sources: Sources;
  readonly formulas: Formulas;
  /** The values of each variable in the initial states. */
  readonly sampled: ReadonlyMap<string, ReadonlySet<Value>>;
  readonly options: CompileOptions;
}

export class FittedEngine {
  /** Another one after `LayoutChanged`, as are the next two. */
  engine!: Engine;
  keys: StateKeys | null = null;
  reduction: Reduction | null = null;
  private readonly host: Host;
  private readonly group: readonly Permutation[];
  /** How deeply variables are split, where that is less than it could be. */
  private readonly depths = new Map<string, number>();
  /** States until the next misfit that is asked for; never 0 where none is. */
  private misfitIn: number;

  constructor(private readonly parts: EngineParts) {
    const { specification, sources, options } = parts;
    this.host = sources.host;
    this.misfitIn = options.slots?.misfitEvery ?? 0;
    this.group = symmetryGroup(specification.symmetry, sources);
    this.build();
  }

  get layout(): Layout {
    return this.engine.layout;
  }

  /** As a clause; null where steps of one process can be enough, if that is asked for. */
  get whyUnreduced(): string | null {
    const { ample, hasEffects } = this.engine;
    return whyUnreduced(this.parts.specification, ample?.actions.length ?? 0, hasEffects);
  }

  successors(state: StateVector, sink: SuccessorSink): void {
    const { engine } = this;
    this.expand(state, () => engine.successors(state, sink));
  }

  /** What `run` evaluates belongs to this state; its errors are those that a search expects. */
  guarded<T>(places: Places, state: StateVector | null, run: () => T): T {
    try {
      return this.host.in(state, run);
    } catch (error) {
      throw this.explained(error, places);
    }
  }

  /** What the search is told of an error. A layout that did not fit has been replaced then. */
  explained(error: unknown, places: Places): unknown {
    if (!(error instanceof LayoutMisfit)) return failureOf(error, places);
    this.depths.set(error.variable, error.depth);
    this.build();
    return new LayoutChanged(`${error.variable} is split less deeply`);
  }

  /** See `CompiledSpec`. */
  coding(beforeExpansion: boolean): Coding {
    return {
      depths: this.depths,
      dictionaries: this.layout.leaves.map(({ dictionary }) => dictionary.values),
      registers: this.host.setRegisters(beforeExpansion),
    };
  }

  adopt({ depths, dictionaries, registers }: Coding): boolean {
    if (depths.size + this.depths.size > 0) {
      this.depths.clear();
      for (const [variable, depth] of depths) this.depths.set(variable, depth);
      this.build();
    }
    const { leaves } = this.layout;
    this.host.goOn(registers);
    return (
      leaves.length === dictionaries.length &&
      leaves.every(({ dictionary }, i) => dictionary.adopt(dictionaries[i] as readonly Value[]))
    );
  }

  private build(): void {
    const { specification, formulas, sources, sampled, options } = this.parts;
    const reduces = options.reduces === true && obstacle(specification) === null;
    const covers = options.coverage === true;
    for (;;) {
      const layout = layOut(sampled, this.depths, options.slots);
      try {
        const orbits = this.group.length === 0 ? null : new Orbits(layout, this.group);
        const engine = buildEngine(specification, formulas, sources, layout, { reduces, covers });
        this.engine = engine;
        this.keys = formulas.view === null ? orbits : this.viewsOf(engine, orbits);
        this.reduction = this.reductionOf(engine);
        return;
      } catch (error) {
        if (!(error instanceof LayoutMisfit)) throw error;
        this.depths.set(error.variable, error.depth);
      }
    }
  }

  private viewsOf(engine: Engine, orbits: StateKeys | null): StateKeys {
    const view = (state: StateVector): Value =>
      this.guarded(engine.places, state, () => engine.view(state));
    return new Views(view, orbits);
  }

  private reductionOf(engine: Engine): Reduction | null {
    const { ample } = engine;
    if (ample === null || this.whyUnreduced !== null) return null;
    return {
      processCount: ample.actions.length,
      isAmple: (process, state) => ample.isAmple(process, state),
      successors: (process, state, sink) =>
        this.expand(state, () => engine.successorsOf(process, state, sink)),
    };
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

  /** For tests: throws as a state would that does not fit, where anything is split at all. */
  private misfit(): void {
    this.misfitIn = this.parts.options.slots?.misfitEvery ?? 0;
    const misfit = misfitOf(this.layout);
    if (misfit !== null) throw misfit;
  }
}
