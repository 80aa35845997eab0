/**
 * Searches of the built program by a team of threads, with rounds so small that a search of some
 * thousand states has hundreds of them, and what one worker finds, for comparison.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import type { Worker } from 'node:worker_threads';
import type { CompiledSpec } from '../../src/compile/index.js';
import type { Search, SearchOptions } from '../../src/explore/index.js';
import type { Team, TeamOptions } from '../../src/explore/parallel/team.js';
import type { SourceText } from '../../src/source/text.js';
import type { formatValue } from '../../src/values/index.js';
import { contents } from '../explore/parallel/contents.js';

export interface Subject {
  readonly spec: string;
  /** Its text. */
  readonly config: string;
  readonly options?: SearchOptions;
}

export interface Rounds extends Pick<TeamOptions, 'successorsMax' | 'logWords'> {
  readonly size: number;
  /** With this order one of the threads ends. */
  readonly diesAt?: number;
}

/** Where the compiled program is: a thread cannot load TypeScript. */
const { COUNTERPLAY_DIST: folder = 'dist' } = process.env;
const built = (path: string) => import(pathToFileURL(resolve(folder, 'src', path)).href);

const { ThreadTeam } = (await built(
  'cli/workers/threadTeam.js',
)) as typeof import('../../src/cli/workers/threadTeam.js');
const pipeline = (await built('cli/pipeline.js')) as typeof import('../../src/cli/pipeline.js');
const explore = (await built('explore/index.js')) as typeof import('../../src/explore/index.js');
const texts = (await built('source/text.js')) as typeof import('../../src/source/text.js');
const values = (await built('values/index.js')) as typeof import('../../src/values/index.js');

function load({ spec, config }: Subject) {
  const modules: SourceText[] = [];
  const findModule = (name: string) => {
    const file = join(dirname(spec), `${name}.tla`);
    if (!existsSync(file)) return null;
    modules.push(new texts.SourceText(file, readFileSync(file, 'utf8')));
    return modules.at(-1) as SourceText;
  };
  const root = new texts.SourceText(spec, readFileSync(spec, 'utf8'));
  const settings = new texts.SourceText(spec.replace('.tla', '.cfg'), config);
  const loaded = pipeline.loadSpecification({ spec: root, config: settings, findModule });
  const sources = [root, ...modules, settings];
  return { ...loaded, sources };
}

function found(search: Search, compiled: CompiledSpec): unknown {
  const show = values.formatValue as typeof formatValue;
  return contents(search.result(), (state) =>
    [...compiled.decode(state).values()].map(show).join(),
  );
}

export function searchedAlone(subject: Subject): unknown {
  const { compiled, specification } = load(subject);
  const { checkDeadlock } = specification;
  const search = new explore.Search(compiled, { checkDeadlock, ...subject.options });
  while (search.advance(10_000));
  return found(search, compiled);
}

/** And how many orders the team was given, and how often it has failed. */
export async function searchedByThreads(
  subject: Subject,
  { size, diesAt, ...rounds }: Rounds,
): Promise<{ readonly found: unknown; readonly orders: number; readonly failures: number }> {
  const { compiled, specification, sources } = load(subject);
  let failures = 0;
  const team = new ThreadTeam({
    size,
    restMs: 0,
    now: () => 0,
    sources,
    pluscal: '',
    tell() {},
    onFailure: () => failures++,
  });
  const { threads } = team as unknown as { readonly threads: readonly Worker[] };
  let orders = 0;
  const order = team.order.bind(team);
  team.order = (phase) => {
    order(phase);
    if (++orders === diesAt) void threads[0]?.terminate();
  };
  const { checkDeadlock } = specification;
  const small = { team, statesMin: 2, startAt: 1, largeTable: 1, ...rounds };
  const options = { checkDeadlock, ...subject.options, team: small };
  const search = new explore.Search(compiled, options);
  try {
    while (search.advance(50)) {
      // Before they are ready, and know the codes, the leader would find everything by itself.
      do await setImmediate();
      while (team.state === 'starting' || (orders === 1 && !isOver(team)));
    }
    return { found: found(search, compiled), orders, failures };
  } finally {
    team.disband();
  }
}

/** Whether nobody has anything to do: all have done what was ordered, or there is no team left. */
function isOver(team: Team): boolean {
  return team.state !== 'ready' || team.isDone(0);
}
