import type { CatalogueEntry } from './entry.js';

/** Codes RPLnnn. */
export const replay = {} as const satisfies Record<string, CatalogueEntry>;
