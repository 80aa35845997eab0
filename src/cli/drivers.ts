/** Which driver replays a trace: one that ships, a file, or a program; and which kernel build. */
import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Driver, ReplayDriver } from '../../replay/driver.js';
import { createWaitersDriver } from '../../replay/drivers/waiters.js';
import { createWritebackDriver } from '../../replay/drivers/writeback.js';
import { startExternalDriver } from '../../replay/externalDriver.js';
import { SimulatorError } from '../../replay/simulator/index.js';
import { fail } from '../source/diagnostic.js';
import { moduleName } from '../trace/read.js';
import { importDriver } from './importDriver.js';
import { guarded } from './replaying.js';

export interface DriverOptions {
  readonly driver?: string;
  readonly exec?: string;
  readonly build?: string;
  /** Seconds that a driver may think about one request. */
  readonly driverTimeout?: number;
}

interface ShippedDriver {
  readonly name: string;
  /** The module whose traces it replays. */
  readonly module: string;
  create(options: { readonly build: string }): Driver;
}

const shipped: readonly ShippedDriver[] = [
  { name: 'writeback', module: 'Writeback', create: createWritebackDriver },
  { name: 'waiters', module: 'Waiters', create: createWaitersDriver },
];

export interface OpenDriver {
  readonly driver: ReplayDriver;
  /** How it was named, for reports. */
  readonly title: string;
  close(): void;
}

/** Opens the driver for traces of `spec`; `config` names the kernel build unless the options do. */
export async function openDriver(
  spec: string,
  config: string | null,
  options: DriverOptions,
): Promise<OpenDriver> {
  if (options.driver !== undefined && options.exec !== undefined) {
    fail('USE003', null, { first: '--driver', second: '--exec' });
  }
  if (options.exec !== undefined) {
    const { exec, driverTimeout } = options;
    if (exec.trim() === '') {
      const remedy = 'Give the command that starts the driver, such as "python3 driver.py".';
      fail('USE004', null, { what: 'the command', option: '--exec "COMMAND"', remedy });
    }
    const driver = await guarded(() => startExternalDriver(exec, driverTimeout));
    return { driver, title: driver.name, close: () => driver.close() };
  }
  const build = options.build ?? (config === null ? null : buildName(config));
  const driver = await makeDriver(spec, build, options);
  const title = build === null ? driver.name : `${driver.name} (${build})`;
  return { driver, title, close: () => {} };
}

async function makeDriver(
  spec: string,
  build: string | null,
  { driver: wanted, driverTimeout }: DriverOptions,
): Promise<ReplayDriver> {
  if (wanted !== undefined && looksLikeFile(wanted)) {
    return guarded(() => importDriver(resolve(wanted), build ?? '', driverTimeout));
  }
  const names = shipped.map((it) => it.name).join(', ');
  const found = shipped.find((it) =>
    wanted === undefined ? it.module === moduleName(spec) : it.name === wanted,
  );
  if (found === undefined) {
    if (wanted === undefined) fail('RPL008', null, { spec, names });
    return fail('RPL009', null, { name: wanted, names });
  }
  if (found.module !== moduleName(spec)) {
    fail('RPL013', null, { driver: found.name, expected: found.module, found: spec });
  }
  if (build === null) fail('RPL014', null, { driver: found.name });
  return create(found, build);
}

/** An unknown build is a mistake in the command; the simulator knows which ones there are. */
function create(shippedDriver: ShippedDriver, build: string): Driver {
  try {
    return shippedDriver.create({ build });
  } catch (error) {
    if (!(error instanceof SimulatorError)) throw error;
    return fail('RPL015', null, { problem: error.problem, remedy: error.remedy });
  }
}

/** Whether a driver ships for the spec. */
export function hasDriver(spec: string): boolean {
  return shipped.some((it) => it.module === moduleName(spec));
}

/** `specs/writeback/b+e.cfg` → `b+e` */
export function buildName(config: string): string {
  return basename(config).replace(/\.cfg$/, '');
}

function looksLikeFile(name: string): boolean {
  return /[/\\]|\.[cm]?[jt]s$/.test(name) || (existsSync(name) && name.includes('.'));
}
