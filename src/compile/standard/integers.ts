/** Naturals, Integers (and the integer part of Reals). */
import * as arithmetic from '../runtime/arithmetic.js';
import { integers as int, naturals as nat } from '../runtime/lazySets.js';
import { operator, type StandardModule } from './operator.js';

export const naturals: StandardModule = {
  '+': operator('number', 2, arithmetic.add),
  '-': operator('number', 2, arithmetic.subtract),
  '*': operator('number', 2, arithmetic.multiply),
  '^': operator('number', 2, arithmetic.power),
  '\\div': operator('number', 2, arithmetic.divide),
  '%': operator('number', 2, arithmetic.modulo),
  '<': operator('boolean', 2, arithmetic.less),
  '<=': operator('boolean', 2, arithmetic.lessOrEqual),
  '>': operator('boolean', 2, arithmetic.greater),
  '>=': operator('boolean', 2, arithmetic.greaterOrEqual),
  '..': operator('any', 2, arithmetic.interval),
  Nat: operator('any', 0, function naturalNumbers() {
    return nat;
  }),
};

export const integers: StandardModule = {
  ...naturals,
  '-.': operator('number', 1, arithmetic.negate),
  Int: operator('any', 0, function integerNumbers() {
    return int;
  }),
};
