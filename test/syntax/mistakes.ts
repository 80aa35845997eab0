/** What a parse complains about. */
import { type Diagnostic, DiagnosticError } from '../../src/source/diagnostic.js';

export function diagnosticsOf(run: () => unknown): readonly Diagnostic[] {
  try {
    run();
  } catch (error) {
    if (error instanceof DiagnosticError) return error.diagnostics;
    throw error;
  }
  throw new Error('it parses');
}

/** `line:column` of where a diagnostic points. */
export function place({ span }: Diagnostic): string {
  const { line, column } = span?.source.position(span.start) ?? { line: 0, column: 0 };
  return `${line}:${column}`;
}
