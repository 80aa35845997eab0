import type { CatalogueEntry } from './entry.js';

/** Codes PCLnnn. */
export const pluscal = {} as const satisfies Record<string, CatalogueEntry>;
