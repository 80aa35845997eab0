/**
 * How compiled code reports that an expression has no value: it throws a Fault with a code of the
 * catalogue and the number of its place; the entry points of the compiled module turn it into an
 * `EvaluationFailure` with the span (`failure.ts`).
 */
import type { Code } from '../../source/catalogue/index.js';
import { diagnose } from '../../source/diagnostic.js';
import { formatValue } from '../../values/index.js';
import type { RuntimeValue } from './lazy.js';

export type FaultCode = `EVL${number}`;

/** The number of a place in the specification: an index into the module's spans. */
export type Site = number;

export class Fault extends Error {
  constructor(
    readonly code: FaultCode,
    readonly site: Site,
    readonly holes: Readonly<Record<string, string | number>> = {},
  ) {
    super(code);
    this.name = 'Fault';
    recordStack(this);
  }
}

/** How many frames of the stack lead from a fault to the definitions that it happened in. */
const frameCountMax = 200;

/** V8's own limit is ten frames, of which the loops over sets alone take several each. */
function recordStack(fault: Fault): void {
  const engine = Error as unknown as {
    stackTraceLimit?: number;
    captureStackTrace?: (error: Error) => void;
  };
  if (engine.captureStackTrace === undefined) return;
  const before = engine.stackTraceLimit ?? 10;
  engine.stackTraceLimit = frameCountMax;
  engine.captureStackTrace(fault);
  engine.stackTraceLimit = before;
}

/** A value as TLC prints it; a set that is not enumerated yet as it was made. */
export function describe(value: RuntimeValue): string {
  return formatValue(value);
}

/** What a person reads of a value in a message; long ones are cut. */
export function show(value: RuntimeValue): string {
  const text = describe(value);
  return text.length <= 200 ? text : `${text.slice(0, 199)}…`;
}

/** What the fault says, without its place. */
export function faultMessage(fault: Fault): string {
  return diagnose(fault.code as Code, null, fault.holes).message;
}

export function wrongKind(
  operator: string,
  wanted: string,
  value: RuntimeValue,
  site: Site,
): never {
  throw new Fault('EVL001', site, { operator, wanted, value: show(value) });
}

/** The value if it is a boolean; anything else is the user's mistake at `place`. */
export function bool(value: RuntimeValue, place: string, site: Site): boolean {
  if (value === true || value === false) return value;
  throw new Fault('EVL003', site, { place, value: show(value) });
}

export function raise(
  code: FaultCode,
  site: Site,
  holes: Readonly<Record<string, string | number>>,
): never {
  throw new Fault(code, site, holes);
}
