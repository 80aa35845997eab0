/** A specification without a configuration, and a search that is interrupted. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cli, cliOn } from './runCli.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counterplay-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const put = (name: string, text: string) => {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
};

/** Counts to `last`, and stays there. */
const counter = (last: string, constants = '') => `---- MODULE Counter ----
EXTENDS Naturals
${constants}
VARIABLE x
Init == x = 0
Next == x' = IF x < ${last} THEN x + 1 ELSE x
Spec == Init /\\ [][Next]_x
Small == x < 3
====
`;

describe('without a configuration', () => {
  test('a spec without constants is checked for its Spec, and that is said', async () => {
    const { exitCode, out, err } = await cli('check', put('Counter.tla', counter('4')));
    expect(exitCode).toBe(0);
    // x is 0, 1, 2, 3 or 4.
    expect(out).toContain('5 distinct states');
    expect(err).toContain('SPECIFICATION Spec is checked, and no invariant');
  });

  test('a spec with constants needs one, and so does one without Spec', async () => {
    const constant = put('Counter.tla', counter('Last', 'CONSTANT Last'));
    expect((await cli('check', constant)).exitCode).toBe(151);
    const nameless = put('Counter.tla', counter('4').replace('Spec ==', 'Behavior =='));
    const { exitCode, err } = await cli('check', nameless);
    expect(exitCode).toBe(151);
    expect(err).toContain('there is no configuration');
  });

  test('one that is asked for by name must be there', async () => {
    const spec = put('Counter.tla', counter('4'));
    const { exitCode } = await cli('check', spec, '--config', join(folder, 'Counter.cfg'));
    expect(exitCode).toBe(151);
  });
});

test('a constant with parameters may stand for an action, as in TLC', async () => {
  const spec = put(
    'Counter.tla',
    counter('4', 'CONSTANT Move(_, _)')
      .replace("x' = IF", "Move(x, x') \\/ x' = IF")
      .replace('====\n', 'Double(a, b) == x = 3 /\\ b = 2 * a\n====\n'),
  );
  put('Counter.cfg', 'CONSTANT Move <- Double\nSPECIFICATION Spec\n');
  const { exitCode, out } = await cli('check', spec);
  expect(exitCode).toBe(0);
  // 0 to 4, and 6, the double of 3.
  expect(out).toContain('6 distinct states');
});

test('an interrupted search exits with 130 and shows what it found', async () => {
  const spec = put('Counter.tla', counter('9000'));
  put('Counter.cfg', 'SPECIFICATION Spec\nINVARIANT Small\n');
  let interrupt = () => {};
  const terminal = {
    onInterrupt: (handler: () => void) => {
      interrupt = handler;
      return () => {};
    },
    pause: async () => interrupt(),
  };
  const { exitCode, out, err } = await cliOn(terminal, 'check', spec, '--every-property');
  expect(exitCode).toBe(130);
  expect(out).toContain('Invariant Small is violated.');
  expect(out).toContain('State 4:');
  expect(err).toContain('Interrupted');
});
