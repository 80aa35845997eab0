/** What a simulation found, as data: the verdict with its trace, and what stays unknown. */
import type { CompiledSpec } from '../compile/index.js';
import { recordOf, type SimulatedViolation, type SimulationOptions } from '../explore/index.js';
import { type GraphModel, recordedTrace } from '../graph/index.js';
import type { Trace } from '../trace/trace.js';
import { describeViolation, type Verdict } from './checkOutcome.js';
import { exitCodes } from './exitCodes.js';
import type { LoadedSpecification } from './pipeline.js';
import type { SimulationRun } from './simulation.js';

export interface FoundViolation extends Verdict {
  readonly trace: Trace | null;
  /** The number of the behavior; null where an initial state is at fault, or there are none. */
  readonly behavior: number | null;
}

export interface SimulatedProperty {
  readonly name: string;
  readonly kind: 'invariant' | 'temporal';
  /** Random behaviors never show that something holds. */
  readonly result: 'violated' | 'not-violated' | 'not-checked';
}

export interface SimulationOutcome {
  readonly verdict: Verdict;
  readonly violations: readonly FoundViolation[];
  readonly properties: readonly SimulatedProperty[];
}

export function simulationOutcome(
  { compiled, specification }: LoadedSpecification,
  run: SimulationRun,
  settings: SimulationOptions,
  model: GraphModel,
  config: string,
): SimulationOutcome {
  const loaded = { compiled, specification, warnings: [] };
  const violations = run.result.violations.map((found): FoundViolation => {
    const verdict = describeViolation(found.violation, { depthOf: (place) => place + 1 }, loaded);
    const trace = traceOf(found, compiled, settings, model);
    return { ...verdict, trace: trace && { ...trace, config }, behavior: found.behavior };
  });
  const names = new Set(violations.map(({ property }) => property));
  const { invariants, properties } = specification;
  const resultOf = (name: string, isChecked: boolean): SimulatedProperty['result'] => {
    if (names.has(name)) return 'violated';
    return isChecked && run.result.behaviors > 0 ? 'not-violated' : 'not-checked';
  };
  return {
    verdict: violations[0] ?? withoutViolation(run),
    violations,
    properties: [
      ...invariants.map(({ name }) => {
        return { name, kind: 'invariant' as const, result: resultOf(name, true) };
      }),
      ...properties.map(({ name, temporal }) => {
        const result = resultOf(name, temporal.length === 0);
        return { name, kind: 'temporal' as const, result };
      }),
    ],
  };
}

/** What the configuration asks for and random behaviors cannot tell, as a person would name it. */
export function uncheckedNames({ specification }: LoadedSpecification): readonly string[] {
  const { properties, postcondition } = specification;
  return [
    ...properties.filter((it) => it.temporal.length > 0).map(({ name }) => `PROPERTY ${name}`),
    ...(postcondition === null ? [] : [`POSTCONDITION ${postcondition.name}`]),
  ];
}

function traceOf(
  found: SimulatedViolation,
  compiled: CompiledSpec,
  settings: SimulationOptions,
  model: GraphModel,
): Trace | null {
  const { failure, phase, property, state } = found.violation;
  const recorded = recordOf({ ...found, state }, compiled, settings);
  return recordedTrace(model, recorded, property, phase === 'step' ? failure : null);
}

function withoutViolation({ limit }: SimulationRun): Verdict {
  const base = { property: null, location: null, span: null, failure: null };
  if (limit === null) return { ...base, result: 'ok', exitCode: exitCodes.ok, message: null };
  return { ...base, result: 'limit', exitCode: exitCodes.limit, message: limit.message };
}
