/**
 * The operators of the standard modules by name and number of arguments; infix, prefix and postfix
 * ones stand under their canonical symbol (prefix minus is `-.`). What they mean is the compiler's.
 * Source: Lamport, "Specifying Systems", part IV, and the modules that come with TLC.
 */

import { extensionOperators, extensionTarget } from './extensions.js';

const naturals = {
  Nat: 0,
  '+': 2,
  '-': 2,
  '*': 2,
  '^': 2,
  '<': 2,
  '>': 2,
  '<=': 2,
  '>=': 2,
  '%': 2,
  '\\div': 2,
  '..': 2,
};
const integers = { Int: 0, '-.': 1 };
const reals = { Real: 0, Infinity: 0, '/': 2 };
const sequences = {
  Seq: 1,
  Len: 1,
  '\\o': 2,
  Append: 2,
  Head: 1,
  Tail: 1,
  SubSeq: 3,
  SelectSeq: 2,
};
const finiteSets = { IsFiniteSet: 1, Cardinality: 1 };
const bags = {
  IsABag: 1,
  BagToSet: 1,
  SetToBag: 1,
  BagIn: 2,
  EmptyBag: 0,
  '(+)': 2,
  '(-)': 2,
  BagUnion: 1,
  '\\sqsubseteq': 2,
  SubBag: 1,
  BagOfAll: 2,
  BagCardinality: 1,
  CopiesIn: 2,
};
const tlc = {
  Print: 2,
  PrintT: 1,
  Assert: 2,
  JavaTime: 0,
  TLCGet: 1,
  TLCSet: 2,
  ':>': 2,
  '@@': 2,
  Permutations: 1,
  SortSeq: 2,
  RandomElement: 1,
  Any: 0,
  ToString: 1,
  TLCEval: 1,
};

type Arities = Readonly<Record<string, number>>;

function table(...arities: readonly Arities[]): ReadonlyMap<string, number> {
  return new Map(arities.flatMap((one) => Object.entries(one)));
}

/** What `EXTENDS M` brings into scope, by module; Integers includes Naturals, and so on. */
export const standardOperators: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map([
  ['Naturals', table(naturals)],
  ['Integers', table(naturals, integers)],
  ['Reals', table(naturals, integers, reals)],
  ['Sequences', table(sequences)],
  ['FiniteSets', table(finiteSets)],
  ['Bags', table(bags)],
  ['TLC', table(tlc)],
  ...[...extensionOperators].map(([module, signatures]): [string, Map<string, number>] => {
    return [module, new Map([...signatures].map(([name, params]) => [name, params.length]))];
  }),
]);

/**
 * The modules of the proof system, with what they extend (tlapm's library). All that they define
 * is meant for proofs, which are skipped: backends, theorems, and operators that theorems are about.
 */
export const proofModules: ReadonlyMap<string, readonly string[]> = new Map([
  ['TLAPS', []],
  ['NaturalsInduction', ['Integers']],
  ['WellFoundedInduction', ['Integers']],
  ['FunctionTheorems', ['Functions', 'Integers']],
  ['FiniteSetTheorems', ['FiniteSets', 'Functions', 'Integers']],
  ['SequenceTheorems', ['Sequences', 'Functions', 'Integers']],
  ['BagsTheorems', ['Bags', 'FiniteSets', 'Integers']],
  ['FiniteSetsExtTheorems', ['FiniteSetsExt', 'FiniteSets', 'Integers']],
  ['SequencesExtTheorems', ['SequencesExt', 'Sequences', 'Functions', 'Integers']],
]);

const plainNames: ReadonlySet<string> = new Set(
  [...standardOperators].flatMap(([module, names]) =>
    extensionOperators.has(module) ? [] : [...names.keys()],
  ),
);

/** The name that an operator of a standard module has in the flat map, where all names meet. */
export function standardTarget(module: string, name: string): string {
  return extensionOperators.has(module) ? extensionTarget(module, name) : name;
}

/** Whether a standard operator has this name in the flat map. */
export function isStandardTarget(name: string): boolean {
  return plainNames.has(name);
}

/** For operators that take operators, by target: how many arguments each of those takes. */
export const operatorParameters: ReadonlyMap<string, readonly number[]> = new Map([
  ['SelectSeq', [0, 1]],
  ['SortSeq', [0, 2]],
  ['BagOfAll', [1, 0]],
  ...[...extensionOperators].flatMap(([module, signatures]) =>
    [...signatures].map(([name, params]): [string, readonly number[]] => {
      return [extensionTarget(module, name), params];
    }),
  ),
]);

/** Modules that come with TLC or its community and that this program does not provide. */
export const unsupportedModules: ReadonlySet<string> = new Set([
  'RealTime',
  'Json',
  'IOUtils',
  'CSV',
  'Graphs',
  'Apalache',
  'Variants',
  'Toolbox',
  'SVG',
]);

/** The standard modules that define `name`, smallest first. */
export function modulesDefining(name: string): readonly string[] {
  return [...standardOperators].filter(([, names]) => names.has(name)).map(([module]) => module);
}
