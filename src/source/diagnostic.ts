/**
 * A diagnostic is data: a code of the catalogue, the words made from it, and the place. Whatever a
 * user can cause is a diagnostic; an impossible state throws an ordinary Error with the reason.
 */
import { type Code, catalogue, type ErrorKind } from './catalogue/index.js';
import type { Span } from './text.js';

export interface Note {
  readonly message: string;
  readonly span: Span | null;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: 'error' | 'warning';
  /** Which class of mistake it is; decides the exit code (`commands.md`). */
  readonly kind: ErrorKind;
  readonly message: string;
  readonly span: Span | null;
  readonly notes: readonly Note[];
  /** What to do about it, when that is known. */
  readonly hint: string | null;
}

export interface DiagnosticOptions {
  readonly notes?: readonly Note[];
  /** Replaces the catalogue's hint. */
  readonly hint?: string;
  readonly severity?: 'error' | 'warning';
}

/** Makes a diagnostic from the catalogue: every `%name%` of its text is filled from `holes`. */
export function diagnose(
  code: Code,
  at: Span | null,
  holes: Readonly<Record<string, string | number>> = {},
  options: DiagnosticOptions = {},
): Diagnostic {
  const entry = catalogue[code];
  const hint = options.hint ?? entry.hint ?? null;
  return {
    code,
    severity: options.severity ?? entry.severity ?? 'error',
    kind: entry.kind,
    message: fill(entry.message, holes),
    span: at,
    notes: options.notes ?? [],
    hint: hint === null ? null : fill(hint, holes),
  };
}

function fill(text: string, holes: Readonly<Record<string, string | number>>): string {
  return text.replace(/%(\w+)%/g, (whole, name: string) => String(holes[name] ?? whole));
}

/** Carries one or more diagnostics out of a stage that cannot go on. */
export class DiagnosticError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(diagnostics: Diagnostic | readonly Diagnostic[]) {
    const all = 'code' in diagnostics ? [diagnostics] : diagnostics;
    super(all.map((one) => one.message).join('\n'));
    this.name = 'DiagnosticError';
    this.diagnostics = all;
  }
}

/** Throws the diagnostic; `never` lets the type checker see the exit. */
export function fail(
  code: Code,
  at: Span | null,
  holes: Readonly<Record<string, string | number>> = {},
  options: DiagnosticOptions = {},
): never {
  throw new DiagnosticError(diagnose(code, at, holes, options));
}

/** In the order of the text. */
export function inOrder(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** The candidate nearest to `name` in edit distance, if it is near enough to be a slip. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let bestDistance = Math.max(1, Math.floor(name.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] as number) + 1, (next[j - 1] as number) + 1));
    }
    row = next;
  }
  return row[b.length] as number;
}
