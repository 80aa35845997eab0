/** Reading and writing files, with errors that name the file, the cause and a remedy. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fail } from '../source/diagnostic.js';
import { SourceText } from '../source/text.js';

/** What a file is read as; it decides the words and the exit code of a mistake. */
export type FileRole = 'spec' | 'config' | 'trace';

const codes = {
  spec: {
    missing: 'USE010',
    directory: 'USE011',
    empty: 'USE012',
    binary: 'USE013',
    other: 'USE014',
  },
  // An empty configuration is read: its parser says what it lacks.
  config: {
    missing: 'USE020',
    directory: 'USE021',
    empty: null,
    binary: 'USE023',
    other: 'USE022',
  },
  trace: {
    missing: 'USE030',
    directory: 'USE031',
    empty: 'USE034',
    binary: 'USE033',
    other: 'USE032',
  },
} as const;

export function readSource(file: string, role: FileRole): SourceText {
  const code = codes[role];
  const text = readText(file, role);
  const offset = text.indexOf('\u0000');
  if (offset >= 0) fail(code.binary, null, { file, offset });
  if (code.empty !== null && text.trim() === '') fail(code.empty, null, { file });
  return new SourceText(file, text);
}

function readText(file: string, role: FileRole): string {
  const code = codes[role];
  try {
    // A byte order mark is no part of the text.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code: cause, message } = error as NodeJS.ErrnoException;
    if (cause === 'ENOENT' || cause === 'ENOTDIR') return fail(code.missing, null, { file });
    if (cause === 'EISDIR') return fail(code.directory, null, { file });
    return fail(code.other, null, { file, cause: cause ?? message });
  }
}

/** The source of module `name` beside the spec or in one of the folders; null if none has it. */
export function findModule(name: string, folders: readonly string[]): SourceText | null {
  const file = folders.map((folder) => join(folder, `${name}.tla`)).find((it) => existsSync(it));
  return file === undefined ? null : readSource(file, 'spec');
}

/**
 * Writes a whole file or leaves the old one as it is: into a new file beside it, then renamed.
 * Nothing is never written over something.
 */
export function writeWhole(file: string, text: string): void {
  if (text === '') throw new Error(`there is nothing to write to ${file}`);
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    const { code, message } = error as NodeJS.ErrnoException;
    const causes: Record<string, string> = {
      EISDIR: 'it is a directory',
      EACCES: 'permission denied',
      EROFS: 'the file system is read-only',
      ENOTDIR: 'a part of its path is a file',
      EEXIST: 'a part of its path is a file',
    };
    fail('USE035', null, { file, cause: causes[code ?? ''] ?? message });
  }
}
