import type { CatalogueEntry } from './entry.js';

/** Codes EVLnnn. */
export const evaluation = {} as const satisfies Record<string, CatalogueEntry>;
