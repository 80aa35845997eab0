/**
 * A user of pin_user_pages who keeps the page for as long as the machine runs (FOLL_LONGTERM), and
 * does not touch its bytes: a page that is pinned is not freed.
 */
import { find_get_page } from '../kernel/lookup.js';
import { mappingOf } from '../state.js';
import { kernelFunction, type Program, type Task } from '../task.js';

export interface PinnerOptions {
  readonly file: string;
  readonly index?: number;
}

const pin_user_pages = kernelFunction(
  'pin_user_pages',
  function* (task: Task, options: PinnerOptions) {
    const mapping = mappingOf(task.state, options.file);
    yield* find_get_page(task, mapping, options.index ?? 0);
  },
);

/** Ends at once; the reference stays. Does nothing where no page is cached. */
export function pinner(options: PinnerOptions): Program {
  return (task) => pin_user_pages(task, options);
}
