/** A translation goes into its module's text; what is outside the markers stays byte by byte. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { spliceText } from '../../src/cli/spliceText.js';
import { SourceText } from '../../src/source/text.js';
import { parseModule } from '../../src/syntax/index.js';
import { cli } from './runCli.js';

function splice(text: string, block: string): string {
  const source = new SourceText('M.tla', text);
  return spliceText(parseModule(source), source, block);
}

const algorithm = '(* --algorithm M { variable x = 0; { a: x := 1; } } *)';
const withoutHeader = (text: string): string => text.replace(/ \(chksum.*?"\)/, '');

describe('the text of a module with a translation', () => {
  it('has it between the markers that are there', () => {
    const before = `  prose\n---- MODULE M ----\n${algorithm}\nA == 1 \\* BEGIN\n\\* BEGIN TRANSLATION`;
    const after = '\\* END TRANSLATION  \n\nB == 2\n====\nmore  prose';
    const text = splice(`${before}\nold == 1\n${after}`, 'new == 2\n');
    expect(withoutHeader(text)).toBe(`${before}\nnew == 2\n${after}`);
  });

  it('has markers after the comment of the algorithm where there are none', () => {
    const text = splice(`---- MODULE M ----\n${algorithm}\nB == 2\n====\n`, 'new == 2\n');
    expect(withoutHeader(text)).toBe(
      `---- MODULE M ----\n${algorithm}\n\\* BEGIN TRANSLATION\nnew == 2\n\\* END TRANSLATION\nB == 2\n====\n`,
    );
  });

  it('does not comment out what follows on the line of the algorithm', () => {
    const text = splice(`---- MODULE M ----\n${algorithm} B == 2\n====\n`, 'new == 2\n');
    expect(text.endsWith('new == 2\n\\* END TRANSLATION\n B == 2\n====\n')).toBe(true);
  });

  it.each([
    ['with markers', '\\* BEGIN TRANSLATION\n\\* END TRANSLATION\n'],
    ['without markers', ''],
  ])('has the line breaks of the file, %s', (_name, markers) => {
    const text = `---- MODULE M ----\n${algorithm}\n${markers}B == 2\n====\n`;
    const windows = splice(text.replaceAll('\n', '\r\n'), 'new == 2\n\nnewer == 3\n');
    expect(windows).toBe(splice(text, 'new == 2\n\nnewer == 3\n').replaceAll('\n', '\r\n'));
  });

  it('is the same when it is translated again', () => {
    const once = splice(`---- MODULE M ----\r\n${algorithm}\r\nB == 2\r\n====`, 'new == 2\n');
    expect(splice(once, 'new == 2\n')).toBe(once);
  });
});

describe('translate --write', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'splice-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('keeps a byte order mark and letters outside the markers', async () => {
    const file = join(folder, 'M.tla');
    const before = `\uFEFF\\* größer\r\n---- MODULE M ----\r\n${algorithm}\r\n\\* BEGIN TRANSLATION`;
    const after = '\\* END TRANSLATION\r\n====\r\nПока';
    writeFileSync(file, `${before}\r\n${after}`);
    expect((await cli('translate', file, '--write', '--quiet')).exitCode).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(text.startsWith(before)).toBe(true);
    expect(text.endsWith(after)).toBe(true);
    expect(text).toContain("x' = 1");
    expect(text.split('\n').every((line) => line.endsWith('\r') || line === 'Пока')).toBe(true);
  });

  it('leaves a file alone that is not UTF-8', async () => {
    const file = join(folder, 'M.tla');
    const text = Buffer.from(
      `---- MODULE M ----\n\\* gr\xf6\xdfer\n${algorithm}\n====\n`,
      'latin1',
    );
    writeFileSync(file, text);
    const { exitCode, err } = await cli('translate', file, '--write');
    expect([exitCode, err]).toEqual([2, expect.stringContaining('not in UTF-8 (byte 24)')]);
    expect(readFileSync(file).equals(text)).toBe(true);
    expect((await cli('translate', file)).exitCode).toBe(0);
  });
});
