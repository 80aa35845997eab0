/**
 * What a counterexample must satisfy: the assumption and the negation of a property, as
 * alternatives of which one is enough. Each is a conjunction, sorted by how it is searched for:
 * what is true again and again (a Büchi condition), strong fairness (a Streett condition), what is
 * true from some point on, and the rest, for an automaton. So fairness, leads-to and their like
 * cost no automaton of their own. TLC takes the formula apart in the same way (OrderOfSolution and
 * PossibleErrorModel in its source).
 */
import type { Formula, TemporalModel } from './temporalModel.js';

/** Bits that must be set or not, in a state and in the step that leaves it. */
export interface Literal {
  readonly isStep: boolean;
  readonly atom: number;
  readonly positive: boolean;
}

/** A disjunction of conjunctions: it is decided by a state and the step that leaves it. */
export type NowTest = readonly (readonly Literal[])[];

/** In negation normal form. What has no temporal operator is one test. */
export type Normal =
  | { readonly kind: 'now'; readonly test: NowTest }
  | { readonly kind: 'strong'; readonly condition: number }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Normal[] }
  | { readonly kind: 'always' | 'eventually'; readonly operand: Normal };

export interface Goal {
  readonly recurring: readonly NowTest[];
  /** The numbers of conditions of strong fairness. */
  readonly strong: readonly number[];
  /** A conjunction: each is true from some point on. */
  readonly persistent: readonly NowTest[];
  /** A conjunction. */
  readonly rest: readonly Normal[];
}

/** More alternatives than this are not searched one by one: the automaton gets the disjunction. */
const alternativesMax = 4096;

const yes: Normal = { kind: 'now', test: [[]] };
const no: Normal = { kind: 'now', test: [] };

/** The goals, one of which a behavior has if it satisfies the formula. */
export function goalsOf(formula: Formula, model: TemporalModel): readonly Goal[] {
  const normal = normalForm(formula, true, model);
  return alternatives(normal).flatMap((conjuncts) => sorted(conjuncts, model) ?? []);
}

export function normalForm(formula: Formula, positive: boolean, model: TemporalModel): Normal {
  const inner = (one: Formula, sign = positive) => normalForm(one, sign, model);
  switch (formula.kind) {
    case 'constant':
      return formula.value === positive ? yes : no;
    case 'state':
    case 'step': {
      const isStep = formula.kind === 'step';
      return { kind: 'now', test: [[{ isStep, atom: formula.atom, positive }]] };
    }
    case 'fair':
      return fairness(formula.condition, positive, model);
    case 'not':
      return inner(formula.operand, !positive);
    case 'and':
    case 'or':
      return connected(
        (formula.kind === 'and') === positive ? 'and' : 'or',
        formula.operands.map((one) => inner(one)),
      );
    case 'always':
    case 'eventually':
      return (formula.kind === 'always') === positive
        ? always(inner(formula.operand))
        : eventually(inner(formula.operand));
  }
}

/** The number that the atom `ENABLED <<A>>_v` of a condition has, derived ones after the others. */
export function enabledAtom(
  condition: number,
  { conditions, stateAtomCount }: TemporalModel,
): number {
  return conditions[condition]?.enabled ?? stateAtomCount + condition;
}

function fairness(number: number, positive: boolean, model: TemporalModel): Normal {
  const condition = model.conditions[number];
  if (condition === undefined) throw new Error(`no fairness condition ${number}`);
  const enabled = (sign: boolean): Literal => ({
    isStep: false,
    atom: enabledAtom(number, model),
    positive: sign,
  });
  const taken = (sign: boolean): Literal => ({
    isStep: true,
    atom: condition.step,
    positive: sign,
  });
  const now = (...test: Literal[][]): Normal => ({ kind: 'now', test });
  if (condition.strength === 'weak') {
    if (positive) return always(eventually(now([enabled(false)], [taken(true)])));
    return eventually(always(now([enabled(true), taken(false)])));
  }
  if (positive) return { kind: 'strong', condition: number };
  const again = always(eventually(now([enabled(true)])));
  return connected('and', [again, eventually(always(now([taken(false)])))]);
}

function connected(kind: 'and' | 'or', given: readonly Normal[]): Normal {
  const operands = given.flatMap((one) => (one.kind === kind ? one.operands : [one]));
  const tests = operands.flatMap((one) => (one.kind === 'now' ? [one.test] : []));
  const others = operands.filter((one) => one.kind !== 'now');
  const test = kind === 'and' ? conjunction(tests) : tests.flat();
  const isNeutral = kind === 'and' ? isTrue(test) : test.length === 0;
  const decides = kind === 'and' ? test.length === 0 : isTrue(test);
  if (decides || others.length === 0) return { kind: 'now', test };
  const parts = isNeutral ? others : [{ kind: 'now' as const, test }, ...others];
  return parts.length === 1 ? (parts[0] as Normal) : { kind, operands: parts };
}

function isTrue(test: NowTest): boolean {
  return test.some((literals) => literals.length === 0);
}

function conjunction(tests: readonly NowTest[]): NowTest {
  return tests.reduce<NowTest>(
    (all, test) => all.flatMap((left) => test.flatMap((right) => both(left, right) ?? [])),
    [[]],
  );
}

