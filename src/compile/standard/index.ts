/** The standard modules, one file each, and the name that every operator is found by. */
import { bags } from './bags.js';
import { finiteSets } from './finiteSets.js';
import { integers, naturals } from './integers.js';
import type { StandardModule, StandardOperator } from './operator.js';
import { sequences } from './sequences.js';
import { tlc } from './tlc.js';

export type { ResultType, StandardOperator } from './operator.js';

export type StandardOperators = ReadonlyMap<string, StandardOperator>;

/** Every operator of every standard module: which of them are in scope is decided before. */
export function standardOperators(print: (line: string) => void): StandardOperators {
  const modules: StandardModule[] = [naturals, integers, sequences, finiteSets, bags, tlc(print)];
  return new Map(modules.flatMap((module) => Object.entries(module)));
}
