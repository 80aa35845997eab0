/** Expressions in the scope of standard modules, for the tests of this folder. */
import { evaluateExpression } from '../../../src/cli/evaluateExpression.js';
import { DiagnosticError } from '../../../src/source/diagnostic.js';
import { SourceText } from '../../../src/source/text.js';
import { formatValue } from '../../../src/values/index.js';

const usual = 'Integers, Sequences, FiniteSets, Bags, TLC';

/** The value, enumerated if it is finite, as it is printed. */
export function valueIn(modules: string, expression: string): string {
  const module = `---- MODULE Scope ----\nEXTENDS ${usual}, ${modules}\n====\n`;
  const { text, value } = evaluateExpression(new SourceText('expression', expression), {
    spec: new SourceText('Scope.tla', module),
    config: null,
    findModule: () => null,
  });
  return value === null ? text : formatValue(value);
}

/** The code and message of the error that the expression is. */
export function errorIn(modules: string, expression: string): string {
  try {
    const value = valueIn(modules, expression);
    throw new Error(`${expression} has a value: ${value}`);
  } catch (error) {
    if (!(error instanceof DiagnosticError)) throw error;
    return error.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('\n');
  }
}

/** Expression and the expression that it must equal, or the beginning of its error. */
export type Row = readonly [expression: string, equals: string];

/** What both sides print, so that a failing test shows both. */
export function bothSides(modules: string, [expression, equals]: Row): readonly [string, string] {
  return [valueIn(modules, expression), valueIn(modules, equals)];
}
