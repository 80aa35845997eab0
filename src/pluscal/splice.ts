/** Puts a translation where it belongs among the units of its module. */
import type { Module } from '../syntax/ast.js';
import type { ParsedModule } from '../syntax/parse.js';
import type { Translation } from './translate.js';

/** The module as it is checked: what stands before the translation, the translation, the rest. */
export function spliceTranslation(parsed: ParsedModule, translation: Translation): Module {
  const { module, algorithm } = parsed;
  if (!algorithm) throw new Error(`module ${module.name.name} has no algorithm`);
  const isBefore = (unit: Module['units'][number]): boolean => unit.span.start < algorithm.insertAt;
  return {
    ...module,
    units: [
      ...module.units.filter(isBefore),
      ...translation.units,
      ...module.units.filter((unit) => !isBefore(unit)),
    ],
  };
}
