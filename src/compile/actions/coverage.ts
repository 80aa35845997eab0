/**
 * Counters in the generated steps: how often each action gave a step, each test was true and false,
 * and each branch of an `either` led to a step. A place of the text has one counter, however often
 * it is compiled: once per process, and where a macro or a loop is written out. Without coverage
 * nothing is generated, so that it costs nothing.
 */
import type { Span } from '../../source/text.js';
import type { Expr } from '../../syntax/ast.js';
import { stripParens } from '../../syntax/walk.js';
import type { Unit } from '../unit.js';

/** A condition of `await`, `when`, `if` and `while`, or another conjunct that is a test. */
export interface TestCoverage {
  readonly span: Span;
  readonly isTrue: number;
  readonly isFalse: number;
}

/** A branch of an `either`, numbered from 1. */
export interface BranchCoverage {
  readonly span: Span;
  readonly branch: number;
  readonly steps: number;
}

export interface Coverage {
  /** How many initial states were generated. */
  readonly initial: number;
  /** By action. */
  readonly steps: readonly number[];
  readonly tests: readonly TestCoverage[];
  readonly branches: readonly BranchCoverage[];
}

interface Counted {
  readonly span: Span;
  /** The places of its counters. */
  readonly at: readonly number[];
}

export class StepCoverage {
  initial = 0;
  /** The first one counts all steps. */
  private readonly counts: number[] = [0];
  private readonly actions: number[] = [];
  private readonly tests = new Map<string, Counted>();
  private readonly branches = new Map<string, Counted & { readonly branch: number }>();

  reset(): void {
    this.initial = 0;
    this.counts.fill(0);
  }

  counted(): Coverage {
    const countAt = (place: number | undefined): number => this.counts[place as number] as number;
    return {
      initial: this.initial,
      steps: this.actions.map(countAt),
      tests: [...this.tests.values()].map(({ span, at }) => {
        return { span, isTrue: countAt(at[0]), isFalse: countAt(at[1]) };
      }),
      branches: [...this.branches.values()].map(({ span, branch, at }) => {
        return { span, branch, steps: countAt(at[0]) };
      }),
    };
  }

  /** The statement where a step of the action is complete; actions come in their order. */
  step(unit: Unit, action: number): string {
    this.actions[action] ??= this.counter();
    return `${this.name(unit)}[0]++; ${this.name(unit)}[${this.actions[action]}]++;`;
  }

  /** The statements for its two outcomes; null for what nobody wrote, or what is no question. */
  test(unit: Unit, expr: Expr): { readonly isTrue: string; readonly isFalse: string } | null {
    if (isLabelTest(expr) || isEffect(expr) || comparesNext(expr)) return null;
    const { span } = stripParens(expr);
    const key = keyOf(span);
    const known = this.tests.get(key) ?? { span, at: [this.counter(), this.counter()] };
    this.tests.set(key, known);
    const [isTrue, isFalse] = known.at.map((place) => `${this.name(unit)}[${place}]++;`);
    return { isTrue: isTrue as string, isFalse: isFalse as string };
  }

  /** The statements around a branch. */
  branch(unit: Unit, expr: Expr, number: number): { readonly begin: string; readonly end: string } {
    const key = `${keyOf(expr.span)} ${number}`;
    const known = this.branches.get(key) ?? {
      span: expr.span,
      branch: number,
      at: [this.counter()],
    };
    this.branches.set(key, known);
    const before = unit.local('steps');
    const name = this.name(unit);
    return {
      begin: `const ${before} = ${name}[0];`,
      end: `${name}[${known.at[0]}] += ${name}[0] - ${before};`,
    };
  }

  private counter(): number {
    return this.counts.push(0) - 1;
  }

  private name(unit: Unit): string {
    return unit.use('counts', this.counts);
  }
}

function keyOf({ source, start, end }: Span): string {
  return `${source.file} ${start} ${end}`;
}

/** `pc[self] = "label"`: what the translation makes has one span for all of it. */
function isLabelTest(expr: Expr): boolean {
  return expr.kind === 'infix' && expr.op === '=' && expr.right.span.start === expr.left.span.start;
}

/** These are TRUE whenever they have a value. */
const effects = new Set(['Assert', 'Print', 'PrintT', 'TLCSet']);

function isEffect(expr: Expr): boolean {
  const inner = stripParens(expr);
  return inner.kind === 'apply' && effects.has(inner.name.name);
}

/** `x' = e` where x has its next value already. */
function comparesNext(expr: Expr): boolean {
  if (expr.kind === 'prefix') return expr.op === 'UNCHANGED';
  if (expr.kind !== 'infix' || expr.op !== '=') return false;
  const left = stripParens(expr.left);
  return left.kind === 'postfix' && left.op === "'";
}
