/** The standard modules, one file each, and the name that every operator is found by. */
import { extensionTarget } from '../../semantics/standard/extensions.js';
import type { Host } from '../runtime/host.js';
import { bags } from './bags.js';
import { bagsExt } from './bagsExt.js';
import { bitwise } from './bitwise.js';
import { finiteSets } from './finiteSets.js';
import { finiteSetsExt } from './finiteSetsExt.js';
import { folds } from './folds.js';
import { functions } from './functions.js';
import { integers, naturals } from './integers.js';
import type { StandardModule, StandardOperator } from './operator.js';
import { randomization } from './randomization.js';
import { sequences } from './sequences.js';
import { sequencesExt } from './sequencesExt.js';
import { tlc } from './tlc.js';
import { tlcExt } from './tlcExt.js';

export type { ResultType, StandardOperator } from './operator.js';

export type StandardOperators = ReadonlyMap<string, StandardOperator>;

/** Every operator of every standard module: which of them are in scope is decided before. */
export function standardOperators(host: Host): StandardOperators {
  const modules: StandardModule[] = [naturals, integers, sequences, finiteSets, bags, tlc(host)];
  const extensions: Readonly<Record<string, StandardModule>> = {
    TLCExt: tlcExt(host),
    FiniteSetsExt: finiteSetsExt,
    Functions: functions,
    Folds: folds,
    SequencesExt: sequencesExt,
    BagsExt: bagsExt,
    Bitwise: bitwise,
    Randomization: randomization(host),
  };
  const kept = Object.entries(extensions).flatMap(([module, operators]) =>
    Object.entries(operators).map(([name, one]) => [extensionTarget(module, name), one] as const),
  );
  return new Map([...modules.flatMap((module) => Object.entries(module)), ...kept]);
}
