/**
 * A generalised Büchi automaton for a conjunction of formulas in negation normal form: "Simple
 * on-the-fly automatic verification of linear temporal logic" (Gerth, Peled, Vardi, Wolper 1995),
 * for `[]` and `<>` only, and with whatever has no temporal operator as one label. A node is a
 * place of the automaton that reads a state and the step that leaves it.
 */
import type { Normal, NowTest } from './goals.js';

export interface AutomatonNode {
  /** All of them hold of the state, or of it and the step that leaves it. */
  readonly tests: readonly NowTest[];
  readonly next: readonly number[];
  /** Bit i: the promise i is kept here, or not made. */
  readonly kept: number;
}

export interface Automaton {
  readonly nodes: readonly AutomatonNode[];
  readonly initial: readonly number[];
  /** A behavior is accepted if each promise is kept again and again. */
  readonly promiseCount: number;
}

/** Bits of a number. */
const promiseMax = 30;
/** The construction is exponential, and every node costs a bit for each state. */
const nodeMax = 2000;

/** The formula is too large for an automaton. */
export class FormulaTooLarge extends Error {
  constructor(what: string) {
    super(`the automaton of the formula has more than ${what}`);
    this.name = 'FormulaTooLarge';
  }
}

/** What is true from some point on; a special case of the general construction, and smaller. */
export function persistence(tests: readonly NowTest[]): Automaton {
  if (tests.length === 0) {
    return { nodes: [{ tests: [], next: [0], kept: 0 }], initial: [0], promiseCount: 0 };
  }
  const nodes = [
    { tests: [], next: [0, 1], kept: 0 },
    { tests, next: [1], kept: 1 },
  ];
  return { nodes, initial: [0, 1], promiseCount: 1 };
}

/** A set of formulas, by their numbers. */
type FormulaSet = ReadonlySet<number>;

interface Draft {
  readonly now: FormulaSet;
  readonly next: FormulaSet;
  readonly old: FormulaSet;
}

export function automatonOf(formulas: readonly Normal[]): Automaton {
  return new Construction().build(formulas);
}

class Construction {
  private readonly formulas: Normal[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly promises: number[] = [];
  private readonly drafts: Draft[] = [];
  private readonly known = new Map<string, number>();
  /** The nodes that satisfy a set of formulas, by the set. */
  private readonly covers = new Map<string, readonly number[]>();

  build(formulas: readonly Normal[]): Automaton {
    const initial = this.cover(new Set(formulas.map((one) => this.number(one))));
    const next: (readonly number[])[] = [];
    for (let i = 0; i < this.drafts.length; i++)
      next.push(this.cover((this.drafts[i] as Draft).next));
    const nodes = this.drafts.map(
      ({ now, old }, i): AutomatonNode => ({
        tests: [...now].map((one) => (this.formulas[one] as Normal & { kind: 'now' }).test),
        next: next[i] as readonly number[],
        kept: this.keptIn(old),
      }),
    );
    return { nodes, initial, promiseCount: this.promises.length };
  }

  private number(formula: Normal): number {
    const key = JSON.stringify(formula);
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.formulas.push(formula) - 1;
    this.numbers.set(key, number);
    if (formula.kind === 'eventually') {
      if (this.promises.push(number) > promiseMax) {
        throw new FormulaTooLarge(`${promiseMax} promises`);
      }
    }
    return number;
  }

  /** `<>P` is a promise that P keeps; where `<>P` does not stand nothing is promised. */
  private keptIn(old: FormulaSet): number {
    let kept = 0;
    this.promises.forEach((promise, i) => {
      const { operand } = this.formulas[promise] as Normal & { kind: 'eventually' };
      if (!old.has(promise) || old.has(this.number(operand))) kept |= 1 << i;
    });
    return kept;
  }

  private cover(formulas: FormulaSet): readonly number[] {
    const key = keyOf(formulas);
    let nodes = this.covers.get(key);
    if (nodes === undefined) {
      const found = new Set<number>();
      this.expand([...formulas], { now: new Set(), next: new Set(), old: new Set() }, found);
      nodes = [...found];
      this.covers.set(key, nodes);
    }
    return nodes;
  }

  private expand(pending: readonly number[], draft: Draft, found: Set<number>): void {
    const [first, ...rest] = pending;
    if (first === undefined) {
      found.add(this.node(draft));
      return;
    }
    if (draft.old.has(first)) {
      this.expand(rest, draft, found);
      return;
    }
    const formula = this.formulas[first] as Normal;
    const after = { ...draft, old: with1(draft.old, first) };
    switch (formula.kind) {
      case 'now':
        if (formula.test.length === 0) return;
        if (!formula.test.some((literals) => literals.length === 0)) {
          this.expand(rest, { ...after, now: with1(after.now, first) }, found);
        } else this.expand(rest, after, found);
        return;
      case 'and':
        this.expand([...formula.operands.map((one) => this.number(one)), ...rest], after, found);
        return;
      case 'or':
        for (const one of formula.operands) this.expand([this.number(one), ...rest], after, found);
        return;
      case 'always':
        this.expand(
          [this.number(formula.operand), ...rest],
          { ...after, next: with1(after.next, first) },
          found,
        );
        return;
      case 'eventually':
        this.expand([this.number(formula.operand), ...rest], after, found);
        this.expand(rest, { ...after, next: with1(after.next, first) }, found);
        return;
      case 'strong':
        throw new Error('strong fairness has no place in an automaton');
    }
  }

  private node(draft: Draft): number {
    // Only what is read, what comes next, and which promises are kept tells nodes apart.
    const key = `${keyOf(draft.now)}|${keyOf(draft.next)}|${this.promiseKey(draft.old)}`;
    let node = this.known.get(key);
    if (node === undefined) {
      node = this.drafts.push(draft) - 1;
      if (node >= nodeMax) throw new FormulaTooLarge(`${nodeMax} nodes`);
      this.known.set(key, node);
    }
    return node;
  }

  private promiseKey(old: FormulaSet): string {
    const made = this.promises.filter((one) => old.has(one));
    const kept = made.filter((one) => {
      const { operand } = this.formulas[one] as Normal & { kind: 'eventually' };
      return old.has(this.number(operand));
    });
    return `${made.join(' ')}/${kept.join(' ')}`;
  }
}

function with1(set: FormulaSet, one: number): FormulaSet {
  return new Set([...set, one]);
}

function keyOf(set: FormulaSet): string {
  return [...set].sort((a, b) => a - b).join(' ');
}
