/**
 * Who may import whom (design.md, "Layout"), and a reader of imports that sees every form of them,
 * type-only ones included. Paths are relative to the root of the project, with `/`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join, posix } from 'node:path';

export const root = new URL('..', import.meta.url).pathname;

export interface Import {
  /** The file in which it stands. */
  readonly from: string;
  /** The file that it means, or the package as it is written. */
  readonly to: string;
  readonly isTypeOnly: boolean;
  readonly isPackage: boolean;
}

/** What a folder may import of others: a folder, a file, or `type` and only the types of it. */
const rules: Readonly<Record<string, readonly string[]>> = {
  'src/source': [],
  'src/values': [],
  'src/syntax': ['src/source'],
  'src/semantics': ['src/syntax', 'src/source'],
  'src/pluscal': ['src/syntax', 'src/source'],
  // The tree that it compiles is of syntax/; nothing that parses is.
  'src/compile': [
    'src/semantics',
    'src/pluscal',
    'src/values',
    'src/source',
    'src/explore/model.ts',
    'src/explore/liveness/temporalModel.ts',
    'src/syntax/ast.ts',
    'src/syntax/walk.ts',
  ],
  'src/explore': [],
  'src/graph': ['type src/explore', 'src/trace', 'src/values'],
  // A trace names places and reports what is wrong with a file.
  'src/trace': ['src/values', 'src/source'],
  'src/report': ['src/trace', 'src/graph', 'replay/verdict.ts', 'src/values', 'src/source'],
  'src/cli': ['src', 'replay'],
  replay: ['src/trace', 'src/values'],
  'replay/drivers': ['replay/simulator', 'replay/driver.ts'],
  'replay/simulator': [],
};

/** Which packages a folder may import; the command line may import any. */
const packages: Readonly<Record<string, readonly string[]>> = {
  'src/syntax': ['ohm-js'],
  'src/graph': ['graphology', 'graphology-types'],
  // Whoever starts a driver as a program needs processes and pipes.
  replay: ['node:'],
};

/** The rule that an import breaks, as a sentence; null if it may stand. */
export function brokenRule({ from, to, isTypeOnly, isPackage }: Import): string | null {
  const home = folderOf(from);
  if (home === 'src/cli') return null;
  if (isPackage) {
    const allowed = packages[home] ?? [];
    const isAllowed = allowed.some((name) =>
      name.endsWith(':') ? to.startsWith(name) : to === name || to.startsWith(`${name}/`),
    );
    return isAllowed ? null : `${from}: ${home} may not import the package ${to}`;
  }
  if (folderOf(to) === home) return null;
  const isAllowed = (rules[home] ?? []).some((rule) => {
    const target = rule.replace(/^type /, '');
    return (
      (!rule.startsWith('type ') || isTypeOnly) && (to === target || to.startsWith(`${target}/`))
    );
  });
  const what = isTypeOnly ? 'the types of ' : '';
  return isAllowed ? null : `${from}: ${home} may not import ${what}${to}`;
}

/** The folder whose rule counts for a file: the longest one that has a rule. */
export function folderOf(file: string): string {
  const folders = Object.keys(rules).filter((folder) => file.startsWith(`${folder}/`));
  const [longest] = folders.sort((a, b) => b.length - a.length);
  if (longest === undefined) throw new Error(`no rule says what ${file} may import`);
  return longest;
}

const specifier = /['"]([^'"\n]+)['"]/.source;
const importForms = [
  // import x from 'y', import type {…} from 'y', export {…} from 'y', export * from 'y'
  new RegExp(
    `(?:^|[;}\\n])\\s*(import|export)\\s+(type\\s+)?([^'";]*?)\\s*from\\s*${specifier}`,
    'g',
  ),
  // import 'y'
  new RegExp(`(?:^|[;}\\n])\\s*(import)()()\\s*${specifier}`, 'g'),
  // import('y'), also as a type; require('y')
  new RegExp(`\\b(import|require)()()\\s*\\(\\s*${specifier}`, 'g'),
];

export function importsOf(file: string, text: string): Import[] {
  return importForms.flatMap((form) =>
    [...withoutComments(text).matchAll(form)].map((match): Import => {
      const [, , typeKeyword, names = '', target = ''] = match;
      const isPackage = !target.startsWith('.');
      const resolved = posix.join(posix.dirname(file), target).replace(/\.js$/, '.ts');
      return {
        from: file,
        to: isPackage ? target : resolved,
        isTypeOnly: typeKeyword !== undefined && typeKeyword !== '' ? true : allTypes(names),
        isPackage,
      };
    }),
  );
}

/** `{ type A, type B }` imports types only as well. */
function allTypes(names: string): boolean {
  const inner = names.match(/^\{([^}]*)\}$/)?.[1];
  if (inner === undefined) return false;
  return inner
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .every((name) => name.startsWith('type '));
}

/** Replaces comments by a space; strings and templates are skipped so that `//` in one stays. */
export function withoutComments(text: string): string {
  const token =
    /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return text.replace(token, (found) => (found.startsWith('/') ? ' ' : found));
}

/** What a browser does not have, as far as it can be seen in the text. */
export function nodeUses(file: string, text: string): string[] {
  const code = withoutComments(text).replace(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, "''");
  const globals =
    /(?<![.\w$])(?:process\.(?:argv|cwd|env|exit\w*|hrtime|memoryUsage|nextTick|on|platform|std\w+|version\w*)|Buffer|__dirname|__filename|setImmediate|require)\b(?!\s*:)/g;
  const builtins = new Set(builtinModules);
  const modules = importsOf(file, text)
    .filter(({ isPackage, to }) => isPackage && (to.startsWith('node:') || builtins.has(to)))
    .map(({ to }) => to);
  return [...modules, ...[...code.matchAll(globals)].map(([use]) => use)];
}

/** Every file that the given ones reach through imports, themselves included; all of them exist. */
export function reachableFrom(files: readonly string[], read: (file: string) => string): string[] {
  const reached = new Set(files);
  for (const file of reached) {
    for (const { to, isPackage } of importsOf(file, read(file))) {
      if (!isPackage && existsSync(join(root, to))) reached.add(to);
    }
  }
  return [...reached];
}

/** The files below a folder whose names end so, sorted. */
export function filesBelow(folder: string, ...endings: readonly string[]): string[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => posix.join(entry.parentPath.slice(root.length), entry.name))
    .sort();
}

export function readSource(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}
