/** How compiled code reads variables: from slots, from JavaScript locals, or not at all. */
import type { Span } from '../source/text.js';
import type { Value } from '../values/index.js';
import { type Code, fault, nothing } from './code.js';
import { Fault } from './runtime/fault.js';
import type { Unit } from './unit.js';

export interface SlotComparison {
  readonly code: number;
  readonly isMixed: string;
}

export interface Storage {
  /** The whole value of a variable. */
  read(unit: Unit, variable: string, primed: boolean, at: Span | null): Code;
  /** `v[a].b` without the rest of v; null if there is no shorter way than `read`. */
  readPath(
    unit: Unit,
    variable: string,
    primed: boolean,
    path: readonly Code[],
    at: Span | null,
  ): Code | null;
  /** The code that the slot has for a value, and the test whether it has had other kinds, too. */
  compareSlot?(unit: Unit, slot: number, value: Value): SlotComparison | undefined;
  /** Statements that the module begins with. */
  declarations(unit: Unit): readonly string[];
}

/** For constant expressions: a variable in them has no value. */
export const noStorage: Storage = {
  read: (unit, variable, _primed, at) =>
    fault(unit, 'EVL020', { variable }, at, new Set([`#${variable}`])),
  readPath: () => null,
  declarations: () => [],
};

/** For the initial predicate: whole values in module variables, undefined before assignment. */
export function initialStorage(variables: readonly string[]): Storage {
  return {
    read(unit, variable, primed, at) {
      if (primed) {
        const holes = { construct: `${variable}'`, place: 'in the initial predicate' };
        return fault(unit, 'EVL021', holes, at, nothing);
      }
      const defined = unit.use('defined', definedValue);
      const js = initialName(variable);
      return {
        js: `${defined}(${js}, ${JSON.stringify(variable)}, ${unit.site(at)})`,
        type: 'value',
        free: new Set([`#${variable}`]),
        safe: false,
        atomic: true,
      };
    },
    readPath: () => null,
    declarations: () => variables.map((variable) => `let ${initialName(variable)};`),
  };
}

/** Never the name of anything else: locals end in a number from 1, definitions in a dollar. */
export function initialName(variable: string): string {
  return `${variable}$0`;
}

function definedValue(value: Value | undefined, variable: string, site: number): Value {
  if (value === undefined) throw new Fault('EVL020', site, { variable });
  return value;
}
