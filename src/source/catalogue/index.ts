/** Every mistake that a user can make has one code here, and nowhere else. One file per stage. */
import { checkpoint } from './checkpoint.js';
import { config } from './config.js';
import type { CatalogueEntry } from './entry.js';
import { evaluation } from './evaluation.js';
import { pluscal } from './pluscal.js';
import { replay } from './replay.js';
import { semantics } from './semantics.js';
import { syntax } from './syntax.js';
import { usage } from './usage.js';

export type { CatalogueEntry, ErrorKind } from './entry.js';

const entries = {
  ...syntax,
  ...semantics,
  ...pluscal,
  ...config,
  ...evaluation,
  ...usage,
  ...replay,
  ...checkpoint,
};

export type Code = keyof typeof entries;

export const catalogue: Readonly<Record<Code, CatalogueEntry>> = entries;
