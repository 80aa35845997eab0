/** The atomic operations on page flags and page marks: each changes one thing and records it. */
import type { AddressSpace, Mark } from '../addressSpace.js';
import { hasFlag, PAGE_FLAG_BITS, type Page, type PageFlag, pageName } from '../page.js';
import type { Task } from '../task.js';

/** RMW: sets the flag, returns what it was. */
export function testAndSetPageFlag(task: Task, page: Page, flag: PageFlag): boolean {
  const before = hasFlag(page, flag);
  page.flags |= 1 << PAGE_FLAG_BITS[flag];
  if (!before) task.record(`${pageName(page)} ${flag}`, 0, 1);
  return before;
}

/** RMW: clears the flag, returns what it was. */
export function testAndClearPageFlag(task: Task, page: Page, flag: PageFlag): boolean {
  const before = hasFlag(page, flag);
  page.flags &= ~(1 << PAGE_FLAG_BITS[flag]);
  if (before) task.record(`${pageName(page)} ${flag}`, 1, 0);
  return before;
}

export function setMark(task: Task, mapping: AddressSpace, index: number, mark: Mark): void {
  if (mapping.marks[mark].has(index)) return;
  mapping.marks[mark].add(index);
  task.record(`i_pages of ${mapping.file}[${index}] ${mark}`, 0, 1);
}

export function clearMark(task: Task, mapping: AddressSpace, index: number, mark: Mark): void {
  if (!mapping.marks[mark].delete(index)) return;
  task.record(`i_pages of ${mapping.file}[${index}] ${mark}`, 1, 0);
}

/** The mapping that a page is in now, if its slot there really holds it. */
export function mappingHolding(task: Task, page: Page): AddressSpace | null {
  const mapping = page.mapping === null ? undefined : task.state.mappings.get(page.mapping);
  return mapping?.slots.get(page.index) === page ? mapping : null;
}
