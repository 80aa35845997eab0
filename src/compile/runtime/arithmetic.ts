/** Integer arithmetic with TLC's range: 32 bits, beyond which there is an error. */
import { Fault, type Site, wrongKind } from './fault.js';
import type { RuntimeValue } from './lazy.js';
import { Interval } from './lazySets.js';

function integer(value: RuntimeValue, operator: string, site: Site): number {
  if (typeof value === 'number') return value;
  return wrongKind(operator, 'an integer', value, site);
}

function inRange(result: number, a: number, operator: string, b: number, site: Site): number {
  if (result === (result | 0)) return result;
  throw new Fault('EVL010', site, { expression: `${a} ${operator} ${b}` });
}

export function add(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '+', site);
  const y = integer(b, '+', site);
  return inRange(x + y, x, '+', y, site);
}

export function subtract(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '-', site);
  const y = integer(b, '-', site);
  return inRange(x - y, x, '-', y, site);
}

export function multiply(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '*', site);
  const y = integer(b, '*', site);
  return inRange(x * y + 0, x, '*', y, site);
}

export function negate(a: RuntimeValue, site: Site): number {
  const x = integer(a, '-', site);
  return inRange(0 - x, 0, '-', x, site);
}

export function divide(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '\\div', site);
  const y = integer(b, '\\div', site);
  if (y === 0) throw new Fault('EVL011', site, { expression: `${x} \\div 0`, wanted: 'not zero' });
  return inRange(Math.floor(x / y) + 0, x, '\\div', y, site);
}

export function modulo(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '%', site);
  const y = integer(b, '%', site);
  if (y <= 0) throw new Fault('EVL011', site, { expression: `${x} % ${y}`, wanted: 'positive' });
  return x - y * Math.floor(x / y);
}

export function power(a: RuntimeValue, b: RuntimeValue, site: Site): number {
  const x = integer(a, '^', site);
  const y = integer(b, '^', site);
  if (y < 0 || (x === 0 && y === 0)) throw new Fault('EVL012', site, { expression: `${x} ^ ${y}` });
  return inRange(x ** y + 0, x, '^', y, site);
}

export function less(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  return integer(a, '<', site) < integer(b, '<', site);
}

export function lessOrEqual(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  return integer(a, '<=', site) <= integer(b, '<=', site);
}

export function greater(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  return integer(a, '>', site) > integer(b, '>', site);
}

export function greaterOrEqual(a: RuntimeValue, b: RuntimeValue, site: Site): boolean {
  return integer(a, '>=', site) >= integer(b, '>=', site);
}

export function interval(a: RuntimeValue, b: RuntimeValue, site: Site): Interval {
  return new Interval(integer(a, '..', site), integer(b, '..', site));
}
