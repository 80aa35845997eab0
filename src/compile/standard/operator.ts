/** What a standard module offers to compiled code: a function per operator. */
import { Fault, type Site } from '../runtime/fault.js';
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
  /** It sees or does something besides the state, so it is evaluated each time, where it stands. */
  readonly isEffect: boolean;
  /** The positions of arguments that come as functions without parameters, for it to call. */
  readonly lazy: ReadonlySet<number>;
}

/** A module's operators by canonical name. */
export type StandardModule = Readonly<Record<string, StandardOperator>>;

export function operator(
  result: ResultType,
  arity: number,
  implementation: Implementation,
): StandardOperator {
  return { implementation, arity, result, isEffect: false, lazy: new Set() };
}

/** An operator that sees or does something besides the state. */
export function effect(
  result: ResultType,
  arity: number,
  implementation: Implementation,
): StandardOperator {
  return { ...operator(result, arity, implementation), isEffect: true };
}

/** The operator with the arguments at these positions unevaluated. */
export function lazyIn(positions: readonly number[], given: StandardOperator): StandardOperator {
  return { ...given, lazy: new Set(positions) };
}

/** An operator that the module has and this program does not evaluate; `place` completes why. */
export function refused(name: string, arity: number, place: string): StandardOperator {
  const refuse = (...given: unknown[]): never => {
    throw new Fault('EVL021', given.at(-1) as Site, { construct: name, place });
  };
  const positions = Array.from({ length: arity }, (_, i) => i);
  return lazyIn(positions, effect('any', arity, refuse));
}
