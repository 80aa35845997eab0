/** The built program with several workers: real threads, the same results, and they always end. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Search } from '../../src/explore/index.js';
import { countersToy, toyModel } from '../explore/toyModels.js';
import { type ComparableRun, withoutCost } from './checkpoint/runs.js';

const main = 'dist/src/cli/main.js';
const threads = 'dist/src/cli/workers/threadTeam.js';
const kernel = 'test/oracle/specs/kernel';
const four = [`${kernel}/FilterLock.tla`, '--config', `${kernel}/FilterLock-four.cfg`];
/** 46,831,834 states: no test sees the end of it. */
const five = ['test/bench/Filter.tla', '--config', 'test/bench/Filter5.cfg'];
const writeback = (variant: string) => [
  'specs/writeback/Writeback.tla',
  '--config',
  `specs/writeback/${variant}.cfg`,
];

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function check(...argv: readonly string[]): ComparableRun {
  const all = [main, 'check', ...argv, '--json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, all, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  expect(stderr).not.toContain('worker');
  return withoutCost({ exitCode: status ?? -1, document: JSON.parse(stdout) });
}

function output(child: ChildProcess): Promise<{ readonly code: number; readonly out: string }> {
  let out = '';
  child.stdout?.on('data', (text) => {
    out += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code: code ?? -1, out })));
}

describe('several workers', () => {
  test.each([
    ['without violations', four],
    ['at a violation', writeback('base')],
    ['with every property', [...writeback('base'), '--every-property']],
    ['at a limit', [...four, '--max-states', '100000']],
  ])('find what one finds: %s', (_, argv) => {
    const one = check(...argv, '--workers', '1');
    for (const workers of ['2', '3', 'auto']) {
      expect(check(...argv, '--workers', workers)).toEqual(one);
    }
  });

  test('go on from the checkpoint of one, and one from theirs', () => {
    const whole = check(...four, '--workers', '1');
    for (const [before, after] of [
      ['1', '2'],
      ['2', '1'],
      ['2', '3'],
    ]) {
      const file = join(folder, `${before}-${after}.checkpoint`);
      const keep = ['--checkpoint', file, '--max-states', '90000'];
      expect(check(...four, '--workers', before as string, ...keep).exitCode).toBe(152);
      expect(check(...four, '--workers', after as string, '--resume', file)).toEqual(whole);
    }
  });

  test.each([0, 300])('are interrupted as one is, and the run can go on: %i ms', async (after) => {
    const file = join(folder, `interrupted-${after}.checkpoint`);
    const argv = [main, 'check', ...five, '--workers', '2', '--checkpoint', file, '--json'];
    const child = spawn(process.execPath, [...argv, '--progress']);
    // Before it shows its progress it may not listen.
    child.stderr.once('data', () => setTimeout(() => child.kill('SIGINT'), after));
    const { code, out } = await output(child);
    expect(code).toBe(130);
    const { complete, states } = JSON.parse(out);
    expect(complete).toBe(false);
    // Before there are states to go on from there is no checkpoint.
    expect(existsSync(file)).toBe(states.distinct > 0);
    if (states.distinct === 0) return;
    const limit = ['--max-states', `${states.distinct + 50_000}`];
    const one = check(...five, ...limit, '--workers', '1');
    expect(check(...five, ...limit, '--workers', '2', '--resume', file)).toEqual(one);
  });

  test.each([
    ['does not get ready', '---- MODULE Ticket ----', /./],
    ['ends in a round', readFileSync('test/cli/specs/Ticket.tla', 'utf8'), /null/],
  ])('are fewer where one %s, and the search comes to its end', async (_, text, cause) => {
    const { ThreadTeam } = await import(pathToFileURL(resolve(threads)).href);
    const causes: string[] = [];
    // A specification that is not the model's: the codes of the model are none of its own.
    const config = readFileSync('test/cli/specs/Ticket.cfg', 'utf8');
    const sources = [
      { file: 'Ticket.tla', text },
      { file: 'Ticket.cfg', text: config },
    ];
    const onFailure = (cause: string) => causes.push(cause);
    const team = new ThreadTeam({
      size: 2,
      restMs: 0,
      now: () => 0,
      sources,
      pluscal: '',
      tell() {},
      onFailure,
    });
    const none = { agreeIn() {}, catchUp() {}, standAlone() {}, publish() {} };
    const sharing = { codes: () => null, adopt: () => true, ...none };
    const model = { ...toyModel(countersToy(200)), sharing };
    const search = new Search(model, { team: { team, statesMin: 2, startAt: 1 } });
    // Slow enough for the thread to begin.
    for (let size = 1; search.advance(size); size = causes.length > 0 ? 1000 : 1) {
      await new Promise((resume) => setTimeout(resume, 1));
    }
    expect(search.result()).toMatchObject({ outcome: 'deadlock', distinct: 201 * 201 });
    expect(causes).toEqual([expect.stringMatching(cause)]);
  });
});
