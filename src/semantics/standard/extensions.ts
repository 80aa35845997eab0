/**
 * The operators of TLCExt, Randomization and of the community modules, with one number per
 * parameter: how many arguments it takes itself, 0 for a value. Names such as `Last` and `Max` are popular, so unlike
 * those of the other standard modules they are kept under the module's name (`SequencesExt!Last`),
 * and another module may use the plain name for something else.
 * Limit: a module's own operators only, not those of the modules that it is made from.
 */

type Signatures = Readonly<Record<string, readonly number[]>>;

const tlcExt: Signatures = {
  AssertEq: [0, 0],
  AssertError: [0, 0],
  TLCGetOrDefault: [0, 0],
  TLCGetAndSet: [0, 2, 0, 0],
  Trace: [],
  CounterExample: [],
  ToTrace: [0],
  TLCModelValue: [0],
  TLCDefer: [0],
  TLCNoOp: [0],
  PickSuccessor: [0],
  TLCCache: [0, 0],
  TLCFP: [0],
  TLCEvalDefinition: [0],
};

const finiteSetsExt: Signatures = {
  FoldSet: [2, 0, 0],
  ReduceSet: [2, 0, 0],
  SumSet: [0],
  ProductSet: [0],
  // Names that the module had before.
  Sum: [0],
  Product: [0],
  MapThenSumSet: [1, 0],
  FlattenSet: [0],
  SymDiff: [0, 0],
  Quantify: [0, 1],
  kSubset: [0, 0],
  Max: [0],
  Min: [0],
  Choices: [0],
  ChooseUnique: [0, 1],
};

const functions: Signatures = {
  Restrict: [0, 0],
  RestrictDomain: [0, 1],
  RestrictValues: [0, 1],
  IsRestriction: [0, 0],
  Range: [0],
  Pointwise: [0, 0, 2],
  Inverse: [0, 0, 0],
  AntiFunction: [0],
  IsInjective: [0],
  Injection: [0, 0],
  Surjection: [0, 0],
  Bijection: [0, 0],
  ExistsInjection: [0, 0],
  ExistsSurjection: [0, 0],
  ExistsBijection: [0, 0],
  FoldFunction: [2, 0, 0],
  FoldFunctionOnSet: [2, 0, 0, 0],
  SumFunction: [0],
  SumFunctionOnSet: [0, 0],
};

const folds: Signatures = { MapThenFoldSet: [2, 0, 1, 1, 0] };

const sequencesExt: Signatures = {
  ToSet: [0],
  ToBag: [0],
  SetToSeq: [0],
  SetToSeqs: [0],
  SetToSortSeq: [0, 2],
  SetToAllKPermutations: [0],
  TupleOf: [0, 0],
  SeqOf: [0, 0],
  BoundedSeq: [0, 0],
  Contains: [0, 0],
  IsSorted: [0, 2],
  Reverse: [0],
  Remove: [0, 0],
  ReplaceAll: [0, 0, 0],
  SelectInSeq: [0, 1],
  SelectInSubSeq: [0, 0, 0, 1],
  SelectLastInSeq: [0, 1],
  SelectLastInSubSeq: [0, 0, 0, 1],
  InsertAt: [0, 0, 0],
  ReplaceAt: [0, 0, 0],
  RemoveAt: [0, 0],
  RemoveFirst: [0, 0],
  RemoveFirstMatch: [0, 1],
  Cons: [0, 0],
  Snoc: [0, 0],
  Front: [0],
  Last: [0],
  IsPrefix: [0, 0],
  IsStrictPrefix: [0, 0],
  IsSuffix: [0, 0],
  IsStrictSuffix: [0, 0],
  Prefixes: [0],
  CommonPrefixes: [0],
  LongestCommonPrefix: [0],
  Suffixes: [0],
  SeqMod: [0, 0],
  FoldSeq: [2, 0, 0],
  FoldLeft: [2, 0, 0],
  FoldRight: [2, 0, 0],
  FoldLeftDomain: [2, 0, 0],
  FoldRightDomain: [2, 0, 0],
  FlattenSeq: [0],
  Zip: [0, 0],
  Interleave: [0, 0],
  SubSeqs: [0],
  AllSubSeqs: [0],
  IndexFirstSubSeq: [0, 0],
  ReplaceSubSeqAt: [0, 0, 0, 0],
  ReplaceFirstSubSeq: [0, 0, 0],
  ReplaceAllSubSeqs: [0, 0, 0],
};

const bagsExt: Signatures = {
  BagAdd: [0, 0],
  BagRemove: [0, 0],
  BagRemoveAll: [0, 0],
  MapThenFoldBag: [2, 0, 1, 1, 0],
  FoldBag: [2, 0, 0],
  SumBag: [0],
  ProductBag: [0],
};

const bitwise: Signatures = {
  '&': [0, 0],
  '|': [0, 0],
  '^^': [0, 0],
  Not: [0],
  shiftR: [0, 0],
};

const randomization: Signatures = {
  RandomSubset: [0, 0],
  RandomSetOfSubsets: [0, 0, 0],
  TestRandomSetOfSubsets: [0, 0, 0],
};

const modules: Readonly<Record<string, Signatures>> = {
  TLCExt: tlcExt,
  FiniteSetsExt: finiteSetsExt,
  Functions: functions,
  Folds: folds,
  SequencesExt: sequencesExt,
  BagsExt: bagsExt,
  Bitwise: bitwise,
  Randomization: randomization,
};

/** By module and then by name. */
export const extensionOperators: ReadonlyMap<
  string,
  ReadonlyMap<string, readonly number[]>
> = new Map(
  Object.entries(modules).map(([module, table]) => [module, new Map(Object.entries(table))]),
);

/** The name under which an operator of these modules is kept. */
export function extensionTarget(module: string, name: string): string {
  return `${module}!${name}`;
}
