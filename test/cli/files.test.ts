import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodeOf } from '../../src/cli/exitCodes.js';
import {
  expectFolder,
  expectWritable,
  findModule,
  readSource,
  writeWhole,
} from '../../src/cli/files.js';
import { size, wholeNumber } from '../../src/cli/options.js';
import { DiagnosticError } from '../../src/source/diagnostic.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** The words and the exit code of the mistake. */
function mistake(work: () => unknown): [string, number] {
  try {
    work();
  } catch (error) {
    if (error instanceof DiagnosticError) return [error.message, exitCodeOf(error.diagnostics)];
    throw error;
  }
  throw new Error('no mistake');
}

describe('reading', () => {
  const at = (name: string) => join(folder, name);

  test('a missing file has the exit code of what it should have been', () => {
    const file = at('X.tla');
    expect(mistake(() => readSource(file, 'spec'))).toEqual([`there is no file ${file}`, 150]);
    expect(mistake(() => readSource(file, 'config'))[1]).toBe(151);
    expect(mistake(() => readSource(file, 'trace'))[1]).toBe(2);
  });

  test('a directory, an empty file and a binary one are told apart', () => {
    mkdirSync(at('D.tla'));
    writeFileSync(at('E.tla'), ' \n');
    writeFileSync(at('B.tla'), 'ab\u0000c');
    expect(mistake(() => readSource(at('D.tla'), 'spec'))[0]).toContain('is a directory');
    expect(mistake(() => readSource(at('E.tla'), 'spec'))[0]).toContain('is empty');
    expect(mistake(() => readSource(at('B.tla'), 'spec'))[0]).toContain('zero byte at offset 2');
  });

  test('a configuration is no specification', () => {
    writeFileSync(at('M.cfg'), 'SPECIFICATION Spec');
    expect(mistake(() => readSource(at('M.cfg'), 'spec'))).toEqual([
      `${at('M.cfg')} is a configuration, not a specification`,
      150,
    ]);
  });

  test('a byte order mark is no part of the text', () => {
    writeFileSync(at('M.tla'), '\uFEFF---- MODULE M ----');
    expect(readSource(at('M.tla'), 'spec').text).toBe('---- MODULE M ----');
  });

  test('a module is found in the first folder that has it', () => {
    mkdirSync(at('lib'));
    writeFileSync(at('lib/Chan.tla'), 'text');
    expect(findModule('Chan', [folder, at('lib')])?.file).toBe(at('lib/Chan.tla'));
    expect(findModule('None', [folder])).toBeNull();
  });
});

describe('writing', () => {
  test('replaces the whole file and leaves nothing else behind', () => {
    const file = join(folder, 'deep', 'out.dot');
    writeWhole(file, 'one');
    writeWhole(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(join(folder, 'deep'))).toEqual(['out.dot']);
  });

  test('a symbolic link stays a link, and the permissions stay', () => {
    const [real, link] = [join(folder, 'real.tla'), join(folder, 'link.tla')];
    writeFileSync(real, 'old', { mode: 0o640 });
    symlinkSync(real, link);
    writeWhole(link, 'new');
    expect(lstatSync(link).isSymbolicLink()).toBe(true);
    expect([readFileSync(real, 'utf8'), statSync(real).mode & 0o777]).toEqual(['new', 0o640]);
  });

  test('a device is written to and not replaced', () => {
    writeWhole('/dev/null', 'gone');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });

  test('a path through a file is a mistake, before anything is computed', () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'kept');
    const cause = 'cannot be written: a part of its path is a file';
    for (const work of [expectWritable, (at: string) => writeWhole(at, 'x'), expectFolder]) {
      expect(mistake(() => work(join(file, 'deep', 'x.dot')))[0]).toContain(cause);
    }
    expect(mistake(() => expectWritable(folder))[0]).toContain('it is a directory');
    expect(() => expectWritable(join(folder, 'new', 'x.dot'))).not.toThrow();
    expect(readdirSync(folder)).toEqual(['file']);
  });

  test('nothing is never written over something', () => {
    const file = join(folder, 'kept');
    writeWhole(file, 'kept');
    expect(() => writeWhole(file, '')).toThrow('nothing to write');
    expect(readFileSync(file, 'utf8')).toBe('kept');
  });

  test('a place that cannot be written is a mistake, and no temporary file stays', () => {
    mkdirSync(join(folder, 'taken'));
    expect(mistake(() => writeWhole(join(folder, 'taken'), 'x'))).toEqual([
      `${join(folder, 'taken')} cannot be written: it is a directory`,
      2,
    ]);
    expect(readdirSync(folder)).toEqual(['taken']);
  });
});

describe('values of options', () => {
  test('whole numbers may have separators, and begin at 1', () => {
    expect(wholeNumber('--n')('100_000')).toBe(100_000);
    for (const wrong of ['0', '-1', '1.5', 'many', '']) {
      expect(mistake(() => wholeNumber('--n')(wrong))[0]).toContain(`invalid value "${wrong}"`);
    }
  });

  test('sizes have units of 1024', () => {
    expect(['512M', '1.5GB', '64k', '100'].map(size('--m'))).toEqual([
      512 * 2 ** 20,
      1.5 * 2 ** 30,
      64 * 1024,
      100,
    ]);
    for (const wrong of ['4X', 'M', '0']) expect(() => size('--m')(wrong)).toThrow('512M or 4G');
  });
});
