/** Checkpoints that are refused: damaged in every way, or of another run; and files left alone. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CheckedReader, DamagedFile } from '../../../src/cli/checkpoint/checkedFile.js';
import { CheckpointFile, checkpointKind } from '../../../src/cli/checkpoint/checkpointFile.js';
import { differenceOf, type RunIdentity } from '../../../src/cli/checkpoint/identity.js';
import { cli } from '../runCli.js';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
  file = join(folder, 'run.checkpoint');
});
afterEach(() => rmSync(folder, { recursive: true }));

const put = (name: string, text: string) => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const body = "VARIABLE x\nInit == x = 0\nNext == x < Last /\\ x' = x + 1\nSmall == x < 90\n====\n";
const extended = '---- MODULE Limits ----\nLast == 90\n====\n';
const spec = (change = '') => {
  put('Limits.tla', extended);
  put('Steps.cfg', 'INIT Init\nNEXT Next\nINVARIANT Small\n');
  return put('Steps.tla', `---- MODULE Steps ----\nEXTENDS Naturals, Limits\n${change}${body}`);
};

/** A checkpoint after 40 of 91 states. */
async function checkpoint(): Promise<string> {
  const path = spec();
  await cli('check', path, '--checkpoint', file, '--max-states', '40');
  expect(existsSync(file)).toBe(true);
  return path;
}

async function refusal(...argv: readonly string[]): Promise<string> {
  const { exitCode, out, err } = await cli('check', ...argv);
  expect([exitCode, out]).toEqual([2, '']);
  return err;
}

describe('damage', () => {
  const isRefused = (bytes: Uint8Array): boolean => {
    writeFileSync(file, bytes);
    try {
      new CheckpointFile(file).close();
      return false;
    } catch (error) {
      expect(error).toBeInstanceOf(DamagedFile);
      return true;
    }
  };

  test('of any single byte, and a loss of any number of bytes, is seen', async () => {
    await checkpoint();
    const whole = readFileSync(file);
    expect(isRefused(whole)).toBe(false);
    expect(whole.length).toBeGreaterThan(1000);
    for (let at = 0; at < whole.length; at++) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] as number) ^ (1 << (at % 8));
      if (!isRefused(flipped)) expect.fail(`the byte at ${at}`);
      if (!isRefused(whole.subarray(0, at))) expect.fail(`cut off at ${at}`);
    }
    expect(isRefused(Buffer.concat([whole, Buffer.of(0)]))).toBe(true);
  });

  test('is told with what it is', async () => {
    const path = await checkpoint();
    const whole = readFileSync(file);
    const resume = [path, '--resume', file];
    const changed = Buffer.from(whole);
    changed[whole.length - 7] = (changed[whole.length - 7] as number) ^ 1;
    writeFileSync(file, changed);
    expect(await refusal(...resume)).toContain('is damaged: its content is not what was written');
    writeFileSync(file, whole.subarray(0, whole.length - 100));
    expect(await refusal(...resume)).toMatch(/is damaged: its end is missing \(\d+ bytes/);
    writeFileSync(file, Buffer.concat([whole, whole]));
    expect(await refusal(...resume)).toContain('is damaged: something follows its end');
    writeFileSync(file, whole.subarray(0, 50));
    expect(await refusal(...resume)).toContain('is damaged: its second line');
  });

  test('beyond one buffer is seen, too', () => {
    const bytes = Buffer.alloc(3 * 2 ** 20, 'x');
    writeFileSync(file, `kind\n${'0'.repeat(64)} ${String(bytes.length).padStart(16, '0')}\n`);
    writeFileSync(file, Buffer.concat([readFileSync(file), bytes]));
    expect(() => new CheckedReader(file, 'kind')).toThrow('its content is not what was written');
  });
});

test('what is no checkpoint at all', async () => {
  const path = spec();
  const resume = (name: string) => refusal(path, '--resume', name);
  expect(await resume(join(folder, 'none'))).toContain('there is no file');
  expect(await resume(folder)).toContain('is a directory, not a file');
  expect(await resume(path)).toContain('is no checkpoint');
  expect(await resume(put('empty', ''))).toContain('is no checkpoint');
  expect(await resume(put('old', 'counterplay checkpoint 0\n{}\n'))).toContain('is no checkpoint');
});

