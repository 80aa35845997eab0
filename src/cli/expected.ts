/**
 * A folder's `expected.json`: which variant is expected to violate which scenario.
 *
 *   { "spec": "Writeback.tla",
 *     "scenarios": {"S1": "NoBugOn", …},               the property of each scenario
 *     "table": {"base": {"S1": "violated", …}, …},     by configuration; also the order of the rows
 *     "replay": "confirmed" }                          the verdict of every violated cell's replay
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { VerdictKind } from '../../replay/verdict.js';
import type { HuntRow } from '../report/huntReport.js';
import { fail } from '../source/diagnostic.js';
import { readSource } from './files.js';

const verdicts = [
  'confirmed',
  'confirmed otherwise',
  'unobserved',
  'diverged',
  'blocked',
] as const satisfies readonly VerdictKind[];

export interface Expected {
  readonly file: string;
  readonly spec: string;
  /** Property name by scenario. */
  readonly scenarios: Readonly<Record<string, string>>;
  readonly table: Readonly<Record<string, Readonly<Record<string, 'holds' | 'violated'>>>>;
  readonly replay: string;
}

/** Null where the folder has none. */
export function readExpected(folder: string): Expected | null {
  const file = join(folder, 'expected.json');
  if (!existsSync(file)) return null;
  const refuse = (cause: string): never => fail('USE042', null, { file, cause });
  let data: unknown;
  try {
    data = JSON.parse(readSource(file, 'trace').text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return refuse(`it is no JSON: ${error.message}`);
  }
  if (!isMap(data)) return refuse('it must be an object with "spec", "scenarios" and "table"');
  const { spec, scenarios, table, replay = 'confirmed' } = data as Partial<Expected>;
  if (typeof spec !== 'string') return refuse('"spec" must name the .tla file');
  if (!isMap(scenarios)) return refuse('"scenarios" must map scenarios to property names');
  if (!isMap(table)) return refuse('"table" must map configurations to their scenarios');
  if (!(verdicts as readonly string[]).includes(replay)) {
    return refuse(`"replay" must be one of ${verdicts.join(', ')}`);
  }
  for (const [variant, cells] of Object.entries(table)) {
    if (!isMap(cells)) return refuse(`"table", "${variant}" must map scenarios to verdicts`);
    for (const [scenario, cell] of Object.entries(cells)) {
      const where = `"table", "${variant}", "${scenario}"`;
      if (scenarios[scenario] === undefined) return refuse(`${where}: there is no such scenario`);
      if (cell !== 'holds' && cell !== 'violated') return refuse(`${where}: "holds" or "violated"`);
    }
  }
  return { file, spec, scenarios, table, replay };
}

function isMap(data: unknown): data is Record<string, never> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

/** The scenario that a property stands for; null where it stands for none. */
export function scenarioOf(expected: Expected | null, property: string): string | null {
  const pairs = Object.entries(expected?.scenarios ?? {});
  return pairs.find(([, name]) => name === property)?.[0] ?? null;
}

/** One sentence for each thing that is not as expected; without a table nothing may be violated. */
export function differences(rows: readonly HuntRow[], expected: Expected | null): string[] {
  const answered = rows.flatMap((row) => {
    if (row.message !== undefined) return [`${row.variant}: ${row.message}`];
    const isAnswer = row.complete || row.result === 'invariant';
    return isAnswer ? [] : [`${row.variant}: the check ended with ${row.result}, before an answer`];
  });
  if (expected === null) return [...answered, ...rows.flatMap(violations)];
  const wanted = Object.entries(expected.table).flatMap(([variant, cells]) => {
    const row = rows.find((it) => it.variant === variant);
    if (row === undefined) return [`${variant}: there is no such configuration`];
    if (row.message !== undefined) return [];
    return Object.entries(cells).flatMap(([scenario, cell]) =>
      compareCell(row, scenario, cell, expected),
    );
  });
  const unknown = rows
    .filter((row) => expected.table[row.variant] === undefined)
    .map((row) => `${row.variant}: ${expected.file} does not say what to expect`);
  return [...answered, ...wanted, ...unknown, ...rows.flatMap((row) => surprises(row, expected))];
}

function violations(row: HuntRow): string[] {
  return row.properties
    .filter((it) => it.result === 'violated')
    .map((it) => `${row.variant}: ${it.name} is violated`);
}

function compareCell(
  row: HuntRow,
  scenario: string,
  cell: 'holds' | 'violated',
  { replay, scenarios }: Expected,
): string[] {
  const property = row.properties.find((it) => it.scenario === scenario);
  const title = `${row.variant}, ${scenario}`;
  if (property === undefined) {
    return [`${title}: the configuration does not check ${scenarios[scenario]}`];
  }
  if (property.result !== cell) return [`${title}: expected ${cell}, found ${property.result}`];
  if (cell === 'holds' || property.verdict === replay) return [];
  return [`${title}: expected a replay ${replay}, found ${property.verdict ?? 'no replay'}`];
}

/** Violations of what stands for no scenario. */
function surprises(row: HuntRow, expected: Expected): string[] {
  return row.properties
    .filter((it) => it.scenario === null && it.result === 'violated')
    .map((it) => `${row.variant}: ${it.name} is violated, and ${expected.file} has no word of it`);
}
