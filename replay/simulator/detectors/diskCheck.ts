/**
 * The disk check: what a bio brought to its block, against what the block's owner wrote. It decides
 * by identity (which incarnation the DMA read, whose bytes the frame held), never by bytes alone:
 * newer bytes of the same file and index are legal, because the page is dirty and written again.
 */
import { type Bio, bioName, isInFlight } from '../bio.js';
import { type Block, block, lastStore } from '../disk.js';
import { hexdump } from '../hexdump.js';
import type { Task } from '../task.js';

function target(bio: Bio): string {
  return `${bio.file}[${bio.index}]`;
}

function ownerEvidence(task: Task, bio: Bio): string[] {
  const store = lastStore(task.state.disk, bio, bio.incarnation);
  const dump = store === null ? ['nothing'] : hexdump(store.bytes);
  const writer = store === null ? 'nobody' : `thread ${store.thread}`;
  return [`what ${writer} wrote for ${target(bio)}, page ${bio.pfn}/${bio.incarnation}:`, ...dump];
}

function diskEvidence(written: Block): string[] {
  const content = written.content;
  const whose =
    content === null
      ? 'bytes that nobody stored'
      : `stored by thread ${content.thread} for ${content.file}[${content.index}]`;
  return [`what is on block ${written.number}, ${whose}:`, ...hexdump(written.bytes)];
}

/** After the bytes have landed. */
export function checkLandedWrite(task: Task, bio: Bio): void {
  const written = block(task.state.disk, bio.block);
  if (bio.dataIncarnation !== bio.incarnation) reportForeign(task, bio, written);
  if (bio.blockGeneration !== written.generation) reportLate(task, bio, written);
}

function reportForeign(task: Task, bio: Bio, written: Block): void {
  const content = bio.dataContent;
  const isForeign = content !== null && (content.file !== bio.file || content.index !== bio.index);
  const read = `the DMA read page ${bio.pfn}/${bio.dataIncarnation ?? 0}`;
  const submitted = `submitted by ${bio.submitter} for ${target(bio)}, page ${bio.pfn}/${bio.incarnation}`;
  const whose = isForeign ? `bytes of ${content.file}[${content.index}]` : 'another incarnation';
  task.detect(
    'disk',
    isForeign ? 'foreign-bytes' : 'foreign-incarnation',
    `block ${bio.block} of ${target(bio)} received ${whose}`,
    [`${bioName(bio)}: ${submitted}`, read, ...ownerEvidence(task, bio), ...diskEvidence(written)],
  );
}

function reportLate(task: Task, bio: Bio, written: Block): void {
  const freedBy = written.freed?.thread ?? 'nobody';
  const owner = written.owner;
  const present = owner === null ? 'free' : `owned by ${owner.file}[${owner.index}]`;
  task.detect(
    'disk',
    'write-after-truncate',
    `block ${bio.block} was written for ${target(bio)} after truncate had returned`,
    [
      `${bioName(bio)}: submitted by ${bio.submitter} for ${target(bio)}`,
      `thread ${freedBy} truncated ${target(bio)} and freed block ${bio.block}; now it is ${present}`,
      ...diskEvidence(written),
    ],
  );
}

/** The writes that may still reach blocks of a file's pages from `start` to `end`. */
export function writesInFlight(
  bios: readonly Bio[],
  file: string,
  start: number,
  end: number,
): Bio[] {
  return bios.filter(
    (bio) => isInFlight(bio) && bio.file === file && bio.index >= start && bio.index <= end,
  );
}

/** At the deletion of a page by truncate, or at its return: no write may be in flight (P7). */
export function checkInFlight(task: Task, file: string, start: number, end: number): void {
  for (const bio of writesInFlight(task.state.bios, file, start, end)) {
    task.detect(
      'disk',
      'in-flight-at-truncate',
      `${bioName(bio)} to block ${bio.block} of ${target(bio)} is in flight (${bio.stage})`,
      [`submitted by ${bio.submitter} for page ${bio.pfn}/${bio.incarnation}`],
    );
  }
}

export interface DiskFault {
  readonly block: number;
  readonly owner: string;
  readonly holds: string;
}

/** The blocks that hold bytes of somebody else than their owner, now. */
export function auditDisk(blocks: readonly Block[]): DiskFault[] {
  return blocks.flatMap(({ number, owner, content }) => {
    if (owner === null || content === null) return [];
    if (owner.file === content.file && owner.index === content.index) return [];
    const holds = `${content.file}[${content.index}]`;
    return [{ block: number, owner: `${owner.file}[${owner.index}]`, holds }];
  });
}
