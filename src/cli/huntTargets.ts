/** What to hunt: every configuration of the given folders and specs, with what is expected there. */
import { readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fail } from '../source/diagnostic.js';
import { type Expected, readExpected } from './expected.js';
import { kindOf } from './files.js';

export interface HuntTarget {
  readonly spec: string;
  readonly config: string;
  /** `b+e` of `b+e.cfg`; the name of the kernel build, too. */
  readonly variant: string;
}

export interface HuntGroup {
  readonly folder: string;
  readonly expected: Expected | null;
  readonly targets: readonly HuntTarget[];
}

/** A folder gives all its configurations, a spec its own. */
export function findTargets(subjects: readonly string[]): HuntGroup[] {
  return subjects.map((subject) => {
    const kind = kindOf(subject);
    if (kind === null && subject.endsWith('.tla')) fail('USE010', null, { file: subject });
    if (kind === null) fail('USE043', null, { subject });
    const isFolder = kind === 'folder';
    if (!isFolder && !subject.endsWith('.tla')) fail('USE044', null, { file: subject });
    const folder = isFolder ? subject : dirname(subject);
    const all = targetsIn(folder, isFolder ? null : basename(subject));
    if (all.length === 0) fail('USE040', null, { folder: subject });
    const expected = readExpected(folder);
    const order = Object.keys(expected?.table ?? {});
    const rank = ({ variant }: HuntTarget) => {
      const position = order.indexOf(variant);
      return position < 0 ? order.length : position;
    };
    return { folder, expected, targets: all.sort((a, b) => rank(a) - rank(b)) };
  });
}

function targetsIn(folder: string, only: string | null): HuntTarget[] {
  const files = readdirSync(folder).sort();
  const specs = files.filter((it) => it.endsWith('.tla'));
  if (specs.length === 0) return [];
  return files
    .filter((it) => it.endsWith('.cfg'))
    .map((config) => ({ config, spec: specOf(config, specs, folder) }))
    .filter(({ spec }) => only === null || spec === only)
    .map(({ config, spec }) => ({
      spec: join(folder, spec),
      config: join(folder, config),
      variant: config.replace(/\.cfg$/, ''),
    }));
}

/** The only spec of the folder, or the one with the longest name that the configuration begins with. */
function specOf(config: string, specs: readonly string[], folder: string): string {
  if (specs.length === 1) return specs[0] as string;
  const name = config.replace(/\.cfg$/, '');
  const [best] = specs
    .filter((it) => belongs(name, it.replace(/\.tla$/, '')))
    .sort((a, b) => b.length - a.length);
  return best ?? fail('USE041', null, { config, folder, specs: specs.join(', ') });
}

const belongs = (config: string, spec: string) => config === spec || config.startsWith(`${spec}-`);
