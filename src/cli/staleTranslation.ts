/** Whether the translation that stands in a file is that of its algorithm. */
import type { Translation } from '../pluscal/index.js';
import { DiagnosticError } from '../source/diagnostic.js';
import { SourceText } from '../source/text.js';
import { type ParsedModule, parseModule, printUnit, type Unit } from '../syntax/index.js';

/**
 * Compares printed trees, so layout and comments do not matter. An empty block is not stale: it is
 * how a specification is written before it is translated.
 */
export function isStale({ source, translation }: ParsedModule, current: Translation): boolean {
  if (translation === null) return false;
  const block = source.text.slice(translation.begin, translation.end);
  if (block.trim() === '') return false;
  const text = `---- MODULE Translation ----\n${block}\n====\n`;
  try {
    const { module } = parseModule(new SourceText(source.file, text));
    return print(module.units) !== print(current.units);
  } catch (error) {
    if (error instanceof DiagnosticError) return true;
    throw error;
  }
}

function print(units: readonly Unit[]): string {
  return units
    .filter((unit) => unit.kind !== 'separator')
    .map((unit) => printUnit(unit))
    .join('\n');
}
