/**
 * What a search has violated so far, as JSON. A failure keeps its place and its step: the text of
 * the specification is the same when it is read, so a file name and two offsets are a place.
 */
import { basename } from 'node:path';
import type { Choice, FailureDetail } from '../../compile/index.js';
import { EvaluationFailure, type Violation } from '../../explore/index.js';
import type { SourceText, Span } from '../../source/text.js';
import { fromStoredJson, type StoredJson, toStoredJson } from '../../values/index.js';

type StoredSpan = readonly [file: string, start: number, end: number];

type Named = readonly [name: string, value: StoredJson];

interface StoredFailure {
  readonly kind: EvaluationFailure['kind'];
  readonly message: string;
  readonly detail: null | {
    readonly span: StoredSpan | null;
    readonly code: string;
    readonly calls: readonly StoredSpan[];
    readonly step: null | {
      readonly action: number;
      readonly choices: readonly Named[];
      readonly values: readonly Named[];
    };
  };
}

export interface StoredViolation extends Omit<Violation, 'next' | 'failure'> {
  readonly next: { readonly action: number; readonly state: readonly number[] } | null;
  readonly failure: StoredFailure | null;
}

export function storeViolation({ next, failure, ...rest }: Violation): StoredViolation {
  return {
    ...rest,
    next: next === undefined ? null : { action: next.action, state: [...next.state] },
    failure: failure && storeFailure(failure),
  };
}

export function restoreViolation(
  { next, failure, ...rest }: StoredViolation,
  sources: readonly SourceText[],
): Violation {
  return {
    ...rest,
    ...(next === null ? {} : { next: { ...next, state: Int32Array.from(next.state) } }),
    failure: failure && restoreFailure(failure, sources),
  };
}

function storeFailure({ kind, message, detail }: EvaluationFailure): StoredFailure {
  const known = detail as FailureDetail | null;
  if (known === null) return { kind, message, detail: null };
  const { span, code, calls, step } = known;
  return {
    kind,
    message,
    detail: {
      span: span && storeSpan(span),
      code,
      calls: calls.map(storeSpan),
      step: step === undefined ? null : { ...storeStep(step), action: step.action },
    },
  };
}

type UnfinishedStep = NonNullable<FailureDetail['step']>;

function storeStep({ choices, values }: UnfinishedStep) {
  return {
    choices: choices.map(({ name, value }): Named => [name, toStoredJson(value)]),
    values: [...values].map(([name, value]): Named => [name, toStoredJson(value)]),
  };
}

function restoreFailure(stored: StoredFailure, sources: readonly SourceText[]): EvaluationFailure {
  const { kind, message, detail } = stored;
  if (detail === null) return new EvaluationFailure(kind, message);
  const { span, code, calls, step } = detail;
  const restored: FailureDetail = {
    span: span && restoreSpan(span, sources),
    code,
    calls: calls.map((one) => restoreSpan(one, sources)),
    ...(step === null ? {} : { step: restoreStep(step) }),
  };
  return new EvaluationFailure(kind, message, restored);
}

function restoreStep(stored: {
  readonly action: number;
  readonly choices: readonly Named[];
  readonly values: readonly Named[];
}): UnfinishedStep {
  const { action, choices, values } = stored;
  return {
    action,
    choices: choices.map(([name, value]): Choice => ({ name, value: fromStoredJson(value) })),
    values: new Map(values.map(([name, value]) => [name, fromStoredJson(value)])),
  };
}

function storeSpan({ source, start, end }: Span): StoredSpan {
  return [basename(source.file), start, end];
}

function restoreSpan([file, start, end]: StoredSpan, sources: readonly SourceText[]): Span {
  const source = sources.find((one) => basename(one.file) === file);
  if (source === undefined) throw new Error(`the run has read no text ${file}`);
  return { source, start, end };
}
