import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { type ExternalDriver, startExternalDriver } from '../../replay/externalDriver.js';
import { replay } from '../../replay/run.js';
import { counting } from './toyDriver.js';

const program = fileURLToPath(new URL('counterDriver.mjs', import.meta.url));
const command = (mode = '') => `COUNTER_MODE=${mode} "${process.execPath}" "${program}"`;
let driver: ExternalDriver | null = null;

afterEach(() => {
  driver?.close();
  driver = null;
});

test('a program at the end of a pipe is driven like any other', async () => {
  driver = await startExternalDriver(command());
  expect(driver.name).toBe('counter');
  const verdict = await replay(counting(3), driver);
  expect(verdict).toMatchObject({ verdict: 'confirmed', matched: 3 });
  expect(verdict.events[2]).toEqual(['counter is 3']);
  expect(verdict.detections[0]?.evidence).toEqual(['00 03']);
});

test('a program that dies is reported with its status and its last words', async () => {
  driver = await startExternalDriver(command('die'));
  await expect(replay(counting(3), driver)).rejects.toThrow(/status 3:\ncounter: no memory/);
});

test('a program can refuse with a message of its own', async () => {
  driver = await startExternalDriver(command('error'));
  await expect(replay(counting(3), driver)).rejects.toThrow(/the counter is jammed/);
});

test('an answer that is no JSON breaks the protocol', async () => {
  await expect(startExternalDriver(command('chatter'))).rejects.toThrow(/is no JSON: hello there/);
});

test('a command that does not exist is reported, not waited for', async () => {
  await expect(startExternalDriver('no-such-driver-program')).rejects.toThrow(/status 127/);
});

test('a note that a reset answers is part of the verdict', async () => {
  driver = await startExternalDriver(command('note'));
  expect((await replay(counting(3), driver)).note).toBe('a counter of brass');
});

test('a program that does not answer is given up after the time that it was given', async () => {
  driver = await startExternalDriver(command('silent'), 3);
  await expect(replay(counting(3), driver)).rejects.toThrow(/silent: .*, 3, /);
});
