/** A loop over the elements of a set, in the code of an action. */
import type { Span } from '../../source/text.js';
import type { Block } from '../block.js';
import { type Code, isConstant, type Remembered } from '../code.js';
import type { Loop } from '../expressions/binders.js';
import { remember } from '../expressions/remember.js';
import { elementsOf, numbered } from '../runtime/sets.js';
import type { Unit } from '../unit.js';

export function elementsJs(set: Code, what: string, at: Span, unit: Unit): string {
  const run = unit.use('elementsOf', elementsOf);
  return `${run}(${unit.lifted(set)}, ${JSON.stringify(what)}, ${unit.site(at)})`;
}

/**
 * `set` is that of the loop. Where the same sets come again and again, their elements are numbered,
 * so that what depends on an element is found by its number.
 */
export function eachElement(
  { parameter, set: { span } }: Loop,
  set: Code,
  what: string,
  unit: Unit,
  block: Block,
  inside: (block: Block) => void,
): void {
  const list = unit.isValue(parameter) ? numberedJs(set, what, span, unit) : null;
  if (list === null) {
    block.nest(`for (const ${parameter} of ${elementsJs(set, what, span, unit)})`, inside);
    return;
  }
  const over = unit.local('over');
  const i = unit.local('i');
  const number = unit.local('number');
  unit.noteValue(parameter, number);
  block.add(`const ${over} = ${list};`);
  block.nest(`for (let ${i} = 0; ${i} < ${over}.elements.length; ${i}++)`, (inner) => {
    inner.add(`const ${parameter} = ${over}.elements[${i}];`);
    inner.add(`const ${number} = ${over}.numbers[${i}];`);
    inside(inner);
  });
}

/** Null where the elements would be numbered again each time. */
function numberedJs(set: Code, what: string, at: Span, unit: Unit): string | null {
  const made = (js: string): string => {
    const numbers = unit.use(unit.fresh('numbers'), new Map());
    return `${unit.use('numbered', numbered)}(${numbers}, ${js}, ${JSON.stringify(what)}, ${unit.site(at)})`;
  };
  const { remembered } = set;
  if (isRemembered(set, remembered)) return remembered.keep(made(remembered.js));
  const { type, free } = set;
  const list: Code = { js: made(set.js), type, free, safe: false, atomic: false };
  if (isConstant(set)) return unit.lifted(list);
  const once = remember(list, unit);
  return once.remembered === undefined ? null : once.js;
}

/** What was made of remembered code is not remembered itself. */
export function isRemembered(code: Code, by: Remembered | undefined): by is Remembered {
  return by?.keep(by.js) === code.js;
}
