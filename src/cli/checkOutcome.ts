/** What a search found, as data: the verdict, its exit code, a trace, each property's result. */
import { EvaluationFailure, type SearchResult, type Violation } from '../explore/index.js';
import { count, counted } from '../report/quantity.js';
import { formulasOf } from '../semantics/formulas.js';
import type { NamedFormula } from '../semantics/specification.js';
import { type Diagnostic, diagnose } from '../source/diagnostic.js';
import { type Location, locate, type Span } from '../source/text.js';
import type { Trace } from '../trace/trace.js';
import { exitCodes } from './exitCodes.js';
import { failureDiagnostic } from './failureDiagnostic.js';
import type { LivenessRun } from './liveness.js';
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
  /** What has no value, or the assertion that failed, with the definitions that led to it. */
  readonly failure: Diagnostic | null;
  readonly complete: boolean;
  readonly states: {
    readonly generated: number;
    readonly distinct: number;
    readonly depth: number;
  };
  /** What a state takes in the search's own arrays; null where there is none. */
  readonly bytesPerState: number | null;
  /** How many states were expanded by the steps of one process only; null: none may be. */
  readonly reduced: number | null;
  readonly seconds: number;
  readonly trace: Trace | null;
  readonly properties: readonly PropertyOutcome[];
  /** The limit that ended the search. */
  readonly limit: Diagnostic | null;
}

export type TraceMaker = (violation: Violation) => Trace | null;

/** What came after the search. */
export interface Afterwards {
  readonly postcondition: Verdict | null;
  /** Null where properties of whole behaviors were not looked at. One trace for each violation. */
  readonly lassos: { readonly run: LivenessRun; readonly traces: readonly Trace[] } | null;
}

export function checkOutcome(
  loaded: LoadedSpecification,
  run: SearchRun,
  makeTrace: TraceMaker,
  { postcondition, lassos }: Afterwards = { postcondition: null, lassos: null },
): CheckOutcome {
  const { result } = run;
  const properties = propertyOutcomes(loaded, result, makeTrace, lassos);
  const stopped = lassos?.run.result.stopped ?? null;
  const numbers = {
    complete: result.complete && stopped === null,
    states: { generated: result.generated, distinct: result.distinct, depth: result.depth },
    bytesPerState: result.distinct === 0 ? null : result.bytes / result.distinct,
    reduced: loaded.compiled.reduction == null ? null : result.reducedCount,
    seconds: run.seconds,
    properties,
    limit: run.limit,
  };
  const [first] = [...result.violations, ...livenessFailures(lassos)];
  if (first !== undefined) {
    const trace = properties.find((it) => it.violation === first)?.trace ?? makeTrace(first);
    return { ...describeViolation(first, result, loaded), ...numbers, trace };
  }
  const [lasso] = lassos?.traces ?? [];
  if (lasso !== undefined) return { ...describeLasso(lasso, loaded), ...numbers, trace: lasso };
  const verdict = postcondition ?? withoutViolation(run, stopped);
  return { ...verdict, ...numbers, trace: null };
}

/** What had no value in a state, as the search would have told it. */
function livenessFailures(lassos: Afterwards['lassos']): readonly Violation[] {
  const failure = lassos?.run.result.failure;
  if (failure == null) return [];
  const { error, state } = failure;
  return [{ kind: error.kind, property: null, state, failure: error, phase: 'property' }];
}

function describeLasso(
  { property, loop, steps }: Trace,
  { specification }: LoadedSpecification,
): Verdict {
  const named = specification.properties.find(({ name }) => name === property);
  const how =
    loop === steps.length - 1
      ? 'a behavior that stays in one state forever'
      : 'a behavior that repeats a cycle forever';
  return {
    result: 'liveness',
    exitCode: exitCodes.liveness,
    property,
    message: `Property ${property} is violated by ${how}.`,
    ...placed(named?.span),
  };
}

export type Verdict = Pick<
  CheckOutcome,
  'result' | 'exitCode' | 'property' | 'message' | 'location' | 'span' | 'failure'
>;

const nothing = { property: null, location: null, span: null, failure: null };

/**
 * The verdict of a POSTCONDITION that is false or has no value. As in TLC it is evaluated once all
 * states are explored and nothing is violated; null where it holds, or there is none.
 */
export function falsePostcondition(
  { compiled, specification }: LoadedSpecification,
  { complete, violations }: SearchResult,
): Verdict | null {
  const { postcondition } = specification;
  if (postcondition === null || !complete || violations.length > 0) return null;
  try {
    if (compiled.postconditionHolds()) return null;
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    return evaluationError(error, exitCodes.evaluation);
  }
  const { span, name } = postcondition;
  return {
    result: 'assumption',
    exitCode: exitCodes.assumption,
    property: null,
    message: `POSTCONDITION ${name} is false.`,
    ...placed(span),
  };
}

function withoutViolation(
  run: SearchRun,
  livenessStopped: 'limit' | 'interrupted' | null,
): Verdict {
  const base = nothing;
  if (run.isInterrupted) {
    const message = 'Interrupted before an answer.';
    return { ...base, result: 'limit', exitCode: exitCodes.interrupted, message };
  }
  if ((run.result.stopped ?? livenessStopped) !== null) {
    const message = run.limit?.message ?? 'the search stopped before an answer';
    return { ...base, result: 'limit', exitCode: exitCodes.limit, message };
  }
  return { ...base, result: 'ok', exitCode: exitCodes.ok, message: null };
}

/** What tells how deep a state is: a search, or a random behavior. */
export type Depths = Pick<SearchResult, 'depthOf'>;

