/** A trace file of any format that the program knows. */
import { fail } from '../source/diagnostic.js';
import { isItf, traceFromItf, traceToItf } from './itf.js';
import { traceFromJson, traceToJson } from './json.js';
import { isTlcJson, traceFromTlc, traceToTlc } from './tlcJson.js';
import type { Trace } from './trace.js';

/**
 * Reads our JSON, ITF or TLC's; the text decides which, not the file's name. The whole document of
 * `check --json` is taken for the trace in it.
 */
export function readTrace(text: string, file: string, modelValues?: ReadonlySet<string>): Trace {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    fail('RPL001', null, { file, cause: isCutOff(text) ? 'it ends too early' : cause });
  }
  const document = data as { readonly result?: unknown; readonly trace?: unknown } | null;
  if (typeof document?.result === 'string' && 'trace' in document) {
    if (document.trace === null) fail('RPL017', null, { file, result: document.result });
    data = document.trace;
  }
  const read = isTlcJson(data) ? traceFromTlc : isItf(data) ? traceFromItf : traceFromJson;
  return read(data, file, modelValues);
}

/** What begins as a document and does not end as one, such as the file of a run that was killed. */
function isCutOff(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.startsWith('{') && !trimmed.endsWith('}');
}

/** The text of a trace file: ITF for `.itf.json`, TLC's for `.tlc.json`, our JSON otherwise. */
export function writeTrace(trace: Trace, file: string): string {
  const format = /\.(itf|tlc)\.json$/.exec(file)?.[1];
  const write = format === 'tlc' ? traceToTlc : format === 'itf' ? traceToItf : traceToJson;
  const data = write(trace);
  return `${JSON.stringify(data, null, 2)}\n`;
}

/** `dir/Writeback.tla` → `Writeback`: what a spec is recognised by, wherever its file lies. */
export function moduleName(spec: string): string {
  return spec.replace(/^.*[/\\]/, '').replace(/\.tla$/, '');
}

/** Refuses a trace that was made from another spec than `spec`. */
export function expectTraceOf(trace: Trace, spec: string, file: string): void {
  if (moduleName(trace.spec) !== moduleName(spec)) {
    fail('RPL005', null, { file, found: trace.spec || '(no spec named)', expected: spec });
  }
}
