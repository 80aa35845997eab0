/**
 * A driver from a file of the user: a module whose `createDriver` (or default export) is a Driver or
 * a function that makes one. Node runs TypeScript itself from 22.18 on; before that the file is
 * compiled with the `typescript` package where the checkout or the user's project has one.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  answerInTime,
  checkDescription,
  checkDetections,
  checkReset,
  checkState,
  checkStep,
  secondsMaxDefault,
} from '../../replay/answers.js';
import { ReplayError } from '../../replay/compare.js';
import type { ReplayDriver } from '../../replay/driver.js';
import { fail } from '../source/diagnostic.js';
import { kindOf } from './files.js';

type DriverMaker = (options: { readonly build: string }) => ReplayDriver | Promise<ReplayDriver>;

export async function importDriver(
  file: string,
  build: string,
  secondsMax?: number,
): Promise<ReplayDriver> {
  const kind = kindOf(file);
  const remedy = 'Give the path of a .js or .ts file.';
  if (kind === null) refuse(file, 'there is no such file', remedy);
  if (kind === 'folder') refuse(file, 'it is a directory', remedy);
  const module = await load(file);
  const driver = await make(module.createDriver ?? module.default, build, file);
  const missing = ['reset', 'step', 'state', 'detections'].filter(
    (name) => typeof (driver as Record<string, unknown> | undefined)?.[name] !== 'function',
  );
  if (missing.length > 0) {
    const cause =
      driver === undefined || driver === null
        ? 'it exports no driver'
        : `its driver has no function ${missing.join(', ')}`;
    refuse(file, cause, 'Export `createDriver({ build })`, or a Driver as default.');
  }
  const { labels } = driver as ReplayDriver;
  if (!Array.isArray(labels)) {
    refuse(file, 'its driver has no `labels`', 'List the labels that it can drive.');
  }
  return contained(driver as ReplayDriver, basename(file), secondsMax);
}

async function make(maker: unknown, build: string, file: string): Promise<unknown> {
  if (typeof maker !== 'function') return maker;
  try {
    return await (maker as DriverMaker)({ build });
  } catch (error) {
    const remedy = 'It is called with `{ build }`, the name of the kernel build.';
    return refuse(file, `its function that makes the driver failed: ${messageOf(error)}`, remedy);
  }
}

/** What the driver throws is a mistake of the driver, told with its words, and not one of ours. */
function contained(
  driver: ReplayDriver,
  file: string,
  secondsMax = secondsMaxDefault,
): ReplayDriver {
  const description = checkDescription(driver, file);
  const { name } = description;
  const call = async <T>(
    request: string,
    work: () => unknown,
    check: (answer: unknown, driver: string) => T,
  ): Promise<T> => {
    let answer: unknown;
    try {
      answer = await answerInTime((async () => work())(), secondsMax, name, request);
    } catch (error) {
      if (error instanceof ReplayError) throw error;
      throw new ReplayError('protocol', { driver: name, cause: messageOf(error) });
    }
    return check(answer, name);
  };
  return {
    ...description,
    reset: (init) => call('reset', () => driver.reset(init), checkReset),
    step: (step) => call('step', () => driver.step(step), checkStep),
    state: () => call('state', () => driver.state(), checkState),
    detections: () => call('detections', () => driver.detections(), checkDetections),
  };
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function load(file: string): Promise<Record<string, unknown>> {
  try {
    return await importFile(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_UNKNOWN_FILE_EXTENSION') {
      return refuse(file, message, 'The file is run as it stands, so it must be valid by itself.');
    }
  }
  const folder = mkdtempSync(join(tmpdir(), 'counterplay-driver-'));
  try {
    return await importFile(compile(file, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importFile(file: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(file).href) as Promise<Record<string, unknown>>;
}

/** The JavaScript of the file and of everything that it imports, in `folder`. */
function compile(file: string, folder: string): string {
  const options = [
    '--noCheck',
    '--ignoreConfig',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--skipLibCheck',
    '--allowImportingTsExtensions',
    '--rewriteRelativeImportExtensions',
  ];
  const compiled = spawnSync(
    process.execPath,
    [findCompiler(file), file, ...options, '--outDir', folder, '--rootDir', dirname(file)],
    { encoding: 'utf8' },
  );
  const output = join(folder, basename(file).replace(/\.([cm]?)ts$/, '.$1js'));
  if (!existsSync(output)) {
    refuse(file, `it does not compile: ${compiled.stdout.trim()}`, 'Give it as JavaScript.');
  }
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  return output;
}

function findCompiler(file: string): string {
  for (const from of [file, import.meta.url]) {
    try {
      return join(dirname(createRequire(from).resolve('typescript/package.json')), 'bin', 'tsc');
    } catch {
      // Not installed there; the next place may have it.
    }
  }
  return refuse(
    file,
    `Node ${process.versions.node} does not run TypeScript`,
    'Install typescript, use Node 22.18 or later, or give the driver as .js or .mjs.',
  );
}

function refuse(file: string, cause: string, remedy: string): never {
  return fail('RPL010', null, { file, cause, remedy });
}
