/**
 * Bitwise. The module defines its operators for naturals; TLC also takes negative numbers, as two's
 * complements with 32 bits, and so does this.
 */
import { type Site, wrongKind } from '../runtime/fault.js';
import type { RuntimeValue } from '../runtime/lazy.js';
import { operator, type StandardModule } from './operator.js';

type Given = RuntimeValue;

function integer(given: Given, name: string, site: Site): number {
  return typeof given === 'number' ? given : wrongKind(name, 'an integer', given, site);
}

function natural(given: Given, name: string, site: Site): number {
  if (typeof given === 'number' && given >= 0) return given;
  return wrongKind(name, 'a natural number', given, site);
}

function bitAnd(a: Given, b: Given, site: Site): number {
  return integer(a, '&', site) & integer(b, '&', site);
}

function bitOr(a: Given, b: Given, site: Site): number {
  return integer(a, '|', site) | integer(b, '|', site);
}

function bitXor(a: Given, b: Given, site: Site): number {
  return integer(a, '^^', site) ^ integer(b, '^^', site);
}

/** Flips the bits up to the highest that is set, as the module defines it: `Not(5)` is 2. */
function bitNot(a: Given, site: Site): number {
  const given = natural(a, 'Not', site);
  const width = 32 - Math.clz32(given);
  return given ^ (2 ** width - 1);
}

function shiftRight(a: Given, by: Given, site: Site): number {
  const given = natural(a, 'shiftR', site);
  const places = natural(by, 'shiftR', site);
  return places > 31 ? 0 : given >> places;
}

export const bitwise: StandardModule = {
  '&': operator('number', 2, bitAnd),
  '|': operator('number', 2, bitOr),
  '^^': operator('number', 2, bitXor),
  Not: operator('number', 1, bitNot),
  shiftR: operator('number', 2, shiftRight),
};
