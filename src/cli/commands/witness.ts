/** `check --witness`: a shortest behavior to a state where a predicate is true, or that there is none. */
import { renderTrace } from '../../report/counterexample.js';
import type { Palette } from '../../report/palette.js';
import { counted, duration } from '../../report/quantity.js';
import { renderPlaces } from '../../source/render.js';
import { SourceText } from '../../source/text.js';
import { traceToJson } from '../../trace/json.js';
import { writeTrace } from '../../trace/read.js';
import { aliasedTrace } from '../aliasedTraces.js';
import { falseAssumption } from '../checkOutcome.js';
import type { Context } from '../context.js';
import { loadFiles, type SpecFiles, specFiles } from '../exploration.js';
import { writeWhole } from '../files.js';
import type { ExploreOptions } from '../options.js';
import type { LoadedSpecification } from '../pipeline.js';
import { sourceLines } from '../sourceLines.js';
import {
  findWitnesses,
  type WitnessOutcome,
  type WitnessRun,
  witnessExitCode,
} from '../witnesses.js';
import { checkDocument } from './check.js';

export interface WitnessOptions extends ExploreOptions {
  readonly trace?: string;
}

export async function witness(
  spec: string,
  expressions: readonly string[],
  options: WitnessOptions,
  context: Context,
): Promise<number> {
  const files = specFiles(spec, options);
  let isSearching = true;
  const host = {
    // States are evaluated again for traces; what they print is not news then.
    print: (line: string) => (isSearching ? context.print(line) : undefined),
    warn: context.report,
    now: Date.now,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  };
  const sources = expressions.map((text) => new SourceText('--witness', text));
  const { source, loaded } = loadFiles(files, options, host, sources);
  for (const warning of loaded.warnings) context.report(warning);
  const assumption = falseAssumption(loaded, 0);
  if (assumption !== null) {
    if (context.json) context.document(checkDocument(files, assumption));
    else context.say(context.paint.error(assumption.message ?? assumption.result));
    return assumption.exitCode;
  }
  const run = await findWitnesses(expressions, loaded, files, options, context);
  isSearching = false;
  const written = run.witnesses.map((one, i) => write(one, i, options.trace));
  const exitCode = witnessExitCode(run);
  if (context.json) context.document(witnessDocument(files, run, loaded));
  else print(run, loaded, written, sourceLines([source]), context);
  return exitCode;
}

function print(
  run: WitnessRun,
  { compiled, specification }: LoadedSpecification,
  written: readonly (string | null)[],
  sourceLine: ReturnType<typeof sourceLines>,
  context: Context,
): void {
  const { paint, terminal } = context;
  run.witnesses.forEach((one, i) => {
    context.say(verdictLine(one, specification.view?.name ?? null, paint));
    if (one.failure !== null) context.say(renderPlaces(one.failure, paint));
    if (one.trace !== null) {
      const trace = aliasedTrace(one.trace, compiled);
      context.say(`\n${renderTrace(trace, { paint, width: terminal.width, sourceLine })}\n`);
    }
    const file = written[i] ?? null;
    if (file !== null) context.say(`Trace: ${file}\n`);
  });
  const { generated, distinct, depth } = run.result;
  const numbers = `${counted(generated, 'state')} generated, ${counted(distinct, 'distinct state')}`;
  context.say(`${numbers}, depth ${depth}, in ${duration(run.seconds)}.`);
  context.say(paint.dim('Only witnesses were looked for: nothing else was checked.'));
  if (run.incomplete !== null) context.report(run.incomplete);
  if (run.isInterrupted) context.note('Interrupted: what was not found yet may still be there.');
}

function verdictLine(
  { expression, result, trace, failure }: WitnessOutcome,
  view: string | null,
  paint: Palette,
): string {
  const name = paint.strong(expression);
  switch (result) {
    case 'found': {
      const length = counted(trace?.steps.length ?? 0, 'state');
      return `${paint.good('Found:')} ${name}, by a shortest behavior of ${length}.`;
    }
    case 'none': {
      // States that the view does not tell apart were not all asked.
      const under = view === null ? '' : `, among those that VIEW ${view} tells apart`;
      return `${paint.error('None:')} no reachable state has ${name}${under}.`;
    }
    case 'unknown':
      return `${paint.warning('Unknown:')} no state found has ${name}; not all were searched.`;
    case 'evaluation-error':
      return `${paint.error('No value:')} ${name}: ${failure?.message ?? ''}`;
  }
}

function witnessDocument(
  files: SpecFiles,
  { witnesses, result, seconds, incomplete }: WitnessRun,
  { specification, compiled }: LoadedSpecification,
): unknown {
  const failed = witnesses.find((one) => one.failure !== null)?.failure ?? null;
  const isUnknown = witnesses.some((one) => one.result === 'unknown');
  const traceOf = ({ trace }: WitnessOutcome) =>
    trace && traceToJson(aliasedTrace(trace, compiled));
  const first = witnesses.find((one) => one.trace !== null);
  const { generated, distinct, depth } = result;
  const checked = [
    ...specification.invariants.map(({ name }) => ({ name, kind: 'invariant' })),
    ...specification.properties.map(({ name }) => ({ name, kind: 'temporal' })),
  ];
  return {
    ...files,
    result: failed !== null ? 'evaluation-error' : isUnknown ? 'limit' : 'ok',
    property: null,
    message: failed?.message ?? (isUnknown ? (incomplete?.message ?? 'Interrupted.') : null),
    location: null,
    complete: result.complete,
    states: { generated, distinct, depth },
    seconds: Math.round(seconds * 1000) / 1000,
    trace: first === undefined ? null : traceOf(first),
    properties: checked.map((one) => ({ ...one, result: 'not-checked', trace: null })),
    witnesses: witnesses.map((one) => ({
      expression: one.expression,
      result: one.result,
      message: one.failure?.message ?? null,
      states: one.trace?.steps.length ?? null,
      trace: traceOf(one),
    })),
  };
}

/** The second witness's trace goes beside the first one's: `way.json`, `way-2.json`. */
function write({ trace }: WitnessOutcome, index: number, file: string | undefined): string | null {
  if (file === undefined || trace === null) return null;
  const name = index === 0 ? file : numbered(file, index + 1);
  writeWhole(name, writeTrace(trace, name));
  return name;
}

function numbered(file: string, number: number): string {
  const extension = /(\.itf)?\.[^./\\]+$/.exec(file)?.[0] ?? '';
  return `${file.slice(0, file.length - extension.length)}-${number}${extension}`;
}
