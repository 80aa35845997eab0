import type { CatalogueEntry } from './entry.js';

/** Codes USEnnn. */
export const usage = {} as const satisfies Record<string, CatalogueEntry>;