/** Null where they contradict each other. */
function both(left: readonly Literal[], right: readonly Literal[]): [readonly Literal[]] | null {
  const all = [...left];
  for (const one of right) {
    const known = all.find(({ isStep, atom }) => isStep === one.isStep && atom === one.atom);
    if (known === undefined) all.push(one);
    else if (known.positive !== one.positive) return null;
  }
  return [all];
}

/**
 * `[]` of a conjunction is a conjunction, and `[]P` is P where P says the same of every suffix of a
 * behavior, such as `[]<>P`; so such a P can leave a disjunction, too.
 */
function always(operand: Normal): Normal {
  if (operand.kind === 'always' || isOfTail(operand) || isConstant(operand)) return operand;
  if (operand.kind === 'and') return connected('and', operand.operands.map(always));
  if (operand.kind === 'or') {
    const { operands } = operand;
    const tails = operands.filter(isOfTail);
    if (tails.length > 0) {
      const others = operands.filter((one) => !isOfTail(one));
      return connected('or', [...tails, always(connected('or', others))]);
    }
    if (operands.every((one) => one.kind === 'eventually')) {
      return always(eventually(connected('or', operands.map(inside))));
    }
  }
  return { kind: 'always', operand };
}

/** The dual of `always`. */
function eventually(operand: Normal): Normal {
  if (operand.kind === 'eventually' || isOfTail(operand) || isConstant(operand)) return operand;
  if (operand.kind === 'or') return connected('or', operand.operands.map(eventually));
  if (operand.kind === 'and') {
    const { operands } = operand;
    const tails = operands.filter(isOfTail);
    if (tails.length > 0) {
      const others = operands.filter((one) => !isOfTail(one));
      return connected('and', [...tails, eventually(connected('and', others))]);
    }
    if (operands.every((one) => one.kind === 'always')) {
      return eventually(always(connected('and', operands.map(inside))));
    }
  }
  return { kind: 'eventually', operand };
}

function inside(one: Normal): Normal {
  if (one.kind !== 'always' && one.kind !== 'eventually') throw new Error('no temporal operator');
  return one.operand;
}

function isOfTail(normal: Normal): boolean {
  switch (normal.kind) {
    case 'strong':
      return true;
    case 'always':
      return normal.operand.kind === 'eventually';
    case 'eventually':
      return normal.operand.kind === 'always';
    case 'and':
    case 'or':
      return normal.operands.every(isOfTail);
    default:
      return false;
  }
}

function isConstant(normal: Normal): boolean {
  return normal.kind === 'now' && (normal.test.length === 0 || isTrue(normal.test));
}

/** The conjunctions of which the formula is the disjunction; in one piece if they are too many. */
function alternatives(normal: Normal): readonly (readonly Normal[])[] {
  return splitUp(normal) ?? [[normal]];
}

function splitUp(normal: Normal): readonly (readonly Normal[])[] | null {
  if (normal.kind !== 'or' && normal.kind !== 'and') return [[normal]];
  let all: readonly (readonly Normal[])[] = normal.kind === 'or' ? [] : [[]];
  for (const operand of normal.operands) {
    const more = splitUp(operand);
    if (more === null || all.length * more.length > alternativesMax) return null;
    if (normal.kind === 'or') all = [...all, ...more];
    else all = all.flatMap((left) => more.map((right) => [...left, ...right]));
    if (all.length > alternativesMax) return null;
  }
  return all;
}

/** Null where the conjuncts contradict each other at once. */
function sorted(conjuncts: readonly Normal[], model: TemporalModel): Goal | null {
  const recurring: NowTest[] = [];
  const strong: number[] = [];
  const persistent: NowTest[] = [];
  const rest: Normal[] = [];
  for (const one of conjuncts) {
    const inner = one.kind === 'always' || one.kind === 'eventually' ? one.operand : null;
    const test =
      inner !== null && 'operand' in inner && inner.operand.kind === 'now'
        ? inner.operand.test
        : null;
    if (one.kind === 'strong') strong.push(one.condition);
    else if (one.kind === 'always' && inner?.kind === 'eventually' && test) recurring.push(test);
    else if (one.kind === 'eventually' && inner?.kind === 'always' && test) persistent.push(test);
    else if (one.kind !== 'now' || !isTrue(one.test)) rest.push(withoutStrong(one, model));
  }
  if (rest.some((one) => one.kind === 'now' && one.test.length === 0)) return null;
  return { recurring, strong: [...new Set(strong)], persistent, rest };
}

/** Strong fairness inside of something else, for an automaton: `<>[]~ENABLED \/ []<><<A>>_v`. */
function withoutStrong(normal: Normal, model: TemporalModel): Normal {
  switch (normal.kind) {
    case 'now':
      return normal;
    case 'strong': {
      const enabled = enabledAtom(normal.condition, model);
      const { step = -1 } = model.conditions[normal.condition] ?? {};
      return connected('or', [
        eventually(
          always({ kind: 'now', test: [[{ isStep: false, atom: enabled, positive: false }]] }),
        ),
        always(eventually({ kind: 'now', test: [[{ isStep: true, atom: step, positive: true }]] })),
      ]);
    }
    case 'and':
    case 'or':
      return connected(
        normal.kind,
        normal.operands.map((one) => withoutStrong(one, model)),
      );
    case 'always':
      return always(withoutStrong(normal.operand, model));
    case 'eventually':
      return eventually(withoutStrong(normal.operand, model));
  }
}
