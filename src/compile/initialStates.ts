/** The compiled initial predicate: every way to satisfy it, as values of the variables. */
import type { Specification } from '../semantics/specification.js';
import type { Value } from '../values/index.js';
import { type AssignedVariables, compileStep, type StepPlan } from './actions/steps.js';
import { initialTarget } from './actions/target.js';
import { Block } from './block.js';
import type { Places } from './callSites.js';
import { unboundContext } from './context.js';
import { raise } from './runtime/fault.js';
import type { Sources } from './sources.js';
import { initialName, initialStorage } from './storage.js';
import { Unit } from './unit.js';

/** Gets the values in the order of declaration, duplicates included; false ends it. */
export type InitialSink = (values: readonly Value[]) => boolean;

export interface InitialPredicate {
  readonly places: Places;
  readonly text: string;
  solve(sink: InitialSink): void;
}

const enough = new Error('no more initial states are wanted');

export function compileInitial(specification: Specification, sources: Sources): InitialPredicate {
  const names = specification.variables.map((variable) => variable.name);
  const unit = new Unit(sources, initialStorage(names));
  const context = unboundContext(unit);
  const plan: StepPlan = {
    target: initialTarget,
    variableCount: names.length,
    eithers: new Map(),
    recordsChoices: false,
    onConjunct: () => {},
  };
  const steps = new Block();
  const { expr, span } = specification.init;
  const finish = (assigned: AssignedVariables, block: Block): void => {
    const open = names.filter((name) => !assigned.has(name));
    if (open.length === 0) {
      block.add(`emit([${names.map(initialName).join(', ')}]);`);
      return;
    }
    const holes = JSON.stringify({ variables: open.join(', ') });
    block.add(`${unit.use('raise', raise)}('EVL019', ${unit.site(span)}, ${holes});`);
  };
  steps.nest('function solve(emit)', (block) => {
    for (const name of names) block.add(`${initialName(name)} = undefined;`);
    compileStep(expr, { context, block, plan, next: finish });
  });
  const text = unit.text(steps.toString(), 'solve');
  const solve = unit.instantiate(text) as (emit: (values: readonly Value[]) => void) => void;
  return {
    places: unit,
    text,
    solve(sink) {
      try {
        solve((values) => {
          if (!sink(values)) throw enough;
        });
      } catch (error) {
        if (error !== enough) throw error;
      }
    },
  };
}