describe('a checkpoint of another', () => {
  test('specification, also in a module that it extends', async () => {
    const path = await checkpoint();
    const resume = [path, '--resume', file];
    spec('\\* A comment.\n');
    expect(await refusal(...resume)).toContain('another specification: Steps.tla has been changed');
    spec();
    expect((await cli('check', ...resume)).exitCode).toBe(12);
    put('Limits.tla', extended.replace('90', '95'));
    expect(await refusal(...resume)).toContain(
      'another specification: Limits.tla has been changed',
    );
    const ticket = await refusal('test/cli/specs/Ticket.tla', '--resume', file);
    expect(ticket).toContain('another specification: Steps.tla, and this is Ticket.tla');
  });

  test('configuration', async () => {
    const resume = [await checkpoint(), '--resume', file];
    put('Steps.cfg', 'INIT Init\nNEXT Next\n');
    expect(await refusal(...resume)).toContain('is a checkpoint of another configuration');
  });

  test('run, with other options', async () => {
    const resume = [await checkpoint(), '--resume', file];
    const every = await refusal(...resume, '--every-property');
    expect(every).toContain('another run: --every-property was off, and is now on');
    const deadlock = await refusal(...resume, '--no-deadlock');
    expect(deadlock).toContain('another run: deadlock checking was on, and is now off');
    const pluscal = await refusal(...resume, '--pluscal=-wf');
    expect(pluscal).toContain('another run: --pluscal was "", and is now "-wf"');
  });

  test('version of the program', () => {
    const now: RunIdentity = {
      version: '2.0.0',
      spec: 'S.tla',
      modules: { 'S.tla': '1' },
      config: '2',
      options: {},
    };
    expect(differenceOf(now, now)).toBeNull();
    expect(differenceOf({ ...now, version: '1.9.0' }, now)).toEqual({
      what: 'version',
      difference: '1.9.0, and this is 2.0.0',
    });
    const more = { ...now, modules: { ...now.modules, 'T.tla': '3' } };
    expect(differenceOf(now, more)?.difference).toBe('only one of the two has the module T.tla');
  });
});

describe('what does not matter', () => {
  test('is where the files are, limits, and how much is said', async () => {
    const path = await checkpoint();
    const moved = join(folder, 'elsewhere');
    mkdirSync(moved);
    for (const name of ['Steps.tla', 'Steps.cfg', 'Limits.tla']) {
      writeFileSync(join(moved, name), readFileSync(join(folder, name)));
    }
    const options = ['--resume', file, '--max-states', '1000', '--max-memory', '4G', '--quiet'];
    expect((await cli('check', join(moved, 'Steps.tla'), ...options)).exitCode).toBe(12);
    expect((await cli('check', path, '--resume', file, '--json')).exitCode).toBe(12);
  });
});

describe('memory', () => {
  test('that the states do not fit into is a limit', async () => {
    put('Wide.cfg', 'INIT Init\nNEXT Next\n');
    const wide = put(
      'Wide.tla',
      "---- MODULE Wide ----\nEXTENDS Naturals\nVARIABLE x\nInit == x \\in 0..200000\nNext == x' = x\n====\n",
    );
    const fill = ['--checkpoint', file, '--checkpoint-every', '0.001'];
    expect((await cli('check', wide, ...fill)).exitCode).toBe(0);
    const { exitCode, err } = await cli('check', wide, '--resume', file, '--max-memory', '100');
    expect(exitCode).toBe(152);
    expect(err).toMatch(/the 200,001 states of .* do not fit into the memory limit of 100 bytes/);
  });
});

describe('--checkpoint', () => {
  test('overwrites nothing but a checkpoint', async () => {
    const path = spec();
    const text = readFileSync(path, 'utf8');
    expect(await refusal(path, '--checkpoint', path)).toContain('is no checkpoint, so it is not');
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(await refusal(path, '--checkpoint', '/dev/null')).toContain('is not overwritten');
    expect(await refusal(path, '--checkpoint', folder)).toContain('it is a directory');
    const below = join(path, 'run.checkpoint');
    expect(await refusal(path, '--checkpoint', below)).toContain('a part of its path is a file');
  });

  test('follows a symbolic link, and makes the folder', async () => {
    const path = spec();
    const real = join(folder, 'new', 'real');
    await cli('check', path, '--checkpoint', real, '--max-states', '20');
    symlinkSync(real, file);
    await cli('check', path, '--checkpoint', file, '--max-states', '40');
    expect(readFileSync(real, 'utf8').startsWith(`${checkpointKind}\n`)).toBe(true);
    expect((await cli('check', path, '--resume', file)).exitCode).toBe(12);
  });

  test('that cannot be written is a warning, and the older one stays', async () => {
    const path = await checkpoint();
    const before = readFileSync(file);
    mkdirSync(`${file}.tmp`);
    const due = ['--checkpoint', file, '--checkpoint-every', '0.001'];
    const { exitCode, err } = await cli('check', path, ...due, '--max-states', '60');
    expect(exitCode).toBe(152);
    expect(err).toMatch(/warning\[CHK004\]: the checkpoint .* could not be written: it is a dir/);
    expect(readFileSync(file)).toEqual(before);
  });

  test('has options with values', async () => {
    const path = spec();
    expect(await refusal(path, '--checkpoint-every', '5')).toContain('--checkpoint FILE');
    const zero = await refusal(path, '--checkpoint', file, '--checkpoint-every', '0');
    expect(zero).toContain('a number of seconds above 0');
  });
});
