/**
 * Expressions that walk through sets, or make them, and depend on one or two things only: on a slot
 * or on a bound variable. They are evaluated once for what these hold, as a search meets the same
 * set or sequence in thousands of states.
 */
import type { Code } from '../code.js';
import { PairTable } from '../runtime/pairTable.js';
import { ResultCache } from '../runtime/resultCache.js';
import type { Unit } from '../unit.js';

const slotRead = /^#(s\[\d+\])$/;

/** The code, or its result from before where it has been evaluated with the same operands. */
export function remember(code: Code, unit: Unit): Code {
  if (code.safe || code.free.size === 0 || code.free.size > 2) return code;
  const operands: Operand[] = [];
  for (const token of code.free) {
    const operand = operandOf(token, unit);
    if (operand === null) return code;
    operands.push(operand);
  }
  const [first, second] = operands as [Operand, Operand?];
  const known = unit.fresh('known');
  if (second === undefined && first.isNumber) {
    unit.declare(`const ${known} = [];`);
    return rememberedBy((js) => `(${known}[${first.js}] ??= ${js})`, code);
  }
  const areNumbers = first.isNumber && second?.isNumber;
  const cache = areNumbers
    ? unit.use('PairTable', PairTable)
    : unit.use('ResultCache', ResultCache);
  unit.declare(`const ${known} = new ${cache}();`);
  const pair = `${first.js}, ${second?.js ?? '0'}`;
  return rememberedBy((js) => `(${known}.get(${pair}) ?? ${known}.set(${pair}, ${js}))`, code);
}

interface Operand {
  readonly js: string;
  /** It is a number from 0 that stands for a value, such as a code in a slot. */
  readonly isNumber: boolean;
}

function operandOf(token: string, unit: Unit): Operand | null {
  const slot = slotRead.exec(token)?.[1];
  if (slot !== undefined) return { js: slot, isNumber: true };
  if (!unit.isValue(token)) return null;
  const number = unit.numberOf(token);
  return { js: number ?? token, isNumber: number !== null };
}

function rememberedBy(keep: (js: string) => string, code: Code): Code {
  return { ...code, js: keep(code.js), atomic: true, remembered: { js: code.js, keep } };
}