export function describeViolation(
  violation: Violation,
  result: Depths,
  { specification }: LoadedSpecification,
): Verdict {
  const { property, failure, predicate = 0 } = violation;
  const formulas = formulasOf(specification);
  switch (violation.kind) {
    case 'invariant':
      return {
        result: 'invariant',
        exitCode: exitCodes.invariant,
        property,
        message: `Invariant ${property} is violated.`,
        ...placed(formulas.invariants[predicate]?.span),
      };
    case 'initial-property':
    case 'action-property': {
      const isInitial = violation.kind === 'initial-property';
      const formula = (isInitial ? formulas.initial : formulas.actions)[predicate];
      const by = isInitial ? 'by an initial state' : 'by a step';
      return {
        result: 'action-property',
        exitCode: exitCodes.liveness,
        property,
        message: `Property ${property} is violated ${by}.`,
        ...placed(formula?.span),
      };
    }
    case 'deadlock': {
      const message = 'Deadlock: a state without successors was reached.';
      return { ...nothing, result: 'deadlock', exitCode: exitCodes.deadlock, message };
    }
    case 'assertion': {
      const message = failure?.message ?? 'an assertion failed';
      const exitCode = exitCodes.assertion;
      return { ...nothing, result: 'assertion', exitCode, message, ...failed(failure) };
    }
    case 'evaluation-error':
      return evaluationError(failure, evaluationExitCode(violation, result));
  }
}

/** As TLC: 76 only for an invariant, and not in an initial state. */
function evaluationExitCode({ phase, state, next }: Violation, result: Depths): number {
  if (phase === 'property') return exitCodes.propertyEvaluation;
  const isInitial = state === null || (next === undefined && result.depthOf(state) === 1);
  return phase === 'invariant' && !isInitial ? exitCodes.invariantEvaluation : exitCodes.evaluation;
}

/** Nothing is violated, so no property is named; the place tells what had no value. */
function evaluationError(failure: EvaluationFailure | null, exitCode: number): Verdict {
  const message = failure?.message ?? 'an expression has no value';
  return {
    ...nothing,
    result: 'evaluation-error',
    exitCode,
    message,
    ...failed(failure),
  };
}

type Place = Pick<Verdict, 'span' | 'location' | 'failure'>;

function failed(failure: EvaluationFailure | null): Place {
  const diagnostic = failure && failureDiagnostic(failure);
  return { ...placed(diagnostic?.span), failure: diagnostic };
}

function placed(span: Span | null | undefined): Place {
  return { span: span ?? null, location: span ? locate(span) : null, failure: null };
}

function propertyOutcomes(
  { specification }: LoadedSpecification,
  result: SearchResult,
  makeTrace: TraceMaker,
  lassos: Afterwards['lassos'],
): PropertyOutcome[] {
  const outcome = (
    { name }: NamedFormula,
    kind: PropertyOutcome['kind'],
    isDecided: boolean,
    lasso: Trace | null = null,
  ): PropertyOutcome => {
    const isOf = (it: Violation) => it.failure === null && it.property === name;
    const violation = result.violations.find(isOf) ?? null;
    const trace = violation === null ? lasso : makeTrace(violation);
    const unviolated = isDecided && result.complete ? 'holds' : 'not-checked';
    const isViolated = violation !== null || lasso !== null;
    return { name, kind, result: isViolated ? 'violated' : unviolated, trace, violation };
  };
  const decided = lassos?.run.result.decided ?? 0;
  const lassoOf = (property: number): Trace | null => {
    const all = lassos?.run.result.violations ?? [];
    return lassos?.traces[all.findIndex((it) => it.property === property)] ?? null;
  };
  return [
    ...specification.invariants.map((it) => outcome(it, 'invariant', true)),
    ...specification.properties.map((it, i) =>
      outcome(it, 'temporal', it.temporal.length === 0 || i < decided, lassoOf(i)),
    ),
  ];
}

/** The outcome of assumptions that are false or have no value: nothing was explored. */
export function falseAssumption(loaded: LoadedSpecification, seconds: number): CheckOutcome | null {
  const verdict = assumptionVerdict(loaded);
  if (verdict === null) return null;
  const formulas = [...loaded.specification.invariants, ...loaded.specification.properties];
  return {
    ...verdict,
    complete: false,
    states: { generated: 0, distinct: 0, depth: 0 },
    bytesPerState: null,
    reduced: null,
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

function assumptionVerdict({ compiled }: LoadedSpecification): Verdict | null {
  try {
    const [first] = compiled.falseAssumptions();
    if (first === undefined) return null;
    const message = first.name ? `Assumption ${first.name} is false.` : 'An assumption is false.';
    const exitCode = exitCodes.assumption;
    return { ...nothing, result: 'assumption', exitCode, message, ...placed(first.span) };
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    return evaluationError(error, exitCodes.evaluation);
  }
}

/** A warning for each statement of the configuration that this run does not use. */
export function unusedWarnings({ specification }: LoadedSpecification): Diagnostic[] {
  return specification.unused.map(({ statement, name, span }) =>
    diagnose('USE072', span, { statement, name }),
  );
}

/** `12 states generated, 9 distinct, depth 4` */
export function statesLine(outcome: CheckOutcome): string {
  const { generated, distinct, depth } = outcome.states;
  return `${counted(generated, 'state')} generated, ${counted(distinct, 'distinct state')}, depth ${depth}`;
}

/** What a reduced search says of itself. */
export function reductionLine({ reduced, states }: CheckOutcome): string | null {
  if (reduced === null) return null;
  return (
    `Partial-order reduction: ${count(reduced)} of ${counted(states.distinct, 'state')} ` +
    'expanded by one process only; a trace need not be a shortest one.'
  );
}
