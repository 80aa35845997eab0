/** Reading and writing files, with errors that name the file, the cause and a remedy. */
import { randomBytes } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { DiagnosticError, fail } from '../source/diagnostic.js';
import { SourceText } from '../source/text.js';

/** What the system's error codes mean to a person. */
const causes: Readonly<Record<string, string>> = {
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOTDIR: 'a part of its path is a file',
  EEXIST: 'a part of its path is a file',
  ENOENT: 'its folder cannot be made',
  ENOSPC: 'no space is left on the device',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the device reports an input/output error',
  ELOOP: 'its symbolic links lead in a circle',
};

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
  if (role === 'spec' && file.endsWith('.cfg')) fail('USE006', null, { file });
  const text = readText(file, role);
  const offset = text.indexOf('\u0000');
  if (offset >= 0) fail(code.binary, null, { file, offset });
  if (code.empty !== null && text.trim() === '') fail(code.empty, null, { file });
  return new SourceText(file, text);
}

function readText(file: string, role: FileRole): string {
  try {
    // A byte order mark is no part of the text.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    return failReading(file, role, error);
  }
}

/** Tells what the system's error means for a file that is read. */
export function failReading(file: string, role: FileRole, error: unknown): never {
  const code = codes[role];
  const { code: cause } = error as NodeJS.ErrnoException;
  if (cause === 'ENOENT' || cause === 'ENOTDIR') return fail(code.missing, null, { file });
  if (cause === 'EISDIR') return fail(code.directory, null, { file });
  return fail(code.other, null, { file, cause: causeOf(error) });
}

/** Null where there is nothing, or nothing that can be looked at. */
export function kindOf(path: string): 'folder' | 'file' | null {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch {
    return null;
  }
}

/** A folder of `--path` that is not there would only make modules missing. */
export function expectFolders(folders: readonly string[], option: string): void {
  for (const folder of folders) {
    if (kindOf(folder) !== 'folder') fail('USE005', null, { option, folder });
  }
}

/** The byte order mark of a file with this text, if it has one; a mistake if it is not UTF-8. */
export function byteOrderMark(file: string, text: string): string {
  const bytes = readFileSync(file);
  const mark = bytes.subarray(0, 3).toString() === '\uFEFF' ? '\uFEFF' : '';
  const again = Buffer.from(mark + text);
  if (again.equals(bytes)) return mark;
  const offset = again.findIndex((byte, i) => byte !== bytes[i]);
  return fail('USE054', null, { file, offset });
}

/** The source of module `name` beside the spec or in one of the folders; null if none has it. */
export function findModule(name: string, folders: readonly string[]): SourceText | null {
  const file = folders.map((folder) => join(folder, `${name}.tla`)).find((it) => existsSync(it));
  return file === undefined ? null : readSource(file, 'spec');
}

/**
 * Writes a whole file or leaves the old one as it is: into a new file beside it, then renamed.
 * Nothing is never written over something. A symbolic link stays one, and so does a device. The
 * text may come as its lines.
 */
export function writeWhole(file: string, text: string | Iterable<string>): void {
  if (text === '') throw new Error(`there is nothing to write to ${file}`);
  expectWritable(file);
  writing(file, () => {
    mkdirSync(dirname(file), { recursive: true });
    const old = statSync(file, { throwIfNoEntry: false });
    if (old !== undefined && !old.isFile()) write(file, text, {});
    else replace(old === undefined ? file : realpathSync(file), old, text);
  });
}

function replace(file: string, old: Stats | undefined, text: string | Iterable<string>): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    write(temporary, text, old === undefined ? {} : { mode: old.mode });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** So many characters are written at once. */
const blockLength = 1 << 20;

/** Lines that are made one by one need not fit into one string, nor into memory. */
function write(file: string, text: string | Iterable<string>, options: { mode?: number }): void {
  if (typeof text === 'string') {
    writeFileSync(file, text, options);
    return;
  }
  const descriptor = openSync(file, 'w', options.mode);
  try {
    let block = '';
    for (const line of text) {
      block += `${line}\n`;
      if (block.length < blockLength) continue;
      writeFileSync(descriptor, block);
      block = '';
    }
    writeFileSync(descriptor, block);
  } finally {
    closeSync(descriptor);
  }
}

/** Asked before a long run, so that its results are not lost for a mistyped path. */
export function expectWritable(file: string): void {
  writing(file, () => {
    const old = statSync(file, { throwIfNoEntry: false });
    if (old?.isDirectory()) fail('USE035', null, { file, cause: causes.EISDIR as string });
    if (old === undefined) expectFolder(dirname(file), file);
    else accessSync(file, constants.W_OK);
  });
}

/** The folder may be made when it is needed, so the nearest one that is there must let us. */
export function expectFolder(folder: string, file = folder): void {
  writing(file, () => {
    const there = statSync(folder, { throwIfNoEntry: false });
    if (there === undefined) return expectFolder(dirname(folder), file);
    if (!there.isDirectory()) fail('USE035', null, { file, cause: causes.ENOTDIR as string });
    accessSync(folder, constants.W_OK);
  });
}

function writing(file: string, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (error instanceof DiagnosticError) throw error;
    fail('USE035', null, { file, cause: causeOf(error) });
  }
}

/** What an error of the file system means, for a person. */
export function causeOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return causes[code ?? ''] ?? message;
}
