/**
 * An action to JavaScript statements, in continuation-passing style: conjuncts from left to right,
 * each followed by the code of those after it. An assignment writes, goes on and takes itself back;
 * a disjunction, `\E` or `x' \in S` at conjunct position goes on once per alternative, and each is a
 * step of its own; everything else is a test. Once all variables have their next values, all that
 * follows is a test, whatever its form (TLC: `Tool.getNextStatesAllAssigned`).
 */
import type { Expr, Infix } from '../../syntax/ast.js';
import type { Block } from '../block.js';
import { asBoolean, type Code } from '../code.js';
import type { Assigned, Context } from '../context.js';
import { withoutBrackets } from '../expressions/brackets.js';
import { compile } from '../expressions/index.js';
import { assign, assignFrom, unchanged } from './assignments.js';
import { compileCases, compileIf, disjuncts, someElement } from './branches.js';
import type { StepCoverage } from './coverage.js';
import { inLet, named } from './enter.js';
import { everyElement } from './everyElement.js';
import type { Target } from './target.js';

export type AssignedVariables = ReadonlyMap<string, Assigned>;

/** Generates what follows a conjunct. */
export type Continue = (assigned: AssignedVariables, block: Block) => void;

/** What all parts of one step have in common. */
export interface StepPlan {
  readonly target: Target;
  readonly variableCount: number;
  /** The number of each `either` of a label, and none of anything else. */
  readonly eithers: ReadonlyMap<Expr, number>;
  /** Whether choices are recorded. */
  readonly recordsChoices: boolean;
  /** Counts what happens, if that is wanted. */
  readonly coverage?: StepCoverage | null;
  /** Called for each conjunct in turn; the first call is for the step's first, if it is a test. */
  onConjunct(test: Code | null): void;
}

/** Where in a step something is generated: the names, the statements, and what comes after. */
export interface Place {
  readonly context: Context;
  readonly block: Block;
  readonly plan: StepPlan;
  readonly next: Continue;
}

export function assignedIn({ context }: Place): AssignedVariables {
  if (context.assigned === null) throw new Error('a step outside of an action');
  return context.assigned;
}

/** The conjunct adds nothing of its own. */
export function proceed(place: Place, block: Block = place.block): void {
  place.next(assignedIn(place), block);
}

export function compileStep(expr: Expr, place: Place): void {
  switch (expr.kind) {
    case 'paren':
      compileStep(expr.inner, place);
      break;
    case 'boolean':
      place.plan.onConjunct(null);
      if (expr.value) proceed(place);
      break;
    case 'junction':
      if (expr.op === '/\\') conjuncts(expr.items, place);
      else disjuncts(expr.items, expr, place);
      break;
    case 'infix':
      compileInfix(expr, place);
      break;
    case 'quantifier':
      if (expr.quantifier === '\\E') someElement(expr, place);
      else if (expr.quantifier === '\\A') everyElement(expr, place);
      else test(expr, place);
      break;
    case 'if':
      compileIf(expr, place);
      break;
    case 'case':
      compileCases(expr, place);
      break;
    case 'let':
      inLet(expr, place);
      break;
    case 'prefix':
      if (expr.op === 'UNCHANGED') unchanged(expr.operand, place);
      else test(expr, place);
      break;
    case 'boxAction':
    case 'angleAction':
      compileInfix(withoutBrackets(expr), place);
      break;
    case 'name':
    case 'apply':
      named(expr, place);
      break;
    default:
      test(expr, place);
  }
}

function compileInfix(expr: Infix, place: Place): void {
  switch (expr.op) {
    case '/\\':
      conjuncts([expr.left, expr.right], place);
      break;
    case '\\/':
      disjuncts([expr.left, expr.right], expr, place);
      break;
    case '=':
    case '\\in': {
      const variable = place.plan.target.variableOf(expr.left, place.context);
      if (variable === null || assignedIn(place).has(variable)) test(expr, place);
      else if (expr.op === '=') assign(variable, expr.right, place);
      else assignFrom(variable, expr.right, place);
      break;
    }
    // As TLC (Tool.getNextStates): what is demanded is a step where the condition holds.
    case '=>': {
      const { left: condition, right: then, span } = expr;
      const otherwise = { kind: 'boolean', value: true, span } as const;
      compileIf({ kind: 'if', condition, then, else: otherwise, span }, place);
      break;
    }
    default:
      test(expr, place);
  }
}

function conjuncts(items: readonly Expr[], place: Place): void {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('a conjunction of nothing');
  compileStep(first, {
    ...place,
    next: (assigned, block) => pending(rest, { ...place, block }, assigned),
  });
}

function pending(items: readonly Expr[], outer: Place, assigned: AssignedVariables): void {
  const [first, ...rest] = items;
  if (first === undefined) {
    outer.next(assigned, outer.block);
    return;
  }
  const place: Place = {
    ...outer,
    context: { ...outer.context, assigned },
    next: (after, block) => pending(rest, { ...outer, block }, after),
  };
  if (assigned.size === outer.plan.variableCount) test(first, place);
  else compileStep(first, place);
}

/** A boolean that only lets the step go on. */
export function test(expr: Expr, place: Place): void {
  const { block, plan } = place;
  const { unit } = place.context;
  const value = compile(expr, place.context);
  const code = asBoolean(unit, value, 'a conjunct of an action', expr.span);
  plan.onConjunct(code);
  const counted = plan.coverage?.test(unit, expr) ?? null;
  if (code.known !== undefined) {
    if (counted !== null) block.add(code.known ? counted.isTrue : counted.isFalse);
    if (code.known === true) proceed(place);
    return;
  }
  block.nest(ifTest(unit.lifted(code)), (inner) => {
    if (counted !== null) inner.add(counted.isTrue);
    proceed(place, inner);
  });
  if (counted !== null) block.nest('else', (inner) => inner.add(counted.isFalse));
}

export function ifTest(js: string): string {
  return isParenthesised(js) ? `if ${js}` : `if (${js})`;
}

/** Whether the first parenthesis is closed at the very end. Texts with quotes are not looked into. */
function isParenthesised(js: string): boolean {
  if (!js.startsWith('(') || /["'`]/.test(js)) return false;
  let depth = 0;
  for (let i = 0; i < js.length; i++) {
    if (js[i] === '(') depth++;
    if (js[i] === ')' && --depth === 0) return i === js.length - 1;
  }
  return false;
}
