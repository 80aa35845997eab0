import type { CatalogueEntry } from './entry.js';

/** Codes SEMnnn. */
export const semantics = {} as const satisfies Record<string, CatalogueEntry>;
