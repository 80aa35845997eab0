import type { CatalogueEntry } from './entry.js';

/** Codes CHKnnn: the files of --checkpoint and --resume. */
export const checkpoint = {
  CHK001: {
    kind: 'usage',
    message: '%file% is no checkpoint',
    hint: 'Checkpoints are written by `counterplay check SPEC --checkpoint FILE`.',
  },
  CHK002: {
    kind: 'usage',
    message: '%file% is damaged: %cause%',
    hint: 'Resume from another checkpoint, or check without --resume.',
  },
  CHK003: {
    kind: 'usage',
    message: '%file% is a checkpoint of another %what%: %difference%',
    hint: 'A run goes on only with what it began with. Restore that, or check without --resume.',
  },
  CHK004: {
    kind: 'usage',
    severity: 'warning',
    message: 'the checkpoint %file% could not be written: %cause%',
    hint: 'The search goes on, and the next checkpoint is tried when it is due.',
  },
  CHK005: {
    kind: 'limit',
    message: 'the %states% states of %file% do not fit into the memory limit of %limit%',
    hint: 'Raise --max-memory to resume from it.',
  },
  CHK006: {
    kind: 'usage',
    message: '%file% is there already and is no checkpoint, so it is not overwritten',
    hint: 'Give --checkpoint a file of its own.',
  },
} as const satisfies Record<string, CatalogueEntry>;
