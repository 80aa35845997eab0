import type { CatalogueEntry } from './entry.js';

/** Codes CFGnnn. */
export const config = {} as const satisfies Record<string, CatalogueEntry>;
