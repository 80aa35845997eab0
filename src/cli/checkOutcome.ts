/** What a search found, as data: the verdict, its exit code, a trace, each property's result. */
import type { FailureDetail } from '../compile/compiledSpec.js';
import type { SearchResult, Violation } from '../explore/index.js';
import { counted } from '../report/quantity.js';
import type { NamedFormula } from '../semantics/specification.js';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { type Location, locate, type Span } from '../source/text.js';
import type { Trace } from '../trace/trace.js';
import { exitCodes } from './exitCodes.js';
import type { LoadedSpecification } from './pipeline.js';
import type { SearchRun } from './search.js';

export type ResultKind =
  | 'ok'
  | 'invariant'
  | 'assertion'
  | 'deadlock'
  | 'liveness'
  | 'action-property'
  | 'assumption'
  | 'evaluation-error'
  | 'parse-error'
  | 'config-error'
  | 'limit';

export interface PropertyOutcome {
  readonly name: string;
  readonly kind: 'invariant' | 'temporal';
  readonly result: 'holds' | 'violated' | 'not-checked';
  readonly trace: Trace | null;
  /** What the search found; null where nothing is violated. */
  readonly violation: Violation | null;
}

export interface CheckOutcome {
  readonly result: ResultKind;
  readonly exitCode: number;
  readonly property: string | null;
  readonly message: string | null;
  readonly location: Location | null;
  /** Where it is wrong, for the renderer. */
  readonly span: Span | null;
  readonly complete: boolean;
  readonly states: {
    readonly generated: number;
    readonly distinct: number;
    readonly depth: number;
  };
  readonly seconds: number;
  readonly trace: Trace | null;
  readonly properties: readonly PropertyOutcome[];
  /** The limit that ended the search. */
  readonly limit: Diagnostic | null;
}

export type TraceMaker = (violation: Violation) => Trace | null;

export function checkOutcome(
  loaded: LoadedSpecification,
  run: SearchRun,
  makeTrace: TraceMaker,
): CheckOutcome {
  const { result } = run;
  const properties = propertyOutcomes(loaded, result, makeTrace);
  const [first] = result.violations;
  const isUnchecked = loaded.specification.unchecked.some((it) => forbidsSuccess(it.statement));
  const numbers = {
    complete: result.complete && !isUnchecked,
    states: { generated: result.generated, distinct: result.distinct, depth: result.depth },
    seconds: run.seconds,
    properties,
    limit: run.limit,
  };
  if (first === undefined) return { ...withoutViolation(run, isUnchecked), ...numbers };
  const trace = properties.find((it) => it.violation === first)?.trace ?? makeTrace(first);
  return { ...describeViolation(first, result, loaded), ...numbers, trace };
}

/** Statements without which an answer may be wrong; the others only change what is shown. */
export function forbidsSuccess(statement: string): boolean {
  return !['SYMMETRY', 'VIEW', 'ALIAS'].includes(statement);
}

type Verdict = Pick<
  CheckOutcome,
  'result' | 'exitCode' | 'property' | 'message' | 'location' | 'span'
>;

const nothing = { property: null, location: null, span: null };

function withoutViolation(run: SearchRun, isUnchecked: boolean): Verdict & { trace: null } {
  const base = { ...nothing, trace: null };
  if (run.isInterrupted) {
    const message = 'Interrupted before an answer.';
    return { ...base, result: 'limit', exitCode: exitCodes.interrupted, message };
  }
  if (run.result.stopped !== null) {
    const message = run.limit?.message ?? 'the search stopped before an answer';
    return { ...base, result: 'limit', exitCode: exitCodes.limit, message };
  }
  if (isUnchecked) {
    const message = 'What was checked holds, but not everything was checked.';
    return { ...base, result: 'ok', exitCode: exitCodes.limit, message };
  }
  return { ...base, result: 'ok', exitCode: exitCodes.ok, message: null };
}

