/** The mistakes of passes that can go on after one, so that all are told at once. */
import type { Code } from '../source/catalogue/index.js';
import {
  type Diagnostic,
  DiagnosticError,
  type DiagnosticOptions,
  diagnose,
  inOrder,
} from '../source/diagnostic.js';
import type { Span } from '../source/text.js';

export class Mistakes {
  private readonly all: Diagnostic[] = [];

  add(
    code: Code,
    at: Span | null,
    holes: Readonly<Record<string, string | number>> = {},
    options: DiagnosticOptions = {},
  ): void {
    this.addDiagnostic(diagnose(code, at, holes, options));
  }

  /** A mistake in a macro is told once, however often the macro is called. */
  addDiagnostic(one: Diagnostic): void {
    const isSame = (other: Diagnostic): boolean =>
      other.code === one.code && other.span?.start === one.span?.start;
    if (!this.all.some(isSame)) this.all.push(one);
  }

  /** In the order of the text. */
  throwIfAny(): void {
    if (this.all.length === 0) return;
    throw new DiagnosticError(inOrder(this.all));
  }
}
