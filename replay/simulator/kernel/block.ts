/**
 * The way to the disk: mapping, bio, device, interrupt. The device is two threads for each bio, so
 * that bios in flight together finish in any order: `DMAk` moves the bytes, `Ak` is the completion.
 */
import { type Bio, bioName } from '../bio.js';
import { checkLandedWrite } from '../detectors/diskCheck.js';
import { type Block, block, blockOf } from '../disk.js';
import { type Page, pageName } from '../page.js';
import { SimulatorError } from '../simulatorError.js';
import { pageAt } from '../state.js';
import { kernelFunction, type Task } from '../task.js';
import { finish_private_io } from './pagePrivate.js';
import { end_page_writeback } from './pageWriteback.js';

/** The block of a file's page; allocated now if it has none (delayed allocation). */
export const map_blocks = kernelFunction(
  'map_blocks',
  function* (task, file: string, index: number) {
    yield task.stop('2.6 map', `look up or allocate the block of ${file}[${index}]`);
    const { disk } = task.state;
    const mapped = blockOf(disk, file, index);
    if (mapped !== null) return mapped;
    const number = disk.free.pop();
    if (number === undefined) {
      throw new SimulatorError('the disk has no free block', 'configure more blocks');
    }
    const allocated = block(disk, number);
    allocated.owner = { file, index };
    task.record(`block ${number} owner`, null, `${file}[${index}]`);
    return allocated;
  },
);

/** bio_alloc and bio_add_page: the bio points to the page and takes no reference. */
export function makeBio(task: Task, page: Page, file: string, index: number, to: Block): Bio {
  const bio: Bio = {
    id: task.state.bios.length + 1,
    pfn: page.pfn,
    block: to.number,
    incarnation: page.incarnation,
    file,
    index,
    submitter: task.name,
    blockGeneration: to.generation,
    stage: 'held',
    data: null,
    dataIncarnation: null,
    dataContent: null,
  };
  task.state.bios.push(bio);
  return bio;
}

function advance(task: Task, bio: Bio, stage: Bio['stage']): void {
  task.record(`${bioName(bio)} stage`, bio.stage, stage);
  bio.stage = stage;
}

export const submit_bio = kernelFunction('submit_bio', function* (task, bio: Bio) {
  yield task.stop('2.8 submit', `hand ${bioName(bio)} to the device`);
  advance(task, bio, 'queued');
  task.spawn(`DMA${bio.id}`, (device) => write_block(device, bio));
  task.spawn(`A${bio.id}`, (completion) => bio_endio(completion, bio));
});

/** The device's part. The DMA reads the frame as it is when the device gets to it, in one step. */
const write_block = kernelFunction('device', function* (task, bio: Bio) {
  const page = pageAt(task.state, bio.pfn);
  task.locals.bio = bio.id;
  const isEarly = task.hasFault('dma-reads-at-submit');
  if (isEarly) readFrame(bio, page);
  yield task.stop('2.8 DMA read', `read page frame ${bio.pfn} for ${bioName(bio)}`);
  if (!isEarly) readFrame(bio, page);
  advance(task, bio, 'read');
  yield task.stop('2.8 disk write', `write block ${bio.block}`);
  land(task, bio);
  advance(task, bio, 'written');
  checkLandedWrite(task, bio);
  yield task.stop('2.8 interrupt', `raise the completion interrupt of ${bioName(bio)}`);
  advance(task, bio, 'interrupted');
});

function readFrame(bio: Bio, page: Page): void {
  bio.data = page.bytes.slice();
  bio.dataIncarnation = page.incarnation;
  bio.dataContent = page.content;
}

function land(task: Task, bio: Bio): void {
  const target = block(task.state.disk, bio.block);
  if (bio.data === null) throw new Error('the device writes a block after it has read the frame');
  const before = target.content === null ? null : `${target.content.file}[${target.content.index}]`;
  target.bytes.set(bio.data);
  target.content = bio.dataContent === null ? null : { ...bio.dataContent, bio: bio.id };
  const content = bio.dataContent;
  const after = content === null ? null : `${content.file}[${content.index}]`;
  task.record(`block ${target.number} bytes`, before, after);
}

/** The interrupt handler of one bio. */
const bio_endio = kernelFunction('bio_endio', function* (task, bio: Bio) {
  const page = pageAt(task.state, bio.pfn);
  task.locals.bio = bio.id;
  task.locals.page = bio.pfn;
  yield task.stop('2.8 completion', `take the interrupt of ${bioName(bio)}`, () =>
    bio.stage === 'interrupted'
      ? null
      : { on: 'device', reason: `${bioName(bio)} for ${pageName(page)} is not done` },
  );
  advance(task, bio, 'completing');
  const isLast = yield* finish_private_io(task, page);
  if (isLast) yield* end_page_writeback(task, page);
  bio.stage = 'done';
});
