/** What a standard module offers to compiled code: a function per operator. */
import type { RuntimeValue } from '../runtime/lazy.js';

/** What is known of a result before it is computed; `value` is anything but a lazy one. */
export type ResultType = 'boolean' | 'number' | 'string' | 'value' | 'any';

/** Operators that take operators get JavaScript functions of values for them. */
// biome-ignore lint/suspicious/noExplicitAny: arguments are values or functions, by position.
type Implementation = (...args: any[]) => RuntimeValue;

export interface StandardOperator {
  /** Called with the arguments and then the number of the place. */
  readonly implementation: Implementation;
  readonly arity: number;
  readonly result: ResultType;
}

/** A module's operators by canonical name. */
export type StandardModule = Readonly<Record<string, StandardOperator>>;

export function operator(
  result: ResultType,
  arity: number,
  implementation: Implementation,
): StandardOperator {
  return { implementation, arity, result };
}
