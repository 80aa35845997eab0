/** What a run covered and what it never met, gathered for reports from the search and the compiler. */
import type { Coverage } from '../compile/index.js';
import {
  neverTrue,
  newStatesByAction,
  type SearchResult,
  stepsOfActions,
} from '../explore/index.js';
import type { GraphModel } from '../graph/index.js';
import type { CoverageReport, Unmet } from '../report/coverage.js';
import { byProcess, type Label, labelsOf, sumOf } from '../report/labels.js';
import { lcov } from '../report/lcov.js';
import { fail } from '../source/diagnostic.js';
import { locate, type Span } from '../source/text.js';
import { encodeItf } from '../values/index.js';
import type { Exploration } from './exploration.js';
import { expectWritable, writeWhole } from './files.js';
import { generatedActions } from './generatedActions.js';
import type { LoadedSpecification } from './pipeline.js';

/** So many states are expanded again for actions of which nothing shows where they may be taken. */
const expandedMax = 200_000;
/** In so many states antecedents are looked for without being asked to. */
const antecedentStatesMax = 2_000_000;

export interface CoverageOptions {
  readonly coverage?: boolean;
  /** The file for an lcov tracefile. */
  readonly coverageOut?: string;
}

export function isCovering({ coverage, coverageOut }: CoverageOptions): boolean {
  return coverage === true || coverageOut !== undefined;
}

/** With others it would count too little, or steps that were made twice. */
export function expectCoverable(
  options: CoverageOptions & {
    readonly resume?: string | undefined;
    readonly por?: boolean | undefined;
    readonly workers?: number | string | undefined;
  },
): void {
  const second =
    options.resume !== undefined
      ? '--resume'
      : options.por === true
        ? '--por'
        : options.workers !== undefined && options.workers !== 1
          ? '--workers'
          : null;
  if (second !== null) fail('USE003', null, { first: '--coverage', second });
  if (options.coverageOut !== undefined) expectWritable(options.coverageOut);
}

export function writeCoverage(report: CoverageReport, { coverageOut }: CoverageOptions): void {
  if (coverageOut !== undefined) writeWhole(coverageOut, lcov(report));
}

/** What a finished check met and did not meet; both null where nothing was explored. */
export interface Met {
  readonly unmet: Unmet | null;
  readonly report: CoverageReport | null;
}

export function metBy({ loaded, found }: Exploration, options: CoverageOptions): Met {
  if (found === null) return { unmet: null, report: null };
  const { model, run } = found;
  const { counted, result } = run;
  const report = counted && coverageReport(counted, model, result);
  return { unmet: unmetIn(loaded, model, result, isCovering(options)), report };
}

/** Null where not all states were found, so that nothing can be said of what never happens. */
function unmetIn(
  loaded: LoadedSpecification,
  model: GraphModel,
  result: SearchResult,
  isThorough: boolean,
): Unmet | null {
  // A reduced search leaves states out, and so does a view.
  const isWhole = result.reducedCount === 0 && loaded.specification.view === null;
  if (!result.complete || !isWhole) return null;
  const everywhere = isThorough || result.distinct <= antecedentStatesMax;
  return {
    labels: unmetLabels(loaded, model, result, isThorough),
    antecedents: everywhere ? unmetAntecedents(loaded, result) : [],
  };
}

function unmetLabels(
  loaded: LoadedSpecification,
  model: GraphModel,
  result: SearchResult,
  isThorough: boolean,
): Unmet['labels'] {
  const { compiled } = loaded;
  const generated = generatedActions(loaded);
  const found = newStatesByAction(result, model.actions.length);
  const candidates = labelsOf(model.actions).filter(
    ({ name, actions }) => !generated.has(name) && sumOf(actions, found) === 0,
  );
  const all = candidates.flatMap(({ actions }) => actions);
  const most = isThorough ? Number.POSITIVE_INFINITY : expandedMax;
  const became = stepsOfActions(all, compiled, result, most);
  const has = ({ actions }: Label, ...what: readonly string[]): boolean =>
    actions.some((action) => what.includes(became.get(action) as string));
  return candidates
    .filter((label) => !has(label, 'some', 'unknown'))
    .map((label) => ({
      label: label.name,
      location: label.location,
      isReached: has(label, 'blocked'),
    }));
}

/** Of those inside each other the outermost: the others follow from it. */
function unmetAntecedents(
  { compiled, specification }: LoadedSpecification,
  result: SearchResult,
): Unmet['antecedents'] {
  const { antecedents } = specification;
  const never = new Set(neverTrue(compiled.observed, result));
  return [...never].flatMap((number) => {
    const one = antecedents[number];
    if (one === undefined || (one.outer !== null && never.has(one.outer))) return [];
    const { invariant, kind, formula } = one;
    const { span } = formula;
    return [{ invariant, kind, location: locate(span), text: textOf(span) }];
  });
}

/** `result` is null for random behaviors, whose states are not kept. */
export function coverageReport(
  counted: Coverage,
  model: GraphModel,
  result: SearchResult | null,
): CoverageReport {
  const { steps } = counted;
  const found = result && newStatesByAction(result, model.actions.length);
  const foundBySteps = found?.reduce((sum, times) => sum + times, 0) ?? 0;
  const initial = {
    generated: counted.initial,
    distinct: result === null ? null : result.distinct - foundBySteps,
  };
  return {
    initial,
    labels: labelsOf(model.actions).map(({ name, location, actions }) => ({
      label: name,
      location,
      steps: sumOf(actions, steps),
      newStates: found && sumOf(actions, found),
      processes: [...byProcess(actions, model.actions)].map(([process, own]) => ({
        process,
        steps: sumOf(own, steps),
        newStates: found && sumOf(own, found),
      })),
    })),
    tests: inOrder(counted.tests).map(({ span, isTrue, isFalse }) => {
      return { location: locate(span), text: textOf(span), isTrue, isFalse };
    }),
    branches: inOrder(counted.branches).map(({ span, branch, steps: times }) => {
      return { location: locate(span), branch, steps: times };
    }),
  };
}

function inOrder<T extends { readonly span: Span }>(all: readonly T[]): readonly T[] {
  return [...all].sort((a, b) => {
    const [one, other] = [a.span.source.file, b.span.source.file];
    return one === other ? a.span.start - b.span.start : one < other ? -1 : 1;
  });
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end).replace(/\s+/g, ' ').trim();
}

export function coverageDocument({ initial, labels, tests, branches }: CoverageReport): unknown {
  return {
    initial,
    labels: labels.map((label) => ({
      ...label,
      processes: label.processes.map(({ process, ...counts }) => ({
        process: process === null ? null : encodeItf(process),
        ...counts,
      })),
    })),
    guards: tests.map(({ location, text, isTrue, isFalse }) => {
      return { location, text, true: isTrue, false: isFalse };
    }),
    branches,
  };
}
