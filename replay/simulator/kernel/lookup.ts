/**
 * Lock-free lookup (2.2): load the slot, take a reference unless the page has none, load again. The
 * page lock is a separate, later step, so every caller tests page.mapping again once it holds it.
 */
import { type AddressSpace, type Mark, nextIndex } from '../addressSpace.js';
import { type Page, pageName } from '../page.js';
import { type KernelRun, kernelFunction, type Task } from '../task.js';
import { put_page, takeReference } from './refcount.js';

/** How many pages a pagevec holds. */
const PAGEVEC_SIZE = 15;

interface Found {
  readonly page: Page;
  readonly index: number;
}

/** `find` names the slot to load; it is evaluated within the step that loads it. */
function* lookUp(
  task: Task,
  mapping: AddressSpace,
  find: () => number | null,
): KernelRun<Found | null> {
  for (;;) {
    yield task.stop('2.2.1', `load a slot of i_pages of ${mapping.file}`);
    const index = find();
    const page = index === null ? undefined : mapping.slots.get(index);
    if (index === null || page === undefined) return null;
    yield task.stop('2.2.2', `take a reference of ${pageName(page)} unless it has none`);
    if (page._refcount === 0) continue;
    takeReference(task, page, 'lookup');
    yield task.stop('2.2.3', 'load the slot again');
    if (mapping.slots.get(index) === page) return { page, index };
    yield* put_page(task, page, '2.2.3 put', 'lookup');
  }
}

function* lookUpBatch(
  task: Task,
  mapping: AddressSpace,
  start: number,
  mark: Mark | null,
): KernelRun<Found[]> {
  const batch: Found[] = [];
  let from = start;
  while (batch.length < PAGEVEC_SIZE && from < mapping.size) {
    const found: Found | null = yield* lookUp(task, mapping, () => nextIndex(mapping, from, mark));
    if (found === null) break;
    batch.push(found);
    from = found.index + 1;
  }
  return batch;
}

export const find_get_page = kernelFunction(
  'find_get_page',
  function* (task, mapping: AddressSpace, index: number) {
    const find = () => (mapping.slots.has(index) ? index : null);
    const found: Found | null = yield* lookUp(task, mapping, find);
    return found?.page ?? null;
  },
);

/** The next pages with a mark, for writeback. */
export const find_get_pages_range_tag = kernelFunction(
  'find_get_pages_range_tag',
  function* (task, mapping: AddressSpace, start: number, mark: Mark) {
    return yield* lookUpBatch(task, mapping, start, mark);
  },
);

/** The next pages of any kind, for truncate. */
export const find_get_entries = kernelFunction(
  'find_get_entries',
  function* (task, mapping: AddressSpace, start: number) {
    return yield* lookUpBatch(task, mapping, start, null);
  },
);
