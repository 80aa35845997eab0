/**
 * The classes of mistakes, each with one exit code (`commands.md`):
 * parse 150 (a spec that does not parse or is not well formed), config 151, usage 2,
 * evaluation 75 to 77, limit 152, replay 20.
 */
export type ErrorKind = 'parse' | 'config' | 'usage' | 'evaluation' | 'limit' | 'replay';

/** `%name%` in a text is a hole that the caller fills. */
export interface CatalogueEntry {
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint?: string;
  readonly severity?: 'error' | 'warning';
  /** Where the kind leaves a choice. */
  readonly exitCode?: 75 | 76 | 77;
}
