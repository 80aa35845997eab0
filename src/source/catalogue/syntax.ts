import type { CatalogueEntry } from './entry.js';

/** Codes SYNnnn. */
export const syntax = {
  SYN000: { kind: 'parse', message: '%message%' },
} as const satisfies Record<string, CatalogueEntry>;