function describeViolation(
  violation: Violation,
  result: SearchResult,
  { specification }: LoadedSpecification,
): Verdict {
  const { property, failure, state } = violation;
  const detail = failure?.detail as FailureDetail | null | undefined;
  const at = (span: Span | null | undefined) => ({
    span: span ?? null,
    location: span ? locate(span) : null,
  });
  switch (violation.kind) {
    case 'invariant': {
      const formula = specification.invariants.find((it) => it.name === property);
      const message = `Invariant ${property} is violated.`;
      const code = exitCodes.invariant;
      return { result: 'invariant', exitCode: code, property, message, ...at(formula?.span) };
    }
    case 'deadlock': {
      const message = 'Deadlock: a state without successors was reached.';
      return { ...nothing, result: 'deadlock', exitCode: exitCodes.deadlock, message };
    }
    case 'assertion': {
      const message = failure?.message ?? 'an assertion failed';
      const code = exitCodes.assertion;
      return { ...nothing, result: 'assertion', exitCode: code, message, ...at(detail?.span) };
    }
    case 'evaluation-error': {
      // As TLC: 76 only for an invariant, and not in an initial state.
      const inInvariant = violation.phase === 'invariant' && state !== null;
      const code =
        inInvariant && result.depthOf(state) > 1
          ? exitCodes.invariantEvaluation
          : exitCodes.evaluation;
      const message = failure?.message ?? 'an expression has no value';
      // Nothing is violated, so no property is named; the place tells what had no value.
      return {
        ...nothing,
        result: 'evaluation-error',
        exitCode: code,
        message,
        ...at(detail?.span),
      };
    }
  }
}

function propertyOutcomes(
  { specification }: LoadedSpecification,
  result: SearchResult,
  makeTrace: TraceMaker,
): PropertyOutcome[] {
  const invariant = ({ name }: NamedFormula): PropertyOutcome => {
    const violation =
      result.violations.find((it) => it.kind === 'invariant' && it.property === name) ?? null;
    const trace = violation && makeTrace(violation);
    const unviolated = result.complete ? 'holds' : 'not-checked';
    return {
      name,
      kind: 'invariant',
      result: violation ? 'violated' : unviolated,
      trace,
      violation,
    };
  };
  const temporal = ({ name }: NamedFormula): PropertyOutcome => ({
    name,
    kind: 'temporal',
    result: 'not-checked',
    trace: null,
    violation: null,
  });
  return [...specification.invariants.map(invariant), ...specification.properties.map(temporal)];
}

/** The outcome of false assumptions: nothing was explored. */
export function falseAssumption(loaded: LoadedSpecification, seconds: number): CheckOutcome | null {
  const [first] = loaded.compiled.falseAssumptions();
  if (first === undefined) return null;
  const formulas = [...loaded.specification.invariants, ...loaded.specification.properties];
  return {
    result: 'assumption',
    exitCode: exitCodes.assumption,
    property: null,
    message: first.name ? `Assumption ${first.name} is false.` : 'An assumption is false.',
    location: locate(first.span),
    span: first.span,
    complete: false,
    states: { generated: 0, distinct: 0, depth: 0 },
    seconds,
    trace: null,
    properties: formulas.map(({ name }, i) => ({
      name,
      kind: i < loaded.specification.invariants.length ? 'invariant' : 'temporal',
      result: 'not-checked',
      trace: null,
      violation: null,
    })),
    limit: null,
  };
}

/** A warning for each statement of the configuration that this version does not check. */
export function uncheckedWarnings({ specification }: LoadedSpecification): Diagnostic[] {
  return specification.unchecked.map(({ statement, name, span }) =>
    diagnose(forbidsSuccess(statement) ? 'USE070' : 'USE072', span, { statement, name }),
  );
}

/** `12 states generated, 9 distinct, depth 4` */
export function statesLine(outcome: CheckOutcome): string {
  const { generated, distinct, depth } = outcome.states;
  return `${counted(generated, 'state')} generated, ${counted(distinct, 'distinct state')}, depth ${depth}`;
}
