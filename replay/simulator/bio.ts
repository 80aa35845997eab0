/**
 * One write I/O. A bio holds a pointer to the page and no reference. It reads the frame's bytes when
 * the device gets to it; which incarnation it was made for is ghost.
 */
import type { Content } from './page.js';

/**
 * `held`: made, with the filesystem; `queued`: submitted; `read`: the DMA has read the frame;
 * `written`: the block has the bytes; `interrupted`: completion is raised; `completing`: bi_end_io
 * runs; `done`: it has returned.
 */
export type BioStage =
  | 'held'
  | 'queued'
  | 'read'
  | 'written'
  | 'interrupted'
  | 'completing'
  | 'done';

export interface Bio {
  /** From 1, in the order in which they were made: bio k is completed by thread `Ak`. */
  readonly id: number;
  readonly pfn: number;
  readonly block: number;
  /** What it was made for. Ghost. */
  readonly incarnation: number;
  readonly file: string;
  readonly index: number;
  readonly submitter: string;
  /** The lifetime of the block's allocation that it was mapped to. Ghost. */
  readonly blockGeneration: number;
  stage: BioStage;
  /** What the DMA read, and whose it was; null before that. */
  data: Uint8Array | null;
  dataIncarnation: number | null;
  dataContent: Content | null;
}

export function bioName(bio: Bio): string {
  return `bio ${bio.id}`;
}

/** The block may still be written by it. */
export function isInFlight(bio: Bio): boolean {
  return bio.stage === 'held' || bio.stage === 'queued' || bio.stage === 'read';
}
