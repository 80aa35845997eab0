/** What RandomElement draws, and what a spec prints, in the commands that evaluate it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cli } from './runCli.js';

const folder = mkdtempSync(join(tmpdir(), 'seed-'));
const spec = join(folder, 'Dice.tla');

beforeAll(() => {
  const text = [
    '---- MODULE Dice ----',
    'EXTENDS Naturals, TLC',
    'VARIABLE x',
    'Init == x = 0',
    'Next == x = 0 /\\ PrintT(<<"from", x>>) /\\ x\' = RandomElement(1..1000000)',
    'Spec == Init /\\ [][Next]_x',
    'Small == x = 0',
    '====',
  ];
  writeFileSync(spec, text.join('\n'));
  writeFileSync(join(folder, 'Dice.cfg'), 'SPECIFICATION Spec\nINVARIANT Small\n');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function drawn(...options: string[]): Promise<string> {
  const { out } = await cli('check', spec, ...options);
  const match = /x: 0 → (\d+)/.exec(out);
  if (match === null) throw new Error(`no draw in ${out}`);
  return match[1] as string;
}

describe('--seed', () => {
  it('decides what is drawn: the same for the same seed, another for another', async () => {
    const first = await drawn('--seed', '7');
    expect(await drawn('--seed', '7')).toBe(first);
    expect(await drawn('--seed', '8')).not.toBe(first);
    expect(await drawn()).toBe(await drawn('--seed', '0'));
  });

  it('decides the value of an expression', async () => {
    const value = async (seed: string) =>
      (await cli('eval', 'RandomElement(1..1000000)', '--seed', seed)).out;
    expect(await value('7')).toBe(await value('7'));
    expect(await value('7')).not.toBe(await value('8'));
  });

  it('is a whole number', async () => {
    const { exitCode, err } = await cli('check', spec, '--seed', 'x');
    expect(exitCode).toBe(2);
    expect(err).toContain('a whole number from 0');
  });
});

describe('what a spec prints', () => {
  it('is on standard output of check, once', async () => {
    const { out } = await cli('check', spec);
    expect(out.match(/<<"from", 0>>/g)).toHaveLength(1);
  });

  it.each([
    ['graph', ['graph', spec, '--out', join(folder, 'dice.dot')]],
    ['hunt', ['hunt', spec]],
    ['check --json', ['check', spec, '--json']],
  ])('is on standard error of %s, once', async (_, args) => {
    const { out, err } = await cli(...args);
    expect(err.match(/<<"from", 0>>/g)).toHaveLength(1);
    expect(out).not.toContain('"from"');
  });
});
