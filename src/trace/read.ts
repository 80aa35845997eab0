/** A trace file of any format that the program knows. */
import { fail } from '../source/diagnostic.js';
import { isItf, traceFromItf, traceToItf } from './itf.js';
import { traceFromJson, traceToJson } from './json.js';
import type { Trace } from './trace.js';

/** Reads our JSON or ITF; the text decides which, not the file's name. */
export function readTrace(text: string, file: string, modelValues?: ReadonlySet<string>): Trace {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    fail('RPL001', null, { file, cause: error instanceof Error ? error.message : String(error) });
  }
  const read = isItf(data) ? traceFromItf : traceFromJson;
  return read(data, file, modelValues);
}

/** The text of a trace file: ITF where the name ends in `.itf.json`, our JSON otherwise. */
export function writeTrace(trace: Trace, file: string): string {
  const data = file.endsWith('.itf.json') ? traceToItf(trace) : traceToJson(trace);
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
