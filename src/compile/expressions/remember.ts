/**
 * Expressions that walk through sets, or make them, and depend on one or two things only: on a slot
 * or on a bound variable. They are evaluated once for what these hold, as a search meets the same
 * set or sequence in thousands of states.
 */
import type { Code } from '../code.js';
import { ResultCache } from '../runtime/resultCache.js';
import type { Unit } from '../unit.js';

const slotRead = /^#(s\[\d+\])$/;

/** The code, or its result from before where it has been evaluated with the same operands. */
export function remember(code: Code, unit: Unit): Code {
  if (code.safe || code.free.size === 0 || code.free.size > 2) return code;
  const operands: string[] = [];
  for (const token of code.free) {
    const js = slotRead.exec(token)?.[1] ?? (unit.isValue(token) ? token : undefined);
    if (js === undefined) return code;
    operands.push(js);
  }
  const [first, second = '0'] = operands as [string, string?];
  const known = unit.fresh('known');
  if (operands.length === 1 && first.startsWith('s[')) {
    unit.declare(`const ${known} = [];`);
    return rememberedBy((js) => `(${known}[${first}] ??= ${js})`, code);
  }
  unit.declare(`const ${known} = new ${unit.use('ResultCache', ResultCache)}();`);
  const pair = `${first}, ${second}`;
  return rememberedBy((js) => `(${known}.get(${pair}) ?? ${known}.set(${pair}, ${js}))`, code);
}

function rememberedBy(keep: (js: string) => string, code: Code): Code {
  return { ...code, js: keep(code.js), atomic: true, remembered: { js: code.js, keep } };
}
