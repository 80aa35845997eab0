/**
 * A piece of generated JavaScript with what the compiler knows of it. Pieces are built by `combine`,
 * which is where constant parts are lifted out: a part that reads no state and no local is computed
 * once, when it is first needed.
 */
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';
import { bool, type FaultCode, raise } from './runtime/fault.js';
import type { ResultType } from './standard/index.js';
import type { Unit } from './unit.js';

export interface Code {
  /** An expression that can stand anywhere: it is parenthesised where that matters. */
  readonly js: string;
  readonly type: ResultType;
  /**
   * The JavaScript locals it reads, `#x` and `#x'` for variables, and `#s[0]` for a variable or part
   * that is one slot of the state. Empty: it is constant.
   */
  readonly free: ReadonlySet<string>;
  /** Evaluating it cannot fail and costs next to nothing: a literal, a local, a slot. */
  readonly safe: boolean;
  /** As cheap as a name, so there is no use in lifting it out, though it may fail. */
  readonly atomic: boolean;
  /** The value, when it is known now. */
  readonly known?: Value;
  /** For a read of one slot: the vector (`s` or `n`) and the slot. */
  readonly slot?: { readonly vector: string; readonly number: number };
  /** For what is evaluated once for each value of its operands: how, and where it is kept. */
  readonly remembered?: Remembered;
  /** A test without which this boolean is not TRUE and evaluates nothing else. */
  readonly guard?: Guard;
}

export interface Remembered {
  /** The expression itself. */
  readonly js: string;
  /** The same for another expression of the same operands in its place. */
  keep(js: string): string;
}

/** A slot of the state has a code, or is one that has had values of several kinds. */
export interface Guard {
  readonly slot: number;
  readonly code: number;
  readonly isMixed: string;
}

export const nothing: ReadonlySet<string> = new Set();

export function local(js: string, type: ResultType = 'value'): Code {
  return { js, type, free: new Set([js]), safe: true, atomic: true };
}

export function literal(value: boolean | number | string): Code {
  const type = typeof value as 'boolean' | 'number' | 'string';
  const js = typeof value === 'number' && value < 0 ? `(${value})` : JSON.stringify(value);
  return { js, type, free: nothing, safe: true, atomic: true, known: value };
}

export function isConstant(code: Code): boolean {
  return code.free.size === 0;
}

/** An expression made of others. If some part is not constant, the constant ones are lifted. */
export function combine(
  unit: Unit,
  parts: readonly Code[],
  type: ResultType,
  build: (js: readonly string[]) => string,
): Code {
  const free = freeOf(parts);
  const js = parts.map((part) => (free.size === 0 ? part.js : unit.lifted(part)));
  return { js: build(js), type, free, safe: false, atomic: false };
}

/** The body of a function of the given locals, as a part: it stays where it is. */
export function body(unit: Unit, code: Code, locals: readonly string[]): Code {
  if (isConstant(code)) return { ...code, js: unit.lifted(code), atomic: true };
  return { ...code, free: without(code.free, locals), atomic: true };
}

/** The code as a JavaScript boolean; another value is an error at `place`. */
export function asBoolean(unit: Unit, code: Code, place: string, at: Span | null): Code {
  if (code.type === 'boolean') return code;
  const check = unit.use('bool', bool);
  return combine(
    unit,
    [code],
    'boolean',
    ([js]) => `${check}(${js}, ${JSON.stringify(place)}, ${unit.site(at)})`,
  );
}

/** Code that does nothing but report that it has no value. */
export function fault(
  unit: Unit,
  code: FaultCode,
  holes: Readonly<Record<string, string>>,
  at: Span | null,
  free: ReadonlySet<string> = nothing,
): Code {
  const js = `${unit.use('raise', raise)}('${code}', ${unit.site(at)}, ${JSON.stringify(holes)})`;
  return { js, type: 'any', free, safe: false, atomic: true };
}

function freeOf(parts: readonly Code[]): ReadonlySet<string> {
  const nonEmpty = parts.filter((part) => part.free.size > 0);
  if (nonEmpty.length === 0) return nothing;
  if (nonEmpty.length === 1) return (nonEmpty[0] as Code).free;
  return new Set(nonEmpty.flatMap((part) => [...part.free]));
}

function without(free: ReadonlySet<string>, locals: readonly string[]): ReadonlySet<string> {
  if (!locals.some((name) => free.has(name))) return free;
  return new Set([...free].filter((name) => !locals.includes(name)));
}
